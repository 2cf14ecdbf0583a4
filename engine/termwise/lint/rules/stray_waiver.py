"""A waiver for a contract that is not among those at hand: a misspelt id, or a contract that has gone."""

from __future__ import annotations

from termwise.diagnostics import did_you_mean, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfJudgements
from termwise.lint.subject import PolicyText, Subject

CODE = "TW723"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the waivers whose contract nobody has."""
    known = [each.contract.id for each in text.judgements]
    for waiver in text.policy.waivers:
        if text.wrote(waiver.span) and waiver.contract not in known:
            message = f"no contract at hand has the id `{waiver.contract}`, for which `{waiver.target}` is waived"
            names = tuple(rule.name for rule in text.policy.rules if waiver.covers(rule))
            yield Finding(problem(CODE, waiver.span, message, hint=did_you_mean(waiver.contract, known)), names)


LINT = OfJudgements(CODE, check)
