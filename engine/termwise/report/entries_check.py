"""Judgements → entries: one for each rule of each policy in each contract.

A result stands where the contract says what decides it, or else where the contract begins. Where its rule stands, the
clause to ask for, what lower documents say and what leave was given are places related to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from termwise.core.policy import Severity
from termwise.diagnostics import Diagnostic, Label
from termwise.evaluate.judgement import Judgement, Outcome, RuleResult
from termwise.report.basis import Basis, basis_of
from termwise.report.decision import Decision
from termwise.report.entries import Entry, Excuse, Kind, Requirement, Run, numbered
from termwise.report.entries_codes import remarks
from termwise.report.evidence import Evidence
from termwise.report.findings import spoken_of
from termwise.report.fingerprint import result_fingerprint
from termwise.report.grouped import by_contract
from termwise.report.printable import on_one_line
from termwise.report.reason import outcome_in_words, reason
from termwise.report.requirements import code_of, once, rule_id, rules_of
from termwise.source import Span, start_of

_MOST_PLACES = 10
"""How many related places are worth naming; a rule may read a hundred terms."""


def check_run(
    judgements: Sequence[Judgement],
    entries: Sequence[Entry],
    *,
    as_of: date,
    version: str,
    decision: Decision,
    exit_code: int,
    known: frozenset[str] = frozenset(),
    found: Sequence[Diagnostic] = (),
) -> Run:
    """Return a run of `check`; `entries` are those of the judgements, and `known` what a baseline knows of them.

    `found` are the diagnostics of whatever was given.
    """
    policies = {id(each.policy): each.policy for each in judgements}
    shown = [each for each in entries if each.fingerprint not in known]
    by_the_way = dict.fromkeys([*(notice for each in judgements for notice in each.notices), *found])
    codes = dict.fromkeys(each.code for each in by_the_way)

    def requirements() -> tuple[Requirement, ...]:
        return once([*rules_of(policies.values()), *map(code_of, codes)])

    return Run(
        verb="check",
        version=version,
        noun="contract",
        subjects=tuple(group[0].contract.id for group in by_contract(judgements)),
        scopes=tuple(dict.fromkeys(each.name for each in policies.values())),
        requirements=requirements,
        entries=numbered([*shown, *remarks(by_the_way)]),
        decision=decision,
        exit_code=exit_code,
        as_of=as_of,
        known=len(entries) - len(shown),
    )


def check_entries(judgements: Iterable[Judgement], fail_on: Severity) -> Iterator[Entry]:
    """Yield what came of each rule of each policy in each contract, in order."""
    for judgement in judgements:
        basis = basis_of(judgement)
        for result in judgement.results:
            yield _entry(result, basis, fail_on)


def _entry(result: RuleResult, basis: Basis, fail_on: Severity) -> Entry:
    rule, judgement = result.rule, basis.judgement
    sentence = reason(result, basis)
    spoken = [each for each in spoken_of(sentence, result, judgement) if each.line is not None]
    excuse = None
    if result.waiver is not None:
        excuse = Excuse(result.waiver.because, result.waiver.until, result.waiver.approved_by)
    kind = _kind(result.outcome)
    return Entry(
        requirement=rule_id(judgement.policy, rule),
        subject=judgement.contract.id,
        scope=judgement.policy.name,
        name=rule.name,
        kind=kind,
        verdict=outcome_in_words(result.outcome),
        severity=rule.severity,
        counts=not result.outcome.passes and rule.severity.reaches(fail_on),
        message=sentence,
        place=_place(spoken, judgement),
        fingerprint=result_fingerprint(result, judgement),
        related=tuple(_related(result, judgement, spoken))[:_MOST_PLACES],
        excuse=excuse,
        remark=rule.severity.value,
    )


def _kind(outcome: Outcome) -> Kind:
    match outcome:
        case Outcome.BREACHED | Outcome.UNSECURED | Outcome.WAIVED:
            return Kind.FAIL
        case Outcome.UNDECIDED:
            return Kind.OPEN
        case Outcome.CONCEDED:
            return Kind.REVIEW
        case Outcome.MET | Outcome.PREFERRED:
            return Kind.PASS
        case Outcome.NOT_APPLICABLE:
            return Kind.NOT_APPLICABLE


def _place(spoken: Sequence[Evidence], judgement: Judgement) -> Span:
    """Return where a contract says what decides a result; what a document says goes before the customer's own facts."""
    contract = judgement.contract
    in_order = sorted(spoken, key=lambda each: each.is_context)
    return _span(in_order[0]) if in_order else contract.span or start_of(contract.path)


def _span(evidence: Evidence) -> Span:
    assert evidence.path is not None and evidence.line is not None and evidence.column is not None
    return Span(evidence.path, evidence.line, evidence.column, evidence.line, evidence.column)


def _related(result: RuleResult, judgement: Judgement, spoken: Sequence[Evidence]) -> Iterator[Label]:
    rule = result.rule
    yield Label(rule.span, f"the rule {rule.name}")
    clause = None if rule.clause is None else judgement.policy.clause(rule.clause)
    if clause is not None:
        yield Label(clause.span, f"the clause {clause.name}")
    if result.waiver is not None:
        yield Label(result.waiver.span, "the waiver")
    place = _place(spoken, judgement)
    for each in spoken:
        for lower in each.displaced:
            if lower.line is not None:
                yield Label(_span(lower), f"displaced: {_said(lower)}")
        if _span(each) != place:
            yield Label(_span(each), _said(each))


def _said(evidence: Evidence) -> str:
    section = "" if evidence.at is None else f", {on_one_line(evidence.at)}"
    return f"{evidence.term} in {on_one_line(evidence.document)}{section}"
