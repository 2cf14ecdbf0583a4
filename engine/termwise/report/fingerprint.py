"""What results are known by from one run to the next, whatever the contract says and wherever it says it."""

from __future__ import annotations

from termwise.cachefolder import digest
from termwise.evaluate.judgement import Judgement, RuleResult

_DIGITS = 32
"""How much of a digest is a fingerprint."""


def fingerprint(*identity: str) -> str:
    """Return what something is known by."""
    return digest(*identity)[:_DIGITS]


def result_fingerprint(result: RuleResult, judgement: Judgement) -> str:
    """Return what a result is known by: the contract, the policy and the rule."""
    return fingerprint("check", judgement.contract.id, judgement.policy.name, result.rule.name)


def unknown_results(judgement: Judgement, known: frozenset[str]) -> tuple[RuleResult, ...]:
    """Return the results to report: all but those that a baseline knows."""
    if not known:
        return judgement.results
    return tuple(each for each in judgement.results if result_fingerprint(each, judgement) not in known)
