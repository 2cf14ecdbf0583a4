"""Rules that ask about each other's outcome in a circle: nothing could be said first, so it is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from termwise.check import problems as words
from termwise.core.expr import Passes, walk
from termwise.core.policy import Rule, Waiver
from termwise.diagnostics import Problems


def find_circles(rules: Sequence[Rule], waivers: Iterable[Waiver], problems: Problems) -> None:
    """Report every circle, starting with the rule that is declared first, and rules asked about that are not there."""
    by_name = {rule.name: rule for rule in rules}
    asked = {name: _asked(rule, waivers) for name, rule in by_name.items()}
    for name, others in asked.items():
        for other in others:
            if other not in by_name:
                problems.add(words.lost_rule(by_name[name].span, other, name))
    remaining = {name: [other for other in others if other in by_name] for name, others in asked.items()}
    while (circle := _circle(remaining)) is not None:
        first = min(circle, key=list(by_name).index)
        at = circle.index(first)
        problems.add(words.rule_cycle(by_name[first].span, [*circle[at:], *circle[:at], first]))
        for name in circle:
            remaining[name] = []


def _asked(rule: Rule, waivers: Iterable[Waiver]) -> list[str]:
    """Return the rules that the outcome of a rule depends on, a waiver's `while` included."""
    bounds = [each.condition for each in waivers if each.condition is not None and each.covers(rule)]
    found = (
        each.rule for condition in (*rule.conditions, *bounds) for each in walk(condition) if isinstance(each, Passes)
    )
    return list(dict.fromkeys(found))


def _circle(asked: Mapping[str, Sequence[str]]) -> list[str] | None:
    """Return one circle in the order of asking, or None."""
    try:
        TopologicalSorter(asked).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle[:0:-1]
    return None
