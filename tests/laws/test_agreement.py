"""Law: every evaluator agrees with the reference interpreter, outcome for outcome, cause for cause."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given, note
from judging import CHANGES, EVALUATORS, Evaluator, bound, compiled, judged
from strategies.case import Case, cases
from strategies.contract import contracts as contracts_of
from strategies.policy import AS_OF

from harness import outcomes_in_columns
from termwise.evaluate import reference
from termwise.evaluate.judgement import Outcome


@pytest.mark.parametrize("evaluator", EVALUATORS.values(), ids=EVALUATORS)
@given(cases())
def test_every_evaluator_agrees_with_the_reference(evaluator: Evaluator, case: Case) -> None:
    """Agreement: an evaluator gives what the reference gives, and the same again when asked again."""
    policy = compiled(case)
    expected, found = judged(policy, case.contract), judged(policy, case.contract, evaluator)
    note(f"expected: {expected}\nfound: {found}")
    assert found == expected
    assert [rule.name for rule in policy.rules] == list(found)


@given(cases())
def test_a_verdict_says_what_its_outcome_needs(case: Case) -> None:
    """An undecided rule has causes and no other has; a rung is named where one was landed on, and nowhere else."""
    for rule, verdict in judged(compiled(case), case.contract).items():
        note(f"{rule}: {verdict}")
        assert bool(verdict.causes) == (verdict.underlying is Outcome.UNDECIDED), rule
        assert verdict.causes == tuple(sorted(set(verdict.causes), key=lambda cause: cause.sort_key)), rule
        landed = verdict.underlying in (Outcome.PREFERRED, Outcome.MET, Outcome.CONCEDED)
        assert (verdict.rung is not None) or not landed, rule
        assert verdict.rung is None or landed or verdict.underlying is Outcome.UNSECURED, rule
        if verdict.outcome is not Outcome.WAIVED:  # there it is who approved the waiver
            assert verdict.approved_by is None or (verdict.rung or "").startswith("fallback"), rule


@given(cases(), st.data())
def test_columns_agree_with_the_reference(case: Case, data: st.DataObject) -> None:
    """Agreement: judged all at once, in columns, every contract comes to what the reference says of it alone."""
    policy = compiled(case)
    contracts = [case.contract, *(data.draw(contracts_of(case.terms)) for _ in range(CHANGES))]
    read = [bound(each, policy.vocabulary) for each in contracts]
    expected = [[result.outcome for result in reference.judge(policy, each, AS_OF).results] for each in read]
    found = outcomes_in_columns(policy, read, AS_OF)
    note(f"contracts: {contracts}\nexpected: {expected}\nfound: {found}")
    assert found == expected
