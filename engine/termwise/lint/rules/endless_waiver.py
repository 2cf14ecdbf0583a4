"""A waiver that ends further away than a project allows, a year unless it says otherwise.

A waiver is a decision for a while. One that nobody has to renew is a change of the policy that does not look like one.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.quantities.numerals import count

CODE = "TW722"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the waivers with more days to go than the settings allow."""
    most = subject.settings.longest_waiver_days
    for waiver in text.policy.waivers:
        left = (waiver.until - subject.as_of).days
        if text.wrote(waiver.span) and left > most:
            message = (
                f"the waiver of `{waiver.target}` for `{waiver.contract}` runs until {waiver.until}, "
                f"{count(left, 'day')} from {subject.as_of}; {count(most, 'day')} is the most"
            )
            hint = "let it end sooner, or relax the rule, which says openly that it is weaker"
            names = tuple(rule.name for rule in text.policy.rules if waiver.covers(rule))
            yield Finding(problem(CODE, waiver.span, message, hint=hint), names)


LINT = OfPolicy(CODE, check)
