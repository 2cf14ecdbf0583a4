"""Every question about a policy, in order: the page on which a policy is put to the proof.

What is asked of a rule alone comes first, then what is asked of rules that share terms, then what the author claims. A
rule that is at fault for itself is not blamed a second time for what follows from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.analyze import alone
from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, Point, found, merged, passes, undecided
from termwise.analyze.conflicts import Conflicts
from termwise.analyze.groups import Group, groups, terms_of_rule
from termwise.analyze.implied import implied
from termwise.analyze.monotone import punished
from termwise.analyze.passing import Passing
from termwise.analyze.promises import granted, guaranteed, replaced
from termwise.analyze.solve import BUDGET, Found
from termwise.analyze.study import Study
from termwise.core.policy import Policy, Rule
from termwise.diagnostics.finding import Finding


def findings(policy: Policy, *, budget: int = BUDGET) -> tuple[Finding, ...]:
    """Return everything that is proved to be amiss with a policy, and what could not be decided within a budget."""
    return merged(_Questions(policy, budget).findings())


class _Questions:
    """One policy, and what is known of it so far."""

    def __init__(self, policy: Policy, budget: int) -> None:
        self._policy = policy
        self._budget = budget
        self._at_fault: set[str] = set()
        self._whole = Passing(policy, budget)
        self._is_impassable = False

    def findings(self) -> Iterator[Finding]:
        for rule in self._policy.rules:
            yield from self._alone(rule)
        for group in groups(self._policy, self._policy.rules):
            yield from self._together(group)
        yield from self._claims()

    def _alone(self, rule: Rule) -> Iterator[Finding]:
        faults = list(alone.findings(self._policy, rule, self._budget))
        yield from faults
        if any(each.diagnostic.code in words.USELESS for each in faults):
            self._at_fault.add(rule.name)
        else:
            yield from punished(self._policy, rule, self._budget)

    def _together(self, group: Group) -> Iterator[Finding]:
        study = Study([(self._policy, rule) for rule in group.rules], budget=self._budget)
        conflicts = Conflicts(self._policy, group, study)
        answer = study.find(*conflicts.passing)
        if answer is Found.UNDECIDED:
            question = f"a contract can pass `{self._policy.name}`"
            yield undecided(group.rules[0].span, question, OUTSIDE, group.rules)
        if len(group.rules) > 1:
            yield from conflicts.findings()
        if answer is Found.NONE:
            if not self._is_impassable and study.find(*conflicts.counting) is Found.NONE:
                self._is_impassable = True
                yield self._impassable(study, conflicts, group)
        elif len(group.rules) > 1:
            yield from implied(
                self._policy,
                group.rules,
                conflicts.passing,
                study,
                ignored=frozenset(self._at_fault),
                budget=self._budget,
            )

    def _impassable(self, study: Study, conflicts: Conflicts, group: Group) -> Finding:
        """Return that no contract passes, shown by one that passes all but one of those that are the reason."""
        core = conflicts.unpassable()
        *kept, last = core
        passing = [conflicts.passing[group.rules.index(rule)] for rule in kept]
        names = frozenset[str]().union(*(terms_of_rule(rule, self._policy) for rule in core))
        example = study.illustration([self._policy], *passing, names=names) or alone.SILENCE
        point = Point(
            self._policy,
            tuple(core),
            lambda judged: all(passes(judged, rule) for rule in kept) and not passes(judged, last),
        )
        return found(words.impassable(self._policy.name, core), point, example)

    def _claims(self) -> Iterator[Finding]:
        policy, budget = self._policy, self._budget
        for replacement in policy.replacements:
            yield from replaced(policy, replacement, budget)
        for clause in policy.clauses:
            for rule in _naming(policy.rules, clause.name):
                if rule.name not in self._at_fault:
                    yield from granted(policy, clause, rule, budget)
        if not self._is_impassable:
            for guarantee in policy.guarantees:
                yield from guaranteed(policy, guarantee, self._whole, budget)


def _naming(rules: Sequence[Rule], clause: str) -> Iterator[Rule]:
    """Yield the rules that name a clause."""
    return (rule for rule in rules if rule.clause == clause)
