"""A rung on which no test of the rule lands: a concession, say, that nobody has tried to be granted.

Rules that no test names at all are another lint's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.core.outcome import Outcome
from termwise.core.policy import Rule
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.tested import expected, rungs_reached
from termwise.source import Span

CODE = "TW716"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rungs of tested rules that no test reaches."""
    tested = expected(text)
    for rule in text.distinct_rules:
        if rule.base not in tested:
            continue
        reached = rungs_reached(text, rule)
        for rung, outcome, span in _rungs(rule):
            if rung not in reached:
                message = f"no test lands on the {rung} of `{rule.base}`"
                hint = f"suppose what it takes, and expect `{rule.name} {outcome.value}`"
                yield Finding(problem(CODE, span, message, hint=hint), text.names_of(rule.base))


def _rungs(rule: Rule) -> Iterator[tuple[str, Outcome, Span]]:
    """Yield the rungs of a rule: the name, the outcome of whoever lands there, and where it is written."""
    if rule.prefer:
        yield "prefer", Outcome.PREFERRED, rule.prefer[0].span or rule.span
    yield "require", Outcome.MET, rule.require[0].span or rule.span
    for number, fallback in enumerate(rule.fallbacks, 1):
        yield f"fallback {number}", Outcome.CONCEDED, fallback.span


LINT = OfPolicy(CODE, check)
