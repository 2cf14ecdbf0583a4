"""Small policies and every contract there is for them: what a proof has to agree with, worked out by trying.

The vocabulary is so small that all contents that rules can tell apart are listed, and all contracts judged. The values
are not those that the analysis picks for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement, product

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.strategies import DrawFn

from termwise.analyze.conflicts import conjuncts, disjuncts
from termwise.analyze.decode import contract_of
from termwise.analyze.groups import groups
from termwise.analyze.outcomes import rungs_of
from termwise.compiler import compile_policy
from termwise.core.expr import Expr, Not, Passes, terms_of, walk
from termwise.core.outcome import Outcome
from termwise.core.policy import Assurance, Policy, Rule, Severity
from termwise.core.values import Bounded, Content, Exact, Symbol, Vague, Value
from termwise.core.vocabulary import Direction
from termwise.diagnostics import Problems
from termwise.evaluate.reference import answer, judge, worlds
from termwise.quantities.duration import Duration
from termwise.source import Source
from termwise.truth import Truth

VOCABULARY = """
vocabulary small
enum  place { here, there }
scale level { low < mid < high }
term wait: duration
  prefer lower
term kept: boolean
  prefer higher
term grade: level
  prefer higher
term scope: set of place
  prefer lower
context risky: boolean
"""

ATOMS = {
    "wait": (
        *("wait <= 30 days", "wait <= 60 days", "wait >= 30 days"),
        *("wait > 60 days", "wait = 60 days", "wait in {30 days}"),
    ),
    "kept": ("kept", "not kept", "kept = yes"),
    "grade": ("grade >= mid", "grade = high", "grade <= low", "grade in {low, high}"),
    "scope": ("scope within {here}", "scope includes there", "scope excludes {there}", "scope = {here}"),
    "risky": ("risky", "not risky"),
}
DAY = date(2026, 11, 24)

_DAYS = tuple(Duration(Fraction(each)) for each in (0, 30, 45, 60, 90))
_LEVELS = tuple(Symbol("level", name, rank) for rank, name in enumerate(("low", "mid", "high")))
_PLACES = tuple(Symbol("place", name, rank) for rank, name in enumerate(("here", "there")))
_SETS = tuple(frozenset(each) for size in range(3) for each in combinations(_PLACES, size))
_BETWEEN = [(low, high) for low in _SETS for high in _SETS if low <= high]


def _intervals(values: Sequence[Value]) -> list[Content]:
    pairs = combinations_with_replacement(values, 2)
    return [Exact(low) if low == high else Bounded(low, high) for low, high in pairs]


CONTENTS: dict[str, list[Content]] = {
    "wait": [Vague("soon"), *_intervals(_DAYS)],
    "kept": [Vague("perhaps"), Exact(True), Exact(False)],
    "grade": [Vague("well"), *_intervals(_LEVELS)],
    "scope": [Vague("some"), *(Exact(low) if low == high else Bounded(low, high) for low, high in _BETWEEN)],
    "risky": [Vague("perhaps"), Exact(True), Exact(False)],
}


# ------------------------------------------------------------------------------------------------------ policies


some_terms = st.lists(st.sampled_from(["wait", "kept", "grade", "scope"]), unique=True, min_size=1, max_size=2)
"""Few enough terms to try all that can be said of them."""

A_QUARTER = settings(max_examples=settings().max_examples // 4)
"""For laws that take much longer to try than others."""

WEIGHTS = ("major", "major", "minor", "advice")


@st.composite
def small_policies(draw: DrawFn) -> Policy:
    """A policy of two or three rules over one or two terms and a fact of the customer's."""
    terms = draw(some_terms)
    lines = ["policy p", "uses small"]
    for number in range(draw(st.integers(2, 3))):
        asked = [f"rule r{each} passes" for each in range(number)] if draw(st.integers(0, 5)) == 5 else []
        lines.append(f"rule r{number}: {draw(st.sampled_from(WEIGHTS))}")
        lines += draw(bodies(terms, asked))
    return compiled("\n".join(lines))


