"""One figure for one term, spelt in two ways: `72 hours` here and `3 days` there, `monthly` and `12 per year`.

Who compares two rules should not have to calculate. The value is the same, so writing it as it is written first is a
safe edit.
"""

from __future__ import annotations

from termwise.core.values import Value
from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.figures import Figure, figures, is_quantity
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.written import text_at
from termwise.source import Span

CODE = "TW728"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the figures whose text is not that of the first equal one for the term."""
    alike: dict[tuple[str, Value], dict[Span, Figure]] = {}
    for each in figures(text):
        if text.wrote(each.span) and is_quantity(each.value):
            alike.setdefault((each.term_name, each.value), {}).setdefault(each.span, each)
    for (term, _), by_place in alike.items():
        first, *others = sorted(by_place, key=lambda span: (span.line, span.column))
        spelt = _spelt(text, first)
        for place in others:
            if _spelt(text, place) != spelt:
                message = f"`{_spelt(text, place)}` of `{term}` is written `{spelt}` elsewhere"
                related = (Label(first, "here"),)
                found = problem(CODE, place, message, related=related, hint=f"write `{spelt}`")
                yield Finding(found, text.names_of(by_place[place].rule.base), fixes=(Edit(place, spelt),))


def _spelt(text: PolicyText, place: Span) -> str:
    return " ".join(text_at(text.source, place).split())


LINT = OfPolicy(CODE, check)
