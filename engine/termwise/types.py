"""The static types of terms, and what each is called.

Equality of types is equality of what they are, not of where they were declared.
"""

from __future__ import annotations

from enum import Enum, unique

from termwise.frozen import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@unique
class Scalar(Enum):
    """The built-in types; the value is the name a vocabulary writes."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    FEES = "fees"
    DURATION = "duration"
    RATE = "rate"
    DATE = "date"
    TEXT = "text"


@frozen
class EnumType:
    """A closed list of symbols. An ordered one is a scale: its symbols stand from lowest to highest."""

    name: str
    symbols: tuple[str, ...]
    ordered: bool = False


@frozen
class SetType:
    """A set of values of one scalar or enum type."""

    element: Scalar | EnumType


@frozen
class RecordType:
    """A named group of fields, in order of declaration."""

    name: str
    fields: tuple[tuple[str, Scalar | EnumType | SetType], ...]

    def field(self, name: str) -> Scalar | EnumType | SetType | None:
        """Return the type of a field, or None where there is none of that name."""
        return dict(self.fields).get(name)


@frozen
class ListType:
    """A list of records of one type."""

    record: RecordType


Type: TypeAlias = Scalar | EnumType | SetType | RecordType | ListType


def name_of(kind: Type) -> str:
    """Return what a vocabulary calls the type."""
    match kind:
        case Scalar():
            return kind.value
        case EnumType(name=name) | RecordType(name=name):
            return name
        case SetType(element):
            return f"set of {name_of(element)}"
        case ListType(record):
            return f"list of {record.name}"


def is_ordered(kind: Type) -> bool:
    """Whether `<` and its kin compare values of the type."""
    if isinstance(kind, EnumType):
        return kind.ordered
    return isinstance(kind, Scalar) and kind not in (Scalar.BOOLEAN, Scalar.TEXT)
