"""A dealbreaker without a lever in a policy that gives levers for its other dealbreakers.

A dealbreaker is where a deal can end. Who sits at the table then has no time to look for an argument.
"""

from __future__ import annotations

from termwise.core.policy import Severity
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW710"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the dealbreakers without a `lever` where at least half of them have one."""
    rules = [rule for rule in text.distinct_rules if rule.severity is Severity.DEALBREAKER]
    without = [rule for rule in rules if not rule.levers]
    if not without or 2 * len(without) > len(rules):
        return
    for rule in without:
        message = (
            f"the dealbreaker `{rule.base}` has no lever; {len(rules) - len(without)} of {len(rules)} dealbreakers have"
        )
        hint = 'add `lever "…"`: what to say, or to offer, when the vendor refuses'
        yield Finding(problem(CODE, rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
