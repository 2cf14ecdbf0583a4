"""Which months and business days a duration needs to have, for durations to stand for all that limits can tell apart.

A duration of so many months, business days and days is compared through the fewest and the most days that lie between
it and a limit. Where no limit has months, those of a duration do nothing that bounds in days do not do; likewise
business days. Beyond a certain length a duration is longer than every limit, however few days it has besides. So
finitely many shapes are enough: `docs/decisions/0020-finitely-many-values.md` has the argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import count

from termwise.analyze.cells import Unit
from termwise.analyze.linear import DAYS
from termwise.quantities.duration import Duration, Holidays, day_bounds

MOST = 40
"""How many shapes a duration may have before only those of the limits themselves are tried."""

Limit = tuple[Unit, Fraction]


def shapes(limits: Sequence[Limit], holidays: Iterable[Holidays]) -> tuple[list[Unit], bool]:
    """Return the shapes that are enough for some limits, and whether they are all that is needed."""
    units = [unit for unit, _ in limits if isinstance(unit, tuple)]
    if all(unit == DAYS for unit in units):
        return [DAYS], True
    allowances = tuple(holidays)
    found: list[Unit] = []
    for shape in _short(limits, allowances, any(unit[0] for unit in units), any(unit[1] for unit in units)):
        found.append(shape)
        if len(found) > MOST:
            return own_shapes(limits), False
    return found, True


def own_shapes(limits: Iterable[Limit]) -> list[Unit]:
    """Return the shapes of the limits themselves, and that of plain days."""
    return list(dict.fromkeys([DAYS, *(unit for unit, _ in limits if isinstance(unit, tuple) and min(unit) >= 0)]))


def _short(limits: Sequence[Limit], holidays: tuple[Holidays, ...], months: bool, business: bool) -> Iterator[Unit]:
    """Yield the shapes that are not longer than every limit already, shortest first."""
    for of_months in count() if months else (0,):
        for of_business in count() if business else (0,):
            if (of_months, of_business) != DAYS and _is_beyond((of_months, of_business), limits, holidays):
                if of_business == 0:
                    return
                break
            yield of_months, of_business


def _is_beyond(shape: tuple[int, int], limits: Sequence[Limit], holidays: tuple[Holidays, ...]) -> bool:
    for unit, days in limits:
        assert isinstance(unit, tuple)
        spread = Duration(-days, shape[0] - unit[0], shape[1] - unit[1])
        if any(not (day_bounds(spread, each).low or 0) > 0 for each in holidays):
            return False
    return True
