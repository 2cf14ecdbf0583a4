"""What there is to see of a policy: its conditions, guards, rungs, waivers and lists, each at its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, unique
from typing import TypeAlias

from termwise.core.expr import All, AnyOf, Constant, Defined, Expr, Not, Quantified, Stated
from termwise.core.policy import Policy, Rule, Waiver
from termwise.frozen import frozen, replace
from termwise.source import Source, Span
from termwise.testing.places import Places
from termwise.truth import Truth

_EITHER = (Truth.TRUE.value, Truth.FALSE.value)
_ANY = (*_EITHER, Truth.UNKNOWN.value)

SIZES = ("empty", "one", "many")
"""How many records a list can have, as far as a quantifier makes a difference of it."""

IN_FORCE = "in force"
"""What the guard is called that dates make of a rule."""

Place: TypeAlias = tuple["Kind", Span, str]
"""What tells a goal from every other: its kind, where it stands, and for a rung which one it is."""


@unique
class Kind(Enum):
    """The kinds of goals; the value is what a report calls several of them."""

    ATOM = "conditions"
    GUARD = "guards"
    RUNG = "rungs"
    LIST = "lists"
    WAIVER = "waivers"


@frozen
class Goal:
    """One thing to see, and each way in which it is to be seen.

    `owner` is the declaration it stands in, as a report names it; `text` what is written there.
    """

    place: Place
    owner: str
    span: Span
    wanted: tuple[str, ...]
    text: str = ""

    @property
    def kind(self) -> Kind:
        """What kind of thing it is."""
        return self.place[0]


def place_of(kind: Kind, span: Span, rung: str = "") -> Place:
    """Return the place of a goal; the rungs of a rule, of which all have the place of the rule, go by name."""
    return (kind, span, rung)


def own_rules(policy: Policy) -> tuple[Rule, ...]:
    """Return the rules that a policy wrote itself."""
    return tuple(rule for rule in policy.rules if rule.origin == policy.name)


def own_path(policy: Policy) -> str | None:
    """Return the file of a policy, as far as what it wrote can tell: its rules, or else its tests."""
    places = (*(rule.span for rule in own_rules(policy)), *(test.span for test in policy.tests))
    return places[0].path if places else None


def goals_of(policy: Policy, source: Source) -> tuple[Goal, ...]:
    """Return everything to see in what a policy, whose text this is, says itself, in source order."""
    places = Places(source)
    found: dict[Place, Goal] = {}
    goals = (
        *(goal for rule in own_rules(policy) for goal in _of_rule(rule)),
        *(goal for waiver in policy.waivers for goal in _of_waiver(waiver)),
    )
    for goal in goals:
        if goal.span.path == source.path:
            found.setdefault(goal.place, goal)
    in_order = sorted(found.values(), key=lambda goal: (goal.span.line, goal.span.column))
    return tuple(replace(goal, text=_text(goal, places)) for goal in in_order)


def _text(goal: Goal, places: Places) -> str:
    """Return what is written where a goal stands."""
    match goal.kind:
        case Kind.ATOM:
            return places.text(goal.span)
        case Kind.LIST:
            return places.text(goal.span).partition(" satisfies ")[0]
        case Kind.GUARD if goal.place[2]:
            return goal.place[2]
        case Kind.GUARD | Kind.RUNG | Kind.WAIVER:
            return places.text(places.statement(goal.span))


def _of_rule(rule: Rule) -> Iterator[Goal]:
    owner = f"rule {rule.base}"
    if rule.in_force_from is not None or rule.in_force_until is not None:
        yield Goal(place_of(Kind.GUARD, rule.span, IN_FORCE), owner, rule.span, _EITHER)
    for guard in (*rule.when, *rule.unless):
        if guard.span is not None:
            yield Goal(place_of(Kind.GUARD, guard.span), owner, guard.span, _EITHER)
    for word, conditions in (("prefer", rule.prefer), ("require", rule.require)):
        if conditions and conditions[0].span is not None:
            yield Goal(place_of(Kind.RUNG, rule.span, word), owner, conditions[0].span, ("landed",))
    for number, fallback in enumerate(rule.fallbacks, 1):
        yield Goal(place_of(Kind.RUNG, rule.span, f"fallback {number}"), owner, fallback.span, ("landed",))
    for condition in rule.conditions:
        yield from _of_condition(condition, owner)


def _of_waiver(waiver: Waiver) -> Iterator[Goal]:
    owner = f"waive {waiver.target}"
    yield Goal(place_of(Kind.WAIVER, waiver.span), owner, waiver.span, ("used",))
    if waiver.condition is not None:
        yield from _of_condition(waiver.condition, owner)


def _of_condition(expr: Expr, owner: str) -> Iterator[Goal]:
    match expr:
        case Not(operand):
            yield from _of_condition(operand, owner)
        case All(operands) | AnyOf(operands):
            for each in operands:
                yield from _of_condition(each, owner)
        case Defined(name, body):
            yield from _of_condition(body, f"define {name}")
        case Constant():
            return
        case Quantified(body=body):
            if expr.span is not None:
                yield Goal(place_of(Kind.LIST, expr.span), owner, expr.span, SIZES)
            yield from _of_condition(body, owner)
        case _:
            if expr.span is not None:
                wanted = _EITHER if isinstance(expr, Stated) else _ANY
                yield Goal(place_of(Kind.ATOM, expr.span), owner, expr.span, wanted)
