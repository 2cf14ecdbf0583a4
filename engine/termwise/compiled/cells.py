"""What can stand for a term: a cell for everything a document can say of it, the same object for the same content.

Cells are compared by identity, so that a table can be asked about one in the time that Python needs to find a key.
A value as a program has it ("30 days", True, a frozenset of symbols) is read by the reader of contract files, once.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta

from termwise.contracts import mapping
from termwise.contracts.statements import StatementReader
from termwise.core.cause import State
from termwise.core.values import Content, Exact, Symbol
from termwise.core.vocabulary import Term, Vocabulary
from termwise.diagnostics import Problems
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.types import Scalar, SetType, Type


class Cell:
    """What is taken as said of a term (None: nothing), and whether any document speaks of it at all."""

    __slots__ = ("said", "stated")

    def __init__(self, said: Content | State | None, stated: bool = True) -> None:
        """Make a cell; one that may be equal to another comes from `Cells`."""
        self.said = said
        self.stated = stated

    def __repr__(self) -> str:
        return f"<Cell {self.said!r}>"


SILENT = Cell(None, stated=False)
UNASSURED = Cell(State.UNASSURED)
DISPUTED = Cell(State.DISPUTED)


class Unreadable(Exception):  # noqa: N818 - it never leaves the evaluators, which turn it into a problem with a place
    """A value is none of its term; the argument says why, in one sentence."""


_MOST = 50_000
"""How many contents of a term are remembered, before they are forgotten and met anew."""


class Cells:
    """The cells of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Start with none."""
        self._vocabulary = vocabulary
        self._by_term: dict[str, dict[Content, Cell]] = {}
        self._presumed: dict[str, Cell] = {}

    def of(self, content: Content, term: Term) -> Cell:
        """Return the cell of a content, which is told apart within its term."""
        known = self._by_term.setdefault(term.name, {})
        found = known.get(content)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[content] = Cell(content)
        return found

    def presumed(self, term: Term) -> Cell | None:
        """Return the cell of what the silence of a term is presumed to mean, if anything: it is said by nobody."""
        if term.presume is None:
            return None
        return self._presumed.setdefault(term.name, Cell(Exact(term.presume), stated=False))

    def read(self, value: object, term: Term) -> Cell:
        """Return the cell of a Python value, or raise `Unreadable`."""
        if isinstance(value, Cell):
            return value
        if isinstance(value, Shown):
            value = value.value
        problems = Problems()
        raw = mapping.raw({"terms": {term.name: value}}, problems)
        if raw is None or problems.has_errors:
            raise Unreadable(_why(problems))
        ((_, fields),) = raw.root.entries  # type: ignore[union-attr]  # it is what was given
        ((_, node),) = fields.entries  # type: ignore[union-attr]
        annual = self._vocabulary.annual_fees
        reader = StatementReader(frozenset(), annual is not None and term.name != annual, problems)
        stated = reader.statement(node, term.type, term.name)
        if stated is None or stated.content is None or problems.has_errors:
            raise Unreadable(_why(problems))
        return self.of(stated.content, term)


def _why(problems: Problems) -> str:
    first = problems.errors[0]
    return first.message if first.hint is None else f"{first.message}; {first.hint}"


class Shown:
    """A value without a hash, or equal in Python to one that a contract tells from it: known by how it is shown."""

    __slots__ = ("key", "value")

    def __init__(self, value: object) -> None:
        """Keep the value."""
        self.value = value
        self.key = (type(value), repr(value))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and self.key == other.key


_ALONE = frozenset((str, Cell, Shown, date, timedelta, Duration, Rate, Percent, Money, Fees, Symbol))


def told_apart(value: object) -> Hashable:
    """Return a value as it can be looked up without being taken for another: 1 for yes, or for 1.0."""
    is_alone = value.__class__ in _ALONE or (
        isinstance(value, frozenset) and all(each.__class__ is str for each in value)
    )
    return value if is_alone else Shown(value)


def typed(value: Hashable) -> Hashable:
    """Return a key that tells yes from 1, which are equal in Python."""
    return value if isinstance(value, Cell | str | Shown) else Shown(value)


def is_hashable(value: object) -> bool:
    """Whether a value can be looked up."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


def key_of(value: Hashable, term: Term) -> Hashable:
    """Return the key of a value as generated code has it: it looks at yes and no itself, and at integers."""
    return value if value.__class__ is int or not needs_typed(term.type) else typed(value)


def key_beside(value: Hashable, term: Term) -> Hashable:
    """Return the same where it stands beside others, and is told apart like any of them."""
    return typed(value) if needs_typed(term.type) else value


def needs_typed(kind: Type) -> bool:
    """Whether values of a type have to be told from values of another type that Python calls equal."""
    element = kind.element if isinstance(kind, SetType) else kind
    return element in (Scalar.INTEGER, Scalar.NUMBER, Scalar.BOOLEAN)
