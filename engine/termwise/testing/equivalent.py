"""Whether a mutant that no test notices can be noticed at all: tried on every contract that could tell the two apart.

Where each condition compares one term with figures, symbols or sets that are written out, a term can only say finitely
many different things: what lies between two figures is all the same. So what has changed is asked of one contract of
each kind, and if none tells it from what stood there, no contract does; else the ladders of both rules are climbed for
one contract of each kind. Of other rules nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import TypeAlias

from termwise.core.cause import Cause, State
from termwise.core.expr import All, AnyOf, Compare, Constant, Defined, Expr, FieldRef, Not, Quantified, Stated, TermRef
from termwise.core.policy import Policy, Rule
from termwise.core.values import Content, Record, Vague
from termwise.core.vocabulary import Vocabulary
from termwise.evaluate.conditions import Answer, World, answer
from termwise.evaluate.reference import ladder
from termwise.frozen import frozen
from termwise.testing.critical import contents
from termwise.testing.mutant import Mutant
from termwise.types import ListType, Type

_MOST = 4_096
"""How many contracts are tried at most for one question: more are worth less than the time."""

_Place: TypeAlias = TermRef | FieldRef
_Said: TypeAlias = Content | None
"""What a contract says in one place; None: nothing."""


@frozen
class _Difference:
    """Two conditions that stand in one place, and the list that each variable in them is a record of."""

    one: Expr
    other: Expr
    lists: Mapping[str, str]


def is_equivalent(mutant: Mutant, policy: Policy) -> bool:
    """Whether it is certain that no contract tells a mutant from its policy."""
    if mutant.waivers is not None or mutant.assurance is not None:
        return False
    before = {rule.name: rule for rule in policy.rules}
    return all(_are_equivalent(before[rule.name], rule, policy) for rule in mutant.rules)


def _are_equivalent(one: Rule, other: Rule, policy: Policy) -> bool:
    if (one.in_force_from, one.in_force_until) != (other.in_force_from, other.in_force_until):
        return False
    if _has_shape_of(one, other):
        pairs = zip(one.conditions, other.conditions, strict=True)
        if all(_mean_the_same(each, policy) for pair in pairs for each in _differences(*pair, {})):
            return True
    day = one.in_force_from or one.in_force_until or date.min
    worlds = _Worlds(policy, {}).telling_apart((*one.conditions, *other.conditions))
    return worlds is not None and all(ladder(one, world, day) == ladder(other, world, day) for world in worlds)


def _has_shape_of(one: Rule, other: Rule) -> bool:
    """Whether two rules have as many statements of each kind, and the same approvals."""
    kinds = ("when", "unless", "prefer", "require", "fallbacks")
    approvals, others = ([each.approved_by for each in rule.fallbacks] for rule in (one, other))
    return approvals == others and all(len(getattr(one, kind)) == len(getattr(other, kind)) for kind in kinds)


def _differences(one: Expr, other: Expr, lists: Mapping[str, str]) -> Iterator[_Difference]:
    """Yield the smallest parts in which two conditions differ."""
    if one == other:
        return
    match one, other:
        case (Not(mine), Not(theirs)) | (Defined(_, mine), Defined(_, theirs)):
            yield from _differences(mine, theirs, lists)
        case (All(mine), All(theirs)) | (AnyOf(mine), AnyOf(theirs)) if len(mine) == len(theirs):
            for pair in zip(mine, theirs, strict=True):
                yield from _differences(*pair, lists)
        case Quantified(), Quantified() if one.quantifier is other.quantifier and one.records == other.records:
            yield from _differences(one.body, other.body, {**lists, one.variable: one.records.name})
        case _:
            yield _Difference(one, other, lists)


def _mean_the_same(different: _Difference, policy: Policy) -> bool:
    one, other = different.one, different.other
    worlds = _Worlds(policy, different.lists).telling_apart((one, other))
    return worlds is not None and all(answer(one, world) == answer(other, world) for world in worlds)


@frozen
class _Worlds:
    """Makes worlds for a policy, within records of some lists."""

    policy: Policy
    lists: Mapping[str, str]

    def telling_apart(self, conditions: Iterable[Expr]) -> Iterator[World] | None:
        """Return a world of each kind that some conditions tell apart; None if they are not known, or too many."""
        by_place: dict[_Place, list[Expr]] = {}
        for atom in (atom for condition in conditions for atom in _atoms(condition)):
            place = _place_of(atom)
            if place is None:
                return None
            by_place.setdefault(place, []).append(atom)
        possible = [self._kinds(place, atoms) for place, atoms in by_place.items()]
        kinds = [said for said in possible if said is not None]
        if len(kinds) < len(possible) or prod(map(len, kinds)) > _MOST:
            return None
        return (self._world(dict(zip(by_place, chosen, strict=True))) for chosen in product(*kinds))

    def _kinds(self, place: _Place, atoms: Sequence[Expr]) -> list[_Said] | None:
        """Return what can be said in a place, as far as some conditions on it alone tell; None if that is not known."""
        kind = self._type_of(place, self.policy.vocabulary)
        compares = [atom for atom in atoms if isinstance(atom, Compare)]
        values = [side.value for each in compares for side in _sides(each) if isinstance(side, Constant)]
        found = None if kind is None else contents(kind, values)
        if found is None or (self._is_presumed(place) and any(isinstance(each, Stated) for each in atoms)):
            return None  # what is presumed is said, and not stated
        kinds: dict[tuple[Answer, ...], _Said] = {}
        for said in (None, Vague("some words"), *found):
            world = self._world({place: said})
            kinds.setdefault(tuple(answer(atom, world) for atom in atoms), said)
        return list(kinds.values())

    def _world(self, said: Mapping[_Place, _Said]) -> World:
        terms = {place.name: each for place, each in said.items() if isinstance(place, TermRef) and each is not None}
        records = {
            variable: (
                Cause(name, State.SILENT, "[1]"),
                Record({
                    place.name: each
                    for place, each in said.items()
                    if isinstance(place, FieldRef) and place.variable == variable and each is not None
                }),
            )
            for variable, name in self.lists.items()
        }  # fmt: skip
        return World(self.policy, terms, frozenset(terms), {}, records)

    def _type_of(self, place: _Place, vocabulary: Vocabulary) -> Type | None:
        match place:
            case TermRef(name):
                term = vocabulary.term_of(name)
                return None if term is None else term.type
            case FieldRef(variable, name):
                term = vocabulary.term_of(self.lists.get(variable, ""))
                return term.type.record.field(name) if term is not None and isinstance(term.type, ListType) else None

    def _is_presumed(self, place: _Place) -> bool:
        term = self.policy.vocabulary.term_of(place.name) if isinstance(place, TermRef) else None
        return term is not None and term.presume is not None


def _atoms(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Not(operand) | Defined(_, operand):
            yield from _atoms(operand)
        case All(operands) | AnyOf(operands):
            yield from (atom for each in operands for atom in _atoms(each))
        case Constant():
            return
        case _:
            yield expr


def _place_of(atom: Expr) -> _Place | None:
    """Return the one place that a condition is about, or None where it is about more than a place and values."""
    match atom:
        case TermRef() | FieldRef():
            return atom
        case Stated(place):
            return place
        case Compare(annual_fees=None):
            places = [side for side in _sides(atom) if isinstance(side, TermRef | FieldRef)]
            others = [side for side in _sides(atom) if not isinstance(side, TermRef | FieldRef | Constant)]
            return places[0] if len(places) == 1 and not others else None
        case _:
            return None


def _sides(compare: Compare) -> tuple[Expr, Expr]:
    return _opened(compare.left), _opened(compare.right)


def _opened(expr: Expr) -> Expr:
    return _opened(expr.body) if isinstance(expr, Defined) else expr
