"""The values a term can have, and what a document can say of one.

`Content` is the state of a fact: a value, an interval, or words that hold no number. Silence and dispute are not
content: they are what precedence finds when it looks for some.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from termwise.frozen import field, frozen
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.quantities.numerals import write_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@frozen
class Symbol:
    """A symbol of an enum; `rank` is its place in the declaration, which orders the symbols of a scale."""

    enum: str
    name: str
    rank: int = field(compare=False)

    def __str__(self) -> str:
        """Return the bare symbol."""
        return self.name


@frozen
class Exact:
    """A value that is stated. `wording` is vaguer language around it: only the value can be enforced."""

    value: Value
    wording: str | None = field(default=None, compare=False)


@frozen
class Bounded:
    """A value that lies between two others, both included; None is no bound at that end.

    For a set, `low` is what it surely has and `high` all it can have. For a list, `low` are the records that are
    known, and there may be more.
    """

    low: Value | None
    high: Value | None
    wording: str | None = field(default=None, compare=False)


@frozen
class Vague:
    """Words without a number in them ("promptly")."""

    text: str


@frozen
class Referred:
    """The name of a document that was not supplied, where the answer is said to stand."""

    to: str


Content: TypeAlias = Exact | Bounded | Vague | Referred


@frozen
class Record:
    """One record of a list; a field that is missing from the mapping is silent."""

    fields: Mapping[str, Content]

    def __hash__(self) -> int:
        """Hash by the fields, in any order."""
        return hash(frozenset(self.fields.items()))


Value: TypeAlias = (
    bool
    | Fraction
    | Duration
    | Rate
    | Percent
    | Money
    | Fees
    | date
    | str
    | Symbol
    | frozenset["Value"]
    | tuple[Record, ...]
)


def write_value(value: Value) -> str:
    """Return a value as the language writes it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return write_number(value)
        case date():
            return value.isoformat()
        case str() | Duration() | Rate() | Percent() | Money() | Fees() | Symbol():
            return str(value)
        case frozenset():
            members = sorted(
                value, key=lambda each: (each.rank, each.name) if isinstance(each, Symbol) else (0, write_value(each))
            )
            return "{" + ", ".join(write_value(each) for each in members) + "}"
        case tuple():
            return "[" + ", ".join(_write_record(each) for each in value) + "]"


def _write_record(record: Record) -> str:
    return "{" + ", ".join(f"{name}: {write_content(content)}" for name, content in record.fields.items()) + "}"


def write_content(content: Content) -> str:
    """Return what a document says, in words a report can print."""
    match content:
        case Exact(value, wording):
            said = write_value(value)
            return said if wording is None else f'"{wording}", at most enforceable as {said}'
        case Bounded(low, high):
            return _write_bounds(low, high)
        case Vague(text):
            return f'"{text}"'
        case Referred(to):
            return f'see "{to}"'


def _write_bounds(low: Value | None, high: Value | None) -> str:
    if low is None and high is None:
        return "anything"
    if low is None and high is not None:
        return f"at most {write_value(high)}"
    if high is None and low is not None:
        return f"at least {write_value(low)}"
    assert low is not None and high is not None
    return f"between {write_value(low)} and {write_value(high)}"
