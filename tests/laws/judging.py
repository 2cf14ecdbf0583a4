"""The one place where the laws call the engine: text and data in, what came of each rule out."""

from __future__ import annotations

from dataclasses import dataclass

from strategies.case import Case
from strategies.contract import Data
from strategies.policy import AS_OF

from termwise import library
from termwise.columns.contracts import Rows
from termwise.columns.kernel import CODES
from termwise.columns.run import Columnar
from termwise.compiled.program import Program
from termwise.compiler import compile_policy
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.core.policy import Policy, Severity
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.evaluate.judgement import Cause, Outcome, RuleResult
from termwise.selftest import run_tests
from termwise.source import Source
from termwise.syntax.print import print_file

CHANGES = 4
"""How many changes of a contract a law tries on one policy, which costs more to make than to judge by."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a rule, without where it came from. `underlying` is what stands below a waiver."""

    outcome: Outcome
    underlying: Outcome
    rung: str | None
    would_be: Outcome | None
    causes: tuple[Cause, ...]
    approved_by: str | None

    @property
    def rank(self) -> int:
        """How good the underlying outcome is, the rung included; not to apply at all is best."""
        order = (Outcome.BREACHED, Outcome.UNDECIDED, Outcome.UNSECURED, Outcome.CONCEDED)
        above = (Outcome.MET, Outcome.PREFERRED, Outcome.NOT_APPLICABLE)
        if self.underlying is Outcome.CONCEDED and self.rung is not None:
            return 1000 - int(self.rung.split()[-1])
        return order.index(self.underlying) if self.underlying in order else 1000 + above.index(self.underlying)


def compiled(case: Case, text: str | None = None) -> Policy:
    """Compile the policy of a case, or another text against its vocabulary; that it compiles is a promise."""
    files = {each.path.removesuffix(".tw"): each for each in (case.terms.file, case.policy)}
    sources = {name: Source(file.path, print_file(file)) for name, file in files.items()}
    source = sources["p"] if text is None else Source("p.tw", text)
    problems = Problems()
    policy = compile_policy(source, lambda name, _from: sources.get(name), problems)
    assert policy is not None and not problems.all, problems.all
    return policy


def bound(data: Data, vocabulary: Vocabulary) -> Contract:
    """Bind a contract; that it binds is what its generator promises."""
    problems = Problems()
    contract = bind(mapping.raw(data, problems), vocabulary, problems)
    assert contract is not None and not problems.has_errors, problems.all
    return contract


_programs: list[tuple[Policy, Program]] = []
"""The last few policies that were compiled: a law judges many contracts by one."""


def judged(policy: Policy, data: Data) -> dict[str, Verdict]:
    """Judge a contract by every evaluator; return what came of each rule, by name.

    So a law that holds of what is returned holds of all of them: the reference says it, generated code says the same
    in everything, and columns in the outcomes.
    """
    contract = bound(data, policy.vocabulary)
    judgement = reference.judge(policy, contract, AS_OF)
    program = _program(policy)
    assert program.judge(contract, AS_OF).results == judgement.results, "generated code disagrees with the reference"
    rows = Rows(program, AS_OF)
    rows.add(contract)
    codes = Columnar(program, AS_OF, Severity.MINOR).judge(rows.batch()).codes
    assert codes is not None
    in_columns = [CODES[code] for code in codes[:, 0].tolist()]
    assert in_columns == [each.outcome for each in judgement.results], "columns disagree with the reference"
    return {result.rule.name: _verdict(result) for result in judgement.results}


def by_reference(policy: Policy, data: Data) -> dict[str, Verdict]:
    """Return the same from the reference alone: for laws that make many policies, each for a contract or two."""
    judgement = reference.judge(policy, bound(data, policy.vocabulary), AS_OF)
    return {result.rule.name: _verdict(result) for result in judgement.results}


def _program(policy: Policy) -> Program:
    found = next((program for known, program in _programs if known is policy), None)
    if found is None:
        found = Program(policy)
        _programs.append((policy, found))
        del _programs[:-8]
    return found


def _verdict(result: RuleResult) -> Verdict:
    underlying = result.outcome
    if underlying is Outcome.WAIVED:
        assert result.would_be is not None
        underlying = result.would_be
    return Verdict(result.outcome, underlying, result.rung, result.would_be, result.causes, result.approved_by)


# --------------------------------------------------------------------------------------------- the shipped library


def shipped() -> list[Policy]:
    """Compile every shipped policy."""
    return [policy for name in library.names() if (policy := _shipped(name)) is not None]


def _shipped(name: str) -> Policy | None:
    source = library.find(name)
    assert source is not None
    if not any(line.startswith("policy ") for line in source.text.splitlines()):
        return None
    problems = Problems()
    policy = compile_policy(source, lambda other, _from: library.find(other), problems)
    assert policy is not None and not problems.has_errors, problems.all
    return policy


def rungs_of_tests(policy: Policy) -> set[tuple[str, str]]:
    """Return every rule, by the author's name, with every rung that a test of the policy lands on."""
    return {
        (result.rule.base, result.rung)
        for tested in run_tests(policy)
        for result in tested.judgement.results
        if result.rung is not None and result.outcome is not Outcome.UNSECURED
    }
