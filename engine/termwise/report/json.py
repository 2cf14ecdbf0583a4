"""Judgements → the object that `check --format json` prints. Its keys and their order are a promise.

Plain dictionaries and no library: a run of `check` is over before a model would have been imported. The models that
Python callers get, and the JSON Schema that ships, are made from the same object in `models.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from termwise.core.policy import Severity, Waiver
from termwise.diagnostics import Diagnostic
from termwise.evaluate.judgement import Cause, Judgement, RuleResult
from termwise.report.basis import Basis, basis_of
from termwise.report.decision import Decision, decision, worst
from termwise.report.evidence import Evidence, facts_of
from termwise.report.grouped import by_contract
from termwise.report.reason import reason

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"
"""Anything JSON can say; a report has no fractions in it."""


def check_report(
    judgements: Sequence[Judgement],
    *,
    as_of: date,
    fail_on: Severity = Severity.MINOR,
    version: str,
    errors: Sequence[Diagnostic] = (),
    known: frozenset[str] = frozenset(),
) -> dict[str, Json]:
    """Return the report of a run: every contract with the rules of every policy it was judged by.

    `errors` are what was wrong with the contracts that could not be judged; a run with any is never a pass. `known`
    are the fingerprints of results that are left out, and do not count, because a baseline knows them.
    """
    groups = [[basis_of(each, known) for each in group] for group in by_contract(judgements)]
    decisions = [_decision(group, fail_on) for group in groups]
    if errors:
        decisions.append(Decision.UNDECIDED)
    policies = {id(each.policy): each.policy for each in judgements}
    return {
        "termwise": version,
        "as_of": as_of.isoformat(),
        "decision": worst(decisions).value,
        "contracts": [_contract(group, fail_on, as_of) for group in groups],
        "fail_on": fail_on.value,
        "policies": [{"policy": each.name, "title": each.title, "version": each.version} for each in policies.values()],
        "errors": [diagnostic_data(each) for each in errors],
        "known": sum(len(each.judgement.results) - len(each.results) for group in groups for each in group),
    }


def dump(report: Json) -> str:
    """Return a report as text; the same report is the same bytes."""
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _decision(group: Sequence[Basis], fail_on: Severity) -> Decision:
    return decision((result for each in group for result in each.results), fail_on)


def _contract(group: Sequence[Basis], fail_on: Severity, as_of: date) -> dict[str, Json]:
    contract = group[0].judgement.contract
    notices = dict.fromkeys(notice for each in group for notice in each.judgement.notices)
    return {
        "contract": contract.id,
        "vendor": contract.vendor,
        "file": contract.path,
        "decision": _decision(group, fail_on).value,
        "rules": [_rule(result, each) for each in group for result in each.results],
        "notices": [diagnostic_data(each) for each in notices],
        "as_of": as_of.isoformat(),
    }


def _rule(result: RuleResult, basis: Basis) -> Json:
    rule, judgement = result.rule, basis.judgement
    return {
        "policy": judgement.policy.name,
        "rule": rule.name,
        "severity": rule.severity.value,
        "outcome": result.outcome.value,
        "rung": result.rung,
        "because": reason(result, basis),
        "facts": [_fact(each) for each in facts_of(result, judgement)],
        "unknown": [cause_data(each) for each in result.causes],
        "approved_by": result.approved_by,
        "clause": rule.clause,
        "would_be": None if result.would_be is None else result.would_be.value,
        "waiver": None if result.waiver is None else _waiver(result.waiver),
        "reason": rule.because,
        "cites": list(rule.cites),
        "levers": list(rule.levers),
        "origin": rule.origin,
    }


def _fact(evidence: Evidence) -> dict[str, Json]:
    return {
        "term": evidence.term,
        "value": evidence.value,
        "document": evidence.document,
        "at": evidence.at,
        "quote": evidence.quote,
        "assurance": evidence.assurance.value,
        "line": evidence.line,
        "column": evidence.column,
        "title": evidence.title,
        "wording": evidence.wording,
        "note": evidence.note,
        "disputed": evidence.is_disputed,
        "displaced": [_fact(each) for each in evidence.displaced],
    }


def cause_data(cause: Cause) -> Json:
    """Return why a term is not enough as data."""
    part: dict[str, Json] = {} if cause.part is None else {"part": cause.part}
    return {"term": cause.term, "state": cause.state.value, **part}


def _waiver(waiver: Waiver) -> Json:
    return {"until": waiver.until.isoformat(), "approved_by": waiver.approved_by, "because": waiver.because}


def diagnostic_data(diagnostic: Diagnostic) -> Json:
    """Return a diagnostic as data."""
    span = diagnostic.primary.span
    return {
        "code": diagnostic.code,
        "level": diagnostic.level.value,
        "message": diagnostic.message,
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "hint": diagnostic.hint,
    }
