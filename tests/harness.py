"""Cases that are text: read, compiled, bound, judged by every evaluator, and compared. The one place that calls the API.

Two kinds of text, described in `conformance/README.md` and `language/README.md`. What a comparison returns are
differences, one sentence each, so that a failing test says everything that is wrong with its case at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from termwise.compiler import compile_policy, compile_vocabulary
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.files import read_contract
from termwise.contracts.nodes import RawContract
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.selftest import run_tests
from termwise.source import Source

Evaluator = Callable[[Policy, Contract, date], Judgement]
Data = Mapping[str, Any]

EVALUATORS: dict[str, Evaluator] = {"reference": reference.judge}
"""Every evaluator by name; each runs every case."""

TODAY = "2026-11-24"
"""The date of a case that gives none."""

_MARK = re.compile(r"# (?:error|warning|note): (TW\d{3}(?:, TW\d{3})*)")
_FAILS = re.compile(r"# fails: (\w+)")
_HEADER = re.compile(r"^(policy|vocabulary)\s+(\w+)", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)


@cache
def compiled(entry: str, others: tuple[tuple[str, str], ...]) -> tuple[Policy | Vocabulary | None, Problems]:
    """Compile a text against others by name; the text itself is the file `entry.tw`."""
    problems, sources = Problems(), {name: Source(f"{name}.tw", text) for name, text in others}
    source, header = Source("entry.tw", entry), _HEADER.search(entry)
    if header is not None and header[1] == "vocabulary":
        return compile_vocabulary(source, problems), problems
    sources[header[2] if header else "entry"] = source
    return compile_policy(source, lambda name, _from: sources.get(name), problems), problems


def differences(policy: Policy, contract: Contract, day: str, expected: Data, judge: Evaluator) -> Iterator[str]:
    """Yield how the results of some rules differ from what is expected of them."""
    results = {each.rule.name: each for each in judge(policy, contract, date.fromisoformat(day)).results}
    for rule, wanted in expected.items():
        if rule not in results:
            yield f"{rule}: there is no such rule, but {', '.join(results)}"
            continue
        for what, value in (wanted.items() if isinstance(wanted, dict) else [("outcome", wanted)]):
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
        raw = mapping.raw(self.contract, found)
        contract = None if raw is None else bind(raw, policy.vocabulary, found)
        if contract is None:
            yield f"the contract does not bind: {_shown(found)}"
            return
        yield from differences(policy, contract, self.as_of, self.expect, judge)
        notices = judge(policy, contract, date.fromisoformat(self.as_of)).notices
        codes = sorted(each.code for each in (*found.all, *notices))
        if self.notices is not None and codes != sorted(self.notices):
            yield f"notices should be {self.notices}, and are {codes}"


def conformance(path: Path) -> list[Case]:
    """Read a conformance file. Every scalar stays the text that was written, as in a contract file."""
    whole = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return [_case(each, whole) for each in whole["cases"]]


def _case(data: Data, whole: Data) -> Case:
    vocabulary = whole["vocabulary"]
    header = _HEADER.search(vocabulary)
    others = {header[2] if header else "": vocabulary, **whole.get("files", {}), **data.get("files", {})}
    policy = data.get("policy", whole["policy"])
    day, notices = data.get("as_of", TODAY), data.get("notices")
    return Case(data["name"], policy, tuple(others.items()), data["contract"], day, notices, data["expect"])


def _shown(problems: Problems) -> str:
    return "; ".join(f"{each.primary.span.line}: {each.code} {each.message}" for each in problems.all)


# ------------------------------------------------------------------------------------------------------- literate


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a literate page: its blocks, those before the first section in front of them."""

    name: str
    blocks: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Reading:
    """How far a section has been read: the files so far, the one compiled last, and the contract bound last."""

    judge: Evaluator
    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    made: Policy | Vocabulary | None = None
    contract: Contract | None = None

    def block(self, kind: str, info: str, text: str) -> Iterator[str]:
        """Yield what is wrong about one block."""
        match kind:
            case "tw":
                yield from self._source(text)
            case "yaml" | "json" | "toml":
                yield from self._contract(self.folder / f"contract.{kind}", text)
            case "outcomes":
                if not isinstance(self.made, Policy) or self.contract is None:
                    yield "outcomes stand where there is no policy that compiles, or no contract that binds"
                    return
                day = info.removeprefix("as of").strip() or TODAY
                expected = yaml.load(text, yaml.BaseLoader)
                yield from differences(self.made, self.contract, day, expected, self.judge)

    def _source(self, text: str) -> Iterator[str]:
        self.made, problems = compiled(text, tuple(self.files.items()))
        yield from _misses(text, problems, "entry.tw")
        header = _HEADER.search(text)
        self.files[header[2] if header else "entry"] = text
        if isinstance(self.made, Policy) and not problems.has_errors:
            failures = [each for result in run_tests(self.made) for each in result.failures]
            found = {(each.expectation.span.line, each.found.outcome.value) for each in failures}
            wanted = {(number, outcome) for number, outcome in _marks(text, _FAILS)}
            yield from (f"line {number}: the test should find {outcome}" for number, outcome in wanted - found)
            yield from (f"line {number}: the test finds {outcome}" for number, outcome in found - wanted)

    def _contract(self, path: Path, text: str) -> Iterator[str]:
        path.write_text(text, "utf-8")
        problems, vocabulary = Problems(), self.made.vocabulary if isinstance(self.made, Policy) else self.made
        raw: RawContract | None = read_contract(str(path), problems)
        self.contract = bind(raw, vocabulary, problems) if raw is not None and vocabulary is not None else None
        yield from _misses(text, problems, str(path))


def sections(path: Path) -> list[Section]:
    """Read a literate page."""
    before, *parts = _HEADING.split(path.read_text("utf-8"))
    shared = _blocks(before)
    return [Section(name, (*shared, *_blocks(text))) for name, text in zip(parts[::2], parts[1::2], strict=True)]


def _blocks(text: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((kind, info.strip(), body) for kind, info, body in _BLOCK.findall(text))


def misses(section: Section, judge: Evaluator, folder: Path) -> list[str]:
    """Return everything in a section that is not as it says."""
    reading = Reading(judge, folder)
    return [miss for block in section.blocks for miss in reading.block(*block)]


def _marks(text: str, mark: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for found in mark.findall(line):
            yield from ((number, each) for each in found.split(", "))


def _misses(text: str, problems: Problems, path: str) -> Iterator[str]:
    """Yield the marks without a diagnostic, and the diagnostics without a mark; those of other files have none."""
    wanted = set(_marks(text, _MARK))
    found = {(each.primary.span.line, each.code): each for each in problems.all if each.primary.span.path == path}
    yield from (f"line {number} should be a {code}" for number, code in sorted(wanted - set(found)))
    yield from (f"line {at[0]}: {at[1]} {found[at].message}" for at in sorted(set(found) - wanted))
