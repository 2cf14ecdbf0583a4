"""Law: the quick answer about plain values is the answer, and is refused where the slow one is."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, note
from judging import CHANGES, compiled
from strategies.case import Case, cases
from strategies.plain import plain
from strategies.policy import AS_OF

from termwise import PolicyError, library
from termwise.api import Policy
from termwise.compiler import compile_policy
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.source import Source


@given(cases(), st.data())
def test_outcomes_of_plain_values_are_those_of_the_reference(case: Case, data: st.DataObject) -> None:
    """Agreement: what a mapping comes to does not depend on what was asked before it, and errors are the same."""
    policy = Policy(compiled(case))
    for _ in range(2 * CHANGES):
        facts = data.draw(plain(case.terms))
        note(f"facts: {facts}")
        expected = _expected(policy, facts)
        if expected is None:
            with pytest.raises(PolicyError):
                policy.outcomes(facts, as_of=AS_OF)
            with pytest.raises(PolicyError):
                policy.evaluate(facts, as_of=AS_OF)
        else:
            assert dict(policy.outcomes(facts, as_of=AS_OF)) == expected


def test_a_mapping_without_an_id_has_the_same_one_for_both() -> None:
    """A waiver that names what a nameless mapping is called covers it, however it is asked about."""
    text = (
        "policy p\nuses ai_procurement\nrule notice\n  require breach.notice <= 72 hours\n"
        'waive notice for contract "contract" until 2099-01-01 approved by "CISO" because "the law of this test"\n'
    )
    problems = Problems()
    made = compile_policy(Source("p.tw", text), lambda name, _from: library.find(name), problems)
    assert made is not None and not problems.all
    policy, facts = Policy(made), {"breach.notice": "5 days"}
    assert policy.evaluate(facts, as_of=AS_OF)["notice"].outcome == "waived"
    assert policy.outcomes(facts, as_of=AS_OF)["notice"] == "waived"


def _expected(policy: Policy, facts: dict[Any, Any]) -> dict[str, str] | None:
    problems = Problems()
    raw = mapping.raw(facts, problems)
    contract = None if raw is None else bind(raw, policy.vocabulary, problems)
    if contract is None or problems.has_errors:
        return None
    judgement = reference.judge(policy._policy, contract, AS_OF)
    return {each.rule.name: each.outcome.value for each in judgement.results}
