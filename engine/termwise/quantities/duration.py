"""What contracts mean by a length of time: days that are certain, months and business days that are not.

A duration keeps its parts apart, because "one month" is no number of days: it is 28 to 31 of them, depending on where
it starts. Two durations are compared as running from the same start, so one month is never longer than one month,
and the uncertain part of their difference is all that can make a comparison unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from termwise.quantities.interval import Interval, exactly
from termwise.quantities.numerals import count

_MONTHS_IN_CYCLE = 4800
"""The Gregorian calendar repeats every 400 years."""
_DAYS_IN_CYCLE = 146_097
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Holidays:
    """The allowance for public holidays: at most `days` of them in every `every` business days begun."""

    days: int = 1
    every: int = 5


STANDARD_HOLIDAYS = Holidays()
"""What is assumed unless a policy says otherwise."""


@dataclass(frozen=True, slots=True)
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
    return (
        exactly(duration.days)
        + _signed(duration.months, _month_bounds)
        + _signed(duration.business_days, lambda n: _business_bounds(n, holidays))
    )


def _signed(number: int, bounds: Callable[[int], Interval]) -> Interval:
    return bounds(number) if number >= 0 else -bounds(-number)


@cache
def _month_bounds(months: int) -> Interval:
    """Return the fewest and most days in any `months` consecutive months."""
    cycles, rest = divmod(months, _MONTHS_IN_CYCLE)
    starts = _month_starts()
    spans = [starts[first + rest] - starts[first] for first in range(_MONTHS_IN_CYCLE)]
    whole = cycles * _DAYS_IN_CYCLE
    return Interval(Fraction(whole + min(spans)), Fraction(whole + max(spans)))


@cache
def _month_starts() -> tuple[int, ...]:
    """Return the day on which each month of two calendar cycles starts."""
    starts = [0]
    for month in range(2 * _MONTHS_IN_CYCLE):
        year, index = divmod(month, 12)
        leap = index == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        starts.append(starts[-1] + _LENGTHS[index] + leap)
    return tuple(starts)


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
