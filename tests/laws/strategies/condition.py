"""Random conditions that are well typed over a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, replace

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from strategies.values import ADDABLE, DOMAIN, NOWHERE, Plain, literal, literals, rarely, set_of, subsets
from strategies.vocabulary import Known, Terms
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered

_ORDERED = ("<=", ">=", "<", ">", "=", "!=")
_EQUAL = ("=", "!=")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may speak of where it stands.

    `positive` is whether a bare keyed term may speak of every key. `asks_rules` are rules declared before, each with
    the keys it stands for; `records` is the variable of a quantifier around.
    """

    terms: Terms
    variable: tuple[str, EnumType] | None = None
    records: tuple[str, RecordType] | None = None
    positive: bool = True
    asks_states: bool = True
    asks_rules: tuple[tuple[str, EnumType | None], ...] = ()
    conditions: tuple[str, ...] = ()
    values: tuple[tuple[str, Plain], ...] = ()


@st.composite
def conditions(draw: DrawFn, scope: Scope, depth: int = 2) -> tree.Expr:
    """A condition, at most so many connectives deep."""
    form = draw(st.integers(0, 7 if depth else 0))
    inner = replace(scope, positive=False)
    match form:
        case 0 | 1 | 2 | 3:
            return _leaf(draw, scope)
        case 4 | 5:
            joined = tree.Conjunction if draw(st.booleans()) else tree.Disjunction
            size = draw(st.integers(2, 3))
            return joined(tuple(draw(conditions(scope, depth - 1)) for _ in range(size)), NOWHERE)
        case 6:
            return tree.Negation(draw(conditions(inner, depth - 1)), NOWHERE)
        case _:
            lists = [each for each in scope.terms.terms if isinstance(each.kind, ListType)]
            if not lists or scope.records is not None:
                return _leaf(draw, scope)
            term = draw(st.sampled_from(lists))
            body = replace(inner, records=("s", scope.terms.record), asks_rules=())
            quantifier = draw(st.sampled_from(["every", "some", "no"]))
            return tree.Quantification(
                quantifier, _word("s"), _word(term.name), draw(conditions(body, depth - 1)), NOWHERE
            )


def _leaf(draw: DrawFn, scope: Scope) -> tree.Expr:
    special = draw(st.integers(0, 11))
    if special == 11 and scope.asks_rules:
        name, keys = draw(st.sampled_from(scope.asks_rules))
        key = draw(st.sampled_from([None, *keys.symbols])) if keys is not None else None
        return tree.RulePasses(name, key, NOWHERE)
    if special == 10 and scope.asks_states:
        term = draw(st.sampled_from(scope.terms.terms))
        state = draw(st.sampled_from(["stated", "silent"]))
        return tree.IsState(_reference(draw, replace(scope, positive=False), term), _word(state), NOWHERE)
    if special == 9 and scope.conditions:
        return tree.Name(draw(st.sampled_from(scope.conditions)), None, NOWHERE)
    if scope.records is not None and special < 6:
        variable, record = scope.records
        field, kind = draw(st.sampled_from(record.fields))
        return _about(draw, scope, tree.Name(f"{variable}.{field}", None, NOWHERE), kind)
    usable = [each for each in scope.terms.terms if not isinstance(each.kind, ListType)]
    if not usable and not scope.asks_states:
        return tree.Flag(draw(st.booleans()), NOWHERE)
    if not usable:
        return tree.IsState(tree.Name(scope.terms.terms[0].name, None, NOWHERE), _word("stated"), NOWHERE)
    term = draw(st.sampled_from(usable))
    return _about(draw, scope, _reference(draw, scope, term), term.kind)


def _reference(draw: DrawFn, scope: Scope, term: Known) -> tree.Name:
    if term.key is None:
        return tree.Name(term.name, None, NOWHERE)
    keys: list[str | None] = list(term.key.symbols)
    if scope.variable is not None and scope.variable[1] == term.key:
        keys = [scope.variable[0], *keys]
    if scope.positive:
        keys.append(None)
    return tree.Name(term.name, draw(st.sampled_from(keys)), NOWHERE)