@st.composite
def bodies(draw: DrawFn, terms: Sequence[str], asked: Sequence[str] = ()) -> list[str]:
    """What a rule asks over some terms, a fact of the customer's, and other rules."""
    guards = ["risky", *terms] if draw(st.booleans()) else terms
    lines = []
    for part, chance, names in (("when", 2, guards), ("unless", 5, guards), ("prefer", 3, terms)):
        if draw(st.integers(0, chance)) == 0:
            lines.append(f"  {part} {draw(conditions(names, asked))}")
    lines.append(f"  require {draw(conditions(terms, asked))}")
    for _ in range(draw(st.sampled_from([0, 0, 1]))):
        lines += [f"  fallback {draw(conditions(terms, asked))}", *draw(st.sampled_from(_APPROVALS))]
    return lines


_APPROVALS = ([], [], ['  approved by "A"'], ['  approved by "B"'])


@st.composite
def conditions(draw: DrawFn, terms: Sequence[str], asked: Sequence[str] = ()) -> str:
    """A condition over some terms."""
    atoms = [*chain.from_iterable(ATOMS[each] for each in terms), *asked]
    if draw(st.integers(0, 9)) == 0:
        return f"{draw(st.sampled_from(terms))} is {draw(st.sampled_from(['stated', 'silent']))}"
    form = draw(st.sampled_from(["{}", "{}", "({} and {})", "({} or {})", "not ({} and {})"]))
    return form.format(*(draw(st.sampled_from(atoms)) for _ in range(form.count("{}"))))


def compiled(text: str, **others: str) -> Policy:
    """Compile a policy over the small vocabulary; `others` are the texts of policies that it extends."""
    problems = Problems()
    texts = {"small": VOCABULARY, **others}
    policy = compile_policy(Source("p.tw", text), lambda name, _: Source(f"{name}.tw", texts[name]), problems)
    assert policy is not None and not problems.all, [each.message for each in problems.all]
    return policy


# ----------------------------------------------------------------------------------------------------- contracts


@dataclass(frozen=True)
class Tried:
    """One contract with what came of it: outcome and rung of each rule, and the guards that hold on assured facts."""

    facts: Mapping[str, tuple[Content, Assurance]]
    landings: Mapping[str, tuple[Outcome, str | None]]
    holding: frozenset[int]

    def passes(self, rule: Rule) -> bool:
        """Whether a rule passes."""
        return self.landings[rule.name][0].passes

    def passes_all(self, policy: Policy) -> bool:
        """Whether all rules pass that count."""
        return all(self.passes(rule) for rule in policy.rules if rule.severity is not Severity.ADVICE)

    def eases(self, rule: Rule, other: Tried, version: Rule, *, by_name: bool = True) -> bool:
        """Whether a rule passes with an approval, or none, with which another version of it does not."""
        who, instead = self._approver(rule), other._approver(version)
        is_enough = instead in (None, who) or (not by_name and who is not None)
        return self.passes(rule) and not (other.passes(version) and is_enough)

    def _approver(self, rule: Rule) -> str | None:
        outcome, rung = self.landings[rule.name]
        if outcome is not Outcome.CONCEDED or rung is None:
            return None
        return rule.fallbacks[int(rung.removeprefix("fallback ")) - 1].approved_by

    def applies(self, rule: Rule) -> bool:
        """Whether every guard of a rule holds."""
        return all(id(each) in self.holding for each in guards_of(rule))

    def landed(self, rule: Rule) -> str | None:
        """Return the rung a rule landed on with assured facts."""
        outcome, rung = self.landings[rule.name]
        return rung if outcome in (Outcome.PREFERRED, Outcome.MET, Outcome.CONCEDED) else None


def guards_of(rule: Rule) -> tuple[Expr, ...]:
    """Return the guards of a rule as they have to be for it to apply, the same objects every time."""
    return _guards(rule)[0]


