"""What the tests of a policy have seen of it: each condition true, false and unknown, each rung landed on, and so on.

Seen is what the reference interpreter looks at on its way to an outcome that a test expects: in the worlds in which it
climbs the ladder, behind no guard that is false. What nobody expects anything of is not seen, however often it is
evaluated. A place counts once, whatever the keys of its rule: a rule that stands for each of six keys is one text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.core.expr import All, AnyOf, Constant, Defined, Expr, Not, Quantified
from termwise.core.needs import Needs, needs_of
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule
from termwise.core.values import Exact
from termwise.evaluate.conditions import World, answer, in_records
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.evaluate.reference import Worlds, ladder, worlds
from termwise.frozen import frozen
from termwise.selftest import TestResult
from termwise.source import Source
from termwise.testing.goals import IN_FORCE, SIZES, Goal, Kind, Place, goals_of, place_of
from termwise.truth import known


@frozen
class Covered:
    """A goal, and what of it the tests have seen."""

    goal: Goal
    seen: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """What no test has seen."""
        return tuple(each for each in self.goal.wanted if each not in self.seen)


@frozen
class Coverage:
    """How much of a policy its tests have seen: every goal, in source order."""

    policy: Policy
    covered: tuple[Covered, ...]

    def count(self, kind: Kind | None = None) -> tuple[int, int]:
        """Return how much was seen of one kind of goals, or of all, and how much there is to see."""
        of_kind = [each for each in self.covered if kind in (None, each.goal.kind)]
        wanted = sum(len(each.goal.wanted) for each in of_kind)
        return wanted - sum(len(each.missing) for each in of_kind), wanted


def coverage(policy: Policy, source: Source, results: Iterable[TestResult]) -> Coverage:
    """Return what tests of a policy have seen of what its own text says; what it inherits is for others to test."""
    seen: set[tuple[Place, str]] = set()
    needs = needs_of(policy)
    for result in results:
        seen.update(_seen(result, needs))
    found: dict[Place, set[str]] = {}
    for place, what in seen:
        found.setdefault(place, set()).add(what)
    return Coverage(
        policy, tuple(Covered(each, frozenset(found.get(each.place, ()))) for each in goals_of(policy, source))
    )


def _seen(test: TestResult, needs: Needs) -> Iterator[tuple[Place, str]]:
    """Yield what one test has seen: of the rules that it expects something of, and of those that they ask about."""
    names = frozenset[str]().union(*(needs[each.rule] for each in test.test.expectations))
    views = worlds(test.judgement.policy, test.judgement)
    for result in test.judgement.results:
        if result.rule.name in names:
            yield from _of_rule(result, test.judgement, views)


def _of_rule(result: RuleResult, judgement: Judgement, views: Worlds) -> Iterator[tuple[Place, str]]:
    rule = result.rule
    if result.outcome in (Outcome.PREFERRED, Outcome.MET, Outcome.CONCEDED) and result.rung is not None:
        yield place_of(Kind.RUNG, rule.span, result.rung), "landed"
    for world in _climbed(rule, judgement, views):
        yield from _on_ladder(rule, judgement, world)
    if result.waiver is not None:
        yield place_of(Kind.WAIVER, result.waiver.span), "used"
    if result.waiver is not None or not result.outcome.passes:
        for each in judgement.policy.waivers:
            tried = each.covers(rule) and each.contract == judgement.contract.id and judgement.as_of <= each.until
            if tried and each.condition is not None:
                yield from _of_condition(each.condition, views.assured)


def _climbed(rule: Rule, judgement: Judgement, views: Worlds) -> Iterator[World]:
    """Yield the worlds in which the interpreter climbs a ladder: as far as it needs to go."""
    yield views.assured
    if ladder(rule, views.assured, judgement.as_of).outcome.passes:
        return
    yield views.everything
    if views.presumed is not views.everything and not ladder(rule, views.everything, judgement.as_of).outcome.passes:
        yield views.presumed


def _on_ladder(rule: Rule, judgement: Judgement, world: World) -> Iterator[tuple[Place, str]]:
    yield place_of(Kind.GUARD, rule.span, IN_FORCE), known(rule.is_in_force(judgement.as_of)).value
    for guard in (*rule.when, *rule.unless):
        if guard.span is not None:
            yield place_of(Kind.GUARD, guard.span), answer(guard, world).truth.value
        yield from _of_condition(guard, world)
    if ladder(rule, world, judgement.as_of).outcome is Outcome.NOT_APPLICABLE:
        return
    for condition in (*rule.prefer, *rule.require, *(each.condition for each in rule.fallbacks)):
        yield from _of_condition(condition, world)


def _of_condition(expr: Expr, world: World) -> Iterator[tuple[Place, str]]:
    match expr:
        case Not(operand):
            yield from _of_condition(operand, world)
        case All(operands) | AnyOf(operands):
            for each in operands:
                yield from _of_condition(each, world)
        case Defined(_, body):
            yield from _of_condition(body, world)
        case Constant():
            return
        case Quantified(_, _, records, body):
            said = world.said.get(records.name)
            if expr.span is not None and isinstance(said, Exact) and isinstance(said.value, tuple):
                yield place_of(Kind.LIST, expr.span), SIZES[min(len(said.value), 2)]
            for within in in_records(expr, world):
                yield from _of_condition(body, within)
        case _:
            if expr.span is not None:
                yield place_of(Kind.ATOM, expr.span), answer(expr, world).truth.value
