"""What the tests of a file expect, by rule: for the lints that ask whether anything was left untried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.core.expr import Passes, walk
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule, SelfTest
from termwise.core.vocabulary import split_instance
from termwise.frozen import replace
from termwise.lint.subject import PolicyText
from termwise.selftest import run_test


def expected(text: PolicyText) -> dict[str, set[Outcome]]:
    """Return the outcomes that the tests of a file expect of each rule, whatever its key, where they expect any."""
    found: dict[str, set[Outcome]] = {}
    for test in text.policy.tests:
        for each in test.expectations:
            found.setdefault(split_instance(each.rule)[0], set()).add(each.outcome)
    return found


def tests_of(text: PolicyText, rule: Rule) -> Iterator[SelfTest]:
    """Yield the tests that expect something of a rule at its key."""
    return (test for test in text.policy.tests if any(each.rule == rule.name for each in test.expectations))


def rungs_reached(text: PolicyText, rule: Rule) -> frozenset[str]:
    """Return the rungs that the tests of a rule, at whatever key, leave it on: `prefer`, `require`, `fallback 1`, ….

    The outcomes that a test expects tell the rungs apart, but for fallbacks, of which there may be several: then the
    tests have to be run, for this rule and whatever it asks about alone.
    """
    outcomes = expected(text).get(rule.base, set())
    reached = {_RUNGS[outcome] for outcome in outcomes if outcome in _RUNGS}
    if len(rule.fallbacks) > 1 and Outcome.CONCEDED in outcomes:
        names = set(text.names_of(rule.base))
        small = _of_rules(text.policy, names)
        for test in text.policy.tests:
            kept = tuple(each for each in test.expectations if each.rule in names)
            if any(each.outcome is Outcome.CONCEDED for each in kept):
                ran = run_test(small, replace(test, expectations=kept))
                reached |= {each.rung for each in ran.judgement.results if each.rung and each.rule.name in names}
    return frozenset(reached)


_RUNGS = {Outcome.PREFERRED: "prefer", Outcome.MET: "require", Outcome.CONCEDED: "fallback 1"}


def involved(policy: Policy, names: Iterable[str]) -> tuple[Rule, ...]:
    """Return rules by name, with those whose outcome they depend on."""
    by_name = {rule.name: rule for rule in policy.rules}
    found: dict[str, Rule] = {}
    pending = list(names)
    while pending:
        name = pending.pop()
        if name in found:
            continue
        rule = found[name] = by_name[name]
        bounds = [each.condition for each in policy.waivers if each.condition is not None and each.covers(rule)]
        conditions = (*rule.conditions, *bounds)
        pending += [each.rule for condition in conditions for each in walk(condition) if isinstance(each, Passes)]
    return tuple(found.values())


def _of_rules(policy: Policy, names: set[str]) -> Policy:
    """Return a policy with some of its rules alone, and what they depend on."""
    kept = {rule.name for rule in involved(policy, names)}
    return replace(policy, rules=tuple(rule for rule in policy.rules if rule.name in kept), tests=())
