"""A comparison of quantities as one sum: which terms are counted, which way, and the constant that is left over.

The reference looks at nothing but the spread between the two sides, and exact constants move freely from one side to
the other. So `t + 5 days <= 30 days` and `t <= 25 days` are one condition.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from termwise.analyze.cells import Unit
from termwise.core.expr import Add, Constant, Defined, Expr, FieldRef, TermRef
from termwise.core.values import Value
from termwise.frozen import frozen
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration

FEES = "months of fees"
"""The unit of what is counted in months of fees."""

DAYS: Unit = (0, 0)
"""The unit of durations without months and business days."""


@frozen
class Sum:
    """Terms, each with a sign, and constants by unit; `written` is how many of them there were.

    The constants of durations are one, whose unit they add up to.
    """

    leaves: tuple[tuple[int, TermRef | FieldRef], ...]
    constants: tuple[tuple[Unit, Fraction], ...]
    written: int


def difference(left: Expr, right: Expr) -> Sum:
    """Return one side of a comparison less the other."""
    leaves: list[tuple[int, TermRef | FieldRef]] = []
    constants: dict[Unit, Fraction] = {}
    months = business = written = 0
    for sign, each in (*_parts(left, 1), *_parts(right, -1)):
        written += isinstance(each, Constant)
        match each:
            case TermRef() | FieldRef():
                leaves.append((sign, each))
            case Constant(Duration(days, of_months, of_business)):
                months, business = months + sign * of_months, business + sign * of_business
                constants[DAYS] = constants.get(DAYS, Fraction(0)) + sign * days
            case Constant(value):
                unit, number = measured(value)
                constants[unit] = constants.get(unit, Fraction(0)) + sign * number
    if DAYS in constants:
        constants = {(months, business): constants[DAYS]}
    return Sum(tuple(leaves), tuple(constants.items()), written)


def measured(value: Value) -> tuple[Unit, Fraction]:
    """Return the unit and the number of a quantity, or of what is ordered like one."""
    match value:
        case bool():
            return "", Fraction(int(value))
        case Fraction():
            return "", value
        case Duration(days, months, business):
            return (months, business), days
        case Rate(per_year):
            return "", per_year
        case Percent(points):
            return "", points
        case Money(currency, amount):
            return currency, amount
        case Fees(of_fees):
            return FEES, of_fees
        case date():
            return "", Fraction(value.toordinal())
        case _:
            raise AssertionError(f"{type(value).__name__} is no quantity")


def _parts(expr: Expr, sign: int) -> list[tuple[int, Constant | TermRef | FieldRef]]:
    match expr:
        case Add(left, right, negative):
            return [*_parts(left, sign), *_parts(right, -sign if negative else sign)]
        case Defined(_, body):
            return _parts(body, sign)
        case Constant() | TermRef() | FieldRef():
            return [(sign, expr)]
        case _:
            raise AssertionError("the checker lets no condition be an operand")
