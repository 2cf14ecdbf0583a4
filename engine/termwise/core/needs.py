"""Which rules decide what comes of a rule, and a policy cut down to a few of them: most questions need no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from termwise.core.expr import Passes, walk
from termwise.core.policy import Policy
from termwise.frozen import replace

Needs = Mapping[str, frozenset[str]]
"""Every rule, by instance name, with itself and all the rules that its outcome depends on."""


def needs_of(policy: Policy) -> Needs:
    """Return which rules each rule of a policy needs."""
    asked = _asked(policy)
    return {name: _reached(name, asked) for name in asked}


def is_circular(policy: Policy) -> bool:
    """Whether some rule asks, by whatever way, about its own outcome."""
    asked = _asked(policy)
    return any(name in _reached(each, asked) for name in asked for each in asked[name])


def _asked(policy: Policy) -> dict[str, set[str]]:
    """Return which rules each rule asks about itself."""
    asked: dict[str, set[str]] = {}
    for rule in policy.rules:
        bounds = (each.condition for each in policy.waivers if each.condition is not None and each.covers(rule))
        parts = (each for condition in (*rule.conditions, *bounds) for each in walk(condition))
        asked[rule.name] = {each.rule for each in parts if isinstance(each, Passes)}
    return asked


def _reached(name: str, asked: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        here = pending.pop()
        if here not in found:
            found.add(here)
            pending += asked[here]
    return frozenset(found)


def narrowed(policy: Policy, names: Iterable[str], needs: Needs) -> Policy:
    """Return a policy with some of its rules alone, and what they need: the same comes of them."""
    kept = frozenset[str]().union(*(needs[name] for name in names))
    rules = tuple(rule for rule in policy.rules if rule.name in kept)
    waivers = tuple(each for each in policy.waivers if any(each.covers(rule) for rule in rules))
    return replace(policy, rules=rules, waivers=waivers)
