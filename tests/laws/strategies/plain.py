"""Plain mappings as a program has them: values of Python by the name of a term, sound and unsound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from strategies.contract import said
from strategies.values import rarely, subsets
from strategies.vocabulary import Known, Terms
from termwise.types import ListType, Scalar, SetType, Type


class Level(StrEnum):
    """What a program may have in place of text."""

    LOW = "low"
    NONE = "none"


_OF: dict[Scalar, tuple[Any, ...]] = {
    Scalar.BOOLEAN: (True, False, 1, 0, "yes", "no", "true"),
    Scalar.INTEGER: (0, 1, 2, 3, True, False, -1, 1.0, Decimal(1), "2", Fraction(2), 10**30),
    Scalar.NUMBER: (0, 1, True, 0.5, Decimal("2.50"), Decimal("1.0"), 1.0, Fraction(1, 2), -1, float("nan")),
    Scalar.PERCENT: ("5%", "7.5%", 5, True),
    Scalar.MONEY: ("USD 100", "USD 1,200.50", "EUR 100", 100, 0, False),
    Scalar.FEES: ("12 months of fees", "0 months of fees", 12, 0, False),
    Scalar.DURATION: (timedelta(days=30), timedelta(hours=72), timedelta(days=31), "1 month", "30 days", 30, 0, False),
    Scalar.RATE: ("none", "monthly", "4 per year", 4, 0, False, 0.0),
    Scalar.DATE: (date(2026, 11, 24), date(2027, 1, 1), "2026-11-23", 20261124),
    Scalar.TEXT: ("nist", "#", 1, True, 1.0, Decimal("1.0"), Decimal(1), "1", "yes", "low"),
}
_ODD: tuple[Any, ...] = (
    *(None, "", "  ", "nonsense", True, 1, 0, False, 1.0, b"low", object, ("low",), (1,), (True,), Level.LOW),
    *({}, [], {"value": "low"}, {"vague": "soon"}, {"see": "x"}, {"at_most": "31 days"}, {"value": True}, {"x": 1}),
    *(frozenset(), frozenset({"low"}), frozenset({1}), frozenset({True}), {"us"}, ["us", "us"], timedelta(days=1)),
)


@st.composite
def plain(draw: DrawFn, terms: Terms) -> dict[Any, Any]:
    """A mapping of values by instance name, and once in a while by another."""
    made: dict[Any, Any] = {}
    for term in terms.terms:
        for name in _names(term):
            if not draw(rarely(4)):
                made[name] = draw(_value(term.kind))
        if term.key is not None and draw(rarely(8)):
            made[term.name] = draw(_value(term.kind))
    if draw(rarely(15)):
        made[draw(st.sampled_from(["nobody", "alpha[x]", "x.y", "", 1, "terms", "vendor"]))] = draw(
            st.sampled_from(_ODD)
        )
    return made


def _names(term: Known) -> Iterator[str]:
    if term.key is None:
        yield term.name
    else:
        yield from (f"{term.name}[{each}]" for each in term.key.symbols)


@st.composite
def _value(draw: DrawFn, kind: Type) -> Any:
    match draw(st.integers(0, 19)):
        case 0:
            return draw(st.sampled_from(_ODD))
        case 1 | 2 | 3 | 4:
            return draw(said(kind))
        case _:
            return draw(_typed(kind))


@st.composite
def _typed(draw: DrawFn, kind: Type) -> Any:
    match kind:
        case Scalar():
            return draw(st.sampled_from(_OF[kind]))
        case SetType(element):
            return draw(st.sampled_from([frozenset, list, tuple, set]))(draw(subsets(element)))
        case ListType():
            return draw(said(kind, exact=True))
        case _:
            return draw(said(kind))
