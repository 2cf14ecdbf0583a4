"""A limit in months, years or business days, which are no fixed number of days.

`<= 1 month` is met by 28 days and missed by 32; of a contract that says 30 days it can only be said that it depends on
the month. A limit is the author's to choose, so it can be one that decides.
"""

from __future__ import annotations

from termwise.core.expr import Op
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.figures import ORDER, Figure, figures
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.quantities.duration import Duration, day_bounds
from termwise.quantities.numerals import write_number
from termwise.source import Span

CODE = "TW729"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the limits that are an interval of days."""
    places: dict[Span, Figure] = {}
    for each in figures(text):
        if each.op in ORDER and text.wrote(each.span) and isinstance(each.value, Duration):
            places.setdefault(each.span, each)
    for span, figure in places.items():
        assert isinstance(figure.value, Duration)
        days = day_bounds(figure.value, text.policy.holidays)
        if days.low is None or days.high is None or days.low == days.high:
            continue
        fewest, most = write_number(days.low), write_number(days.high)
        message = f"{figure.value} is {fewest} to {most} days; what a contract says in between is undecided"
        strict = fewest if figure.op in (Op.LE, Op.LT) else most
        hint = f"write a number of days; {strict} days is the strictest reading"
        yield Finding(problem(CODE, span, message, hint=hint), text.names_of(figure.rule.base))


LINT = OfPolicy(CODE, check)
