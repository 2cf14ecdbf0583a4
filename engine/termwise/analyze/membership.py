"""Comparisons of sets, of elements with sets, and of texts: element by element, over the few that matter.

A set is known by what it surely has and what it can have. `t within s` holds if `s` surely has whatever `t` can have,
and fails if `t` surely has something that `s` cannot have.
"""

from __future__ import annotations

from collections.abc import Sequence

from termwise.analyze.cells import Choice, Members, Steps
from termwise.analyze.ordering import Verdict, negated
from termwise.analyze.script import FALSE, TRUE, Formula, Script, negation
from termwise.core.expr import Op
from termwise.core.values import Value


def constant_members(universe: Sequence[Value | None], value: frozenset[Value]) -> Members:
    """Return the cell of a set that is written out."""
    has = tuple(TRUE if each is not None and each in value else FALSE for each in universe)
    return Members(tuple(universe), has, has, FALSE)


def constant_choice(options: Sequence[str | None], value: Value) -> Choice:
    """Return the cell of a text that is written out."""
    return Choice(tuple(options), tuple(TRUE if each == value else FALSE for each in options), {})


def compare_sets(op: Op, left: Members, right: Members, script: Script) -> Verdict:
    """Compare two sets over one universe."""
    match op:
        case Op.WITHIN:
            return _within(left, right, script)
        case Op.INCLUDES:
            return _within(right, left, script)
        case Op.EXCLUDES:
            return _excludes(left, right, script)
        case Op.NE:
            return negated(compare_sets(Op.EQ, left, right, script))
        case _:
            one, other = _within(left, right, script), _within(right, left, script)
            return Verdict(script.both(one.holds, other.holds), script.either(one.fails, other.fails))


def _within(inner: Members, outer: Members, script: Script) -> Verdict:
    holds = (script.implies(can, has) for can, has in zip(inner.can, outer.has, strict=True))
    fails = (script.both(has, negation(can)) for has, can in zip(inner.has, outer.can, strict=True))
    return Verdict(script.both(negation(inner.more), *holds), script.either(*fails))


def _excludes(left: Members, right: Members, script: Script) -> Verdict:
    apart = (negation(script.both(one, other)) for one, other in zip(left.can, right.can, strict=True))
    meet = (script.both(one, other) for one, other in zip(left.has, right.has, strict=True))
    limited = script.both(negation(left.more), negation(right.more), *apart)
    return Verdict(script.either(_is_empty(left, script), _is_empty(right, script), limited), script.either(*meet))


def _is_empty(cell: Members, script: Script) -> Formula:
    return negation(script.either(cell.more, *cell.can))


def member(item: Steps | Choice, members: Members, script: Script) -> Verdict:
    """Return whether an element is in a set: surely if all that it can be is, surely not if nothing of it can be."""
    can_be = _possible(item, script)
    holds = (script.implies(possible, has) for possible, has in zip(can_be, members.has, strict=True))
    fails = (negation(script.both(possible, can)) for possible, can in zip(can_be, members.can, strict=True))
    return Verdict(script.both(*holds), script.both(*fails))


def _possible(item: Steps | Choice, script: Script) -> tuple[Formula, ...]:
    match item:
        case Choice(_, chosen):
            return chosen
        case Steps(points):
            places = range(len(points))
            return tuple(script.both(negation(item.low_from(at + 1)), item.high_from(at)) for at in places)


def compare_texts(op: Op, left: Choice, right: Choice, script: Script) -> Verdict:
    """Compare two texts, letter by letter."""
    same = script.either(*(script.both(one, two) for one, two in zip(left.chosen, right.chosen, strict=True)))
    found = Verdict(same, negation(same))
    return negated(found) if op is Op.NE else found


def has_part(cell: Choice, part: str, script: Script) -> Verdict:
    """Return whether a text has a part."""
    pairs = zip(cell.chosen, cell.includes[part], strict=True)
    found = script.either(*(script.both(chosen, includes) for chosen, includes in pairs))
    return Verdict(found, negation(found))
