"""Law: SQL agrees with the reference interpreter, outcome for outcome, over random policies and contracts."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, note, settings
from judging import CHANGES, bound, compiled
from strategies.case import Case, cases
from strategies.contract import contracts
from strategies.policy import AS_OF

from judged_by_sql import expected, in_duckdb


@settings(max_examples=settings().max_examples * 2 // 5)
@given(cases(), st.data())
def test_duckdb_agrees_with_the_reference(case: Case, data: st.DataObject) -> None:
    """Agreement: several contracts in one table, under one statement, come to what the reference says of each alone."""
    policy = compiled(case)
    drawn = [case.contract, *(data.draw(contracts(case.terms)) for _ in range(CHANGES))]
    read = [bound(each, policy.vocabulary) for each in drawn]
    wanted, found = expected(policy, read, AS_OF), in_duckdb(policy, read, AS_OF)
    note(f"contracts: {drawn}\nexpected: {wanted}\nfound: {found}")
    assert found == wanted
