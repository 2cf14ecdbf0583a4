"""Law: what comes of a rule depends on the rules that it needs, and on no other."""

from __future__ import annotations

from hypothesis import given, note
from judging import compiled, judged
from strategies.case import Case, cases

from termwise.core.needs import narrowed, needs_of


@given(cases())
def test_a_policy_cut_down_to_what_a_rule_needs_says_the_same_of_it(case: Case) -> None:
    """Tests and mutants are judged by a few rules; the whole policy would say the same, for the same reasons."""
    policy = compiled(case)
    needs = needs_of(policy)
    whole = judged(policy, case.contract)
    for rule in policy.rules:
        small = narrowed(policy, [rule.name], needs)
        note(f"{rule.name}: {[each.name for each in small.rules]}")
        assert judged(small, case.contract)[rule.name] == whole[rule.name]
