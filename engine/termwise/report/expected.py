"""What a test expects of a rule and what came of it, in the words of `expect`."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.core.cause import Cause
from termwise.core.outcome import Outcome
from termwise.core.policy import Expectation
from termwise.report.json import Json, cause_data
from termwise.selftest import Failure


def expected_text(expected: Expectation) -> str:
    """Return what is expected: "undecided because audit.notice is vague"."""
    return _text(expected.outcome, expected.would_be, expected.rung, expected.causes)


def found_text(failure: Failure) -> str:
    """Return what came instead; what it would be, and what leaves it open, only where the test asks for that."""
    expected, found = failure.expectation, failure.found
    would_be = found.would_be if expected.would_be is not None else None
    return _text(found.outcome, would_be, found.rung, failure.causes if expected.causes is not None else None)


def failure_data(failure: Failure) -> dict[str, Json]:
    """Return what is expected (null: the test does not say) and what came instead, as data."""
    expected, found = failure.expectation, failure.found
    return {
        "rule": found.rule.name,
        "expected": expected.outcome.value,
        "expected_would_be": None if expected.would_be is None else expected.would_be.value,
        "expected_rung": expected.rung,
        "expected_unknown": None if expected.causes is None else [cause_data(each) for each in expected.causes],
        "found": found.outcome.value,
        "would_be": None if found.would_be is None else found.would_be.value,
        "rung": found.rung,
        "unknown": [cause_data(each) for each in failure.causes],
    }


def _text(outcome: Outcome, would_be: Outcome | None, rung: str | None, causes: Sequence[Cause] | None) -> str:
    said = outcome.value
    if would_be is not None:
        said += f" as {would_be.value}"
    if rung is not None:
        said += f" at {rung}"
    return f"{said} because {' and '.join(map(str, causes))}" if causes else said
