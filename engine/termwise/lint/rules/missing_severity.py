"""A rule without a severity, which then counts as minor without saying so.

How much a rule weighs is the first thing a negotiator asks. Who reads the rule cannot tell whether minor was meant or
forgotten. Writing it out changes nothing, so the edit is safe. `tighten` and `relax` keep the severity of what they
replace, and that is said where it is inherited from.
"""

from __future__ import annotations

from termwise.core.policy import Severity
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Span
from termwise.syntax.tree import RuleDecl

CODE = "TW706"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules that name no severity, and write out the one they have."""
    for each in text.declared(RuleDecl):
        if each.how == "rule" and each.severity is None:
            name, end = each.name.text, each.span
            message = f"`{name}` does not say how much it weighs, and counts as {Severity.MINOR.value}"
            place = Span(end.path, end.end_line, end.end_column, end.end_line, end.end_column)
            edit = Edit(place, f": {Severity.MINOR.value}")
            hint = f"write `: {Severity.MINOR.value}`, or whichever severity is meant"
            yield Finding(problem(CODE, each.name.span, message, hint=hint), text.names_of(name), fixes=(edit,))


LINT = OfPolicy(CODE, check)
