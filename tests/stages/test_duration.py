"""How many days months are, against the calendar of the standard library."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from termwise.quantities.duration import Duration, day_bounds

FIRST_YEAR = 2000
CYCLE = 400
STARTS = [
    date(year, month, 1).toordinal() for year in range(FIRST_YEAR, FIRST_YEAR + 2 * CYCLE) for month in range(1, 13)
]
"""The first days of the months of two whole cycles of the calendar."""


@pytest.mark.parametrize(
    "months", [*range(50), 95, 96, 97, 100, 119, 120, 121, 360, 1199, 1200, 1201, 1212, 4799, 4800]
)
def test_months_have_as_many_days_as_the_calendar_gives_them(months: int) -> None:
    lengths = {STARTS[first + months] - STARTS[first] for first in range(12 * CYCLE)}
    bounds = day_bounds(Duration(months=months))
    assert (bounds.low, bounds.high) == (min(lengths), max(lengths))
    negative = day_bounds(Duration(months=-months))
    assert (negative.low, negative.high) == (-max(lengths), -min(lengths))


def test_beyond_a_cycle_the_calendar_repeats() -> None:
    cycle = day_bounds(Duration(months=12 * CYCLE))
    assert cycle.low == cycle.high == 146_097
    once, more = day_bounds(Duration(months=7)), day_bounds(Duration(months=12 * CYCLE + 7))
    assert (more.low, more.high) == (Fraction(146_097) + (once.low or 0), Fraction(146_097) + (once.high or 0))


def test_parts_of_a_duration_add_up() -> None:
    bounds = day_bounds(Duration(Fraction(1, 2), 1, 5))
    assert (bounds.low, bounds.high) == (Fraction(1, 2) + 28 + 5, Fraction(1, 2) + 31 + 10)
