"""Law: every evaluator agrees with the reference interpreter, outcome for outcome, cause for cause."""

from __future__ import annotations

import os

import hypothesis.strategies as st
import pytest
from hypothesis import given, note, settings
from judging import bound, compiled, judged
from strategies.case import Case, cases
from strategies.contract import contracts as contracts_of
from strategies.policy import AS_OF

from harness import outcomes_in_columns
from termwise.compiled.program import Program
from termwise.evaluate import reference
from termwise.evaluate.judgement import Outcome

IS_NIGHTLY = os.environ.get("TERMWISE_PROFILE") == "nightly"
PARTS, POLICIES, CONTRACTS = (4, 1_250, 20) if IS_NIGHTLY else (1, 200, 4)
"""How many policies are tried, and with how many contracts each: at night a hundred thousand pairs, in four parts."""


@pytest.mark.parametrize("part", range(PARTS))
@settings(max_examples=POLICIES)
@given(cases(), st.data())
def test_every_evaluator_agrees_with_the_reference(part: int, case: Case, data: st.DataObject) -> None:
    """Agreement: generated code gives what the reference gives, causes and all, and columns give the same outcomes.

    A program is made once and judges all contracts, so that what its tables remember of one does not spoil the next.
    """
    policy = compiled(case)
    given_contracts = [case.contract, *(data.draw(contracts_of(case.terms)) for _ in range(CONTRACTS - 1))]
    contracts = [bound(each, policy.vocabulary) for each in given_contracts]
    expected = [reference.judge(policy, each, AS_OF) for each in contracts]
    program = Program(policy)
    for contract, wanted in zip(contracts, expected, strict=True):
        found = program.judge(contract, AS_OF)
        note(f"contract: {contract}\nexpected: {wanted.results}\nfound: {found.results}")
        assert found.results == wanted.results
        assert found.standings == wanted.standings and found.notices == wanted.notices
    in_columns = outcomes_in_columns(policy, contracts, AS_OF)
    note(f"in columns: {in_columns}")
    assert in_columns == [[result.outcome for result in each.results] for each in expected]


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
