"""Law: narrowing a vague fact, or filling in a silent one, never turns a pass into a fail, nor a breach into a pass.

The stated exceptions are left out by construction: rules that ask about silence or about another rule, and
presumptions. So is precedence other than by an order of documents, where what one document comes to say can unseat
what another one says. A waiver is granted by people: its `while` may come to hold, and excuse a breach that stays one.
"""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import CHANGES, compiled, judged
from strategies.case import Case, cases
from strategies.change import informed

from termwise.evaluate.judgement import Outcome


@given(cases(asks_states=False, asks_rules=False, presumptions=False, orders_only=True), st.data())
def test_information_is_monotone(case: Case, data: DataObject) -> None:
    """Information is monotone: what passes still passes, and what is breached stays breached."""
    policy = compiled(case)
    before = judged(policy, case.contract)
    for _ in range(CHANGES):
        better = data.draw(informed(case))
        after = judged(policy, better.contract)
        for rule, was in before.items():
            note(f"{rule}: {was.outcome}, then {after[rule].outcome}")
            if was.outcome.passes:
                assert after[rule].outcome.passes, rule
            if was.underlying is Outcome.BREACHED:
                assert after[rule].underlying is Outcome.BREACHED, rule
