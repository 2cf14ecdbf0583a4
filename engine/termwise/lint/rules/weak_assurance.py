"""A policy that takes a product page, or what a salesperson said, for a promise.

A default is not a protection: with `assurance documented` a rule is met by what the vendor may change any day, and with
`assurance claimed` by what nobody has written down.
"""

from __future__ import annotations

from termwise.core.policy import Assurance
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW738"

_WHY = {
    Assurance.CLAIMED: "what somebody has said",
    Assurance.DOCUMENTED: "a page that can change any day",
}


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find a header that asks for less than agreed terms."""
    asked = text.header.assurance
    if asked is not None and text.policy.assurance in _WHY:
        message = f"with `assurance {asked.text}`, {_WHY[text.policy.assurance]} meets a rule"
        hint = "write `assurance signed`, or `agreed` for online terms that the contract incorporates"
        yield Finding(problem(CODE, asked.span, message, hint=hint))


LINT = OfPolicy(CODE, check)
