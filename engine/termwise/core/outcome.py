"""What can come of a rule. Tests in a policy expect one of these, and every evaluator returns one."""

from __future__ import annotations

from enum import Enum, unique


@unique
class Outcome(Enum):
    """What came of a rule; the value is its name in reports and tests."""

    NOT_APPLICABLE = "not_applicable"
    PREFERRED = "preferred"
    MET = "met"
    CONCEDED = "conceded"
    WAIVED = "waived"
    UNSECURED = "unsecured"
    UNDECIDED = "undecided"
    BREACHED = "breached"

    @property
    def passes(self) -> bool:
        """Whether the outcome counts as a pass."""
        return self not in (Outcome.UNSECURED, Outcome.UNDECIDED, Outcome.BREACHED)
