"""Law: what is proved of two policies, of a replacement, a clause or a guarantee is what trying every contract says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import hypothesis.strategies as st
from brute import A_QUARTER, CONTENTS, DAY, WEIGHTS, Tried, bodies, compiled, conditions, every_contract, some_terms
from hypothesis import given, note
from hypothesis.strategies import DrawFn

from termwise.analyze.compare import Claim, Implication, Relation, Verdict, difference, implication
from termwise.analyze.decode import contract_of
from termwise.analyze.promises import is_broken
from termwise.analyze.questions import findings
from termwise.core.outcome import Outcome
from termwise.core.policy import Assurance, Policy
from termwise.core.values import Exact, write_value
from termwise.evaluate.judgement import Judgement
from termwise.evaluate.reference import judge

RELATIONS = {
    (True, True): Relation.EQUIVALENT,
    (True, False): Relation.STRICTER,
    (False, True): Relation.LOOSER,
    (False, False): Relation.INCOMPARABLE,
}
"""By whether the new implies the old, and the old the new."""


class Pair(NamedTuple):
    """Two policies over the same few terms."""

    terms: list[str]
    first: Policy
    second: Policy


@st.composite
def pairs(draw: DrawFn) -> Pair:
    terms = draw(some_terms)
    policies = []
    for _ in range(2):
        lines = ["policy p", "uses small"]
        for number in range(draw(st.integers(1, 2))):
            lines += [f"rule r{number}: {draw(st.sampled_from(WEIGHTS))}", *draw(bodies(terms))]
        note("\n".join(lines))
        policies.append(compiled("\n".join(lines)))
    return Pair(terms, *policies)


# ------------------------------------------------------------------------------------------------- two policies


def tried(pair: Pair) -> list[tuple[Tried, Tried]]:
    """Judge every contract by both policies."""
    first, second = (every_contract(each, *pair.terms, "risky") for each in (pair.first, pair.second))
    others = {_key(each): each for each in second}
    assert len(others) == len(first)
    return [(each, others[_key(each)]) for each in first]


def _key(each: Tried) -> object:
    return tuple(sorted((name, repr(said)) for name, said in each.facts.items()))


@A_QUARTER
@given(pairs())
def test_prove_agrees_with_trying_everything(pair: Pair) -> None:
    """Each rule of the second policy follows from the first just if every contract says so; a witness says why not."""
    found = implication(pair.first, pair.second)
    passing = [other for each, other in tried(pair) if each.passes_all(pair.first)]
    assert found.is_vacuous is (not passing)
    assert [verdict_of(each) for each in found.rules] == [
        all(other.passes(rule) for other in passing) for rule in pair.second.rules
    ]
    assert verdict_of(found.whole) is all(other.passes_all(pair.second) for other in passing)
    for claim in (*found.rules, found.whole):
        assert (claim.witness is None) is (claim.verdict is Verdict.PROVED)


@A_QUARTER
@given(pairs())
def test_diff_agrees_with_trying_everything(pair: Pair) -> None:
    """The relation of two versions, rule by rule and as a whole, is that of what passes them, and by whose approval."""
    found = difference(pair.first, pair.second)
    both = tried(pair)
    asks_more = asks_less = False
    for change in found.rules:
        before, after = change.before, change.after
        if before is None or after is None:
            assert change.relation is (Relation.ADDED if before is None else Relation.REMOVED)
            continue
        passes = {(old.passes(before), new.passes(after)) for old, new in both}
        passing = [(old, new) for old, new in both if old.passes(before) and new.passes(after)]
        more = any(old.eases(before, new, after) for old, new in passing)
        less = any(new.eases(after, old, before) for old, new in passing)
        assert (
            change.relation
            is RELATIONS[(False, True) not in passes and not less, (True, False) not in passes and not more]
        )
        assert (change.tighter is not None, change.looser is not None) == (
            (True, False) in passes,
            (False, True) in passes,
        )
        assert (change.more_approval is not None, change.less_approval is not None) == (more, less)
        counts = any(rule.severity.value != "advice" for rule in (before, after))
        asks_more, asks_less = asks_more or (more and counts), asks_less or (less and counts)
    whole = {(old.passes_all(pair.first), new.passes_all(pair.second)) for old, new in both}
    implies = (False, True) not in whole and not asks_less, (True, False) not in whole and not asks_more
    assert found.relation is RELATIONS[implies]
    for implied, refuting in ((found.forward, (False, True)), (found.backward, (True, False))):
        assert_shown(implied, refuted=refuting in whole)


def assert_shown(implied: Implication, *, refuted: bool) -> None:
    """A refutation has a contract of which the judgements say just that."""
    shown = implied.whole.witness
    assert (shown is not None) is refuted
    if shown is not None:
        first, second = shown.judgements
        assert _counting_pass(first) and not _counting_pass(second)


def _counting_pass(judgement: Judgement) -> bool:
    return all(each.outcome.passes for each in judgement.results if each.rule.severity.value != "advice")


def verdict_of(claim: Claim) -> bool:
    assert claim.verdict is not Verdict.UNDECIDED
    return claim.verdict is Verdict.PROVED


# ------------------------------------------------------------------------------------------- what authors claim


@A_QUARTER
@given(st.data())
def test_a_replacement_is_what_it_claims(data: st.DataObject) -> None:
    """`tighten` is refuted just if a contract gets through; `relax` if one no longer does, or no other does."""
    terms = data.draw(some_terms)
    before, after = data.draw(bodies(terms)), data.draw(bodies(terms))
    how = data.draw(st.sampled_from(["tighten", "relax"]))
    reason = ['  because "x"'] if how == "relax" else []
    base = "\n".join(["policy base", "uses small", "rule r0: major", *before])
    text = "\n".join(["policy p", "extends base", f"{how} rule r0", *after, *reason])
    note(f"{base}\n{text}")
    policy = compiled(text, base=base)
    pair = Pair(terms, compiled(base), policy)
    (one,), (other,) = pair.first.rules, policy.rules
    both = tried(pair)
    eased = any(new.eases(other, old, one, by_name=False) for old, new in both)
    fails_more = any(old.passes(one) and not new.passes(other) for old, new in both)
    wrong = eased if how == "tighten" else fails_more or not eased
    assert codes(policy, "TW608", "TW609") == ({"tighten": ["TW608"], "relax": ["TW609"]}[how] if wrong else [])


@A_QUARTER
@given(st.data())
def test_a_guarantee_is_kept_just_if_no_contract_breaks_it(data: st.DataObject) -> None:
    terms = data.draw(some_terms)
    lines = ["policy p", "uses small"]
    for number in range(data.draw(st.integers(1, 2))):
        lines += [f"rule r{number}: {data.draw(st.sampled_from(WEIGHTS))}", *data.draw(bodies(terms))]
    lines.append('guarantee "g"')
    lines += [f"  when {data.draw(conditions(['risky', *terms]))}"] if data.draw(st.booleans()) else []
    lines.append(f"  ensure {data.draw(conditions(terms))}")
    note("\n".join(lines))
    policy = compiled("\n".join(lines))
    (guarantee,) = policy.guarantees
    every = every_contract(policy, *terms, "risky")
    passing = [each for each in every if each.passes_all(policy)]
    broken = any(is_broken(guarantee, judged(policy, each.facts.items())) for each in passing)
    assert codes(policy, "TW611") == (["TW611"] if broken else [])


@A_QUARTER
@given(st.data())
def test_a_clause_is_enough_just_if_it_always_meets_its_rule(data: st.DataObject) -> None:
    """What only the ladder reads is silent unless granted; what guards read, and the customer's facts, are anything."""
    terms = data.draw(some_terms)
    body = data.draw(bodies(terms))
    granted = data.draw(st.lists(st.sampled_from(terms), unique=True, min_size=1))
    values = {name: data.draw(st.sampled_from([c for c in CONTENTS[name] if isinstance(c, Exact)])) for name in granted}
    grants = ", ".join(f"{name} = {_written(content)}" for name, content in values.items())
    lines = ["policy p", "uses small", "rule r0: major", *body, "  clause c"]
    text = "\n".join([*lines, 'clause c "C"', f"  grants {grants}", '  text "Agreed."'])
    note(text)
    policy = compiled(text)
    (rule,) = policy.rules
    guarded = {name for line in body if line.split()[0] in ("when", "unless") for name in terms if name in line}

    def is_possible(each: Tried) -> bool:
        said = {name: content for name, (content, _) in each.facts.items()}
        if any(said.get(name) != content for name, content in values.items()):
            return False
        if "risky" in rule.terms and not isinstance(said.get("risky"), Exact):
            return False
        return all(name in values or name in guarded or name not in said for name in terms)

    met = (Outcome.NOT_APPLICABLE, Outcome.PREFERRED, Outcome.MET)
    possible = [each for each in every_contract(policy, *granted) if is_possible(each)]
    short = any(each.landings["r0"][0] not in met for each in possible)
    found = findings(policy)
    is_useless = any(each.diagnostic.code in ("TW601", "TW602", "TW603") for each in found)
    assert possible
    assert codes(policy, "TW610") == (["TW610"] if short and not is_useless else [])


def _written(content: Exact) -> str:
    value = content.value
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(write_value(each) for each in value)) + "}"
    return write_value(value)


def judged(policy: Policy, facts: Iterable[tuple[str, tuple[object, Assurance]]]) -> Judgement:
    contract = contract_of([(name, *said) for name, said in facts], policy.vocabulary)  # type: ignore[misc]
    return judge(policy, contract, DAY)


def codes(policy: Policy, *wanted: str) -> Sequence[str]:
    """Return which of some codes are found, and assert that nothing is left undecided."""
    found = [each.diagnostic.code for each in findings(policy)]
    assert "TW613" not in found
    return sorted({each for each in found if each in wanted})
