"""Outcomes in one shape, whoever they come from, and the error where two do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from benchmarks.workload import OUTCOMES, POLICY, RULES
from termwise import lookup
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge

AS_OF = date(2026, 11, 24)
"""The day asked about. No rule of the workload depends on it."""

Codes = tuple[int, ...]
_CODE_OF = {name: code for code, name in enumerate(OUTCOMES)}


def codes(outcomes: Any) -> Codes:
    """Return the codes of outcomes in the order of the rules: from codes, names or members of `Outcome`, or by rule."""
    found: Iterable[Any] = (outcomes[rule] for rule in RULES) if isinstance(outcomes, Mapping) else outcomes
    return tuple(_code(getattr(each, "outcome", each)) for each in found)


def _code(outcome: Any) -> int:
    name = getattr(outcome, "value", outcome)
    return _CODE_OF[name] if isinstance(name, str) else int(name)


def agree(name: str, found: Sequence[Codes], wanted: Sequence[Codes]) -> None:
    """Stop the benchmark where outcomes are not those of the reference interpreter."""
    for number, (ours, theirs) in enumerate(zip(found, wanted, strict=True)):
        for rule, one, other in zip(RULES, ours, theirs, strict=True):
            if one != other:
                said = f"contract {number}, {rule}: {OUTCOMES[one]}, and {OUTCOMES[other]} by the reference interpreter"
                raise SystemExit(f"{name} does not agree: {said}")


def policy() -> Policy:
    """Return the policy of the workload, compiled."""
    problems = Problems()
    found = lookup.load_policy(str(POLICY), problems)
    assert found is not None and not problems.has_errors, problems.all[:1]
    assert tuple(rule.name for rule in found.rules) == RULES
    return found


def bound(rules: Policy, facts: Mapping[str, Any]) -> Contract:
    """Return a mapping as a contract that the reference interpreter can judge."""
    problems = Problems()
    raw = mapping.raw(facts, problems)
    found = None if raw is None else bind(raw, rules.vocabulary, problems)
    assert found is not None and not problems.has_errors, problems.all[:1]
    return found


def reference(rules: Policy, contract: Contract) -> Codes:
    """Return what the reference interpreter says."""
    return codes(result.outcome for result in judge(rules, contract, AS_OF).results)
