"""What a portfolio comes to, as data, as a text for people, and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Severity
from termwise.frozen import frozen
from termwise.report.colour import Paint, Tone
from termwise.report.json import Json
from termwise.report.printable import on_one_line, padded

_MOST_ROWS = 15
_NAME = 30


@frozen
class RuleCount:
    """How often a rule came to each outcome."""

    rule: str
    severity: Severity
    outcomes: Mapping[Outcome, int]

    @property
    def failing(self) -> int:
        """How many contracts are in breach of it, or meet it on facts of too little assurance."""
        return self.outcomes.get(Outcome.BREACHED, 0) + self.outcomes.get(Outcome.UNSECURED, 0)


@frozen
class VendorCount:
    """What the contracts of a vendor came to."""

    vendor: str | None
    passes: int
    undecided: int
    fails: int


@frozen
class WorstCount:
    """One of the worst contracts, with how many rules it fails by severity, heaviest first."""

    contract: str
    vendor: str | None
    failing: Mapping[Severity, int]


class FaultLike(Protocol):
    """A row that could not be judged."""

    @property
    def file(self) -> str: ...  # noqa: D102 - as its name says
    @property
    def row(self) -> int | None: ...  # noqa: D102
    @property
    def contract(self) -> str | None: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102


@frozen
class Summary:
    """A whole run. `contracts` are those judged; `skipped` those that could not be, of which some are listed.

    `affected` is how many contracts fail a rule of each severity; None where that was not counted.
    """

    policy: Policy
    as_of: date
    decision: str
    contracts: int
    passes: int
    undecided: int
    fails: int
    skipped: int
    rules: tuple[RuleCount, ...]
    affected: Mapping[Severity, int] | None
    vendors: tuple[VendorCount, ...]
    worst: tuple[WorstCount, ...]
    faults: tuple[FaultLike, ...]


def summary_data(summary: Summary, version: str) -> dict[str, Json]:
    """Return a run as JSON says it."""
    return {
        "termwise": version,
        "as_of": summary.as_of.isoformat(),
        "policy": summary.policy.name,
        "decision": summary.decision,
        "contracts": summary.contracts,
        "pass": summary.passes,
        "undecided": summary.undecided,
        "fail": summary.fails,
        "skipped": summary.skipped,
        "rules": [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "outcomes": {outcome.value: each.outcomes.get(outcome, 0) for outcome in Outcome},
            }
            for each in summary.rules
        ],
        "severities": [
            {"severity": severity.value, "failing_contracts": summary.affected.get(severity, 0)}
            for severity in Severity
            if summary.affected is not None
        ],
        "vendors": [
            {"vendor": each.vendor, "pass": each.passes, "undecided": each.undecided, "fail": each.fails}
            for each in summary.vendors
        ],
        "worst": [
            {
                "contract": each.contract,
                "vendor": each.vendor,
                "failing": {severity.value: number for severity, number in each.failing.items()},
            }
            for each in summary.worst
        ],
        "faults": [
            {"file": each.file, "row": each.row, "contract": each.contract, "place": each.place, "why": each.why}
            for each in summary.faults
        ],
    }


def summary_text(summary: Summary, *, width: int, colour: bool) -> str:
    """Return a run as a page to read: the decision, then rules, vendors and contracts, the worst first."""
    paint = Paint(colour)
    return "\n".join(line.rstrip() for line in _lines(summary, width, paint)) + "\n"


def _lines(summary: Summary, width: int, paint: Paint) -> Iterator[str]:
    tone = {"fail": Tone.BAD, "undecided": Tone.OPEN, "pass": Tone.GOOD}[summary.decision]
    said = f"{_contracts(summary.contracts)} under {summary.policy.name} on {summary.as_of}"
    yield f"{paint(summary.decision, tone)}  {said}"
    yield f"{summary.passes:,} pass, {summary.undecided:,} undecided, {summary.fails:,} fail" + (
        f"; {summary.skipped:,} could not be judged and were skipped" if summary.skipped else ""
    )
    yield ""
    yield from _rules(summary, width, paint)
    if summary.vendors:
        yield ""
        yield from _vendors(summary, paint)
    if summary.worst:
        yield ""
        yield from _worst(summary, paint, width)
    if summary.faults:
        yield ""
        yield paint("skipped", Tone.STRONG)
        for each in summary.faults[:_MOST_ROWS]:
            who = f", {each.contract}" if each.contract else ""
            which = f"row {each.row:,}" if each.row is not None else "a row"
            yield f"  {on_one_line(f'{each.file}: {which}{who}, at {each.place}: {each.why}')}"
        if summary.skipped > _MOST_ROWS:
            yield f"  … and {summary.skipped - _MOST_ROWS:,} more"


def _rules(summary: Summary, width: int, paint: Paint) -> Iterator[str]:
    shown = [each for each in Outcome if any(rule.outcomes.get(each) for rule in summary.rules)]
    heads = [each.value.replace("_", " ") for each in shown]
    sizes = [max(len(head), len(f"{summary.contracts:,}")) for head in heads]
    names = max([len(each.rule) + 2 for each in summary.rules] + [16])
    names = max(min(names, width - sum(sizes) - 2 * len(sizes)), 16)
    yield " " * names + "".join(f"  {head:>{size}}" for head, size in zip(heads, sizes, strict=True))
    for severity in Severity:
        found = [each for each in summary.rules if each.severity is severity]
        if found:
            failing = 0 if summary.affected is None else summary.affected.get(severity, 0)
            yield paint(severity.value, Tone.STRONG) + (
                f"  {_contracts(failing)} {'fails' if failing == 1 else 'fail'} one or more" if failing else ""
            )
        for each in found:
            numbers = zip((each.outcomes.get(outcome, 0) for outcome in shown), sizes, strict=True)
            cells = "".join(f"  {f'{number:,}' if number else '·':>{size}}" for number, size in numbers)
            yield padded(f"  {on_one_line(each.rule, names - 2)}", names) + cells


def _contracts(number: int) -> str:
    return "1 contract" if number == 1 else f"{number:,} contracts"


def _vendors(summary: Summary, paint: Paint) -> Iterator[str]:
    yield paint("vendors, most failing contracts first", Tone.STRONG)
    for each in summary.vendors[:_MOST_ROWS]:
        name = padded(on_one_line(each.vendor or "(not said)", _NAME), _NAME)
        yield f"  {name}  {each.fails:>9,} fail  {each.undecided:>9,} undecided  {each.passes:>9,} pass"
    if len(summary.vendors) > _MOST_ROWS:
        yield f"  … and {len(summary.vendors) - _MOST_ROWS:,} more"


def _worst(summary: Summary, paint: Paint, width: int) -> Iterator[str]:
    yield paint("contracts that fail most", Tone.STRONG)
    for each in summary.worst:
        said = ", ".join(_failing(each.failing))
        vendor = "" if each.vendor is None else f" ({each.vendor})"
        yield f"  {on_one_line(f'{each.contract}{vendor}: {said}', width - 2)}"


def _failing(failing: Mapping[Severity, int]) -> Sequence[str]:
    return [f"{number} {severity.value}" for severity, number in failing.items() if number]
