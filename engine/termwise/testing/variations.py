"""The ways to change one part of a condition, each with the text that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

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
    Op,
    Passes,
    Quantified,
    Quantifier,
    Stated,
    TermRef,
)
from termwise.core.policy import Policy
from termwise.core.values import Symbol, Value
from termwise.core.vocabulary import instance, split_instance
from termwise.diagnostics.finding import Edit
from termwise.frozen import frozen, replace
from termwise.source import Span
from termwise.testing.mutant import Kind
from termwise.testing.neighbours import neighbours, symbol_text
from termwise.testing.places import Places
from termwise.testing.rewrite import Change, Target, rewritten
from termwise.testing.sites import Site, type_of
from termwise.types import Scalar, SetType, is_ordered

_ORDER = (Op.EQ, Op.NE, Op.LT, Op.LE, Op.GT, Op.GE)
_SETS = (Op.EQ, Op.NE, Op.WITHIN, Op.INCLUDES, Op.EXCLUDES)
_OPERATOR = r"<=|>=|!=|[=<>≤≥≠∈⊆]|\b(?:in|within|includes|excludes)\b"


@frozen
class Variation:
    """One way to change the parts at a target."""

    kind: Kind
    target: Target
    change: Change
    edits: tuple[Edit, ...]


@frozen
class Words:
    """What is needed to write a change: the text, and the policy that it is the text of."""

    places: Places
    policy: Policy

    def variations(self, site: Site, everywhere: Sequence[Expr]) -> Iterator[Variation]:
        """Yield the ways to change a part of a condition; `everywhere` is what it is, wherever it stands."""
        if site.around.condition is None:
            yield from self._of_condition(site)
        match site.expr:
            case Constant():
                yield from self._of_value(site, everywhere)
            case Add(left, right, negative):
                sign = self.places.between(r"[+-]", _span(left), _span(right))
                if sign is not None:
                    edit = Edit(sign, "+" if negative else "-")
                    yield Variation(Kind.OPERATOR, site.target, _setting(negative=not negative), (edit,))
            case TermRef() | Passes():
                yield from self._of_key(site, everywhere)
            case _:
                return

    def _of_condition(self, site: Site) -> Iterator[Variation]:
        match site.expr:
            case Compare(op):
                yield from self._operators(site, site.expr)
                if op in (Op.IN, Op.WITHIN, Op.INCLUDES, Op.EXCLUDES):
                    yield from self._negated(site)
            case TermRef() | FieldRef() | Passes() | Defined():
                yield from self._negated(site)
            case Stated():
                yield from self._word(site, Kind.NEGATION, "stated", "silent", _negation)
            case Not(Stated()):
                yield from self._word(site, Kind.NEGATION, "silent", "stated", _unnegated)
            case Not():
                yield from self._word(site, Kind.NEGATION, "not", "", _unnegated)
            case All(operands) | AnyOf(operands):
                yield from self._joined(site, operands)
            case Quantified(quantifier):
                for other in Quantifier:
                    if other is not quantifier:
                        change = _setting(quantifier=other)
                        yield from self._word(site, Kind.QUANTIFIER, quantifier.value, other.value, change)
            case Constant() | Add():
                return

    def _word(self, site: Site, kind: Kind, word: str, other: str, change: Change) -> Iterator[Variation]:
        """Yield a change that is made by writing another word."""
        place = self.places.within(rf"\b{word}\b", site.target.span)
        if place is not None:
            yield Variation(kind, site.target, change, (Edit(place, other),))

    def _negated(self, site: Site) -> Iterator[Variation]:
        if not site.around.is_spread:  # where it could be read two ways, a key would have to be said
            span = site.target.span
            start = Span(span.path, span.line, span.column, span.line, span.column)
            yield Variation(Kind.NEGATION, site.target, _negation, (Edit(start, "not "),))

    def _joined(self, site: Site, operands: Sequence[Expr]) -> Iterator[Variation]:
        is_all = isinstance(site.expr, All)
        spans = [_span(each) for each in operands]
        joints = [self.places.between(r"\b(?:and|or)\b", one, other) for one, other in pairwise(spans)]
        edits = tuple(Edit(each, "or" if is_all else "and") for each in joints if each is not None)
        if len(edits) == len(joints):
            yield Variation(Kind.JOINT, site.target, _swapped, edits)
        for each, span in zip(operands, spans, strict=True):
            edit = Edit(span, "yes" if is_all else "no")
            yield Variation(Kind.PART, Target(span, type(each)), _constant(is_all), (edit,))

    def _operators(self, site: Site, compare: Compare) -> Iterator[Variation]:
        place = self.places.between(_OPERATOR, _span(compare.left), _span(compare.right))
        if place is not None:
            for op in self._alternatives(site, compare):
                yield Variation(Kind.OPERATOR, site.target, _setting(op=op), (Edit(place, op.value),))

    def _alternatives(self, site: Site, compare: Compare) -> Iterator[Op]:
        """Yield the other operators that compare the same two sides."""
        vocabulary = self.policy.vocabulary
        left, right = (type_of(side, site.around, vocabulary) for side in (compare.left, compare.right))
        kind = left if left is not None else right
        match compare.op:
            case Op.IN:
                known: tuple[Op, ...] = ()
            case Op.INCLUDES | Op.EXCLUDES if isinstance(kind, SetType) and right == kind.element:
                known = (Op.INCLUDES, Op.EXCLUDES)
            case _ if isinstance(kind, SetType):
                known = _SETS
            case _ if left is Scalar.TEXT:
                known = (Op.EQ, Op.NE, Op.INCLUDES)
            case _:
                known = _ORDER if kind is None or is_ordered(kind) else (Op.EQ, Op.NE)
        return (op for op in known if op is not compare.op)

    def _of_value(self, site: Site, everywhere: Sequence[Expr]) -> Iterator[Variation]:
        values = [each.value for each in everywhere if isinstance(each, Constant)]
        written = self.places.text(site.target.span)
        if any(value != values[0] for value in values) or not _is_written(values[0], written):
            return  # it is the variable of a `for each`
        for value, text in neighbours(values[0], written, self.policy.vocabulary):
            edit = Edit(site.target.span, text)
            yield Variation(_kind_of(value), site.target, _constant(value), (edit,))

    def _of_key(self, site: Site, everywhere: Sequence[Expr]) -> Iterator[Variation]:
        """Yield the changes of a key in brackets: dropped, and where it is no variable replaced by the others."""
        span = site.target.span
        _, bracket, key = self.places.text(span).removesuffix(" passes").partition("[")
        symbols = self._keys(site.expr)
        if not bracket or not symbols:
            return
        if site.around.is_positive and not site.around.is_spread:
            condition = site.around.condition or site.expr
            target = Target(_span(condition), type(condition))
            edit = Edit(self._bracket(span), "")
            yield Variation(Kind.KEY, target, _at_every_key(site.target, symbols), (edit,))
        written = key.strip().removesuffix("]").strip().strip('"')
        if all(split_instance(_name(each))[1] == written for each in everywhere):
            for symbol in symbols:
                if symbol != written:
                    edit = Edit(self._bracket(span), f"[{symbol_text(symbol)}]")
                    yield Variation(Kind.KEY, site.target, _at_key(symbol), (edit,))

    def _bracket(self, span: Span) -> Span:
        place = self.places.within(r"\[[^\]]*\]", span)
        assert place is not None
        return place

    def _keys(self, expr: Expr) -> tuple[str, ...]:
        """Return the symbols for each of which there is a term or rule like this one."""
        base = split_instance(_name(expr))[0]
        if isinstance(expr, Passes):
            return tuple(rule.key for rule in self.policy.rules if rule.base == base and rule.key is not None)
        term = self.policy.vocabulary.terms.get(base)
        return () if term is None or term.key is None else term.key.symbols


def _negation(expr: Expr) -> Expr:
    return Not(expr, expr.span)


def _unnegated(expr: Expr) -> Expr:
    assert isinstance(expr, Not)
    return expr.operand


def _swapped(expr: Expr) -> Expr:
    match expr:
        case All(operands):
            return AnyOf(operands, expr.span)
        case AnyOf(operands):
            return All(operands, expr.span)
        case _:
            return expr


def _constant(value: Value) -> Change:
    return lambda expr: Constant(value, expr.span)


def _setting(**fields: object) -> Change:
    return lambda expr: replace(expr, **fields)


def _at_key(symbol: str) -> Change:
    def change(expr: Expr) -> Expr:
        name = instance(split_instance(_name(expr))[0], symbol)
        return replace(expr, rule=name) if isinstance(expr, Passes) else replace(expr, name=name)

    return change


def _at_every_key(target: Target, symbols: Sequence[str]) -> Change:
    return lambda expr: All(tuple(rewritten(expr, target, _at_key(symbol)) for symbol in symbols), expr.span)


def _span(expr: Expr) -> Span:
    assert expr.span is not None
    return expr.span


def _name(expr: Expr) -> str:
    assert isinstance(expr, TermRef | Passes)
    return expr.rule if isinstance(expr, Passes) else expr.name


def _is_written(value: Value, text: str) -> bool:
    """Whether a value is written out at its place, and not the variable of a `for each`."""
    if isinstance(value, frozenset) and not text.startswith("{"):
        return any(isinstance(each, Symbol) and each.name == text.strip('"') for each in value)
    return not isinstance(value, Symbol) or value.name == text.strip('"')


def _kind_of(value: Value) -> Kind:
    match value:
        case frozenset():
            return Kind.SET
        case bool() | str() | Symbol():
            return Kind.SYMBOL
        case _:
            return Kind.FIGURE
