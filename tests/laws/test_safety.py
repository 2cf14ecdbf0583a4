"""Law: moving a term in its `prefer` direction never worsens a rule that is monotone in that term.

Documents prevail by their order here. Under `strictest` a value that became safer can make its document prevail, and
that document may be worth less.
"""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import CHANGES, compiled, judged
from strategies.case import Case, cases
from strategies.change import safer

from termwise.core.vocabulary import Direction
from termwise.graph.queries import Polarity, polarity

_MONOTONE = {Direction.LOWER: Polarity.FALLING, Direction.HIGHER: Polarity.RISING}


@given(cases(asks_rules=False, orders_only=True), st.data())
def test_safety_is_monotone(case: Case, data: DataObject) -> None:
    """Safety is monotone: a safer value makes no rule fail, nor land on a lower rung, if the compiler says so."""
    policy = compiled(case)
    before = judged(policy, case.contract)
    for _ in range(CHANGES):
        moved = data.draw(safer(case))
        if moved.term is None:
            return
        direction = policy.vocabulary.terms[moved.term].prefer
        assert direction is not None
        after = judged(policy, moved.contract)
        for rule in policy.rules:
            note(f"{rule.name}: {before[rule.name].outcome}, then {after[rule.name].outcome}")
            if polarity(rule, moved.term, policy.vocabulary) is _MONOTONE[direction]:
                assert after[rule.name].rank >= before[rule.name].rank, rule.name
