"""Closed intervals of exact numbers, either end of which may be open to infinity."""

from __future__ import annotations

from fractions import Fraction

from termwise.frozen import frozen


@frozen
class Interval:
    """Every number from `low` to `high`, both included; None is no bound at that end."""

    low: Fraction | None
    high: Fraction | None

    def __add__(self, other: Interval) -> Interval:
        """Return every sum of a number of this interval and a number of the other."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def __neg__(self) -> Interval:
        """Return the interval of the negated numbers."""
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)


def exactly(number: Fraction | int) -> Interval:
    """Return the interval of one number."""
    exact = number if isinstance(number, Fraction) else Fraction(number)  # copying a fraction is slow
    return Interval(exact, exact)
