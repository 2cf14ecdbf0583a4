"""What is certain about two values of one type: which is no more than the other, and whether bounds leave anything."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from termwise.core.values import Symbol, Value
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import STANDARD_HOLIDAYS, Duration, Holidays, day_bounds


def surely_at_most(left: Value, right: Value, holidays: Holidays = STANDARD_HOLIDAYS) -> bool | None:
    """Whether one value is certainly no more than another; None where the two have no order at all.

    A set is at most another that has every member of it, and `no` is less than `yes`.
    """
    match left, right:
        case (bool(), bool()):
            return left <= right
        case (Duration(), Duration()):
            most = day_bounds(left - right, holidays).high
            return most is not None and most <= 0
        case (Rate(), Rate()):
            return left.per_year <= right.per_year
        case (Percent(), Percent()):
            return left.points <= right.points
        case (Money(), Money()):
            return left.amount <= right.amount if left.currency == right.currency else None
        case (Fees(), Fees()):
            return left.months <= right.months
        case (Symbol(), Symbol()):
            return left.rank <= right.rank
        case (frozenset(), frozenset()):
            return left <= right
        case (date(), date()):
            return left <= right
        case (Fraction(), Fraction()):
            return left <= right
        case _:
            return None


def emptiness(low: Value, high: Value) -> str:
    """Return "empty" where no value lies between two bounds, "incomparable" where none can be told to, else "".

    Bounds that may leave something, as `1 month` and `30 days`, are not empty.
    """
    match low, high:
        case (Duration(), Duration()):
            least = day_bounds(low - high).low
            return "empty" if least is not None and least > 0 else ""
        case (Money(), Money()) if low.currency != high.currency:
            return "incomparable"
        case (Money(), Fees()) | (Fees(), Money()):
            return ""
        case _:
            return "" if surely_at_most(low, high) else "empty"
