"""What every evaluator returns: outcomes, with the causes of what could not be decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from termwise.contracts.facts import Contract, Standing
from termwise.core.cause import Cause, State
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule, Waiver
from termwise.diagnostics import Diagnostic
from termwise.frozen import frozen

__all__ = ["Cause", "Judgement", "Outcome", "RuleResult", "State"]


@frozen
class RuleResult:
    """What came of one rule.

    `rung` is "prefer", "require" or "fallback N" (from 1) where the ladder was landed on, also when only unassured
    facts hold it there. `would_be` is what an unsecured rule would be on assured facts, and what a waived rule
    would have been. `causes` are sorted, and empty unless the outcome (or the one waived) is undecided.
    """

    rule: Rule
    outcome: Outcome
    rung: str | None
    would_be: Outcome | None
    causes: tuple[Cause, ...]
    approved_by: str | None
    waiver: Waiver | None = None


@frozen
class Judgement:
    """A policy applied to a contract on a date: one result a rule, in source order, and what it stood on.

    `standings` are the facts after precedence, before assurance; `notices` are remarks that change no outcome.
    """

    policy: Policy
    contract: Contract
    as_of: date
    results: tuple[RuleResult, ...]
    standings: Mapping[str, Standing]
    notices: tuple[Diagnostic, ...] = ()
