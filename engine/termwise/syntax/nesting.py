"""What expressions are made of, and how deep: everything that walks trees may rely on a limit that holds."""

from __future__ import annotations

from termwise.syntax.tree import (
    Comparison,
    Conjunction,
    Disjunction,
    Expr,
    Flag,
    IsState,
    Name,
    Negation,
    Quantification,
    Quantity,
    Quoted,
    Rows,
    RulePasses,
    SetOf,
    Sum,
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the expressions an expression is made of, in source order."""
    match expr:
        case Name() | Quoted() | Flag() | Quantity() | RulePasses():
            return ()
        case SetOf(items):
            return items
        case Rows(rows):
            return tuple(value for row in rows for _, value in row.cells)
        case Sum(left, right) | Comparison(_, left, right):
            return (left, right)
        case IsState(operand) | Negation(operand):
            return (operand,)
        case Conjunction(operands) | Disjunction(operands):
            return operands
        case Quantification(body=body):
            return (body,)


def depth(expr: Expr) -> int:
    """Return how deep an expression is nested, one for a name or a value."""
    levels = 0
    level: list[Expr] = [expr]
    while level:
        levels += 1
        level = [child for each in level for child in children(each)]
    return levels
