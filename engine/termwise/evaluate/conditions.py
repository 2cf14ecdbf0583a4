"""When a condition holds, in one reading of a contract: strong Kleene truth, with the causes of every unknown.

Part of the reference interpreter, and as plain: one `match` over the whole language, nothing remembered between calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

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
from termwise.core.values import Bounded, Content, Exact, Record, Referred, Vague
from termwise.evaluate.compare import Range, added, compare, dimensions, in_money, is_one_point, range_of
from termwise.evaluate.judgement import Cause, State
from termwise.frozen import frozen, replace
from termwise.truth import Truth, all_of, any_of, known, negate
from termwise.types import ListType, Type


@frozen
class Answer:
    """The truth of a condition in a world, with the causes of what is unknown (none where it is known)."""

    truth: Truth
    causes: frozenset[Cause] = frozenset()


@frozen
class Known:
    """What an operand can be, which terms it was read from, and which of them leave something open."""

    values: Range
    read: frozenset[Cause] = frozenset()
    open: frozenset[Cause] = frozenset()


@frozen
class Open:
    """An operand of which nothing is known."""

    causes: frozenset[Cause]


@frozen
class World:
    """One reading of a contract: what is taken as said, what came of other rules, which record a variable stands for.

    A term is silent where `said` has no entry for it. `stated` are the terms of which any document speaks at all.
    """

    policy: Policy
    said: Mapping[str, Content | State]
    stated: frozenset[str]
    rules: Mapping[str, Answer]
    records: Mapping[str, tuple[Cause, Record]] = MappingProxyType({})


def answer(expr: Expr, world: World) -> Answer:
    """Return the truth of a condition in a world: strong Kleene, with the causes of every unknown."""
    match expr:
        case Compare():
            return _compare(expr, world)
        case All(operands):
            return all_answers([answer(each, world) for each in operands])
        case AnyOf(operands):
            return any_answer([answer(each, world) for each in operands])
        case Not(operand):
            return not_answer(answer(operand, world))
        case Defined(_, body):
            return answer(body, world)
        case Stated(term):
            return Answer(known(_is_stated(term, world)))
        case Passes(rule):
            return world.rules[rule]
        case Quantified():
            return _quantified(expr, world)
        case Constant() | TermRef() | FieldRef() | Add():
            return _compare_with_yes(expr, world)


def _compare(expr: Compare, world: World) -> Answer:
    left, right = operand(expr.left, world), operand(expr.right, world)
    if isinstance(left, Open) or isinstance(right, Open):
        sides = [side.causes for side in (left, right) if isinstance(side, Open)]
        return Answer(Truth.UNKNOWN, frozenset[Cause]().union(*sides))
    if expr.op is Op.IN and expr.annual_fees is not None and isinstance(right.values.low, frozenset):
        members = [replace(right, values=Range(each, each)) for each in right.values.low]
        return any_answer([_of_two(Op.EQ, left, each, world) for each in members])
    return _of_two(expr.op, left, right, world)


def _of_two(op: Op, left: Known, right: Known, world: World) -> Answer:
    sides = _in_one_dimension(left, right, world)
    if isinstance(sides, Open):
        return Answer(Truth.UNKNOWN, sides.causes)
    left, right = sides
    truth = compare(op, left.values, right.values, world.policy.holidays)
    read = left.read | right.read
    if truth is None:
        return Answer(Truth.UNKNOWN, _in_state(State.VAGUE, read))
    if truth is Truth.UNKNOWN:
        return Answer(truth, _in_state(State.BOUNDED, left.open | right.open or read))
    return Answer(truth)


def _is_stated(term: TermRef | FieldRef, world: World) -> bool:
    if isinstance(term, TermRef):
        return term.name in world.stated
    return term.name in world.records[term.variable][1].fields


def _compare_with_yes(expr: Expr, world: World) -> Answer:
    """Return whether a boolean holds that stands alone."""
    found = operand(expr, world)
    if isinstance(found, Open):
        return Answer(Truth.UNKNOWN, found.causes)
    return Answer(known(found.values.low is True))


def _quantified(expr: Quantified, world: World) -> Answer:
    match world.said.get(expr.records.name, State.SILENT):
        case Exact(value=tuple()):
            rest = []
        case Bounded(low=tuple()):  # the records that are known; there may be more
            rest = [Answer(Truth.UNKNOWN, frozenset((Cause(expr.records.name, State.BOUNDED),)))]
        case said:
            return Answer(Truth.UNKNOWN, frozenset((Cause(expr.records.name, _state(said)),)))
    answers = [answer(expr.body, each) for each in in_records(expr, world)]
    match expr.quantifier:
        case Quantifier.EVERY:
            return all_answers([*answers, *rest])
        case Quantifier.SOME:
            return any_answer([*answers, *rest])
        case Quantifier.NO:
            return not_answer(any_answer([*answers, *rest]))


def in_records(expr: Quantified, world: World) -> Iterator[World]:
    """Yield the world within each record that is known of the list a quantifier runs over."""
    match world.said.get(expr.records.name):
        case Exact(value=tuple(records)) | Bounded(low=tuple(records)):
            for number, record in enumerate(records, 1):
                place = Cause(expr.records.name, State.SILENT, f"[{number}]")
                yield replace(world, records={**world.records, expr.variable: (place, record)})
        case _:
            return


# --------------------------------------------------------------------------------------------------- operands


def operand(expr: Expr, world: World) -> Known | Open:
    """Return what the side of a comparison can be."""
    match expr:
        case TermRef(name):
            term = world.policy.vocabulary.term_of(name)
            assert term is not None
            return _read(world.said.get(name, State.SILENT), Cause(name, State.SILENT), term.type, world)
        case Constant(value):
            return Known(Range(value, value))
        case FieldRef(variable, name):
            place, record = world.records[variable]
            kind = _field_type(world, place.term, name)
            said = record.fields.get(name, State.SILENT)
            return _read(said, replace(place, part=f"{place.part}.{name}"), kind, world)
        case Add(left, right, negative):
            return _added(operand(left, world), operand(right, world), negative, world)
        case Defined(_, body):
            return operand(body, world)
        case Compare() | Stated() | Passes() | Not() | All() | AnyOf() | Quantified():
            raise AssertionError("the checker lets no condition be an operand")


def _read(said: Content | State, place: Cause, kind: Type, world: World) -> Known | Open:
    if not isinstance(said, Exact | Bounded):
        return Open(frozenset((Cause(place.term, _state(said), place.part),)))
    values = range_of(said, kind)
    read = frozenset((place,))
    return Known(values, read, frozenset() if is_one_point(values, world.policy.holidays) else read)


def _added(left: Known | Open, right: Known | Open, negative: bool, world: World) -> Known | Open:
    if isinstance(left, Open) or isinstance(right, Open):
        return Open(frozenset[Cause]().union(*(side.causes for side in (left, right) if isinstance(side, Open))))
    sides = _in_one_dimension(left, right, world)
    if isinstance(sides, Open):
        return sides
    left, right = sides
    values = added(left.values, right.values, negative=negative)
    if values is None:
        return Open(_in_state(State.VAGUE, left.read | right.read))
    return Known(values, left.read | right.read, left.open | right.open)


def _in_one_dimension(left: Known, right: Known, world: World) -> tuple[Known, Known] | Open:
    """Return two operands, both in money where months of fees meet an amount; that needs the fees of a year."""
    if len(dimensions(left.values, right.values)) < 2:
        return left, right
    term = world.policy.vocabulary.annual_fees
    assert term is not None
    annual = operand(TermRef(term), world)
    return annual if isinstance(annual, Open) else (_in_money(left, annual), _in_money(right, annual))


def _in_money(side: Known, annual: Known) -> Known:
    values = in_money(side.values, annual.values)
    return side if values == side.values else Known(values, side.read | annual.read, side.open | annual.open)


def _field_type(world: World, list_name: str, name: str) -> Type:
    term = world.policy.vocabulary.term_of(list_name)
    assert term is not None and isinstance(term.type, ListType)
    kind = term.type.record.field(name)
    assert kind is not None
    return kind


# -------------------------------------------------------------------------------------------- truth with causes


def not_answer(operand: Answer) -> Answer:
    """Return whether the operand fails."""
    return Answer(negate(operand.truth), operand.causes)


def all_answers(operands: Sequence[Answer]) -> Answer:
    """Return whether every operand holds."""
    truth = all_of(each.truth for each in operands)
    return Answer(truth, unknown_causes(operands) if truth is Truth.UNKNOWN else frozenset())


def any_answer(operands: Sequence[Answer]) -> Answer:
    """Return whether some operand holds."""
    truth = any_of(each.truth for each in operands)
    return Answer(truth, unknown_causes(operands) if truth is Truth.UNKNOWN else frozenset())


def unknown_causes(operands: Iterable[Answer]) -> frozenset[Cause]:
    """Return why those operands are unknown that are."""
    return frozenset(cause for each in operands if each.truth is Truth.UNKNOWN for cause in each.causes)


def _in_state(state: State, places: frozenset[Cause]) -> frozenset[Cause]:
    return frozenset(Cause(place.term, state, place.part) for place in places)


def _state(said: Content | State) -> State:
    """Return why something that was said (or not) is no value."""
    match said:
        case State():
            return said
        case Vague():
            return State.VAGUE
        case Referred():
            return State.REFERRED
        case Exact() | Bounded():
            return State.BOUNDED
