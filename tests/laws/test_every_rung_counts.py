"""Law: every rung counts. For each rung a shipped policy writes, one of its own tests lands on exactly that rung."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from judging import rungs_of_tests, shipped

from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule

POLICIES = shipped()


def rungs(rule: Rule) -> Iterator[str]:
    """Yield the names of the rungs of a rule, as judgements name them."""
    if rule.prefer:
        yield "prefer"
    yield "require"
    yield from (f"fallback {number}" for number in range(1, len(rule.fallbacks) + 1))


def by_author(rules: Iterable[Rule], policy: Policy) -> set[tuple[str, str]]:
    """Return every rung that a policy itself writes, once whatever the keys."""
    return {(rule.base, rung) for rule in rules if rule.origin == policy.name for rung in rungs(rule)}


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_every_rung_of_the_shipped_library_has_a_test_that_lands_on_it(policy: Policy) -> None:
    """Every rung counts: no rung of the shipped library is out of reach, or untested."""
    assert by_author(policy.rules, policy) <= rungs_of_tests(policy)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)
def test_every_rule_of_the_shipped_library_has_a_test_that_breaches_it(policy: Policy) -> None:
    """Below the last rung there is a breach, and a test of it."""
    own = {rule.base for rule in policy.rules if rule.origin == policy.name}
    breached = {
        expected.rule.partition("[")[0]
        for test in policy.tests
        for expected in test.expectations
        if expected.outcome is Outcome.BREACHED
    }
    assert own <= breached
