"""Cases that are text: compiled, bound, judged by every evaluator, and compared. The one place that calls the engine.

Two kinds of text use it: conformance files (`conformance/README.md`) and literate pages (`literate.py`). A comparison
returns differences, one sentence each, so that a failing test says everything that is wrong with its case at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from termwise.columns.contracts import Rows
from termwise.columns.facts import facts_table
from termwise.columns.kernel import CODES
from termwise.columns.run import Columnar
from termwise.columns.sources import Reading, batches_of_tables
from termwise.compiled.program import Program
from termwise.compiler import compile_policy, compile_vocabulary
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.nodes import RawContract
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Severity
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.selftest import run_tests
from termwise.source import Source

Evaluator = Callable[[Policy, Contract, date], Judgement]
InColumns = Callable[[Policy, Sequence[Contract], date], list[list[Outcome]]]
Data = Mapping[str, Any]

_PROGRAMS: dict[int, Program] = {}


def judge_compiled(policy: Policy, contract: Contract, as_of: date) -> Judgement:
    """Judge by generated code, which is made once a policy."""
    return _program(policy).judge(contract, as_of)


def _program(policy: Policy) -> Program:
    """Return the program of a policy; it keeps its policy, and so the policy its id."""
    if id(policy) not in _PROGRAMS:
        _PROGRAMS[id(policy)] = Program(policy)
    return _PROGRAMS[id(policy)]


def outcomes_in_columns(policy: Policy, contracts: Sequence[Contract], as_of: date) -> list[list[Outcome]]:
    """Judge contracts all at once, in columns; return the outcome of every rule of each."""
    program = Program(policy)
    rows = Rows(program, as_of)
    for each in contracts:
        rows.add(each)
    judged = Columnar(program, as_of, Severity.MINOR).judge(rows.batch())
    assert judged.codes is not None
    return [[CODES[code] for code in row] for row in judged.codes.T.tolist()]


def outcomes_from_facts(policy: Policy, contracts: Sequence[Contract], as_of: date) -> list[list[Outcome]]:
    """Write what precedence leaves of contracts to a table, and judge its rows; the outcome of every rule of each."""
    table = facts_table(contracts, policy.vocabulary, as_of, policy.holidays)
    return outcomes_of_table(policy, table, as_of)


def outcomes_of_table(policy: Policy, table: Any, as_of: date, *, may_be_missing: bool = False) -> list[list[Outcome]]:
    """Judge the rows of a table in memory, none of which may have a fault."""
    program = _program(policy)
    columnar, found = Columnar(program, as_of, Severity.MINOR), list[list[Outcome]]()
    for batch in batches_of_tables(table, "table", Reading(program, as_of, may_be_missing)):
        assert not batch.faults, batch.faults
        codes = columnar.judge(batch).codes
        assert codes is not None
        found += [[CODES[code] for code in row] for row in codes.T.tolist()]
    return found


EVALUATORS: dict[str, Evaluator] = {"reference": reference.judge, "compiled": judge_compiled}
"""Every evaluator by name; each runs every case."""

IN_COLUMNS: dict[str, InColumns] = {"rows": outcomes_in_columns, "facts": outcomes_from_facts}
"""The ways from contracts to columns: straight, and by a table that was written and read."""

TODAY = "2026-11-24"
"""The date of a case that gives none."""

ENTRY = "entry.tw"
"""What the file is called that is compiled."""

_HEADER = re.compile(r"^(policy|vocabulary)\s+(\w+)", re.MULTILINE)


def name_of(text: str) -> tuple[str, str]:
    """Return what a text declares and its name, or two words that are no name where it has no header."""
    header = _HEADER.search(text)
    return (header[1], header[2]) if header else ("", "nameless")


@cache
def compiled(entry: str, others: tuple[tuple[str, str], ...]) -> tuple[Policy | Vocabulary | None, Problems]:
    """Compile a text against others by name."""
    problems, sources = Problems(), {name: Source(f"{name}.tw", text) for name, text in others}
    source, (kind, name) = Source(ENTRY, entry), name_of(entry)
    if kind == "vocabulary":
        return compile_vocabulary(source, problems), problems
    sources[name] = source
    return compile_policy(source, lambda name, _from: sources.get(name), problems), problems


def bound(raw: RawContract | None, made: Policy | Vocabulary | None, problems: Problems) -> Contract | None:
    """Bind a contract to a vocabulary, or to that of a policy."""
    vocabulary = made.vocabulary if isinstance(made, Policy) else made
    return None if raw is None or vocabulary is None else bind(raw, vocabulary, problems)


def failing_tests(policy: Policy) -> set[tuple[int, str]]:
    """Return the line and the actual outcome of every expectation that the policy's own tests have in vain."""
    failures = [each for result in run_tests(policy) for each in result.failures]
    return {(each.expectation.span.line, each.found.outcome.value) for each in failures}


