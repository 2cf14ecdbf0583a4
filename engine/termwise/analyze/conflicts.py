"""Rules that contradict each other: the smallest sets of them that no contract can pass together.

A rule passes also where it does not apply. So that a contradiction among rules for some customers is not hidden by all
others, the guards that read nothing but the customer's own facts, and the days on which rules are in force, are taken
into account: rules contradict each other if there is a customer, and a day, for whom no contract passes them all.
Guards that read the contract are not: a vendor may well choose the one promise or the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, Point, found, passes, undecided
from termwise.analyze.encoding import View
from termwise.analyze.groups import Group, terms_behind
from termwise.analyze.passing import COUNTS
from termwise.analyze.script import TRUE, Formula
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.analyze.subsets import Subsets
from termwise.core.expr import All, AnyOf, Defined, Expr, Not
from termwise.core.policy import Policy, Rule
from termwise.diagnostics.finding import Finding
from termwise.frozen import frozen, replace

MOST_TRIES = 200
"""How many sets of rules are tried in one group before what was found so far is all that is told."""


@frozen
class Situation:
    """Customers and days for whom some guards hold, with the rules that have these guards."""

    guards: tuple[Expr, ...]
    is_dated: bool
    formula: Formula
    rules: tuple[Rule, ...]


class Conflicts:
    """The rules of one group, and which of them cannot pass together."""

    def __init__(self, policy: Policy, group: Group, study: Study) -> None:
        """Say of each rule when it passes, and of each situation when it is given."""
        self._policy = policy
        self._rules = group.rules
        self._study = study
        self._view = View(policy)
        self.passing = [study.outcomes.passes(rule, self._view) for rule in group.rules]
        self._situations = self._found_situations()

    def findings(self) -> Iterator[Finding]:
        """Yield the contradictions, the smallest sets of rules, each once."""
        soft = [*self.passing, *(each.formula for each in self._situations)]
        if self._study.find(*soft) is Found.SOME:
            return

        def check(numbers: Sequence[int]) -> bool | None:
            answer = self._study.find(*(soft[number] for number in numbers))
            return None if answer is Found.UNDECIDED else answer is Found.SOME

        def shrink(numbers: Sequence[int]) -> list[int]:
            first = {soft[number]: number for number in reversed(numbers)}  # several may be one formula
            return sorted(first[each] for each in self._study.core(list(first)))

        search = Subsets(len(soft), check, shrink, MOST_TRIES)
        self._exclude_rivals(search)
        for core in search.smallest():
            finding = self._finding(core)
            if finding is not None:
                yield finding
        if search.is_cut_short:
            yield undecided(self._rules[0].span, "more rules contradict each other", OUTSIDE, self._rules)

    @property
    def counting(self) -> list[Formula]:
        """When the rules pass that a contract has to pass."""
        return [each for rule, each in zip(self._rules, self.passing, strict=True) if rule.severity.reaches(COUNTS)]

    def unpassable(self) -> list[Rule]:
        """Return the fewest rules that no contract can pass together of those that count, where there are such."""
        counting = set(self.counting)
        first = {formula: at for at, formula in reversed(list(enumerate(self.passing))) if formula in counting}
        return [self._rules[at] for at in sorted(first[each] for each in self._study.core(list(first)))]

    # ---------------------------------------------------------------------------------------------- customers

    def _found_situations(self) -> list[Situation]:
        by_formula: dict[Formula, Situation] = {}
        for rule in self._rules:
            guards = tuple(self._customer_guards(rule))
            claims = [self._study.outcomes.encoding.claim(each, self._view).holds for each in guards]
            ladder = self._study.outcomes.ladder(rule, self._view)
            is_dated = rule.in_force_from is not None or rule.in_force_until is not None
            formula = self._study.script.both(ladder.guards[0].holds, *claims)
            if formula != TRUE:
                known = by_formula.get(formula, Situation(guards, is_dated, formula, ()))
                by_formula[formula] = replace(known, rules=(*known.rules, rule))
        return list(by_formula.values())

    def _customer_guards(self, rule: Rule) -> Iterator[Expr]:
        """Yield the guards of a rule, taken apart, that read nothing but the customer's own facts."""
        parts = [each for guard in rule.when for each in conjuncts(guard)]
        parts += [Not(each) for guard in rule.unless for each in disjuncts(guard)]
        for each in parts:
            terms = terms_behind([each], self._policy)
            found_terms = [self._policy.vocabulary.term_of(name) for name in terms]
            if terms and all(term is not None and term.is_context for term in found_terms):
                yield each

    def _exclude_rivals(self, search: Subsets) -> None:
        """Tell the search which situations exclude each other: that no customer has both is no fault of the policy."""
        first = len(self.passing)
        for number, each in enumerate(self._situations):
            for other_number, other in enumerate(self._situations[:number]):
                if self._study.find(each.formula, other.formula) is Found.NONE:
                    search.exclude(first + number, first + other_number)

    # ------------------------------------------------------------------------------------------------ findings

    def _finding(self, core: Sequence[int]) -> Finding | None:
        """Return what a smallest set says, or None where it says nothing of several rules."""
        rules = [self._rules[number] for number in core if number < len(self._rules)]
        given = [self._situations[number - len(self._rules)] for number in core if number >= len(self._rules)]
        if len(rules) < 2 or not all(set(each.rules) & set(rules) for each in given):
            return None
        guards = list(dict.fromkeys(guard for each in given for guard in each.guards))
        diagnostic = words.contradiction(rules, guards, any(each.is_dated for each in given))
        *kept, last = rules
        example = self._example(rules, kept, given) or Example((), None)
        point = Point(
            self._policy,
            tuple(rules),
            lambda judged: all(passes(judged, rule) for rule in kept) and not passes(judged, last),
        )
        return found(diagnostic, point, example)

    def _example(self, rules: Sequence[Rule], kept: Sequence[Rule], given: Sequence[Situation]) -> Example | None:
        """Return a contract in some situations that passes all but one of some rules."""
        study = Study([(self._policy, rule) for rule in rules])
        outcomes = study.outcomes
        ladders = [outcomes.ladder(rule, self._view) for each in given for rule in each.rules if rule in rules]
        guards = [guard for each in given for guard in each.guards]
        supposed = [outcomes.passes(rule, self._view) for rule in kept]
        supposed += [ladder.guards[0].holds for ladder in ladders]
        supposed += [outcomes.encoding.claim(guard, self._view).holds for guard in guards]
        return study.illustration([self._policy], *supposed)


def conjuncts(condition: Expr) -> Iterator[Expr]:
    """Yield the conditions that all have to hold for one to hold."""
    match condition:
        case All(operands):
            for each in operands:
                yield from conjuncts(each)
        case Defined(_, All() as body):
            yield from conjuncts(body)
        case _:
            yield condition


def disjuncts(condition: Expr) -> Iterator[Expr]:
    """Yield the conditions any of which has to hold for one to hold."""
    match condition:
        case AnyOf(operands):
            for each in operands:
                yield from disjuncts(each)
        case Defined(_, AnyOf() as body):
            yield from disjuncts(body)
        case _:
            yield condition
