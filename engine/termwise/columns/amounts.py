"""Which inputs of an atom make a difference: the fees of a year do only where money meets months of fees."""

from __future__ import annotations

from termwise.columns.batch import Batch, Counted
from termwise.compiled.cells import Cell
from termwise.compiled.plan import Plan
from termwise.core.expr import Compare, Constant, Expr, TermRef, walk
from termwise.core.values import Bounded, Exact, Value
from termwise.quantities.amounts import Fees, Money


def matter(plan: Plan, number: int, batch: Batch) -> tuple[int, ...]:
    """Return the inputs of an atom that make a difference in a batch."""
    atom = plan.atoms[number]
    expr = atom.expr
    if not isinstance(expr, Compare) or expr.annual_fees is None or len(atom.inputs) < 2:
        return atom.inputs
    annual = expr.annual_fees.name
    if any(
        isinstance(each, TermRef) and each.name == annual for side in (expr.left, expr.right) for each in walk(side)
    ):
        return atom.inputs
    kinds = kinds_of(expr)
    others = tuple(each for each in atom.inputs if plan.inputs[each].name != annual)
    for each in others:
        column = batch.columns.get(each)
        for part in column.parts if column is not None else ():
            cells = (part.unit.cell(0),) if isinstance(part, Counted) else part.cells
            kinds = kinds.union(*(kinds_in(cell) for cell in cells))
    return others if len(kinds) < 2 else atom.inputs


def kinds_of(expr: Expr) -> frozenset[type]:
    """Return which of money and months of fees the constants of an expression are."""
    return frozenset(kind for each in walk(expr) if isinstance(each, Constant) for kind in _kinds(each.value))


def kinds_in(cell: Cell) -> frozenset[type]:
    """Return which of money and months of fees a cell says."""
    match cell.said:
        case Exact(value):
            return _kinds(value)
        case Bounded(low, high):
            return _kinds(low) | _kinds(high)
        case _:
            return frozenset()


def _kinds(value: Value | None) -> frozenset[type]:
    members = value if isinstance(value, frozenset) else (value,)
    return frozenset(type(each) for each in members if isinstance(each, Money | Fees))
