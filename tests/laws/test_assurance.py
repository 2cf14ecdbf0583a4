"""Law: raising the assurance of what is said never worsens an outcome, except of rules that ask about other rules."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import CHANGES, compiled, judged
from strategies.case import Case, cases
from strategies.change import assured


@given(cases(asks_rules=False), st.data())
def test_assurance_is_monotone(case: Case, data: DataObject) -> None:
    """Assurance is monotone: documents worth more make no rule fail, nor land on a lower rung."""
    policy = compiled(case)
    before = judged(policy, case.contract)
    for _ in range(CHANGES):
        better = data.draw(assured(case))
        after = judged(policy, better.contract)
        for rule, was in before.items():
            note(f"{rule}: {was.outcome}, then {after[rule].outcome}")
            assert after[rule].rank >= was.rank, rule
            assert after[rule].outcome.passes or not was.outcome.passes, rule
