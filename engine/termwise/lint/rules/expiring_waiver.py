"""A waiver that ends soon, so that whoever approved it can be asked in time. The settings say how soon is soon."""

from __future__ import annotations

from termwise.diagnostics.finding import Finding
from termwise.evaluate.waivers import expiring
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW518"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the waivers with few days to go."""
    for waiver in text.policy.waivers:
        left = (waiver.until - subject.as_of).days
        if text.wrote(waiver.span) and 0 <= left <= subject.settings.expiring_days:
            names = tuple(rule.name for rule in text.policy.rules if waiver.covers(rule))
            yield Finding(expiring(waiver, subject.as_of), names)


LINT = OfPolicy(CODE, check)
