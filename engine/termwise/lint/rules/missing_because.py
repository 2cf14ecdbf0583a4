"""A rule without a reason: the vendor will ask for one, and so will whoever inherits the policy."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW707"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules that neither give nor inherit a `because`."""
    for rule in text.distinct_rules:
        if rule.because is None:
            message = f"`{rule.base}` gives no reason"
            hint = 'add `because "…"`: one sentence that a vendor can be told'
            yield Finding(problem(CODE, rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
