"""A rule whose time is over on the date asked about: it applies to nothing, and reads as if it did."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW724"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the rules with an `until` in the past."""
    for rule in text.distinct_rules:
        end = rule.in_force_until
        if end is not None and end < subject.as_of:
            message = f"`{rule.base}` was in force until {end}, and has applied to nothing since"
            hint = "remove it, or say until when it is to go on"
            yield Finding(problem(CODE, rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