def customers_of(rule: Rule) -> tuple[Expr, ...]:
    """Return what the guards of a rule ask of the customer alone, taken apart."""
    return _guards(rule)[1]


def _guards(rule: Rule) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    if id(rule) not in _GUARDS:
        parts = [part for each in rule.when for part in conjuncts(each)]
        parts += [Not(part) for each in rule.unless for part in disjuncts(each)]
        guards = (*rule.when, *(Not(each) for each in rule.unless))
        _GUARDS[id(rule)] = (rule, guards, tuple(each for each in parts if terms_of(each) == ("risky",)))
    return _GUARDS[id(rule)][1:]


_GUARDS: dict[int, tuple[Rule, tuple[Expr, ...], tuple[Expr, ...]]] = {}


def every_contract(policy: Policy, *besides: str) -> list[Tried]:
    """Judge every contract there is, as far as it states terms of the policy, and some besides."""
    read = dict.fromkeys([*(name for rule in policy.rules for name in rule.terms), *besides])
    asks = any(isinstance(each, Passes) for rule in policy.rules for part in rule.conditions for each in walk(part))
    choices = []
    for name in read:
        worths = [Assurance.SIGNED, Assurance.CLAIMED] if asks and name != "risky" else [Assurance.SIGNED]
        choices.append([None, *((content, worth) for content in CONTENTS[name] for worth in worths)])
    return [_tried(policy, dict(zip(read, chosen, strict=True))) for chosen in product(*choices)]


def _tried(policy: Policy, chosen: Mapping[str, tuple[Content, Assurance] | None]) -> Tried:
    facts = {name: said for name, said in chosen.items() if said is not None}
    contract = contract_of([(name, *said) for name, said in facts.items()], policy.vocabulary)
    judgement = judge(policy, contract, DAY)
    assured = worlds(policy, judgement).assured
    guards = [
        each for rule in policy.rules for each in (*guards_of(rule), *customers_of(rule), *rule.when, *rule.unless)
    ]
    holding = frozenset(id(each) for each in guards if answer(each, assured).truth is Truth.TRUE)
    landings = {each.rule.name: (each.outcome, each.rung) for each in judgement.results}
    return Tried(facts, landings, holding)


# ------------------------------------------------------------------------------------------------------- answers


@dataclass(frozen=True)
class Answers:
    """What trying everything says of a policy, in the form in which the analysis is asked."""

    never_met: frozenset[str]
    never_fails: frozenset[str]
    dead_guards: frozenset[str]
    dead_rungs: frozenset[tuple[str, str]]
    contradictions: frozenset[frozenset[str]]
    implied: frozenset[str]
    is_impassable: bool
    punished: frozenset[tuple[str, str]]


def answers(policy: Policy, tried: Sequence[Tried]) -> Answers:
    """Work out all answers, leaving out what follows from a fault named before, as the analysis does."""
    never_met, never_fails, dead_guards = set(), set(), set()
    dead_rungs: set[tuple[str, str]] = set()
    for rule in policy.rules:
        never_applies = not any(each.applies(rule) for each in tried)
        has_dead = any(not any(id(guard) in each.holding for each in tried) for guard in (*rule.when, *rule.unless))
        if has_dead or (guards_of(rule) and never_applies):
            dead_guards.add(rule.name)
        if never_applies:
            continue
        if all(each.passes(rule) for each in tried):
            never_fails.add(rule.name)
        elif not any(each.applies(rule) and each.landed(rule) is not None for each in tried):
            never_met.add(rule.name)
        else:
            landed = {each.landed(rule) for each in tried}
            dead_rungs |= {(rule.name, rung) for rung in rungs_of(rule) if rung not in landed}
    at_fault = never_met | never_fails | dead_guards
    return Answers(
        frozenset(never_met),
        frozenset(never_fails),
        frozenset(dead_guards),
        frozenset(dead_rungs),
        frozenset(_contradictions(policy, tried)),
        frozenset(_implied(policy, tried, at_fault)),
        not any(each.passes_all(policy) for each in tried),
        frozenset(_punished(policy, tried, at_fault)),
    )


