"""A few values of every type, as policies and contracts write them, and nodes of the surface tree for them.

The domains are small and hold neighbours (30 and 31 days, 1 month), so that random comparisons land on their limits.
"""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from termwise.source import Span
from termwise.syntax import tree
from termwise.types import EnumType, RecordType, Scalar, SetType

NOWHERE = Span("<law>", 1, 1, 1, 1)

DOMAIN: dict[Scalar, tuple[str, ...]] = {
    Scalar.BOOLEAN: ("yes", "no"),
    Scalar.INTEGER: ("0", "1", "2", "3", "1,000"),
    Scalar.NUMBER: ("0.1", "0.5", "1", "2.50"),
    Scalar.PERCENT: ("0%", "5%", "7.5%", "100%"),
    Scalar.MONEY: ("USD 100", "USD 1,200", "USD 1,200.50", "EUR 100"),
    Scalar.FEES: ("0 months of fees", "1 month of fees", "12 months of fees", "1 year of fees"),
    Scalar.DURATION: (
        *("0 days", "72 hours", "3 days", "28 days", "30 days", "31 days", "1 month", "4 weeks", "5 business days"),
        *("12 months", "1 year", "365 days"),
    ),
    Scalar.RATE: ("none", "annually", "twice per year", "quarterly", "4 per year", "once per 12 months", "monthly"),
    Scalar.DATE: ("2026-11-23", "2026-11-24", "2027-01-01"),
    Scalar.TEXT: ("NIST SP 800-88", "nist", "SOC 2", "#", 'a "quote" \\'),
}

ASCENDING: dict[Scalar, tuple[str, ...]] = {
    Scalar.INTEGER: ("0", "1", "2", "3"),
    Scalar.NUMBER: ("0.1", "0.5", "1", "2.50"),
    Scalar.PERCENT: ("0%", "5%", "7.5%", "100%"),
    Scalar.MONEY: ("USD 100", "USD 1,200", "USD 1,200.50"),
    Scalar.FEES: ("0 months of fees", "1 month of fees", "12 months of fees"),
    Scalar.DURATION: ("0 days", "72 hours", "28 days", "1 month", "31 days", "59 days", "1 year", "366 days"),
    Scalar.RATE: ("none", "annually", "twice per year", "quarterly", "monthly"),
    Scalar.DATE: ("2026-11-23", "2026-11-24", "2027-01-01"),
}
"""Values each of which is certainly no more than the next, for bounds and for moving a term."""

ADDABLE = (Scalar.INTEGER, Scalar.NUMBER, Scalar.PERCENT, Scalar.MONEY, Scalar.FEES, Scalar.DURATION)

Plain = Scalar | EnumType


def texts(kind: Plain) -> tuple[str, ...]:
    """Return the values of a scalar or enum, as a contract writes them."""
    return kind.symbols if isinstance(kind, EnumType) else DOMAIN[kind]


def ascending(kind: Plain) -> tuple[str, ...]:
    """Return values in certain order, or nothing for a type that has none."""
    if isinstance(kind, EnumType):
        return kind.symbols if kind.ordered else ()
    return ASCENDING.get(kind, ())


def literal(kind: Plain, text: str) -> tree.Expr:
    """Return the node of a value, as the parser would make it."""
    if isinstance(kind, EnumType):
        return tree.Name(text, None, NOWHERE) if text.isidentifier() else tree.Quoted(text, NOWHERE)
    if kind is Scalar.TEXT:
        return tree.Quoted(text, NOWHERE)
    if kind is Scalar.BOOLEAN:
        return tree.Flag(text == "yes", NOWHERE)
    return tree.Name(text, None, NOWHERE) if text.isalpha() else tree.Quantity(text, NOWHERE)


def word(text: str) -> tree.Word:
    """Return a word of the tree."""
    return tree.Word(text, NOWHERE)


def type_name(kind: Plain | SetType | RecordType, shape: str = "") -> tree.TypeName:
    """Return how a declaration names a type."""
    if isinstance(kind, SetType):
        return type_name(kind.element, "set")
    return tree.TypeName(shape, word(kind.value if isinstance(kind, Scalar) else kind.name))


@st.composite
def literals(draw: DrawFn, kind: Plain) -> tree.Expr:
    """A value of a type, written in a policy."""
    return literal(kind, draw(st.sampled_from(texts(kind))))


def set_of(kind: Plain, values: list[str]) -> tree.SetOf:
    """Return the node of a set, in which a comma outside an amount of money only stands between members."""
    is_money = kind is Scalar.MONEY
    return tree.SetOf(tuple(literal(kind, each if is_money else each.replace(",", "")) for each in values), NOWHERE)


def subsets(kind: Plain, min_size: int = 0) -> st.SearchStrategy[list[str]]:
    """Some of the values of a type, each once."""
    return st.lists(st.sampled_from(texts(kind)), unique=True, min_size=min_size, max_size=3)


def rarely(one_in: int) -> st.SearchStrategy[bool]:
    """True once in a while; shrinks to False."""
    return st.integers(0, one_in - 1).map(lambda number: number == one_in - 1)
