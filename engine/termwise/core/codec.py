"""Compiled values ↔ plain data that JSON can hold: what a compiled policy is kept as between two runs.

The classes that may appear are listed, and nothing else is ever made of data that was read: unlike a pickle, it names
no code. Equal values are written once and shared when they are read back, which for rules that stand once per key is
most of them.

The data is one table. Its first rows are the leaves (texts, whole numbers, truth values, None); every later row makes
one value out of rows before it, so that there is nothing to recurse into and nothing that could refer to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from termwise import types
from termwise.core import expr, policy, values, vocabulary
from termwise.core.cause import Cause, State
from termwise.core.outcome import Outcome
from termwise.diagnostics import Diagnostic, Label, Level
from termwise.quantities import amounts, duration
from termwise.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

FROZEN: tuple[type[Any], ...] = (
    Span, Label, Diagnostic,
    duration.Duration, duration.Holidays, amounts.Rate, amounts.Percent, amounts.Money, amounts.Fees,
    types.EnumType, types.SetType, types.RecordType, types.ListType, vocabulary.Term, vocabulary.Vocabulary,
    values.Symbol, values.Exact, values.Bounded, values.Vague, values.Referred, values.Record,
    expr.Constant, expr.TermRef, expr.FieldRef, expr.Add, expr.Compare, expr.Stated, expr.Passes, expr.Not, expr.All,
    expr.AnyOf, expr.Quantified, expr.Defined,
    Cause, policy.Policy, policy.Rule, policy.Fallback, policy.Waiver, policy.Grant, policy.Clause, policy.Given,
    policy.Expectation, policy.SelfTest, policy.Guarantee, policy.Replacement,
)  # fmt: skip
"""Every frozen class that a compiled policy and its diagnostics are made of."""

ENUMS: tuple[type[Enum], ...] = (
    Level, types.Scalar, vocabulary.Direction, policy.Severity, policy.Assurance, expr.Op, expr.Quantifier, Outcome,
    State,
)  # fmt: skip

Leaf: TypeAlias = str | int | bool | None
Shape: TypeAlias = tuple[str, ...]
"""The name of what a row makes and, for a frozen class, the names of its fields."""

_LEAVES = (str, int, bool, type(None))


class Malformed(Exception):  # noqa: N818 - it says what the data is
    """The data is not what `encode` writes."""


def encode(roots: Iterable[object]) -> dict[str, list[Any]]:
    """Return values as data that JSON can hold. RecursionError where one is nested beyond what Python walks."""
    table = _Table()
    rows = [table.row_of(root) for root in roots]
    first = len(table.leaves)

    def placed(row: int) -> int:
        return first + row if row >= 0 else -1 - row

    nodes = [[shape, *map(placed, parts)] for shape, parts in table.nodes]
    return {
        "shapes": [list(shape) for shape in table.shapes],
        "leaves": [leaf for _, leaf in table.leaves],
        "nodes": nodes,
        "roots": [placed(row) for row in rows],
    }


def decode(data: Mapping[str, Any], classes: Iterable[type[Any]] = (*FROZEN, *ENUMS)) -> list[Any]:
    """Return the values that `encode` was given, made of these classes and no others, or raise Malformed."""
    known = {each.__name__: each for each in classes}
    try:
        makers = [_maker_of(tuple(shape), known) for shape in data["shapes"]]
        made: list[Any] = data["leaves"]
        if not {*map(type, made)}.issubset(_LEAVES):
            raise Malformed
        nodes, roots = data["nodes"], data["roots"]
        if min(map(min, (*nodes, roots))) < 0:  # Python would count from the end
            raise Malformed
        take, add = made.__getitem__, made.append
        for shape, *parts in nodes:
            make, size = makers[shape]
            if size not in (None, len(parts)):
                raise Malformed
            add(make(*map(take, parts)))
        return [*map(take, roots)]
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise Malformed from error


class _Table:
    """Rows in the making. A leaf has a negative number, counted down from -1, until it is known how many there are."""

    def __init__(self) -> None:
        self.shapes: dict[Shape, int] = {}
        self.leaves: dict[tuple[type, Leaf], int] = {}
        self.nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._seen: dict[int, int] = {}

    def row_of(self, value: Any) -> int:  # noqa: ANN401 - it tells by the class
        """Return the row of a value, adding those that are missing."""
        if isinstance(value, _LEAVES):
            return -1 - self.leaves.setdefault((type(value), value), len(self.leaves))
        row = self._seen.get(id(value))
        if row is None:
            row = self._seen[id(value)] = self._made(value)
        return row

    def _made(self, value: Any) -> int:  # noqa: ANN401
        match value:
            case tuple():
                return self._node(("tuple",), value)
            case frozenset():
                return self._node(("frozenset",), sorted(value, key=repr))
            case Mapping():
                return self._node(("mapping",), [part for entry in value.items() for part in entry])
            case Fraction():
                return self._node(("Fraction",), (value.numerator, value.denominator))
            case date():
                return self._node(("date",), (value.year, value.month, value.day))
            case Enum():
                return self._node((type(value).__name__,), (value.name,))
            case _:
                names: tuple[str, ...] = type(value).__match_args__
                return self._node((type(value).__name__, *names), [getattr(value, name) for name in names])

    def _node(self, shape: Shape, parts: Iterable[object]) -> int:
        return self._row(shape, tuple([self.row_of(part) for part in parts]))

    def _row(self, shape: Shape, parts: tuple[int, ...]) -> int:
        number = self.shapes.setdefault(shape, len(self.shapes))
        return self.nodes.setdefault((number, parts), len(self.nodes))


def _tuple(*parts: object) -> tuple[object, ...]:
    return parts


def _frozenset(*parts: object) -> frozenset[object]:
    return frozenset(parts)


def _mapping(*parts: object) -> dict[object, object]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


_PLAIN: dict[Shape, Callable[..., object]] = {
    ("tuple",): _tuple,
    ("frozenset",): _frozenset,
    ("mapping",): _mapping,
    ("Fraction",): Fraction,
    ("date",): date,
}


def _maker_of(shape: Shape, known: Mapping[str, type[Any]]) -> tuple[Callable[..., object], int | None]:
    """Return what makes a value of its parts, and how many it takes. A class must still have the fields it had."""
    found = known.get(shape[0])
    if found is None:
        return _PLAIN[shape], None
    if issubclass(found, Enum):
        return found.__getitem__, 1
    if found.__match_args__ != shape[1:]:
        raise Malformed
    return found, len(shape) - 1
