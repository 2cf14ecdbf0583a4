"""Whether a waiver is in force: one function, for every evaluator and every command; and what is amiss with waivers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from termwise.contracts.facts import Contract
from termwise.core.expr import Expr
from termwise.core.policy import Policy, Rule, Waiver
from termwise.diagnostics import Diagnostic, problem
from termwise.evaluate.judgement import Outcome, RuleResult
from termwise.quantities.numerals import count
from termwise.truth import Truth

SOON = 30
"""Days before its end from which a waiver is said to expire soon."""


def waiver_for(
    rule: Rule, waivers: Iterable[Waiver], contract: Contract, as_of: date, holds: Callable[[Expr], Truth]
) -> Waiver | None:
    """Return the first waiver in force for a rule in a contract; `holds` judges its `while` on assured facts."""
    return next((each for each in waivers if each.covers(rule) and in_force(each, contract, as_of, holds)), None)


def in_force(waiver: Waiver, contract: Contract, as_of: date, holds: Callable[[Expr], Truth]) -> bool:
    """Whether a waiver is in force: its contract, its last day included, and its bounds, which must surely hold."""
    if waiver.contract != contract.id or as_of > waiver.until:
        return False
    return waiver.condition is None or holds(waiver.condition) is Truth.TRUE


def notices(policy: Policy, contract: Contract, results: Sequence[RuleResult], as_of: date) -> tuple[Diagnostic, ...]:
    """Return what is worth knowing of the waivers for a contract: those expired, soon to expire, or of no use."""
    found = []
    for waiver in policy.waivers:
        if waiver.contract != contract.id:
            continue
        covered = [result for result in results if waiver.covers(result.rule)]
        if as_of > waiver.until:
            found.append(expired(waiver, as_of))
        elif any(result.waiver == waiver for result in covered):
            if (waiver.until - as_of).days <= SOON:
                found.append(expiring(waiver, as_of))
        else:
            passes = all(result.outcome.passes and result.outcome is not Outcome.WAIVED for result in covered)
            found.append(_unused(waiver, passes))
    return tuple(found)


def expired(waiver: Waiver, as_of: date) -> Diagnostic:
    """Say that a waiver is over."""
    ago = count((as_of - waiver.until).days, "day")
    return problem(
        "TW517",
        waiver.span,
        f"the waiver of `{waiver.target}` for `{waiver.contract}` ended on {waiver.until}, {ago} before {as_of}",
        hint="have it approved anew, or remove it",
    )


def expiring(waiver: Waiver, as_of: date) -> Diagnostic:
    """Say that a waiver is about to end."""
    left = (waiver.until - as_of).days
    when = "ends today" if left == 0 else f"ends in {left} days" if left > 1 else "ends tomorrow"
    return problem(
        "TW518", waiver.span, f"the waiver of `{waiver.target}` for `{waiver.contract}` {when}, on {waiver.until}"
    )


def _unused(waiver: Waiver, passes: bool) -> Diagnostic:
    why = (
        "the rule passes without it"
        if passes
        else "its `while` does not surely hold, or another waiver covers the rule"
    )
    return problem(
        "TW519", waiver.span, f"the waiver of `{waiver.target}` for `{waiver.contract}` covers nothing: {why}"
    )
