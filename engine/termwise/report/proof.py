"""The whole proof of a result, as plain data: every rung and comparison with its truth, the facts, and the way out.

A proof needs no policy and no contract to be shown: whatever a page, a terminal or an editor prints of it stands in it
as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum, unique

from termwise.core.expr import All, AnyOf, Defined, Expr, Not, Quantified, terms_of, walk
from termwise.core.policy import Rule, Severity
from termwise.core.wording import write_expr
from termwise.evaluate.judgement import Judgement, Outcome, RuleResult
from termwise.frozen import frozen
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, at_records, basis_of, called, truth
from termwise.report.changes import Changes, changes_for, size_of
from termwise.report.evidence import Evidence, evidence_of
from termwise.report.printable import on_one_line, quoted
from termwise.report.reason import reason, rung_conditions
from termwise.report.sentences import sentence
from termwise.truth import Truth


@unique
class Mark(StrEnum):
    """What is known of a condition: it holds on assured facts, only on others, it fails, or nobody can tell."""

    HOLDS = "holds"
    UNASSURED = "unassured"
    FAILS = "fails"
    OPEN = "open"


@frozen
class Step:
    """One condition: how it is written, its truth, what is there instead (of a comparison), and what it is made of."""

    text: str
    mark: Mark
    there: str = ""
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Step, ...] = ()


@frozen
class Guard:
    """A condition on whether the rule applies at all; `word` is `when`, `unless` or `in force`."""

    word: str
    step: Step


@frozen
class Rung:
    """One rung of the ladder, and the outcome of a rule that lands on it."""

    name: str
    outcome: Outcome
    approved_by: str | None
    mark: Mark
    steps: tuple[Step, ...]


@frozen
class Way:
    """What would have to change for the rule to land on a better rung."""

    rung: str
    outcome: Outcome
    approved_by: str | None
    changes: Changes
    size: int


@frozen
class Leave:
    """The waiver that covers a result."""

    until: date
    approved_by: str
    because: str


@frozen
class Proof:
    """Why a rule came out as it did in one contract. `ways` stand nearest first."""

    rule: str
    severity: Severity
    policy: str
    version: str | None
    origin: str
    assurance: str
    contract: str
    vendor: str | None
    file: str
    as_of: date
    outcome: Outcome
    rung: str | None
    would_be: Outcome | None
    sentence: str
    guards: tuple[Guard, ...]
    rungs: tuple[Rung, ...]
    ways: tuple[Way, ...]
    reason: str | None
    cites: tuple[str, ...]
    clause: str | None
    clause_title: str | None
    levers: tuple[str, ...]
    waiver: Leave | None


def proof(result: RuleResult, judgement: Judgement) -> Proof:
    """Return the proof of a result."""
    basis, rule, policy = basis_of(judgement), result.rule, judgement.policy
    rungs = tuple(_rungs(rule, basis))
    clause = None if rule.clause is None else policy.clause(rule.clause)
    waiver = result.waiver
    return Proof(
        rule=rule.name,
        severity=rule.severity,
        policy=policy.name,
        version=policy.version,
        origin=rule.origin,
        assurance=policy.assurance.value,
        contract=judgement.contract.id,
        vendor=judgement.contract.vendor,
        file=judgement.contract.path,
        as_of=judgement.as_of,
        outcome=result.outcome,
        rung=result.rung,
        would_be=result.would_be,
        sentence=reason(result, basis),
        guards=tuple(_guards(rule, basis)),
        rungs=rungs,
        ways=tuple(_ways(result, rungs, basis)),
        reason=rule.because,
        cites=rule.cites,
        clause=rule.clause,
        clause_title=None if clause is None else clause.title,
        levers=rule.levers,
        waiver=None if waiver is None else Leave(waiver.until, waiver.approved_by, waiver.because),
    )


def _guards(rule: Rule, basis: Basis) -> Iterator[Guard]:
    begins, ends, as_of = rule.in_force_from, rule.in_force_until, basis.judgement.as_of
    if begins is not None:
        text = f"from {begins}" if ends is None else f"from {begins} until {ends}"
        is_in_force = begins <= as_of and (ends is None or as_of <= ends)
        yield Guard("in force", Step(text, Mark.HOLDS if is_in_force else Mark.FAILS))
    for word, conditions in (("when", rule.when), ("unless", rule.unless)):
        for each in conditions:
            yield Guard(word, _step(each, basis))


def _rungs(rule: Rule, basis: Basis) -> Iterator[Rung]:
    if rule.prefer:
        mark = _mark(All(rung_conditions(rule, "prefer")), basis)
        yield Rung("prefer", Outcome.PREFERRED, None, mark, _steps(rule.prefer, basis))
    yield Rung("require", Outcome.MET, None, _mark(All(rule.require), basis), _steps(rule.require, basis))
    for number, fallback in enumerate(rule.fallbacks, 1):
        mark, steps = _mark(fallback.condition, basis), _steps([fallback.condition], basis)
        yield Rung(f"fallback {number}", Outcome.CONCEDED, fallback.approved_by, mark, steps)


def _ways(result: RuleResult, rungs: Sequence[Rung], basis: Basis) -> list[Way]:
    """Return the ways up, nearest first; a rule that passes has those to the rungs above its own, if any.

    A rule that fails has to be met before it can be preferred. A fallback that takes no less than a better rung is no
    way at all.
    """
    if result.outcome is Outcome.NOT_APPLICABLE:
        return []
    names = [each.name for each in rungs]
    if result.rung is not None and result.outcome in (Outcome.CONCEDED, Outcome.MET, Outcome.PREFERRED):
        aims = rungs[: names.index(result.rung)]
    else:
        aims = [each for each in rungs if each.name != "prefer"]
    ways: list[Way] = []
    required = size_of(changes_for(result.rule.require, basis))
    for rung in aims:
        is_preferred = rung.name == "prefer"  # what is required as well is a way of its own
        changes = changes_for(result.rule.prefer if is_preferred else rung_conditions(result.rule, rung.name), basis)
        if not any(set(other.changes) <= set(changes) and other.rung != "prefer" for other in ways):
            size = size_of(changes) + (required if is_preferred else 0)
            ways.append(Way(rung.name, rung.outcome, rung.approved_by, changes, size))
    return sorted(ways, key=lambda each: each.size)


def _steps(conditions: Iterable[Expr], basis: Basis) -> tuple[Step, ...]:
    """Return conditions that are all needed, each a step; `and` at the top makes several."""
    flat = (part for each in conditions for part in (each.operands if isinstance(each, All) else (each,)))
    return tuple(_step(each, basis) for each in flat)


def _step(expr: Expr, basis: Basis) -> Step:
    text, mark = on_one_line(write_expr(expr)), _mark(expr, basis)
    match expr:
        case Defined(_, body):
            return Step(text, mark, parts=_steps([body], basis))
        case All(operands) | AnyOf(operands):
            return Step(text, mark, parts=tuple(_step(each, basis) for each in operands))
        case Not(All() | AnyOf() | Defined() | Not() | Quantified() as operand):
            return Step(text, mark, parts=(_step(operand, basis),))
        case Quantified(variable=variable, records=records, body=body):
            there, evidence = sentence(Atom(expr, True, basis)).there, evidence_of([records.name], basis.judgement)
            records_of = enumerate(at_records(expr, basis), 1)
            parts = tuple(_record(number, called(variable, each), body, each) for number, each in records_of)
            return Step(text, mark, there, evidence, parts)
        case Not(operand):
            return _comparison(text, mark, Atom(operand, False, basis))
        case _:
            return _comparison(text, mark, Atom(expr, True, basis))


def _comparison(text: str, mark: Mark, atom: Atom) -> Step:
    """Return a comparison as a step; what is needed is in its text already, unless that has a definition in it."""
    said, is_named = sentence(atom), any(isinstance(each, Defined) for each in walk(atom.expr))
    there = said.alone() if is_named else said.there
    return Step(text, mark, there, evidence_of(terms_of(atom.expr), atom.basis.judgement))


def _record(number: int, name: str | None, body: Expr, basis: Basis) -> Step:
    text = f"record {number}" if name is None else f"record {number}, {quoted(name)}"
    return Step(text, _mark(body, basis), parts=_steps([body], basis))


def _mark(expr: Expr, basis: Basis) -> Mark:
    if truth(expr, basis.assured) is Truth.TRUE:
        return Mark.HOLDS
    if truth(expr, basis.everything) is Truth.TRUE:
        return Mark.UNASSURED
    return Mark.FAILS if truth(expr, basis.presumed) is Truth.FALSE else Mark.OPEN
