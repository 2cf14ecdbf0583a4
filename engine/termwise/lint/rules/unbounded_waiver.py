"""A waiver without a `while`: what was approved for ninety days of retention then excuses ninety years of it."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW721"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the waivers that hold whatever the contract says."""
    for waiver in text.policy.waivers:
        if text.wrote(waiver.span) and waiver.condition is None:
            message = f"the waiver of `{waiver.target}` for `{waiver.contract}` excuses whatever the contract says"
            hint = "add `while` with what was approved, as in `while deletion.deadline <= 60 days`"
            names = tuple(rule.name for rule in text.policy.rules if waiver.covers(rule))
            yield Finding(problem(CODE, waiver.span, message, hint=hint), names)


LINT = OfPolicy(CODE, check)