def differences(policy: Policy, contract: Contract, day: str, expected: Data, judge: Evaluator) -> Iterator[str]:
    """Yield how the results of some rules differ from what is expected of them."""
    results = {each.rule.name: each for each in judge(policy, contract, date.fromisoformat(day)).results}
    for rule, wanted in expected.items():
        if rule not in results:
            yield f"{rule}: there is no such rule, but {', '.join(results)}"
            continue
        for what, value in wanted.items() if isinstance(wanted, dict) else [("outcome", wanted)]:
            found = _aspect(results[rule], what, value)
            if found != (want := _plain(value)):
                yield f"{rule}: {what} should be {want}, and is {found}"


def _aspect(result: RuleResult, what: str, wanted: object) -> object:
    """Return one aspect of a result in the form that cases write it in."""
    match what:
        case "outcome":
            return result.outcome.value
        case "would_be":
            return None if result.would_be is None else result.would_be.value
        case "waiver":
            return None if result.waiver is None else result.waiver.approved_by
        case "rung" | "approved_by":
            return getattr(result, what)
        case "unknown":
            with_part = any("part" in each for each in wanted if isinstance(each, dict)) if wanted else False
            causes = [{"term": each.term, "state": each.state.value, "part": each.part} for each in result.causes]
            return _plain([{k: v for k, v in each.items() if v and (k != "part" or with_part)} for each in causes])
        case _:
            raise ValueError(f"nothing is called {what}")


def _plain(value: object) -> object:
    """Return an expectation without the accidents of its writing: causes in one order, each once, `null` as None."""
    if isinstance(value, list):
        return [dict(each) for each in sorted({tuple(sorted(cause.items())) for cause in value})]
    return None if value == "null" else value


# ---------------------------------------------------------------------------------------------------- conformance


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a conformance file, with what it has from its file."""

    name: str
    policy: str
    others: tuple[tuple[str, str], ...]
    contract: Data
    as_of: str
    notices: list[str] | None
    expect: Data

    def differences(self, judge: Evaluator) -> Iterator[str]:
        """Yield how the case differs from what an evaluator makes of it."""
        policy, problems = compiled(self.policy, self.others)
        if not isinstance(policy, Policy) or problems.all:
            yield f"the policy does not compile: {_shown(problems)}"
            return
        found = Problems()
        contract = bound(mapping.raw(self.contract, found), policy, found)
        if contract is None:
            yield f"the contract does not bind: {_shown(found)}"
            return
        yield from differences(policy, contract, self.as_of, self.expect, judge)
        notices = judge(policy, contract, date.fromisoformat(self.as_of)).notices
        codes = sorted(each.code for each in (*found.all, *notices))
        if self.notices is not None and codes != sorted(self.notices):
            yield f"notices should be {self.notices}, and are {codes}"

    def differences_in_columns(self, judge: InColumns) -> Iterator[str]:
        """Yield how the outcomes of the case differ from what its policy comes to in columns."""
        policy, problems = compiled(self.policy, self.others)
        assert isinstance(policy, Policy)
        contract = bound(mapping.raw(self.contract, problems), policy, problems)
        assert contract is not None
        (row,) = judge(policy, [contract], date.fromisoformat(self.as_of))
        found = {rule.name: outcome.value for rule, outcome in zip(policy.rules, row, strict=True)}
        for rule, wanted in self.expect.items():
            outcome = wanted.get("outcome") if isinstance(wanted, dict) else wanted
            if outcome is not None and found[rule] != outcome:
                yield f"{rule}: outcome should be {outcome}, and is {found[rule]}"


def conformance(path: Path) -> list[Case]:
    """Read a conformance file. Every scalar stays the text that was written, as in a contract file."""
    whole = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return [_case(each, whole) for each in whole["cases"]]


def _case(data: Data, whole: Data) -> Case:
    vocabulary = whole["vocabulary"]
    others = {name_of(vocabulary)[1]: vocabulary, **whole.get("files", {}), **data.get("files", {})}
    policy = data.get("policy", whole["policy"])
    day, notices = data.get("as_of", TODAY), data.get("notices")
    return Case(data["name"], policy, tuple(others.items()), data["contract"], day, notices, data["expect"])


def _shown(problems: Problems) -> str:
    return "; ".join(f"{each.primary.span.line}: {each.code} {each.message}" for each in problems.all)
