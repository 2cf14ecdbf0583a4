"""A rule that is tested, and never expected to be breached: such tests would pass if the rule asked for nothing."""

from __future__ import annotations

from termwise.core.outcome import Outcome
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.tested import expected

CODE = "TW717"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the tested rules of which no test expects a breach."""
    tested = expected(text)
    for rule in text.distinct_rules:
        if Outcome.BREACHED not in tested.get(rule.base, {Outcome.BREACHED}):
            message = f"no test expects `{rule.base}` to be breached"
            hint = f"suppose what it forbids, and expect `{rule.name} breached`"
            yield Finding(problem(CODE, rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
