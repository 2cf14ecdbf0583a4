"""A waiver that is over, whether or not its contract is at hand: it excuses nothing any more."""

from __future__ import annotations

from termwise.diagnostics.finding import Finding
from termwise.evaluate.waivers import expired
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW517"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the waivers whose last day has passed."""
    for waiver in text.policy.waivers:
        if text.wrote(waiver.span) and subject.as_of > waiver.until:
            names = tuple(rule.name for rule in text.policy.rules if waiver.covers(rule))
            yield Finding(expired(waiver, subject.as_of), names)


LINT = OfPolicy(CODE, check)
