"""A rule with a guard that no test expects to keep it from applying.

A guard that never holds and one that always does look the same to tests in which the rule applies.
"""

from __future__ import annotations

from termwise.core.outcome import Outcome
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.tested import expected

CODE = "TW719"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the tested rules with `when` or `unless` of which no test expects `not_applicable`."""
    tested = expected(text)
    for rule in text.distinct_rules:
        guards = (*rule.when, *rule.unless)
        if guards and Outcome.NOT_APPLICABLE not in tested.get(rule.base, {Outcome.NOT_APPLICABLE}):
            message = f"no test expects the guard of `{rule.base}` to keep it from applying"
            hint = f"suppose a case it is not for, and expect `{rule.name} not_applicable`"
            yield Finding(problem(CODE, guards[0].span or rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
