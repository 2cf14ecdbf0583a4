"""The data of a contract file with the place of everything, whichever format it was written in.

Leaves are text: `NO`, `010`, `1.10` and `2026-02-30` stay what was written until the vocabulary says what they are,
so no format's idea of a number or a date ever gets in between. Whether text was quoted does not matter either.
"""

from __future__ import annotations

from termwise.frozen import field, frozen
from termwise.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

DEEPEST = 100
"""How deep a contract may nest; far beyond what any needs, and safe for every function that walks one."""

WHOLE = ("contract", "documents", "terms", "context")
"""A mapping with one of these keys is meant as a contract."""


@frozen
class Leaf:
    """One piece of text, or the explicit nothing of a format (`null`)."""

    text: str
    span: Span = field(compare=False, repr=False)
    is_null: bool = False


@frozen
class Fields:
    """A mapping, its keys in order of appearance and each there once."""

    entries: tuple[tuple[Leaf, Node], ...]
    span: Span = field(compare=False, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The text of the keys."""
        return tuple(key.text for key, _ in self.entries)


@frozen
class Items:
    """A list."""

    items: tuple[Node, ...]
    span: Span = field(compare=False, repr=False)


Node: TypeAlias = Leaf | Fields | Items


@frozen
class RawContract:
    """A contract as written, before a vocabulary gives its words a meaning.

    In a bare one, `terms` holds whatever was said, the customer's own context among it. One that is not whole has keys
    that are given twice: its words can be checked, but it is no contract.
    """

    path: str
    root: Node
    is_bare: bool = False
    is_whole: bool = True


class TooDeep(Exception):  # noqa: N818 - it never leaves the readers, which turn it into a problem
    """A reader met more than `DEEPEST` levels, at a place."""

    def __init__(self, span: Span) -> None:
        """Keep the place of the first level too many."""
        super().__init__()
        self.span = span


class Places:
    """Turns offsets into a text into lines and columns."""

    def __init__(self, path: str, text: str) -> None:
        """Find where the lines of the text start."""
        from bisect import bisect_right  # what was read before has its places already

        self._line_of = bisect_right
        self._path = path
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def span(self, start: int, end: int) -> Span:
        """Return the stretch between two offsets."""
        first, last = self._line_of(self._starts, start), self._line_of(self._starts, end)
        return Span(self._path, first, start - self._starts[first - 1] + 1, last, end - self._starts[last - 1] + 1)


def stretch(key: Leaf, value: Node) -> Span:
    """Return the span of a key with its value; the key's alone where the value stands elsewhere (an alias)."""
    at, end = key.span, value.span
    follows = (at.end_line, at.end_column) <= (end.line, end.column)
    return at.to(end) if follows else at
