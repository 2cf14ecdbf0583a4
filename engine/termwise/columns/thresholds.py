"""Where the truth of an atom changes along a line of whole numbers, found by asking the reference between its limits.

The limits of a comparison with constants are the only places where its truth can change. No comparison is done anew
here: the reference is asked at each limit, and on both sides of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from termwise.core.expr import Compare, Constant, Defined, Expr, TermRef
from termwise.core.values import Value
from termwise.frozen import frozen
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration, Holidays, day_bounds

_MOST = 100
"""How many limits are worth asking about; a comparison with more goes by the distinct values of its column."""


@frozen
class Stretch:
    """Whole numbers from `low` to `high`, both included (None: without end), at which an atom has one truth."""

    low: int | None
    high: int | None
    truth: int


def stretches(expr: Expr, scale: Fraction, holidays: Holidays, truth: Callable[[int], int]) -> list[Stretch] | None:
    """Return the truth along the line of numbers that count a quantity in steps of `scale`, or None if it has no line.

    `scale` is the size of the unit, in days, points or whatever the quantity is kept in. Numbers begin at 0.
    """
    limits = _limits(expr, holidays)
    if limits is None:
        return None
    points: set[int] = {0}
    for limit in limits:
        at = limit / scale
        points.update(
            each for each in (at.__floor__() - 1, at.__floor__(), at.__ceil__(), at.__ceil__() + 1) if each >= 0
        )
    if len(points) > _MOST:
        return None
    ordered = sorted(points)
    found: list[Stretch] = []
    for here, following in zip(ordered, [*ordered[1:], None], strict=True):
        _extend(found, Stretch(here, here, truth(here)))
        if following is None or following > here + 1:
            _extend(found, Stretch(here + 1, None if following is None else following - 1, truth(here + 1)))
    return found


def _extend(found: list[Stretch], following: Stretch) -> None:
    if found and found[-1].truth == following.truth:
        found[-1] = Stretch(found[-1].low, following.high, following.truth)
    else:
        found.append(following)


def _limits(expr: Expr, holidays: Holidays) -> list[Fraction] | None:
    """Return the numbers that a bare term is compared with, both ends of what is none exactly; None if it is not."""
    expr = _bare(expr)
    if not isinstance(expr, Compare) or expr.annual_fees is not None:
        return None
    sides = _bare(expr.left), _bare(expr.right)
    match sides:
        case (TermRef(), Constant(value)) | (Constant(value), TermRef()):
            return list(_ends(value, holidays))
        case _:
            return None


def _bare(expr: Expr) -> Expr:
    return _bare(expr.body) if isinstance(expr, Defined) else expr


def _ends(value: Value, holidays: Holidays) -> Iterator[Fraction]:
    match value:
        case frozenset():
            for each in value:
                yield from _ends(each, holidays)
        case Duration():
            bounds = day_bounds(value, holidays)
            yield from (end for end in (bounds.low, bounds.high) if end is not None)
        case Rate(per_year):
            yield per_year
        case Percent(points):
            yield points
        case Money(_, amount):
            yield amount
        case Fees(months):
            yield months
        case Fraction():
            yield value
        case _:
            return
