"""Law: the order of rules, keys and documents of equal rank changes nothing."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import compiled, judged
from strategies.case import Case, cases
from strategies.change import shuffled


@given(cases(), st.data())
def test_order_changes_nothing(case: Case, data: DataObject) -> None:
    """Determinism: shuffled declarations, keys, and documents of equal rank give the same outcomes and causes."""
    other = data.draw(shuffled(case))
    before = judged(compiled(case), case.contract)
    after = judged(compiled(other), other.contract)
    note(f"before: {before}\nafter: {after}")
    assert before == after
