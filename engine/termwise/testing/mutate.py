"""Which changes of a policy its own tests notice: every mutant is judged by them until one fails.

Only the tests run that expect something of a rule that the mutant changes, or of one that asks about such a rule, and
only those rules are judged: so the cost grows with the text, and not with the square of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from termwise.contracts.facts import Contract
from termwise.core.needs import Needs, narrowed, needs_of
from termwise.core.policy import Expectation, Policy, SelfTest
from termwise.evaluate.reference import judge
from termwise.frozen import frozen
from termwise.selftest import is_met, supposed
from termwise.source import Source
from termwise.testing.equivalent import is_equivalent
from termwise.testing.mutant import Kind, Mutant
from termwise.testing.mutants import mutants_of

_SEED = 20261124
"""With which a sample is drawn: the same text gives the same sample."""


@frozen
class Mutation:
    """What came of the mutants of a policy.

    `equivalent` survived and can be shown to mean what the policy means, so no test could notice them; `left_out` is
    how many were not tried, where a sample was asked for.
    """

    policy: Policy
    killed: tuple[Mutant, ...]
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...] = ()
    left_out: int = 0

    @property
    def tried(self) -> int:
        """How many mutants a test could have noticed."""
        return len(self.killed) + len(self.survivors)


def mutation(policy: Policy, source: Source, *, sample: int | None = None) -> Mutation:
    """Return which mutants of a policy its tests notice, of all or of a sample; the tests must hold without them."""
    every = mutants_of(policy, source)
    tried = sampled(every, sample)
    trial = _Trial(policy)
    killed, survivors, equivalent = [], [], []
    for mutant in tried:
        if trial.is_noticed(mutant):
            killed.append(mutant)
        elif is_equivalent(mutant, policy):
            equivalent.append(mutant)
        else:
            survivors.append(mutant)
    return Mutation(policy, tuple(killed), tuple(survivors), tuple(equivalent), len(every) - len(tried))


def sampled(mutants: Sequence[Mutant], size: int | None) -> Sequence[Mutant]:
    """Return a sample of mutants in their order, always the same one; all of them where there are no more."""
    if size is None or size >= len(mutants):
        return mutants
    chosen = sorted(Random(_SEED).sample(range(len(mutants)), size))
    return [mutants[number] for number in chosen]


class _Trial:
    """The tests of a policy, by what can make them fail."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._contracts = [(test, supposed(test, policy.vocabulary)) for test in policy.tests]
        self._needs = needs_of(policy)
        self._concerned = self._by_rule(self._needs)

    def is_noticed(self, mutant: Mutant) -> bool:
        """Whether a test fails on a mutant that expects something of what it changes."""
        changed = mutant.changed(self._policy)
        policy = mutant.of(self._policy)
        needs, concerned = self._needs, self._concerned
        if mutant.kind in (Kind.KEY, Kind.WAIVER):  # with another key, or for more rules, it asks about others
            needs = needs_of(policy)
            concerned = self._by_rule(needs)
        for number in sorted({number for name in changed for number in concerned.get(name, ())}):
            test, contract = self._contracts[number]
            expected = [each for each in test.expectations if not changed.isdisjoint(needs[each.rule])]
            if not _holds(test, contract, expected, policy, needs):
                return True
        return False

    def _by_rule(self, needs: Needs) -> dict[str, list[int]]:
        """Return the numbers of the tests that expect something of each rule, or of one that needs it."""
        found: dict[str, list[int]] = {}
        for number, (test, _) in enumerate(self._contracts):
            for name in frozenset[str]().union(*(needs[each.rule] for each in test.expectations)):
                found.setdefault(name, []).append(number)
        return found


def _holds(test: SelfTest, contract: Contract, expected: Iterable[Expectation], policy: Policy, needs: Needs) -> bool:
    small = narrowed(policy, (each.rule for each in expected), needs)
    judgement = judge(small, contract, test.as_of)
    found = {result.rule.name: result for result in judgement.results}
    return all(is_met(each, found[each.rule], judgement) for each in expected)
