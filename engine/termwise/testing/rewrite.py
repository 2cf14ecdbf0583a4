"""One part of an expression changed, wherever it was made from the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from termwise.core.expr import (
    Add,
    All,
    AnyOf,
    Compare,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Not,
    Passes,
    Quantified,
    Stated,
    TermRef,
)
from termwise.frozen import frozen, replace
from termwise.source import Span

Change: TypeAlias = Callable[[Expr], Expr]


@frozen
class Target:
    """The parts of expressions that were made from the words at one place: of those that share it, those of one kind.

    A rule that stands once per key, and a definition that is used twice, are several parts of one place.
    """

    span: Span
    kind: type[Expr]

    def is_at(self, expr: Expr) -> bool:
        """Whether an expression is one of them."""
        return type(expr) is self.kind and expr.span == self.span


def rewritten(expr: Expr, target: Target, change: Change) -> Expr:
    """Return an expression with every target in it changed; the same object where there is none."""
    if target.is_at(expr):
        return change(expr)

    def within(part: Expr) -> Expr:
        return rewritten(part, target, change)

    match expr:
        case Constant() | TermRef() | FieldRef() | Passes() | Stated():
            return expr
        case Add(left, right) | Compare(_, left, right):
            one, other = within(left), within(right)
            return expr if one is left and other is right else replace(expr, left=one, right=other)
        case Not(operand):
            inner = within(operand)
            return expr if inner is operand else replace(expr, operand=inner)
        case All(operands) | AnyOf(operands):
            made = tuple(within(each) for each in operands)
            same = all(new is old for new, old in zip(made, operands, strict=True))
            return expr if same else replace(expr, operands=made)
        case Quantified(_, _, _, body) | Defined(_, body):
            inner = within(body)
            return expr if inner is body else replace(expr, body=inner)
