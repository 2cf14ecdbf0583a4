"""A fallback that nobody has to approve: what was meant as a concession passes like the requirement itself."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW714"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the fallbacks without `approved by`."""
    for rule in text.distinct_rules:
        for fallback in rule.fallbacks:
            if fallback.approved_by is None:
                message = f"nobody has to approve this fallback of `{rule.base}`"
                hint = 'add `approved by "…"`, or make it the requirement'
                yield Finding(problem(CODE, fallback.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
