"""Outcomes → one decision and its exit code: what fails a build, in one place for every verb and every format."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum, unique

from termwise.core.policy import Severity
from termwise.evaluate.judgement import Outcome, RuleResult


@unique
class Decision(StrEnum):
    """What the results of a contract, or of a whole run, come to; worst first."""

    FAIL = "fail"
    UNDECIDED = "undecided"
    PASS = "pass"


def decision(results: Iterable[RuleResult], fail_on: Severity = Severity.MINOR) -> Decision:
    """Return what results come to, counting only the rules that weigh at least `fail_on`."""
    return worst(_counts_as(each.outcome) for each in results if each.rule.severity.reaches(fail_on))


def worst(decisions: Iterable[Decision]) -> Decision:
    """Return the worst of several decisions; of none, a pass."""
    found = set(decisions)
    return next((each for each in Decision if each in found), Decision.PASS)


def exit_code(made: Decision) -> int:
    """Return the code with which a command ends."""
    match made:
        case Decision.FAIL:
            return 1
        case Decision.UNDECIDED:
            return 3
        case Decision.PASS:
            return 0


def _counts_as(outcome: Outcome) -> Decision:
    if outcome.passes:
        return Decision.PASS
    return Decision.UNDECIDED if outcome is Outcome.UNDECIDED else Decision.FAIL
