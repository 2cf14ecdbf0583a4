"""What contracts mean by a length of time: days that are certain, months and business days that are not.

A duration keeps its parts apart, because "one month" is no number of days: it is 28 to 31 of them, depending on where
it starts. Two durations are compared as running from the same start, so one month is never longer than one month,
and the uncertain part of their difference is all that can make a comparison unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import accumulate

from termwise.frozen import field, frozen
from termwise.quantities.interval import Interval, exactly
from termwise.quantities.numerals import count

_CYCLE = 400
"""The Gregorian calendar repeats after this many years."""
_MONTH_ENDS = tuple(accumulate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), initial=0))
"""How many days of a common year are over when its first, second, … month begins."""


@frozen
class Holidays:
    """The allowance for public holidays: at most `days` of them in every `every` business days begun."""

    days: int = 1
    every: int = 5


STANDARD_HOLIDAYS = Holidays()
"""What is assumed unless a policy says otherwise."""


@frozen
class Duration:
    """Exact days (possibly fractional), calendar months, and business days, all counted from one start."""

    days: Fraction = Fraction(0)
    months: int = 0
    business_days: int = 0
    wording: str | None = field(default=None, compare=False)

    def __add__(self, other: Duration) -> Duration:
        """Return the one after the other."""
        return Duration(self.days + other.days, self.months + other.months, self.business_days + other.business_days)

    def __sub__(self, other: Duration) -> Duration:
        """Return what remains of this after the other; it may be negative."""
        return Duration(self.days - other.days, self.months - other.months, self.business_days - other.business_days)

    def __str__(self) -> str:
        """Return the duration in words, as it was written where it was written."""
        if self.wording is not None:
            return self.wording
        parts = ((self.months, "month"), (self.days, "day"), (self.business_days, "business day"))
        said = [count(number, unit) for number, unit in parts if number]
        return " + ".join(said) or "0 days"


def day_bounds(duration: Duration, holidays: Holidays = STANDARD_HOLIDAYS) -> Interval:
    """Return the fewest and the most days the duration can be, wherever it starts."""
    bounds = exactly(duration.days)
    if duration.months:
        bounds += _signed(duration.months, _month_bounds)
    if duration.business_days:
        bounds += _signed(duration.business_days, lambda n: _business_bounds(n, holidays))
    return bounds


def _signed(number: int, bounds: Callable[[int], Interval]) -> Interval:
    return bounds(number) if number >= 0 else -bounds(-number)


@cache
def _month_bounds(months: int) -> Interval:
    """Return the fewest and most days in any `months` consecutive months.

    Wherever in a year they start, they have the days of common years, and a leap day for some of their Februaries.
    """
    bounds = []
    for first in range(12):
        days = _common_days(first + months) - _common_days(first)
        fewest, most = _leap_days((first + months + 10) // 12 - (first + 10) // 12)
        bounds.append((days + fewest, days + most))
    return Interval(Fraction(min(low for low, _ in bounds)), Fraction(max(high for _, high in bounds)))


def _common_days(months: int) -> int:
    """Return how many days the first months of a calendar have, if it has no leap years."""
    return months // 12 * _MONTH_ENDS[12] + _MONTH_ENDS[months % 12]


@cache
def _leap_days(years: int) -> tuple[int, int]:
    """Return the fewest and the most leap days that so many consecutive years can have."""
    counts = [_leap_years(first + years) - _leap_years(first) for first in range(_CYCLE)]
    return min(counts), max(counts)


def _leap_years(year: int) -> int:
    """Return how many leap years there are from the year 0 up to, and not including, this one."""
    return (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400


def _business_bounds(number: int, holidays: Holidays) -> Interval:
    """Return the fewest and most days until the end of the `number`-th business day, Monday to Friday.

    Fewest: the count starts on a Sunday and meets no holiday. Most: it starts on a Friday, and every holiday of the
    allowance falls on a business day that then has to be made up for.
    """
    if number == 0:
        return exactly(0)
    fewest = number + 2 * ((number - 1) // 5)
    counted = number + holidays.days * -(-number // holidays.every)
    most = counted + 2 * -(-counted // 5)
    return Interval(Fraction(fewest), Fraction(most))
