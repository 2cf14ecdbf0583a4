"""Contracts that pass a whole policy, group by group: only the groups that matter to a question are looked at anew.

A contract passes a policy if it passes all rules that count. Advice does not, unless somebody says so: a contract that
ignores it is accepted all the same, so nothing may be concluded from it.
"""

from __future__ import annotations

from termwise.analyze.encoding import View
from termwise.analyze.groups import Group, groups, related
from termwise.analyze.solve import BUDGET, Found
from termwise.analyze.study import Example, Study
from termwise.core.policy import Policy, Rule, Severity
from termwise.evaluate.judgement import Judgement

COUNTS = Severity.MINOR
"""How much a rule has to weigh for a contract that fails it to fail, if nobody says otherwise."""


class Passing:
    """The groups of rules of a policy, and for each a contract that passes it, found when it is first needed."""

    def __init__(self, policy: Policy, budget: int = BUDGET, fail_on: Severity = COUNTS) -> None:
        """Take the rules apart that weigh at least so much."""
        self.policy = policy
        self.rules = tuple(rule for rule in policy.rules if rule.severity.reaches(fail_on))
        self.groups: tuple[Group, ...] = groups(policy, self.rules)
        self._fail_on = fail_on
        self._budget = budget
        self._found: dict[Group, tuple[Found, Example]] = {}

    def near(self, terms: frozenset[str]) -> tuple[Rule, ...]:
        """Return the rules that have to be looked at together with some terms."""
        return tuple(rule for group in related(self.groups, terms) for rule in group.rules)

    def can_pass(self) -> Found:
        """Say whether some contract passes all groups."""
        answers = [self._passed(each)[0] for each in self.groups]
        if Found.NONE in answers:
            return Found.NONE
        return Found.UNDECIDED if Found.UNDECIDED in answers else Found.SOME

    def is_passed(self, judgement: Judgement) -> bool:
        """Whether a contract passes, by its judgement."""
        return all(each.outcome.passes for each in judgement.results if each.rule.severity.reaches(self._fail_on))

    @property
    def told(self) -> str:
        """What it is to pass, in a sentence."""
        all_of_them = len(self.rules) == len(self.policy.rules)
        return f"every rule of `{self.policy.name}`{'' if all_of_them else ' that counts'} passes"

    def completed(self, example: Example, terms: frozenset[str]) -> Example:
        """Return a contract that passes what is near some terms, with what makes it pass all the rest besides."""
        near = related(self.groups, terms)
        others = [self._passed(each)[1] for each in self.groups if each not in near]
        day = next((each.as_of for each in (example, *others) if each.as_of is not None), None)
        known = {name for name, _, _ in example.facts}
        further = (fact for each in others for fact in each.facts if fact[0] not in known)
        return Example((*example.facts, *further), day)

    def _passed(self, group: Group) -> tuple[Found, Example]:
        if group not in self._found:
            study = Study([(self.policy, rule) for rule in group.rules], budget=self._budget)
            answer = study.find(*(study.outcomes.passes(rule, View(self.policy)) for rule in group.rules))
            example = study.example([self.policy]) if answer is Found.SOME else Example((), None)
            self._found[group] = (answer, example)
        return self._found[group]
