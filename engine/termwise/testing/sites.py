"""The parts of conditions that can be changed: each place once, with whatever decides how it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from termwise.core.expr import (
    Add,
    All,
    AnyOf,
    Compare,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Not,
    Passes,
    Quantified,
    Quantifier,
    Stated,
    TermRef,
)
from termwise.core.values import Symbol
from termwise.core.vocabulary import Vocabulary
from termwise.frozen import frozen, replace
from termwise.testing.rewrite import Target
from termwise.types import ListType, RecordType, SetType, Type


@frozen
class Around:
    """What stands around a part of a condition.

    `owner` is the declaration it is written in. `is_positive` is whether a term without its key could speak of every
    key there; `is_spread` whether it does, so that one condition was made for each. `condition` is the one it is an
    operand of, and None for a condition. `records` are the records that variables stand for.
    """

    owner: str
    is_positive: bool = True
    is_spread: bool = False
    condition: Expr | None = None
    records: Mapping[str, RecordType] = {}


@frozen
class Site:
    """A part of a condition, as it is at one key, and what stands around it."""

    expr: Expr
    around: Around

    @property
    def target(self) -> Target:
        """Where the part stands, whatever the key."""
        assert self.expr.span is not None
        return Target(self.expr.span, type(self.expr))


def sites_of(expr: Expr, around: Around, vocabulary: Vocabulary) -> Iterator[Site]:
    """Yield the parts of a condition, outermost first, in source order; those without a place in a text left out."""
    if isinstance(expr, All) and is_spread(expr):
        inner = replace(around, is_spread=True)
        yield from (site for each in expr.operands for site in sites_of(each, inner, vocabulary))
        return
    if expr.span is not None:
        yield Site(expr, around)
    match expr:
        case Not(Stated()):
            return
        case Not(operand):
            yield from sites_of(operand, replace(around, is_positive=False), vocabulary)
        case All(operands) | AnyOf(operands):
            yield from (site for each in operands for site in sites_of(each, around, vocabulary))
        case Defined(name, body):
            inside = Around(f"define {name}", is_positive=False)
            yield from sites_of(body, inside, vocabulary)
        case Quantified(quantifier, variable, records, body):
            term = vocabulary.term_of(records.name)
            assert term is not None and isinstance(term.type, ListType)
            known = {**around.records, variable: term.type.record}
            inside = replace(around, is_positive=quantifier is Quantifier.EVERY, records=known)
            yield from sites_of(body, inside, vocabulary)
        case Compare(_, left, right):
            inside = replace(around, condition=expr)
            yield from (site for side in (left, right) for site in _operands(side, inside))
        case Constant() | TermRef() | FieldRef() | Stated() | Passes() | Add():
            return


def _operands(expr: Expr, around: Around) -> Iterator[Site]:
    if expr.span is not None:
        yield Site(expr, around)
    match expr:
        case Add(left, right):
            yield from (site for side in (left, right) for site in _operands(side, around))
        case Defined(name, body):
            yield from _operands(body, replace(around, owner=f"define {name}", is_positive=False))
        case _:
            return


def is_spread(expr: All) -> bool:
    """Whether a conjunction was written as one condition, of a term or rule that has no key and means them all."""
    return bool(expr.operands) and all(each.span == expr.span for each in expr.operands)


def type_of(expr: Expr, around: Around, vocabulary: Vocabulary) -> Type | None:
    """Return the type of an operand, or None for a figure or text, which has that of what it is compared with."""
    match expr:
        case TermRef(name):
            term = vocabulary.term_of(name)
            return None if term is None else term.type
        case FieldRef(variable, name):
            return around.records[variable].field(name)
        case Add(left, right):
            return type_of(left, around, vocabulary) or type_of(right, around, vocabulary)
        case Defined(_, body):
            return type_of(body, around, vocabulary)
        case Constant(Symbol(enum)):
            return vocabulary.enums[enum]
        case Constant(value) if isinstance(value, frozenset):
            symbol = next((each for each in value if isinstance(each, Symbol)), None)
            return None if symbol is None else SetType(vocabulary.enums[symbol.enum])
        case _:
            return None