def _contradictions(policy: Policy, tried: Sequence[Tried]) -> Iterator[frozenset[str]]:
    """Yield the names of rules in the smallest sets of rules and customers' guards that no contract has together."""
    guarded = {rule.name: customers_of(rule) for rule in policy.rules}
    situations = {name: frozenset(map(str, each)) for name, each in guarded.items() if each}
    items = [*(("rule", rule.name) for rule in policy.rules), *(("guard", each) for each in set(situations.values()))]
    possible = set()
    for each in tried:
        has: set[tuple[str, object]] = {("rule", rule.name) for rule in policy.rules if each.passes(rule)}
        has |= {("guard", situations[n]) for n, g in guarded.items() if g and all(id(x) in each.holding for x in g)}
        possible.add(frozenset(has))
    smallest: list[frozenset[tuple[str, object]]] = []
    for size in range(1, len(items) + 1):
        for chosen in combinations(items, size):
            wanted = frozenset(chosen)
            if not any(known <= wanted for known in smallest) and not any(wanted <= has for has in possible):
                smallest.append(wanted)
    for core in smallest:
        rules = frozenset(str(name) for what, name in core if what == "rule")
        given = [situation for what, situation in core if what == "guard"]
        if len(rules) > 1 and all(any(situations.get(name) == each for name in rules) for each in given):
            yield rules


def _implied(policy: Policy, tried: Sequence[Tried], at_fault: set[str]) -> Iterator[str]:
    """Yield the rules that follow from others, group by group: of rules that cannot all pass, everything follows."""
    for group in groups(policy, policy.rules):
        if not any(all(each.passes(rule) for rule in group.rules) for each in tried):
            continue
        kept = [rule for rule in group.rules if rule.name not in at_fault]
        for rule in reversed(list(kept)):
            support = [each for each in kept if each is not rule and each.severity.reaches(rule.severity)]
            beside = [each for each in tried if all(each.passes(other) for other in support)]
            if support and all(each.passes(rule) for each in beside) and any(each.applies(rule) for each in beside):
                kept.remove(rule)
                yield rule.name


def _punished(policy: Policy, tried: Sequence[Tried], at_fault: set[str]) -> Iterator[tuple[str, str]]:
    for term in ("wait", "kept", "grade", "scope"):
        alike: dict[object, list[Tried]] = {}
        for each in tried:
            said = each.facts.get(term)
            if said is not None and isinstance(said[0], Exact) and said[1] is Assurance.SIGNED:
                rest = tuple(sorted((name, repr(fact)) for name, fact in each.facts.items() if name != term))
                alike.setdefault(rest, []).append(each)
        pairs = [(one, two) for group in alike.values() for one in group for two in group]
        safer = [(one, two) for one, two in pairs if _is_safer(one, two, term, policy)]
        for rule in policy.rules:
            if rule.name not in at_fault and any(_is_worse(one, two, rule) for one, two in safer):
                yield rule.name, term


def _is_worse(then: Tried, now: Tried, rule: Rule) -> bool:
    order = rungs_of(rule)
    before, after = then.landed(rule), now.landed(rule)
    if before is None or now.landings[rule.name][0] is Outcome.NOT_APPLICABLE:
        return False
    return after is None or order.index(after) > order.index(before)


def _is_safer(then: Tried, now: Tried, term: str, policy: Policy) -> bool:
    before, after = then.facts[term][0], now.facts[term][0]
    assert isinstance(before, Exact) and isinstance(after, Exact)
    is_lower = policy.vocabulary.terms[term].prefer is Direction.LOWER
    less, more = (after.value, before.value) if is_lower else (before.value, after.value)
    match less, more:
        case (frozenset(), frozenset()):
            return less < more
        case (Duration(), Duration()):
            return less.days < more.days
        case (Symbol(), Symbol()):
            return less.rank < more.rank
        case (bool(), bool()):
            return less < more
        case _:
            raise AssertionError(term)
