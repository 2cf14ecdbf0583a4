"""A plain Python mapping → a raw contract, as if it had been a file.

The mapping is written out as lines of text, so that what is wrong with it has a place that can be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from termwise.contracts import problems as words
from termwise.contracts.nodes import DEEPEST, WHOLE, Fields, Items, Leaf, Node, RawContract
from termwise.core.values import Symbol
from termwise.diagnostics import Problems
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.quantities.numerals import LONGEST, write_number
from termwise.source import Source, Span, start_of

NAME = "<mapping>"
"""What the source of a mapping is called."""

_UNITS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"))


def raw(data: object, problems: Problems) -> RawContract | None:
    """Return a mapping (or a model that a vocabulary yielded) as a raw contract; bare terms are a contract too."""
    dump = getattr(data, "model_dump", None)
    if callable(dump):
        data = dump(by_alias=True, exclude_none=True)
    own = Problems()
    writer = _Writer(own)
    root = writer.node(data, 0)
    is_bare = isinstance(root, Fields) and not any(name in root.names for name in WHOLE)
    if is_bare:
        root = Fields(((Leaf("terms", start_of(NAME)), root),), root.span)
    problems.know(Source(NAME, "\n".join(writer.lines)))
    problems.take(own)
    return None if own.has_errors else RawContract(NAME, root, is_bare)


class _Writer:
    """Turns Python values into nodes, and writes each on a line of its own."""

    def __init__(self, problems: Problems) -> None:
        self.lines = [""]
        self._problems = problems

    def node(self, value: object, depth: int) -> Node:
        """Return a value as a node, written where the text ends."""
        if depth > DEEPEST:
            span = self._append("…")
            self._problems.add(words.too_deep(span))
            return Leaf("", span)
        match value:
            case Mapping():
                return self._fields(value, depth)
            case list() | tuple():
                return self._items(list(value), depth)
            case set() | frozenset():
                return self._items(sorted(value, key=str), depth)
            case _:
                return self._leaf(value)

    def _fields(self, value: Mapping[object, object], depth: int) -> Fields:
        entries: dict[str, tuple[Leaf, Node]] = {}
        start = self._here() if value else self._append("{}")
        for name, inner in value.items():
            self._new_line(depth)
            key = self._leaf(name)
            self._append(": ")
            node = self.node(inner, depth + 1)
            if key.text in entries:
                self._problems.add(words.duplicate_key(key, entries[key.text][0].span))
            entries[key.text] = (key, node)
        return Fields(tuple(entries.values()), start.to(self._here()))

    def _items(self, values: list[object], depth: int) -> Items:
        start = self._here() if values else self._append("[]")
        items = []
        for value in values:
            self._new_line(depth)
            self._append("- ")
            items.append(self.node(value, depth + 1))
        return Items(tuple(items), start.to(self._here()))

    def _leaf(self, value: object) -> Leaf:
        text = text_of(value)
        if text is None:
            span = self._append(f"<{type(value).__name__}>")
            self._problems.add(words.no_text_of(span, type(value).__name__))
            return Leaf("", span)
        return Leaf(text, self._append(" ".join(text.split()) or '""'), is_null=value is None)

    def _new_line(self, depth: int) -> None:
        self.lines[-1] = self.lines[-1].rstrip()
        if self.lines[-1]:
            self.lines.append("")
        self.lines[-1] = "  " * depth

    def _append(self, text: str) -> Span:
        before = self._here()
        self.lines[-1] += text
        return before.to(self._here())

    def _here(self) -> Span:
        line, column = len(self.lines), len(self.lines[-1]) + 1
        return Span(NAME, line, column, line, column)


def text_of(value: object) -> str | None:
    """Return a Python value as a contract file would write it, or None where it has no such form."""
    match value:
        case None:
            return "null"
        case Enum():
            return text_of(value.value)
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return _number(Fraction(value))
        case float() | Decimal():
            exact = Decimal(repr(value)) if isinstance(value, float) else value
            is_writable = exact.is_finite() and abs(exact.adjusted()) <= LONGEST
            return f"{exact:f}" if is_writable else str(exact)
        case Fraction():
            return _number(value)
        case timedelta():
            return _exact_time(value)
        case date():
            return value.isoformat()
        case Duration() | Rate() | Percent() | Money() | Fees() | Symbol():
            return str(value)
        case _:
            return None


def _number(value: Fraction) -> str:
    is_writable = max(abs(value.numerator), value.denominator) < 10**LONGEST
    return write_number(value) if is_writable else "a number with too many digits"


def _exact_time(value: timedelta) -> str:
    seconds = Fraction(value.days * 86_400 + value.seconds) + Fraction(value.microseconds, 1_000_000)
    for size, unit in _UNITS:
        if (seconds / size).denominator == 1:
            return f"{seconds / size} {unit}"
    return f"{write_number(seconds)} seconds"
