"""What a term can say, as far as comparisons with some values can tell: one content for each way they can come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise

from termwise.core.values import Bounded, Content, Exact, Symbol, Value
from termwise.quantities.amounts import Percent, Rate
from termwise.quantities.duration import Duration
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type

_LARGEST = 4
"""How many symbols may matter of a set: each more makes three times as many contracts."""


def contents(kind: Type, values: Sequence[Value]) -> list[Content] | None:
    """Return a content of each kind that comparisons with these values tell apart; None where that is not known.

    Not known are texts, lists, amounts of money, which may be of another currency, and calendar months and business
    days, which are no fixed number of days.
    """
    match kind:
        case EnumType(ordered=True):
            return list(_ordered(_symbols(kind)))
        case EnumType():
            return [Exact(each) for each in _symbols(kind)]
        case SetType(EnumType() as element):
            return _sets(element, values)
        case Scalar.BOOLEAN:
            return [Exact(False), Exact(True)]
        case Scalar.DURATION if all(isinstance(each, Duration) and _is_exact(each) for each in values):
            return list(_ordered(_steps([each.days for each in values if isinstance(each, Duration)], Duration)))
        case Scalar.RATE:
            return list(_ordered(_steps([each.per_year for each in values if isinstance(each, Rate)], Rate)))
        case Scalar.PERCENT:
            return list(_ordered(_steps([each.points for each in values if isinstance(each, Percent)], Percent)))
        case Scalar.NUMBER:
            limits = _around([each for each in values if isinstance(each, Fraction)])
            return list(_ordered(sorted({*limits, *((low + high) / 2 for low, high in pairwise(limits))})))
        case Scalar.INTEGER:
            return list(_ordered(_around([each for each in values if isinstance(each, Fraction)])))
        case Scalar.DATE:
            days = [Fraction(each.toordinal()) for each in values if isinstance(each, date)]
            near = [int(each) for each in _around(days) if date.min.toordinal() <= each <= date.max.toordinal()]
            return list(_ordered([date.fromordinal(each) for each in near]))
        case Scalar() | SetType() | ListType() | RecordType():
            return None


def _is_exact(duration: Duration) -> bool:
    return duration.months == duration.business_days == 0


def _steps(limits: Sequence[Fraction], make: Callable[[Fraction], Value]) -> list[Value]:
    """Return the limits, a value between each two, one below all if there is one, and one above."""
    known = sorted({*limits, Fraction(0)})
    between = ((low + high) / 2 for low, high in pairwise(known))
    return [make(each) for each in sorted({*known, *between, known[-1] + 1})]


def _around(limits: Sequence[Fraction]) -> list[Fraction]:
    """Return the limits and the numbers next to each, of which some may be below zero."""
    return sorted({near for each in limits or [Fraction(0)] for near in (each - 1, each, each + 1)})


def _symbols(kind: EnumType) -> list[Symbol]:
    return [Symbol(kind.name, symbol, rank) for rank, symbol in enumerate(kind.symbols)]


def _ordered(points: Sequence[Value]) -> Iterator[Content]:
    """Yield what can be said of values in order: one of them, or bounds."""
    yield from (Exact(each) for each in points)
    yield from (Bounded(low, high) for low, high in combinations(points, 2))
    yield from (Bounded(None, each) for each in points)
    yield from (Bounded(each, None) for each in points)


def _sets(kind: EnumType, values: Sequence[Value]) -> list[Content] | None:
    """Return the sets of the symbols that are named and of one other, exact and bounded."""
    named = {each for value in values for each in (value if isinstance(value, frozenset) else [value])}
    symbols = [each for each in _symbols(kind) if each in named]
    symbols += [each for each in _symbols(kind) if each not in named][:1]
    if len(symbols) > _LARGEST:
        return None
    sets = [frozenset[Value](each) for size in range(len(symbols) + 1) for each in combinations(symbols, size)]
    made: list[Content] = [Exact(each) for each in sets]
    made += [Bounded(low, high) for low in sets for high in sets if low < high]
    made += [bounds for each in sets for bounds in (Bounded(None, each), Bounded(each, None))]
    return made
