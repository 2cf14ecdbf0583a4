"""Atoms that add up whole numbers and compare: one line of sums, along which the reference says where truth changes.

`x + y <= 120 days` and `x <= y` depend on one number alone, how much the left side is more than the right. It is worked
out for every row in whole steps, small enough for every unit; nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm

from termwise.columns.thresholds import Stretch, ends_of, stretches_between
from termwise.core.expr import Add, Compare, Constant, Defined, Expr, Op, TermRef
from termwise.core.values import Value
from termwise.frozen import frozen
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration, Holidays

_ORDERED = (Op.LT, Op.LE, Op.GT, Op.GE, Op.EQ, Op.NE)


@frozen
class Sums:
    """A comparison as one sum: how often each term is added (below 0: taken away), and what is always added."""

    terms: Mapping[str, int]
    constants: tuple[tuple[Value, int], ...]

    @property
    def step(self) -> int:
        """The least common multiple of how often terms are added."""
        return lcm(*(abs(often) for often in self.terms.values() if often))


def sums_of(expr: Expr) -> Sums | None:
    """Return a comparison as the difference of its sides, or None where it is none of sums of terms and constants."""
    if isinstance(expr, Defined):
        return sums_of(expr.body)
    if not isinstance(expr, Compare) or expr.op not in _ORDERED:
        return None
    terms: dict[str, int] = {}
    constants: list[tuple[Value, int]] = []
    pending: list[tuple[Expr, int]] = [(expr.right, -1), (expr.left, 1)]
    while pending:
        here, sign = pending.pop()
        match here:
            case Defined(_, body):
                pending.append((body, sign))
            case Add(left, right, negative):
                pending += [(right, -sign if negative else sign), (left, sign)]
            case TermRef(name):
                terms[name] = terms.get(name, 0) + sign
            case Constant(value):
                constants.append((value, sign))
            case _:
                return None
    return Sums(terms, tuple(constants)) if any(terms.values()) else None


def line_of_sums(
    sums: Sums,
    alike: Mapping[str, Value],
    step: Fraction,
    holidays: Holidays,
    truth: Callable[[Mapping[str, Value]], int],
) -> list[Stretch] | None:
    """Return the truth along the line of sums counted in steps, or None where there is no such line.

    `alike` is for each term some value of the kind it has in every row; `truth` says what the comparison comes to for
    values of the terms. A sum is tried with one term that makes it up alone, which is as good as any other way.
    """
    example = next(iter(alike.values()))
    kinds = {(type(each), each.currency if isinstance(each, Money) else "") for each in alike.values()}
    if len(kinds) > 1 or any(type(value) is not type(example) for value, _ in sums.constants):
        return None
    if isinstance(example, Money) and any(value.currency != example.currency for value, _ in sums.constants):  # type: ignore[union-attr]  # they are of one type
        return None
    is_signed = isinstance(example, Fraction)

    def at(number: int) -> int:
        amount = number * step
        chosen = next(
            (name for name, often in sums.terms.items() if often and (is_signed or often * amount >= 0)), None
        )
        if chosen is None:
            return _NEVER
        values = {name: like(each, Fraction(0)) for name, each in alike.items()}
        values[chosen] = like(alike[chosen], amount / sums.terms[chosen])
        return truth(values)

    limits = _limits(sums, example, holidays)
    return stretches_between([each / step for each in limits], at, is_signed=True)


_NEVER = 1
"""The truth of sums that no row comes to, such as days below 0 where days are only added: none of any use."""


def like(example: Value, amount: Fraction) -> Value:
    """Return a quantity of the kind of another."""
    match example:
        case Duration():
            return Duration(days=amount)
        case Rate():
            return Rate(amount)
        case Percent():
            return Percent(amount)
        case Money(currency):
            return Money(currency, amount)
        case Fees():
            return Fees(amount)
        case Fraction():
            return amount
        case _:
            raise AssertionError(f"no column counts a {type(example).__name__}")


def _limits(sums: Sums, example: Value, holidays: Holidays) -> list[Fraction]:
    """Return the sums of terms at which what is always added makes the two sides equal."""
    if isinstance(example, Duration):
        total = Duration()
        for value, sign in sums.constants:
            assert isinstance(value, Duration)
            total = total - value if sign > 0 else total + value
        return list(ends_of(total, holidays))
    amounts = (-sign * end for value, sign in sums.constants for end in ends_of(value, holidays))
    return [sum(amounts, Fraction(0))]
