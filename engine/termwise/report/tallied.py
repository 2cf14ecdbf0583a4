"""The counts of a run in columns → the summary that reports are made of."""

from __future__ import annotations

from datetime import date

from termwise.columns.kernel import CODES
from termwise.columns.planes import FAIL, OPEN, PASS
from termwise.columns.tally import Tally, decided
from termwise.core.policy import Severity
from termwise.report.portfolio import RuleCount, Summary, VendorCount, WorstCount


def summary_of(tally: Tally, as_of: date) -> Summary:
    """Return what was counted. Rows that were skipped leave a run that would pass undecided, and so does no row."""
    policy = tally.policy
    passes, undecided, fails = (int(tally.decisions[each]) for each in (PASS, OPEN, FAIL))
    rules = [
        RuleCount(rule.name, rule.severity, {outcome: int(count) for outcome, count in zip(CODES, row, strict=True)})
        for rule, row in zip(policy.rules, tally.counts, strict=True)
    ]
    vendors = [VendorCount(name, *(int(each) for each in counts)) for name, counts in tally.vendors.items()]
    worst = [
        WorstCount(each.contract, each.vendor, dict(zip(Severity, each.failing, strict=True))) for each in tally.worst
    ]
    decision = decided(tally.decisions.tolist())
    return Summary(
        policy,
        as_of,
        "undecided" if decision == "pass" and (tally.skipped or not tally.live) else decision,
        tally.live,
        passes,
        undecided,
        fails,
        tally.skipped,
        tuple(rules),
        {severity: int(count) for severity, count in zip(Severity, tally.affected, strict=True)},
        tuple(sorted(vendors, key=lambda each: (-each.fails, -each.undecided, each.vendor or ""))),
        tuple(worst),
        tuple(tally.faults),
    )
