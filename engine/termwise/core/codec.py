"""Compiled values ↔ lines of text: what a compiled policy is kept as between two runs.

The classes that may appear are listed, and nothing else is ever made of data that was read: unlike a pickle, it names
no code. Equal values are written once and shared when they are read back, which for rules that stand once per key is
most of them.

The text is one table. Its first rows are the leaves (texts, whole numbers, truth values, None), a line each; every
later row makes one value out of rows before it, so that there is nothing to recurse into and nothing that could refer
to itself. Of a later row the text has numbers alone: what it makes, of how many rows, and of which:

    shapes<tab>Span path line column end_line end_column<tab>tuple
    roots 5
    nodes 0 5 0 1 2 1 3 1 1 4
    "examples/a.tw
    1
    7
    12
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

_LEAVES = frozenset((str, int, bool, type(None)))


class Malformed(Exception):  # noqa: N818 - it says what the data is
    """The data is not what `encode` writes."""


def encode(roots: Iterable[object]) -> str:
    """Return values as text without an empty line. RecursionError where one is nested beyond what Python walks."""
    table = _Table()
    rows = [table.row_of(root) for root in roots]
    first = len(table.leaves)

    def placed(row: int) -> int:
        return first + row if row >= 0 else -1 - row

    nodes = [number for shape, parts in table.nodes for number in (shape, len(parts), *map(placed, parts))]
    return "\n".join((
        "\t".join(("shapes", *map(" ".join, table.shapes))),
        " ".join(("roots", *(str(placed(row)) for row in rows))),
        " ".join(("nodes", *map(str, nodes))),
        *(_line_of(leaf) for _, leaf in table.leaves),
    ))  # fmt: skip


def decode(text: str, classes: Iterable[type[Any]] = (*FROZEN, *ENUMS)) -> list[Any]:
    """Return the values that `encode` was given, made of these classes and no others, or raise Malformed."""
    known = {each.__name__: each for each in classes}
    try:
        (_, *shapes), roots, numbers, leaves = _parts(text)
        makers = [_maker_of(tuple(shape.split(" ")), known) for shape in shapes]
        made: list[Any] = [_leaf_of(line) for line in leaves]
        take, add = made.__getitem__, made.append
        at, end = 0, len(numbers)
        while at < end:
            make, arity = makers[numbers[at]]
            size = numbers[at + 1]
            at += 2
            if arity != size and arity is not None:
                raise Malformed
            add(make(*map(take, numbers[at : at + size])))
            at += size
        if at > end:
            raise Malformed
        return [*map(take, roots)]
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise Malformed from error


def _parts(text: str) -> tuple[list[str], list[int], list[int], list[str]]:
    """Return the shapes, the roots, the numbers of the nodes, and the lines of the leaves."""
    shapes, roots, nodes, *leaves = text.split("\n")
    if "-" in roots or "-" in nodes:  # Python would count from the end
        raise Malformed
    if not (shapes.startswith("shapes") and roots.startswith("roots") and nodes.startswith("nodes")):
        raise Malformed
    return shapes.split("\t"), [*map(int, roots.split(" ")[1:])], [*map(int, nodes.split(" ")[1:])], leaves


_WORDS = {"yes": True, "no": False, "none": None}


def _line_of(leaf: Leaf) -> str:
    """Return a leaf as a line: a text after a quotation mark, a number in digits, or a word."""
    match leaf:
        case str():
            return '"' + leaf.replace("\\", "\\\\").replace("\n", "\\n")
        case True | False | None:
            return next(word for word, each in _WORDS.items() if each is leaf)
        case int():
            return str(leaf)


def _leaf_of(line: str) -> Leaf:
    if line[0] == '"':
        return line[1:] if "\\" not in line else "\\".join(part.replace("\\n", "\n") for part in line[1:].split("\\\\"))
    return _WORDS[line] if line in _WORDS else int(line)


class _Table:
    """Rows in the making. A leaf has a negative number, counted down from -1, until it is known how many there are."""

    def __init__(self) -> None:
        self.shapes: dict[Shape, int] = {}
        self.leaves: dict[tuple[type, Leaf], int] = {}
        self.nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._seen: dict[int, int] = {}

    def row_of(self, value: Any) -> int:  # noqa: ANN401 - it tells by the class
        """Return the row of a value, adding those that are missing."""
        kind = type(value)
        if kind in _LEAVES:
            return -1 - self.leaves.setdefault((kind, value), len(self.leaves))
        row = self._seen.get(id(value))
        if row is None:
            row = self._seen[id(value)] = self._made(value, kind)
        return row

    def _made(self, value: Any, kind: type[Any]) -> int:  # noqa: ANN401
        names: tuple[str, ...] | None = getattr(kind, "__match_args__", None)
        if names is not None:  # a frozen class, as most are
            row_of = self.row_of
            return self._row((kind.__name__, *names), tuple([row_of(getattr(value, name)) for name in names]))
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
                return self._node((kind.__name__,), (value.name,))
            case _:
                raise AssertionError(f"{kind.__name__} is not among the classes of the core")

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
