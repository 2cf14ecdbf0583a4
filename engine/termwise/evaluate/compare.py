"""What a comparison says of two operands, each of which may be any value of a range.

A comparison holds only if it holds for every pair of points of the two ranges, fails only if it fails for every pair,
and is unknown otherwise. Everything ordered is reduced to one exact interval, the difference of the two sides; sets are
compared by what they surely have and what they can have at most. Different currencies do not compare at all.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from termwise.core.expr import Op
from termwise.core.values import Bounded, Exact, Symbol, Value
from termwise.frozen import frozen
from termwise.quantities.amounts import Fees, Money, Percent, Rate, fees_as_money
from termwise.quantities.duration import Duration, Holidays, day_bounds
from termwise.quantities.interval import Interval, exactly
from termwise.truth import Truth, all_of, any_of, known, negate
from termwise.types import EnumType, SetType, Type


@frozen
class Range:
    """Every value from `low` to `high`, both included; None is no bound. Of a set: what it has, and all it can have."""

    low: Value | None
    high: Value | None


def range_of(content: Exact | Bounded, kind: Type) -> Range:
    """Return the values that a document leaves possible: symbols have two ends, and quantities begin at 0."""
    if isinstance(content, Exact):
        return Range(content.value, content.value)
    low, high = content.low, content.high
    match kind:
        case EnumType(name, symbols):
            low = Symbol(name, symbols[0], 0) if low is None else low
            high = Symbol(name, symbols[-1], len(symbols) - 1) if high is None else high
        case SetType(EnumType(name, symbols)):
            low = frozenset() if low is None else low
            every = frozenset(Symbol(name, symbol, rank) for rank, symbol in enumerate(symbols))
            high = every if high is None else high
        case _:
            low = _nothing_of(high) if low is None else low
    return Range(low, high)


def _nothing_of(value: Value | None) -> Value | None:
    """Return the least that a quantity can be, or None for what has no least."""
    match value:
        case Duration():
            return Duration()
        case Rate():
            return Rate(Fraction(0))
        case Percent():
            return Percent(Fraction(0))
        case Money(currency):
            return Money(currency, Fraction(0))
        case Fees():
            return Fees(Fraction(0))
        case _:
            return None


def is_one_point(values: Range, holidays: Holidays) -> bool:
    """Whether a range leaves nothing open: one month is one value, and yet 28 to 31 days."""
    if values.low is None or values.low != values.high:
        return False
    if isinstance(values.low, Duration):
        days = day_bounds(values.low, holidays)
        return days.low == days.high
    return True


def compare(op: Op, left: Range, right: Range, holidays: Holidays) -> Truth | None:
    """Return the truth of a comparison, or None where the two sides do not compare (two currencies)."""
    truth = _truth(op, left, right, holidays)
    return None if truth is Truth.UNKNOWN and len(_currencies(left, right)) > 1 else truth


def _truth(op: Op, left: Range, right: Range, holidays: Holidays) -> Truth:
    match op:
        case Op.EQ:
            return _equal(left, right, holidays)
        case Op.NE:
            return negate(_equal(left, right, holidays))
        case Op.LT | Op.LE | Op.GT | Op.GE:
            return _ordered(op, left, right, holidays)
        case Op.IN:
            return _member(left, right, holidays)
        case Op.WITHIN:
            return _subset(_as_set(left), _as_set(right), holidays)
        case Op.INCLUDES:
            if isinstance(left.low, str):
                return known(_folded(right.low) in _folded(left.low))
            return _subset(right, left, holidays) if _is_set(right) else _member(right, left, holidays)
        case Op.EXCLUDES:
            return _disjoint(left, right, holidays) if _is_set(right) else negate(_member(right, left, holidays))


def added(left: Range, right: Range, *, negative: bool) -> Range | None:
    """Return every sum (or difference) of two ranges of one dimension, or None for two currencies."""
    others = (right.high, right.low) if negative else (right.low, right.high)
    ends = [_plus(mine, other, negative) for mine, other in zip((left.low, left.high), others, strict=True)]
    if len(_currencies(left, right)) > 1:
        return None
    return Range(*ends)


def in_money(fees: Range, annual: Range) -> Range:
    """Return months of fees as money, where the fees of a year are a range; an end that is money already stays."""

    def end(value: Value | None, year: Value | None, other_year: Value | None) -> Value | None:
        if not isinstance(value, Fees):
            return value
        used = year if value.months >= 0 else other_year
        return fees_as_money(value, used) if isinstance(used, Money) else None

    return Range(end(fees.low, annual.low, annual.high), end(fees.high, annual.high, annual.low))


def dimensions(*ranges: Range) -> frozenset[type]:
    """Return which of money and fees the ends of some ranges are counted in."""
    return frozenset(
        type(end) for each in ranges for end in (each.low, each.high) if isinstance(end, Money | Fees)
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------- order


def _ordered(op: Op, left: Range, right: Range, holidays: Holidays) -> Truth:
    spread = _spread(left, right, holidays)
    low, high = spread.low, spread.high
    match op:
        case Op.LE:
            return _decide(high is not None and high <= 0, low is not None and low > 0)
        case Op.LT:
            return _decide(high is not None and high < 0, low is not None and low >= 0)
        case Op.GE:
            return _decide(low is not None and low >= 0, high is not None and high < 0)
        case _:
            return _decide(low is not None and low > 0, high is not None and high <= 0)


def _equal(left: Range, right: Range, holidays: Holidays) -> Truth:
    ends = (left.low, left.high, right.low, right.high)
    if any(isinstance(end, frozenset) for end in ends):
        one, other = _as_set(left), _as_set(right)
        return all_of((_subset(one, other, holidays), _subset(other, one, holidays)))
    if any(isinstance(end, tuple) for end in ends):
        return _same_list(left, right)
    if any(isinstance(end, str) for end in ends):
        return known(left.low == right.low)
    spread = _spread(left, right, holidays)
    low, high = spread.low, spread.high
    return _decide(low == high == 0, (low is not None and low > 0) or (high is not None and high < 0))


def _spread(left: Range, right: Range, holidays: Holidays) -> Interval:
    """Return every difference of a value on the left and one on the right: for two currencies, anything."""
    if len(_currencies(left, right)) > 1:
        return Interval(None, None)
    least = None if left.low is None or right.high is None else _difference(left.low, right.high, holidays).low
    most = None if left.high is None or right.low is None else _difference(left.high, right.low, holidays).high
    if least is not None and most is not None and least > most:  # bounds with nothing between them say nothing
        return Interval(None, None)
    return Interval(least, most)


def _difference(left: Value, right: Value, holidays: Holidays) -> Interval:
    match left, right:
        case (Duration(), Duration()):
            return day_bounds(left - right, holidays)
        case (Rate(), Rate()):
            return exactly(left.per_year - right.per_year)
        case (Percent(), Percent()):
            return exactly(left.points - right.points)
        case (Money(), Money()):
            return exactly(left.amount - right.amount)
        case (Fees(), Fees()):
            return exactly(left.months - right.months)
        case (Symbol(), Symbol()):
            return exactly(left.rank - right.rank)
        case (bool(), bool()):
            return exactly(int(left) - int(right))
        case (date(), date()):
            return exactly((left - right).days)
        case (Fraction(), Fraction()):
            return exactly(left - right)
        case _:
            raise AssertionError(f"the checker lets no {type(left).__name__} meet a {type(right).__name__}")


def _currencies(*ranges: Range) -> set[str]:
    ends = [end for each in ranges for end in (each.low, each.high)]
    values = [value for end in ends for value in (end if isinstance(end, frozenset) else (end,))]
    return {value.currency for value in values if isinstance(value, Money)}


def _plus(left: Value | None, right: Value | None, negative: bool) -> Value | None:
    sign = -1 if negative else 1
    match left, right:
        case (None, _) | (_, None):
            return None
        case (Duration(), Duration()):
            return left - right if negative else left + right
        case (Rate(), Rate()):
            return Rate(left.per_year + sign * right.per_year)
        case (Percent(), Percent()):
            return Percent(left.points + sign * right.points)
        case (Money(), Money()):
            return Money(left.currency, left.amount + sign * right.amount)
        case (Fees(), Fees()):
            return Fees(left.months + sign * right.months)
        case (Fraction(), Fraction()):
            return left + sign * right
        case _:
            raise AssertionError(f"the checker adds no {type(left).__name__} to a {type(right).__name__}")


# ----------------------------------------------------------------------------------------------------- sets


def _member(item: Range, members: Range, holidays: Holidays) -> Truth:
    """Whether every value, or none, that one thing can be is among the members."""
    has, can_have = _sets(members)
    if isinstance(item.low, Symbol) and isinstance(item.high, Symbol):
        ranks = set(range(item.low.rank, item.high.rank + 1))
        surely = ranks <= {each.rank for each in has if isinstance(each, Symbol)}
        never = can_have is not None and ranks.isdisjoint(each.rank for each in can_have if isinstance(each, Symbol))
        return _decide(surely, never)
    never = can_have is not None and _among(item, can_have, holidays) is Truth.FALSE
    return _decide(_among(item, has, holidays) is Truth.TRUE, never)


def _among(item: Range, members: frozenset[Value], holidays: Holidays) -> Truth:
    return any_of(_equal(item, _point(each), holidays) for each in members)


def _subset(inner: Range, outer: Range, holidays: Holidays) -> Truth:
    (has, can_have), (outer_has, outer_can_have) = _sets(inner), _sets(outer)
    holds = can_have is not None and all(_among(_point(each), outer_has, holidays) is Truth.TRUE for each in can_have)
    fails = outer_can_have is not None and any(
        _among(_point(each), outer_can_have, holidays) is Truth.FALSE for each in has
    )
    return _decide(holds, fails)


def _disjoint(left: Range, right: Range, holidays: Holidays) -> Truth:
    (has, can_have), (other_has, other_can_have) = _sets(left), _sets(right)
    if can_have == frozenset() or other_can_have == frozenset():
        return Truth.TRUE
    holds = (can_have is not None and other_can_have is not None) and all(
        _among(_point(each), other_can_have, holidays) is Truth.FALSE for each in can_have
    )
    return _decide(holds, any(_among(_point(each), other_has, holidays) is Truth.TRUE for each in has))


def _point(value: Value) -> Range:
    return Range(value, value)


def _same_list(left: Range, right: Range) -> Truth:
    """Compare lists, of which one is always empty; an open list has at least the records that are known."""
    if left.low == left.high and right.low == right.high:
        return known(left.low == right.low)
    return _decide(False, bool(left.low) or bool(right.low))


def _sets(values: Range) -> tuple[frozenset[Value], frozenset[Value] | None]:
    """Return what a set surely has, and all it can have (None: anything)."""
    low = values.low if isinstance(values.low, frozenset) else frozenset()
    return low, values.high if isinstance(values.high, frozenset) else None


def _is_set(values: Range) -> bool:
    return isinstance(values.low, frozenset) or isinstance(values.high, frozenset)


def _as_set(values: Range) -> Range:
    """Return the set of one element where there is only the element."""
    if _is_set(values) or values.low is None or values.low != values.high:
        return values
    return Range(frozenset((values.low,)), frozenset((values.low,)))


def _folded(text: Value | None) -> str:
    return " ".join(str(text).split()).casefold()


def _decide(holds: bool, fails: bool) -> Truth:
    if holds:
        return Truth.TRUE
    return Truth.FALSE if fails else Truth.UNKNOWN
