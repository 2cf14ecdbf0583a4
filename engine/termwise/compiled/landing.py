"""Where a rule can land, each place one object, so that generated code can name it and compare it by identity."""

from __future__ import annotations

from functools import cache

from termwise.core.outcome import Outcome
from termwise.core.policy import Rule, Waiver
from termwise.evaluate.judgement import Cause, RuleResult


class Landed:
    """An outcome with its rung (from the top: "prefer", "require", "fallback 1"), and what it would be otherwise."""

    __slots__ = ("outcome", "passes", "rung", "waiver", "would_be")

    def __init__(
        self, outcome: Outcome, rung: str | None = None, would_be: Outcome | None = None, waiver: Waiver | None = None
    ) -> None:
        """Make a landing; those that many rules share are made once, below."""
        self.outcome = outcome
        self.passes = outcome.passes
        self.rung = rung
        self.would_be = would_be
        self.waiver = waiver

    def result(self, rule: Rule, causes: tuple[Cause, ...]) -> RuleResult:
        """Return the result of a rule that landed here."""
        approved_by = None
        if self.waiver is not None:
            approved_by = self.waiver.approved_by
        elif self.rung is not None and self.rung.startswith("fallback"):
            approved_by = rule.fallbacks[int(self.rung.split()[-1]) - 1].approved_by
        return RuleResult(rule, self.outcome, self.rung, self.would_be, causes, approved_by, self.waiver)

    def __repr__(self) -> str:
        return f"<Landed {self.outcome.value}>"


NOT_APPLICABLE = Landed(Outcome.NOT_APPLICABLE)
PREFERRED = Landed(Outcome.PREFERRED, "prefer")
MET = Landed(Outcome.MET, "require")
UNDECIDED = Landed(Outcome.UNDECIDED)
BREACHED = Landed(Outcome.BREACHED)


@cache
def conceded(number: int) -> Landed:
    """Return the landing on a fallback, counted from 1."""
    return Landed(Outcome.CONCEDED, f"fallback {number}")


@cache
def unsecured(landed: Landed) -> Landed:
    """Return what a passing landing is on facts of too little assurance."""
    return Landed(Outcome.UNSECURED, landed.rung, landed.outcome)


def waived(landed: Landed, waiver: Waiver) -> Landed:
    """Return what a failing landing is under a waiver."""
    return Landed(Outcome.WAIVED, landed.rung, landed.outcome, waiver)
