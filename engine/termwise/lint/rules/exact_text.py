"""A text that has to be equal to the letter: "NIST SP 800-88" and "NIST SP 800-88 Rev. 1" are then two standards."""

from __future__ import annotations

from termwise.core.expr import Op
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.figures import figures
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Span

CODE = "TW730"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the comparisons of a term with a text by `=`."""
    seen: set[Span] = set()
    for each in figures(text):
        if isinstance(each.value, str) and each.op is Op.EQ and text.wrote(each.span) and each.span not in seen:
            seen.add(each.span)
            message = f"`{each.term_name}` has to be this text to the letter"
            hint = f'`{each.term_name} includes "…"` asks for the part that matters, whatever the case'
            yield Finding(problem(CODE, each.span, message, hint=hint), text.names_of(each.rule.base))


LINT = OfPolicy(CODE, check)
