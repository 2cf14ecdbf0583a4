"""Law: narrowing a vague fact, or filling in a silent one, never turns a pass into a fail, nor a breach into a pass.

The stated exceptions are left out by construction: rules that ask about silence or about another rule, and
presumptions. So is `none`, where a second opinion unseats the first, and `strictest` between documents of unequal
assurance, where the strictest can be worth less than what it displaces. A waiver is granted by people: its `while` may
come to hold, and excuse a breach that stays one.
"""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import CHANGES, compiled, judged
from strategies.case import Case, cases
from strategies.change import informed
from strategies.contract import Data

from termwise.evaluate.judgement import Outcome
from termwise.syntax.tree import TermDecl

_CASES = cases(asks_states=False, asks_rules=False, presumptions=False, orders_only=True)


@given(_CASES, st.data())
def test_information_is_monotone(case: Case, data: DataObject) -> None:
    """Information is monotone: what passes still passes, and what is breached stays breached."""
    _holds(case, data)


@given(_CASES.map(lambda case: replace(case, contract=_strictest(case))), st.data())
def test_information_is_monotone_where_the_more_protective_wins(case: Case, data: DataObject) -> None:
    """Information is monotone under `strictest`, between documents of one assurance, for terms on a line."""
    _holds(case, data)


def _strictest(case: Case) -> Data:
    """Return the contract with all documents signed, and the strictest prevailing on what has one.

    Of two sets, or two amounts of money, neither need be the stricter: as under `none`, an opinion can unseat another.
    """
    if "documents" not in case.contract:
        return case.contract
    documents = [each | {"assurance": "signed"} for each in case.contract["documents"]]
    topics = {
        each.name.text: "strictest"
        for each in case.terms.file.declarations
        if isinstance(each, TermDecl) and each.prefer is not None and not each.is_context
        and not each.type.shape and each.type.name.text != "money"
    }  # fmt: skip
    return case.contract | {"documents": documents, "precedence": topics}


def _holds(case: Case, data: DataObject) -> None:
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
