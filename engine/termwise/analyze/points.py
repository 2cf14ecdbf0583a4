"""A few values that stand for all: on each limit, between any two, below the first and above the last.

Conditions that compare a term with limits cannot tell two values apart that lie between the same two of them. Values
are chosen as a person would test a limit: 30 days and 31, not 30 days and 30.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor

from termwise.analyze.cells import Unit
from termwise.analyze.linear import FEES
from termwise.core.values import Symbol, Value
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.types import EnumType, Scalar

_LAST = Fraction(date.max.toordinal())


def all_points(kind: EnumType | Scalar) -> tuple[Value, ...]:
    """Return every value of a type that has finitely many, in order."""
    if isinstance(kind, EnumType):
        return tuple(Symbol(kind.name, symbol, rank) for rank, symbol in enumerate(kind.symbols))
    return (False, True)


def points(kind: Scalar, unit: Unit, limits: Iterable[Fraction]) -> tuple[Value, ...]:
    """Return a value for each stretch of a type that some limits cut it into, in order."""
    lowest, highest = bounds(kind)
    inside = sorted({each for each in limits if lowest is None or each >= lowest})
    numbers = _numbers(inside, is_whole(kind), lowest)
    kept = dict.fromkeys(each for each in numbers if highest is None or each <= highest)
    return tuple(value_of(kind, unit, each) for each in kept)


def bounds(kind: Scalar) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most that a value of a type can be, as a number; None where there is no such."""
    if kind is Scalar.DATE:
        return Fraction(1), _LAST
    return (None if kind in (Scalar.INTEGER, Scalar.NUMBER) else Fraction(0)), None


def is_whole(kind: Scalar) -> bool:
    """Whether a type has whole numbers only."""
    return kind in (Scalar.INTEGER, Scalar.DATE)


def value_of(kind: Scalar, unit: Unit, number: Fraction) -> Value:
    """Return the value of a type that is so much of a unit."""
    match kind:
        case Scalar.INTEGER | Scalar.NUMBER:
            return number
        case Scalar.PERCENT:
            return Percent(number)
        case Scalar.RATE:
            return Rate(number)
        case Scalar.MONEY | Scalar.FEES:
            return Fees(number) if unit == FEES else Money(str(unit), number)
        case Scalar.DATE:
            return date.fromordinal(int(number))
        case Scalar.DURATION:
            months, business = unit if isinstance(unit, tuple) else (0, 0)
            return Duration(number, months, business)
        case Scalar.BOOLEAN | Scalar.TEXT:
            raise AssertionError(f"a {kind.value} is no quantity")


def _numbers(limits: list[Fraction], whole: bool, lowest: Fraction | None) -> Iterator[Fraction]:
    if not limits:
        yield Fraction(1) if lowest is None else lowest + 1
        return
    first, last = limits[0], limits[-1]
    below = Fraction(ceil(first) - 1) if whole else first - 1
    if lowest is None or below >= lowest:
        yield below
    elif first > lowest and not whole:
        yield (first + lowest) / 2
    for limit, following in zip(limits, (*limits[1:], None), strict=True):
        if not whole or limit.denominator == 1:
            yield limit
        if following is None:
            yield Fraction(floor(last) + 1) if whole else last + 1
            return
        above = Fraction(floor(limit) + 1) if whole else limit + 1
        if above < following:
            yield above
        elif not whole:
            yield (limit + following) / 2