def _about(draw: DrawFn, scope: Scope, left: tree.Expr, kind: Type) -> tree.Expr:
    """Return a condition on an operand of a type."""
    match kind:
        case SetType(element):
            return _about_set(draw, scope, left, element)
        case Scalar.BOOLEAN:
            if draw(st.booleans()):
                return left
            return tree.Comparison(draw(st.sampled_from(_EQUAL)), left, _right(draw, scope, kind), NOWHERE)
        case Scalar.TEXT if draw(st.booleans()):
            part = draw(st.sampled_from(["NIST", "sp  800", "soc"]))
            return tree.Comparison("includes", left, tree.Quoted(part, NOWHERE), NOWHERE)
        case Scalar() | EnumType():
            if draw(rarely(4)):
                return tree.Comparison("in", left, _collection(draw, scope, kind, min_size=1), NOWHERE)
            operator = draw(st.sampled_from(_ORDERED if is_ordered(kind) else _EQUAL))
            return tree.Comparison(operator, left, _right(draw, scope, kind), NOWHERE)
        case ListType() | RecordType():
            raise AssertionError(kind)


def _about_set(draw: DrawFn, scope: Scope, left: tree.Expr, element: Plain) -> tree.Expr:
    if scope.variable is not None and scope.variable[1] == element and draw(rarely(3)):
        chosen = tree.Name(scope.variable[0], None, NOWHERE)
        if draw(st.booleans()):
            return tree.Comparison("in", chosen, left, NOWHERE)
        return tree.Comparison("includes", left, chosen, NOWHERE)
    operator = draw(st.sampled_from(["within", "includes", "excludes", "=", "!="]))
    if isinstance(element, EnumType) and draw(rarely(4)):
        return tree.Comparison(operator, left, draw(literals(element)), NOWHERE)
    return tree.Comparison(operator, left, _collection(draw, scope, element, min_size=0), NOWHERE)


def _collection(draw: DrawFn, scope: Scope, element: Plain, min_size: int) -> tree.Expr:
    """Return a set written out, or a term that is one."""
    others = _others(scope, SetType(element))
    if len(others) > 0 and draw(rarely(4)):
        return _reference(draw, replace(scope, positive=False), draw(st.sampled_from(others)))
    return set_of(element, draw(subsets(element, min_size)))


def _right(draw: DrawFn, scope: Scope, kind: Plain) -> tree.Expr:
    """Return a value of a type: mostly written out, else a definition, another term, or a sum."""
    form = draw(st.integers(0, 9))
    definitions = [name for name, of in scope.values if of == kind]
    others = _others(scope, kind)
    plain = replace(scope, positive=False)
    if form == 9 and definitions:
        return tree.Name(draw(st.sampled_from(definitions)), None, NOWHERE)
    if form == 8 and others:
        return _reference(draw, plain, draw(st.sampled_from(others)))
    if form == 7 and kind in ADDABLE and others:
        term = _reference(draw, plain, draw(st.sampled_from(others)))
        return tree.Sum(term, draw(literals(kind)), draw(st.booleans()), NOWHERE)
    if form == 6 and kind in ADDABLE:
        return tree.Sum(draw(literals(kind)), draw(literals(kind)), draw(rarely(4)), NOWHERE)
    if form == 5 and kind is Scalar.MONEY and scope.terms.annual_fees is not None:
        return literal(Scalar.FEES, draw(st.sampled_from(DOMAIN[Scalar.FEES])))
    return draw(literals(kind))


def _others(scope: Scope, kind: Type) -> list[Known]:
    return [each for each in scope.terms.terms if each.kind == kind]


def _word(text: str) -> tree.Word:
    return tree.Word(text, NOWHERE)
