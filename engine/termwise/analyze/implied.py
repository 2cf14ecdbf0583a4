"""Rules that follow from others: whatever passes those passes these.

A rule is only said to follow from rules that weigh as much as it does or more: a dealbreaker is not idle because some
advice asks for the same. Of two rules that say the same, the later one follows. A rule that applies only where others
fail is not idle either: it says what is asked for instead.

Few rules follow from others, and most of the rest are cleared by a contract near at hand: one that passes everything is
changed in what the rule reads, and if that fails the rule and nothing else, the rule follows from nothing. Where the
change fails others too, those are looked at together with the rule, and so on: the solver never has to look at more
rules than have a say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, Point, found, passes, undecided
from termwise.analyze.encoding import View
from termwise.analyze.groups import terms_of_rule
from termwise.analyze.neighbours import Neighbours
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.core.policy import Policy, Rule
from termwise.diagnostics.finding import Finding


def implied(
    policy: Policy,
    rules: Sequence[Rule],
    passing: Sequence[Formula],
    study: Study,
    *,
    ignored: frozenset[str],
    budget: int,
) -> Iterator[Finding]:
    """Yield the rules of a group that follow from others of it; `ignored` are at fault for themselves."""
    search = _Search(policy, rules, passing, study, budget)
    kept = [rule for rule in rules if rule.name not in ignored]
    findings: list[Finding] = []
    for rule in reversed(list(kept)):
        support = [each for each in kept if each is not rule and each.severity.reaches(rule.severity)]
        needed = search.needed(rule, support)
        if needed is None:
            findings.append(undecided(rule.span, f"`{rule.name}` follows from other rules", OUTSIDE, [rule]))
        elif needed:
            kept.remove(rule)
            findings.append(_finding(policy, rule, needed, budget))
    yield from reversed(findings)


def _finding(policy: Policy, rule: Rule, needed: Sequence[Rule], budget: int) -> Finding:
    """Return that a rule follows, shown by a contract that fails it, and with it one of those that it follows from."""
    study = Study([(policy, each) for each in (rule, *needed)], budget=budget)
    fails = negation(study.outcomes.passes(rule, View(policy)))
    example = study.illustration([policy], fails) or Example((), None)
    point = Point(
        policy,
        (rule, *needed),
        lambda judged: not passes(judged, rule) and not all(passes(judged, each) for each in needed),
    )
    return found(words.implied(rule, needed), point, example)


class _Search:
    """The rules of a group, and a contract that passes them all."""

    def __init__(
        self, policy: Policy, rules: Sequence[Rule], passing: Sequence[Formula], study: Study, budget: int
    ) -> None:
        self._policy = policy
        self._budget = budget
        self._terms = {rule.name: terms_of_rule(rule, policy) for rule in rules}
        self._near: Neighbours | None = None
        if study.find(*passing) is Found.SOME:
            self._near = Neighbours(policy, rules, study.example([policy]), study.outcomes.instances)

    def needed(self, rule: Rule, support: Sequence[Rule]) -> list[Rule] | None:
        """Return the fewest rules that a rule follows from: none where it does not, None where it is undecided."""
        if self._near is not None and self._near.clears(rule):
            return []
        own = self._terms[rule.name]
        beside = [each for each in support if self._terms[each.name] & own]
        while True:
            study = Study([(self._policy, each) for each in (rule, *beside)], budget=self._budget)
            view = View(self._policy)
            passing = {study.outcomes.passes(each, view): each for each in reversed(beside)}
            fails = negation(study.outcomes.passes(rule, view))
            answer = study.find(fails, *passing)
            if answer is Found.UNDECIDED:
                return None
            if answer is Found.NONE:
                applies = study.outcomes.applies(rule, view)
                if study.find(applies, *passing) is Found.NONE:
                    return []
                return [passing[each] for each in study.core([fails, *passing]) if each in passing]
            others = self._others(study, rule, beside, support)
            if not others:
                return []
            beside = [each for each in support if each in beside or each in others]

    def _others(self, study: Study, rule: Rule, beside: Sequence[Rule], support: Sequence[Rule]) -> list[Rule]:
        """Return the rules that have to be looked at besides: those that fail where a rule does, on what was found.

        Where that cannot be told from one contract, all are.
        """
        fresh = [each for each in support if each not in beside]
        if self._near is None or not fresh:
            return fresh
        read = frozenset[str]().union(*(self._terms[each.name] for each in (rule, *beside)))
        failing = self._near.failing(study.example([self._policy]), rule, beside, read)
        if failing is None:
            return fresh
        names = {each.name for each in failing}
        return [each for each in fresh if each.name in names]
