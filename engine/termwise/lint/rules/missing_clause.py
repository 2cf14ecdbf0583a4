"""A rule without a clause in a policy most of whose rules have one: a breach that comes with no wording to offer.

Rules of severity advice are left out: nobody negotiates those.
"""

from __future__ import annotations

from termwise.core.policy import Severity
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW709"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules without a clause where at least half of them have one."""
    rules = [rule for rule in text.distinct_rules if rule.severity is not Severity.ADVICE]
    without = [rule for rule in rules if rule.clause is None]
    if not without or 2 * len(without) > len(rules):
        return
    for rule in without:
        message = f"`{rule.base}` has no wording to offer; {len(rules) - len(without)} of {len(rules)} rules have"
        yield Finding(
            problem(CODE, rule.span, message, hint="name a `clause` that grants it"), text.names_of(rule.base)
        )


LINT = OfPolicy(CODE, check)
