"""The counts of a statement → the summary that reports are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.core.outcome import Outcome
from termwise.core.policy import Policy
from termwise.frozen import frozen
from termwise.report.portfolio import RuleCount, Summary
from termwise.sql.portfolio import Counts, How, Prepared
from termwise.sql.problems import BadRows


@frozen
class Fault:
    """A row that could not be judged. A table of an engine has no first row, so none has a number."""

    file: str
    contract: str | None
    place: str
    why: str
    row: int | None = None


def summary_of(policy: Policy, how: How, counts: Counts, prepared: Prepared, name: str) -> Summary:
    """Return what was counted. Rows that were skipped leave a run that would pass undecided."""
    fails, undecided, passes = (counts.decisions.get(each, 0) for each in ("fail", "undecided", "pass"))
    decision = "fail" if fails else "undecided" if undecided or prepared.skipped else "pass"
    rules = tuple(
        RuleCount(rule.name, rule.severity, {Outcome(name): count for name, count in counts.rules[rule.name].items()})
        for rule in policy.rules
    )
    contracts = fails + undecided + passes
    return Summary(
        policy, how.as_of, decision, contracts, passes, undecided, fails, prepared.skipped, rules, None, (), (),
        tuple(_faults(prepared.bad, name)),
    )  # fmt: skip


def _faults(bad: Sequence[BadRows], name: str) -> Iterator[Fault]:
    for each in bad:
        for contract in each.contracts:
            yield Fault(name, contract, each.column, each.why)
