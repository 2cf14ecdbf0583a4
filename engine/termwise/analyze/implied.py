"""Rules that follow from others: whatever passes those passes these.

A rule is only said to follow from rules that weigh as much as it does or more: a dealbreaker is not idle because some
advice asks for the same. Of two rules that say the same, the later one follows. A rule that applies only where others
fail is not idle either: it says what is asked for instead.

Most rules are cleared without a solver: a contract that passes everything is changed in one term, and if that fails the
rule and nothing else, the rule follows from nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, Point, found, passes, undecided
from termwise.analyze.cells import Choice, Steps
from termwise.analyze.encoding import View
from termwise.analyze.groups import terms_of_rule
from termwise.analyze.instances import Instances
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.analyze.witness import LAST_DAY
from termwise.core.expr import Passes, walk
from termwise.core.policy import Policy, Rule
from termwise.core.values import Content, Exact
from termwise.diagnostics.finding import Finding
from termwise.evaluate.judgement import State
from termwise.evaluate.reference import World, ladder


def implied(
    policy: Policy, rules: Sequence[Rule], passing: Sequence[Formula], study: Study, ignored: frozenset[str]
) -> Iterator[Finding]:
    """Yield the rules of a group that follow from others of it; `ignored` are at fault for themselves."""
    search = _Search(policy, rules, passing, study)
    kept = [rule for rule in rules if rule.name not in ignored]
    findings: list[Finding] = []
    for rule in reversed(list(kept)):
        support = [each for each in kept if each is not rule and each.severity.reaches(rule.severity)]
        needed = search.needed(rule, support)
        if needed is None:
            findings.append(undecided(rule.span, f"`{rule.name}` follows from other rules", OUTSIDE, [rule]))
        elif needed:
            kept.remove(rule)
            findings.append(_finding(policy, rule, needed))
    yield from reversed(findings)


def _finding(policy: Policy, rule: Rule, needed: Sequence[Rule]) -> Finding:
    """Return that a rule follows, shown by a contract that fails it, and with it one of those that it follows from."""
    study = Study([(policy, each) for each in (rule, *needed)])
    fails = negation(study.outcomes.passes(rule, View(policy)))
    example = study.illustration([policy], fails) or Example((), None)
    point = Point(
        policy,
        (rule, *needed),
        lambda judged: not passes(judged, rule) and not all(passes(judged, each) for each in needed),
    )
    return found(words.implied(rule, needed), point, example)


class _Search:
    """The rules of a group under its solver, and a contract that passes them all."""

    def __init__(self, policy: Policy, rules: Sequence[Rule], passing: Sequence[Formula], study: Study) -> None:
        self._policy = policy
        self._study = study
        self._formulas = dict(zip((rule.name for rule in rules), passing, strict=True))
        self._terms = {rule.name: terms_of_rule(rule, policy) for rule in rules}
        self._near: _Neighbourhood | None = None
        if study.find(*passing) is Found.SOME:
            self._near = _Neighbourhood(policy, rules, study.example([policy]), study.outcomes.instances)

    def needed(self, rule: Rule, support: Sequence[Rule]) -> list[Rule] | None:
        """Return the fewest rules that a rule follows from: none where it does not, None where it is undecided.

        Those it shares a term with are enough for most that follow.
        """
        close = [each for each in support if self._terms[each.name] & self._terms[rule.name]]
        answer = self._follows(rule, close)
        if answer is Found.NONE:
            return self._fewest(rule, close) if self._applies_beside(rule, close) else []
        if self._near is not None and self._near.clears(rule):
            return []
        answer = self._follows(rule, support)
        if answer is Found.NONE:
            return self._fewest(rule, support) if self._applies_beside(rule, support) else []
        return [] if answer is Found.SOME else None

    def _follows(self, rule: Rule, support: Sequence[Rule]) -> Found:
        return self._study.find(negation(self._formulas[rule.name]), *(self._formulas[each.name] for each in support))

    def _applies_beside(self, rule: Rule, support: Sequence[Rule]) -> bool:
        """Whether a rule can apply where all others pass."""
        applies = self._study.outcomes.applies(rule, View(self._policy))
        return self._study.find(applies, *(self._formulas[each.name] for each in support)) is not Found.NONE

    def _fewest(self, rule: Rule, support: Sequence[Rule]) -> list[Rule]:
        by_formula = {self._formulas[each.name]: each for each in reversed(support)}
        core = self._study.core([negation(self._formulas[rule.name]), *by_formula])
        return [by_formula[each] for each in core if each in by_formula]


class _Neighbourhood:
    """A contract that passes some rules, and those that differ from it in one term."""

    def __init__(self, policy: Policy, rules: Sequence[Rule], example: Example, instances: Instances) -> None:
        self._policy = policy
        self._said = {name: content for name, content, _ in example.facts}
        self._as_of: date = example.as_of or LAST_DAY
        self._instances = instances
        self._readers: dict[str, list[Rule]] = {}
        self._asks = any(isinstance(each, Passes) for rule in rules for part in rule.conditions for each in walk(part))
        for rule in rules:
            for name in rule.terms:
                self._readers.setdefault(name, []).append(rule)

    def clears(self, rule: Rule) -> bool:
        """Whether some contract near by fails a rule and passes all others. Rules about rules are not tried."""
        if self._asks:
            return False
        return any(self._clears(rule, name) for name in rule.terms)

    def _clears(self, rule: Rule, name: str) -> bool:
        others = [each for each in self._readers[name] if each is not rule]
        for said in self._variations(name):
            world = World(self._policy, said, frozenset(said), {})
            if not self._passes(rule, world) and all(self._passes(each, world) for each in others):
                return True
        return False

    def _passes(self, rule: Rule, world: World) -> bool:
        return ladder(rule, world, self._as_of).outcome.passes

    def _variations(self, name: str) -> Iterator[Mapping[str, Content | State]]:
        """Yield what the contract says if it is silent about a term, or says one of the values that matter."""
        yield {each: content for each, content in self._said.items() if each != name}
        instance = self._instances.made.get(name)
        match None if instance is None else instance.cell:
            case Steps(points):
                yield from ({**self._said, name: Exact(each)} for each in points)
            case Choice(options):
                yield from ({**self._said, name: Exact(each)} for each in options if each is not None)
            case _:
                return
