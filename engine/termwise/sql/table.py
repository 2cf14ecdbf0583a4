"""What has to be known of a table before SQL for it can be written: its columns, and their distinct cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, unique

from termwise.columns.header import Header, TermColumns, read_header
from termwise.compiled.plan import Input, Plan
from termwise.core.vocabulary import Term, split_instance
from termwise.frozen import frozen
from termwise.sql.dialects import Scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

MOST_CELLS = 10_000
"""How many distinct cells of a column one statement lists."""


@unique
class Kind(Enum):
    """What the values of a column are; the value is what a message calls it."""

    TEXT = "text"
    NUMBER = "numbers"
    BOOLEAN = "yes or no"
    DATE = "dates"


@frozen
class Column:
    """A column: its kind, its distinct values (NULL is none; None: too many), and the decimals of its numbers."""

    kind: Kind
    values: tuple[Scalar, ...] | None
    places: int = 0


Columns: TypeAlias = Mapping[str, Column]
"""The columns of a table by name."""


@frozen
class Source:
    """One column that can state an input: in a unit ("" for none), and the column that says what that is worth."""

    column: str
    term: Term
    unit: str
    assurance: str | None


def wanted(plan: Plan, names: Iterable[str]) -> list[str]:
    """Return the columns of a table whose cells have to be known to judge its rows; the others are never looked at."""
    names = list(names)
    header = read_header(names, plan.policy.vocabulary)
    found = {each.column for read in plan.inputs for group in sources_of(read, header) for each in group}
    found |= {
        each.assurance
        for read in plan.inputs
        for group in sources_of(read, header)
        for each in group
        if each.assurance is not None and not read.term.is_context
    }
    found |= header.rows.keys() & {"assurance", "effective", "expires"}
    return [each for each in names if each in found]


def sources_of(read: Input, header: Header) -> tuple[tuple[Source, ...], ...]:
    """Return the columns that can state an input: those of its key, before those of all keys.

    Within a group, no row may use two.
    """
    by_place = {(each.term.name, each.key): each for each in header.terms}
    name, key = split_instance(read.name)
    places = [(name, key)] if key is None else [(name, key), (name, None)]
    groups = [tuple(_sources(by_place[each])) for each in places if each in by_place]
    return tuple(group for group in groups if group)


def _sources(columns: TermColumns) -> Iterator[Source]:
    if columns.words is not None:
        yield Source(columns.words, columns.term, "", columns.assurance)
    for unit, column in columns.numbers:
        yield Source(column, columns.term, unit, columns.assurance)


def sorted_values(values: Iterable[Scalar]) -> tuple[Scalar, ...]:
    """Return values in an order that does not depend on the engine."""
    return tuple(sorted(values, key=lambda each: (type(each).__name__, each)))
