"""What there is to see of a policy: its conditions, guards, rungs, waivers and lists, each at its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, unique
from typing import TypeAlias

from termwise.core.expr import All, AnyOf, Constant, Defined, Expr, Not, Quantified, Stated
from termwise.core.policy import Policy, Rule
from termwise.core.wording import write_expr
from termwise.frozen import frozen
from termwise.source import Span
from termwise.truth import Truth

_EITHER = (Truth.TRUE.value, Truth.FALSE.value)
_ANY = (*_EITHER, Truth.UNKNOWN.value)

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

    `owner` is the declaration it stands in, as a report names it; `text` what it says, at one of its keys.
    """

    place: Place
    owner: str
    span: Span
    text: str
    wanted: tuple[str, ...]

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


def goals_of(policy: Policy) -> tuple[Goal, ...]:
    """Return everything to see in what a policy says itself, in source order."""
    path = own_path(policy)
    found: dict[Place, Goal] = {}
    for rule in own_rules(policy):
        for goal in _of_rule(rule):
            found.setdefault(goal.place, goal)
    for waiver in policy.waivers:
        owner = f"waive {waiver.target}"
        text = f'waive {waiver.target} for contract "{waiver.contract}"'
        goals = [Goal(place_of(Kind.WAIVER, waiver.span), owner, waiver.span, text, ("used",))]
        if waiver.condition is not None:
            goals += _of_condition(waiver.condition, owner)
        for goal in goals:
            found.setdefault(goal.place, goal)
    own = (goal for goal in found.values() if goal.span.path == path)
    return tuple(sorted(own, key=lambda goal: (goal.span.line, goal.span.column)))


def _of_rule(rule: Rule) -> Iterator[Goal]:
    owner = f"rule {rule.base}"
    if rule.in_force_from is not None or rule.in_force_until is not None:
        yield Goal(place_of(Kind.GUARD, rule.span), owner, rule.span, "in force", _EITHER)
    for word, guards in (("when", rule.when), ("unless", rule.unless)):
        for guard in guards:
            if guard.span is not None:
                text = f"{word} {write_expr(guard)}"
                yield Goal(place_of(Kind.GUARD, guard.span), owner, guard.span, text, _EITHER)
    yield from _rungs(rule, owner)
    for condition in rule.conditions:
        yield from _of_condition(condition, owner)


def _rungs(rule: Rule, owner: str) -> Iterator[Goal]:
    for word, conditions in (("prefer", rule.prefer), ("require", rule.require)):
        if conditions and conditions[0].span is not None:
            text = f"{word} {' and '.join(map(write_expr, conditions))}"
            yield Goal(place_of(Kind.RUNG, rule.span, word), owner, conditions[0].span, text, ("landed",))
    for number, fallback in enumerate(rule.fallbacks, 1):
        text = f"fallback {write_expr(fallback.condition)}"
        yield Goal(place_of(Kind.RUNG, rule.span, f"fallback {number}"), owner, fallback.span, text, ("landed",))


def _of_condition(expr: Expr, owner: str) -> Iterable[Goal]:
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
        case Quantified(quantifier, variable, records, body):
            if expr.span is not None:
                text = f"{quantifier.value} {variable} in {records.name}"
                yield Goal(place_of(Kind.LIST, expr.span), owner, expr.span, text, ("empty", "one", "many"))
            yield from _of_condition(body, owner)
        case _:
            if expr.span is not None:
                wanted = _EITHER if isinstance(expr, Stated) else _ANY
                yield Goal(place_of(Kind.ATOM, expr.span), owner, expr.span, write_expr(expr), wanted)
