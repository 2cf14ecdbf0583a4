"""Facts that a policy itself states: what a test supposes, and what a clause grants."""

from __future__ import annotations

from collections.abc import Iterator

from termwise.check import problems as words
from termwise.check.conditions import Conditions
from termwise.check.operands import NO_SCOPE
from termwise.check.scope import term_of
from termwise.core.expr import Constant, Defined, Expr
from termwise.core.policy import Assurance, Given, Grant
from termwise.core.values import Bounded, Content, Exact, Referred, Symbol, Vague, Value
from termwise.core.vocabulary import Term, instance
from termwise.diagnostics import Diagnostic
from termwise.frozen import frozen
from termwise.source import Span
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, is_ordered

_STATES = ("vague", "referred", "disputed")


@frozen
class _Said:
    """What is said of a term at one key, or (`key` None) at every key; `value` where it is a value or another term."""

    term: Term
    key: str | None
    content: Content | None
    value: Expr | None
    span: Span

    @property
    def names(self) -> tuple[str, ...]:
        """The instance names meant."""
        if self.term.key is None or self.key is not None:
            return (instance(self.term.name, self.key),)
        return self.term.instances


@frozen
class FactReader:
    """Reads what is stated as a fact. What cannot be read is reported, and left out."""

    conditions: Conditions

    def given(self, written: tree.GivenDecl, assurance: Assurance) -> Iterator[Given]:
        """Yield the facts of one `given`; what is said of one key goes before what is said of all."""
        for said in self._all(written.facts):
            content = said.content
            if said.value is not None:
                value = _constant(said.value)
                if value is None:
                    self._report(words.not_a_constant(said.span))
                    continue
                content = Exact(value)
            for name in said.names:
                yield Given(name, content, assurance, said.span)

    def grants(self, written: tuple[tree.Expr, ...]) -> Iterator[Grant]:
        """Yield what a clause grants: values, or what another term says."""
        for said in self._all(written):
            if said.value is None:
                self._report(words.cannot_be_given(said.span, "this"))
                continue
            for name in said.names:
                yield Grant(name, said.value, said.span)

    def _all(self, written: tuple[tree.Expr, ...]) -> list[_Said]:
        """Return what is said, that of every key first, so that what is said of one key can stand instead."""
        said = [found for each in written for found in self._fact(each)]
        return sorted(said, key=lambda each: each.key is not None)

    def _fact(self, expr: tree.Expr) -> Iterator[_Said]:
        match expr:
            case tree.Conjunction(operands):
                for each in operands:
                    yield from self._fact(each)
            case tree.Name():
                yield from self._flag(expr, True)
            case tree.Negation(tree.Name() as name):
                yield from self._flag(name, False)
            case tree.IsState(tree.Name() as name, word):
                yield from self._state(name, word)
            case tree.Comparison(operator, tree.Name() as name, right):
                yield from self._comparison(operator, name, right, expr.span)
            case _:
                self._report(words.cannot_be_given(expr.span, "this"))

    def _term(self, name: tree.Name) -> tuple[Term, str | None] | None:
        operands = self.conditions.operands
        term = term_of(name, operands.names, NO_SCOPE)
        if term is None:
            operands.unknown(name, NO_SCOPE)
            return None
        if name.key is None:
            return term, None
        if term.key is None:
            self._report(words.no_keys(name.span, term.name))
            return None
        if name.key not in term.key.symbols:
            self._report(words.unknown_symbol(name.span, name.key, term.key))
            return None
        return term, name.key

    def _flag(self, name: tree.Name, value: bool) -> Iterator[_Said]:
        found = self._term(name)
        if found is None:
            return
        if found[0].type is not Scalar.BOOLEAN:
            self._report(words.not_a_condition(name.span, f"`{name.path}`", f"say what it is: `{name.path} = …`"))
            return
        yield _Said(*found, None, Constant(value, name.span), name.span)

    def _state(self, name: tree.Name, word: tree.Word) -> Iterator[_Said]:
        found = self._term(name)
        if found is None:
            return
        match word.text:
            case "vague":
                yield _Said(*found, Vague("as the test supposes"), None, name.span)
            case "referred":
                yield _Said(*found, Referred("another document"), None, name.span)
            case "disputed":
                yield _Said(*found, None, None, name.span)
            case _:
                self._report(words.unknown_word(word.span, word.text, "state of a fact", _STATES))

    def _comparison(self, operator: str, name: tree.Name, right: tree.Expr, span: Span) -> Iterator[_Said]:
        found = self._term(name)
        if found is None:
            return
        term, key = found
        value = self._value(right, term)
        if value is None:
            return
        if operator == "=":
            yield _Said(term, key, None, value, span)
            return
        limit = _constant(value)
        content = None if limit is None else _bounds(operator, limit, term)
        if content is None:
            self._report(words.cannot_be_given(span, operator))
            return
        yield _Said(term, key, content, None, span)

    def _value(self, expr: tree.Expr, term: Term) -> Expr | None:
        operands = self.conditions.operands
        match term.type:
            case SetType() as kind:
                return operands.set_of(expr, kind, NO_SCOPE)
            case ListType() as kind:
                return operands.list_of(expr, kind, NO_SCOPE)
            case RecordType():
                return None
            case Scalar() | EnumType() as kind:
                return operands.plain(expr, kind, NO_SCOPE)

    def _report(self, found: Diagnostic) -> None:
        self.conditions.problems.add(found)


def merged(givens: list[Given], reader: FactReader) -> tuple[Given, ...]:
    """Return the givens of a test, two bounds of one term joined; whatever else is stated twice is reported.

    What is said of one key stands instead of what is said of every key.
    """
    kept: dict[str, Given] = {}
    for given in givens:
        before = kept.get(given.term)
        if before is None or (before.span != given.span and _is_of_every_key(before, givens)):
            kept[given.term] = given
            continue
        match before.content, given.content:
            case Bounded(low, None), Bounded(None, high) if low is not None and high is not None:
                kept[given.term] = Given(given.term, Bounded(low, high), given.assurance, given.span)
            case Bounded(None, high), Bounded(low, None) if low is not None and high is not None:
                kept[given.term] = Given(given.term, Bounded(low, high), given.assurance, given.span)
            case _:
                reader.conditions.problems.add(words.given_twice(given.span, given.term))
    return tuple(kept.values())


def _is_of_every_key(given: Given, givens: list[Given]) -> bool:
    """Whether a fact was written for every key of its term: several instances share its place."""
    return sum(each.span == given.span for each in givens) > 1


def _constant(expr: Expr) -> Value | None:
    match expr:
        case Constant(value):
            return value
        case Defined(_, body):
            return _constant(body)
        case _:
            return None


def _bounds(operator: str, limit: Value, term: Term) -> Content | None:
    is_set = isinstance(term.type, SetType) and isinstance(limit, frozenset)
    match operator:
        case "<=" if is_ordered(term.type):
            return Bounded(None, limit)
        case ">=" if is_ordered(term.type):
            return Bounded(limit, None)
        case "includes" if is_set:
            return Bounded(limit, None)
        case "within" if is_set:
            return Bounded(None, limit)
        case "excludes" if isinstance(term.type, SetType) and isinstance(term.type.element, EnumType):
            kind = term.type.element
            every = {Symbol(kind.name, symbol, rank) for rank, symbol in enumerate(kind.symbols)}
            return Bounded(None, frozenset(every - limit)) if isinstance(limit, frozenset) else None
        case _:
            return None
