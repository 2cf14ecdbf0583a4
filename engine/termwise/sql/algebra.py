"""Columns of yes or no as SQL: one graph of conditions, and the chain of SELECTs in which each is written once.

Text that is used twice would double with every level of a ladder. So nothing is text until the end: equal conditions
are one node, and a node with several uses becomes a column of the first SELECT that has what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termwise.sql.dialects import Dialect
from termwise.sql.names import Names

_FEW = 6
"""Parts up to which a condition is written into one of its kind, rather than beside it."""


class Node:
    """A condition that is never NULL: `number` is its place in the order of making, after that of its parts."""

    __slots__ = ("is_column", "kind", "number", "parts", "text")

    def __init__(self, number: int, kind: str, text: str, parts: tuple[Node, ...], is_column: bool) -> None:
        """Make a node; only an algebra does, so that equal ones are the same."""
        self.number = number
        self.kind = kind
        self.text = text
        self.parts = parts
        self.is_column = is_column

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text or self.parts}>"


class SqlAlgebra:
    """What `columns.ladder` needs of columns, over conditions in SQL."""

    def __init__(self) -> None:
        """Start with the two constants."""
        self._known: dict[tuple[str, str, tuple[int, ...]], Node] = {}
        self.hints: dict[int, str] = {}
        self._nowhere = self._node("constant", "FALSE", (), is_column=True)
        self._everywhere = self._node("constant", "TRUE", (), is_column=True)

    @property
    def nowhere(self) -> Node:
        """No contract."""
        return self._nowhere

    @property
    def everywhere(self) -> Node:
        """Every contract."""
        return self._everywhere

    def test(self, text: str, *, is_column: bool = False) -> Node:
        """Return a condition that is written as it is, and never NULL; a column costs nothing to name again."""
        return self._node("test", text, (), is_column)

    def both(self, columns: Sequence[Node]) -> Node:
        """Where all of some columns say yes."""
        return self._joined("AND", columns, self._everywhere, self._nowhere)

    def either(self, columns: Sequence[Node]) -> Node:
        """Where any of some columns says yes."""
        return self._joined("OR", columns, self._nowhere, self._everywhere)

    def not_(self, column: Node) -> Node:
        """Where a column says no."""
        if column is self._nowhere:
            return self._everywhere
        if column is self._everywhere:
            return self._nowhere
        return column.parts[0] if column.kind == "NOT" else self._node("NOT", "", (column,))

    def named(self, column: Node, name: str) -> Node:
        """Return the same column, which is called so where it needs a name."""
        self.hints.setdefault(column.number, name)
        return column

    def _joined(self, kind: str, columns: Sequence[Node], neutral: Node, absorbing: Node) -> Node:
        parts: dict[int, Node] = {}
        for column in columns:
            for each in column.parts if column.kind == kind and len(column.parts) <= _FEW else (column,):
                if each is not neutral:
                    parts[each.number] = each
        denied = {each.parts[0].number for each in parts.values() if each.kind == "NOT"}
        if absorbing.number in parts or denied & parts.keys():
            return absorbing
        if not parts:
            return neutral
        several = tuple(parts.values()) if len(parts) > _FEW else _absorbed(kind, tuple(parts.values()))
        return several[0] if len(several) == 1 else self._node(kind, "", several)

    def _node(self, kind: str, text: str, parts: tuple[Node, ...], is_column: bool = False) -> Node:
        key = (kind, text, tuple(sorted(each.number for each in parts)))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Node(len(self._known), kind, text, parts, is_column)
        return found


def _absorbed(kind: str, parts: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return parts without those that another implies: in `a OR (a AND b)`, the second adds nothing."""
    inner = "AND" if kind == "OR" else "OR"
    sets = [frozenset(one.number for one in (each.parts if each.kind == inner else (each,))) for each in parts]
    return tuple(each for each, own in zip(parts, sets, strict=True) if not any(other < own for other in sets))


class Layout:
    """Where everything that some conditions need is written: a column at a level, or within what uses it."""

    def __init__(self, roots: Iterable[Node], algebra: SqlAlgebra, dialect: Dialect, names: Names) -> None:
        """Decide what becomes a column; the roots are written last, after all levels."""
        self._dialect = dialect
        self._columns: dict[int, str] = {}
        self._texts: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self.levels: list[list[tuple[str, str]]] = []
        uses = _uses(roots)
        for node in sorted(uses, key=lambda each: each.number):
            below = max((self._levels[each.number] for each in node.parts), default=0)
            self._levels[node.number] = below
            if uses[node] > 1 and not node.is_column and node.kind != "NOT":
                self._write(node, names.take(algebra.hints.get(node.number, f"c{node.number}")), below)

    def _write(self, node: Node, name: str, level: int) -> None:
        while len(self.levels) <= level:
            self.levels.append([])
        self.levels[level].append((name, self.text(node)))
        self._columns[node.number] = self._dialect.identifier(name)
        self._levels[node.number] = level + 1

    def text(self, node: Node) -> str:
        """Return a condition in terms of the columns that there are."""
        column = self._columns.get(node.number)
        if column is not None:
            return column
        match node.kind:
            case "NOT":
                return f"NOT {self._enclosed(node.parts[0])}"
            case "AND" | "OR":
                return f" {node.kind} ".join(self._enclosed(each) for each in node.parts)
            case _:
                return node.text

    def _enclosed(self, node: Node) -> str:
        text = self.text(node)
        is_simple = node.number in self._columns or node.kind in ("NOT", "constant", "test")
        return text if is_simple else f"({text})"


def _uses(roots: Iterable[Node]) -> dict[Node, int]:
    """Return every node that is reached, with how often others name it. A negation is used where what it denies is."""
    uses: dict[Node, int] = {}
    pending = list(roots)
    while pending:
        node = pending.pop()
        uses[node] = uses.get(node, 0) + 1
        if uses[node] == 1 or node.kind == "NOT":
            pending.extend(node.parts)
    return uses
