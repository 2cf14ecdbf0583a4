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

from termwise import PolicyError
from termwise.api import Policy
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.diagnostics import Problems
from termwise.evaluate import reference


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


def _expected(policy: Policy, facts: dict[Any, Any]) -> dict[str, str] | None:
    problems = Problems()
    raw = mapping.raw(facts, problems)
    contract = None if raw is None else bind(raw, policy.vocabulary, problems)
    if contract is None or problems.has_errors:
        return None
    judgement = reference.judge(policy._policy, contract, AS_OF)
    return {each.rule.name: each.outcome.value for each in judgement.results}
