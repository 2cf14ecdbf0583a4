"""The terms that exist, with their types: what a policy may ask about and a contract may state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, unique

from termwise.core.values import Value
from termwise.frozen import field, frozen
from termwise.source import Span
from termwise.types import EnumType, RecordType, Type


@unique
class Direction(Enum):
    """Which way a term is safer for the customer."""

    LOWER = "lower"
    HIGHER = "higher"


@frozen
class Term:
    """A thing contracts state. `key`, where there is one, is the enum whose every symbol has a value of its own."""

    name: str
    type: Type
    key: EnumType | None = None
    ask: str | None = None
    prefer: Direction | None = None
    presume: Value | None = None
    is_context: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def instances(self) -> tuple[str, ...]:
        """The names under which facts about the term are kept: `t`, or `t[key]` for each key."""
        if self.key is None:
            return (self.name,)
        return tuple(instance(self.name, symbol) for symbol in self.key.symbols)


def instance(name: str, key: str | None) -> str:
    """Return the name of a keyed term (or rule) at one key; without a key, the name itself."""
    return name if key is None else f"{name}[{key}]"


def split_instance(name: str) -> tuple[str, str | None]:
    """Return the base name and the key of `t[key]`; None for the key where there is none."""
    base, bracket, rest = name.partition("[")
    return (base, rest.removesuffix("]")) if bracket else (name, None)


@frozen
class Vocabulary:
    """Every type and term of one domain, by name, in order of declaration."""

    name: str
    title: str
    enums: Mapping[str, EnumType]
    records: Mapping[str, RecordType]
    terms: Mapping[str, Term]
    annual_fees: str | None = None
    version: str | None = None

    def term_of(self, name: str) -> Term | None:
        """Return the term that an instance name (`t` or `t[key]`) belongs to, or None."""
        return self.terms.get(split_instance(name)[0])

    def instances(self) -> Iterator[tuple[str, Term]]:
        """Yield every instance name with its term."""
        for term in self.terms.values():
            for name in term.instances:
                yield name, term
