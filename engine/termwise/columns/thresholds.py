"""Where the truth of an atom changes along a line of whole numbers, found by asking the reference between its limits.

The limits of a comparison with constants are the only places where its truth can change. No comparison is done anew
here: the reference is asked at each limit, and on both sides of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from termwise.core.expr import Compare, Constant, Expr, TermRef, bare
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


def stretches(
    expr: Expr, scale: Fraction, holidays: Holidays, truth: Callable[[int], int], *, is_signed: bool
) -> list[Stretch] | None:
    """Return the truth along the line of numbers that count in steps of `scale`, or None if it has no line.

    `scale` is the size of the unit, in days, points or whatever the quantity is kept in. Where numbers are not signed
    they begin at 0, and what is said of those below is said of nothing.
    """
    limits = _limits(expr, holidays)
    return None if limits is None else stretches_between([each / scale for each in limits], truth, is_signed=is_signed)


def stretches_between(
    limits: Iterable[Fraction], truth: Callable[[int], int], *, is_signed: bool
) -> list[Stretch] | None:
    """Return the truth along the whole numbers, where it changes at limits alone; None if there are too many."""
    points: set[int] = {0}
    for at in limits:
        points.update((at.__floor__() - 1, at.__floor__(), at.__ceil__(), at.__ceil__() + 1))
    ordered = sorted(each for each in points if is_signed or each >= 0)
    if len(ordered) > _MOST:
        return None
    before = ordered[0] - 1 if is_signed else 0
    found = [Stretch(None, before, truth(before))]
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
    expr = bare(expr)
    if not isinstance(expr, Compare):
        return None
    sides = bare(expr.left), bare(expr.right)
    match sides:
        case (TermRef(), Constant(value)) | (Constant(value), TermRef()):
            return list(ends_of(value, holidays))
        case _:
            return None


def ends_of(value: Value, holidays: Holidays) -> Iterator[Fraction]:
    """Yield the numbers a quantity is at least and at most, or those of each member of a set."""
    match value:
        case frozenset():
            for each in value:
                yield from ends_of(each, holidays)
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
