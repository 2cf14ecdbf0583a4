"""The tests of policies → text and data: what failed, where the test stands, and why it came out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.core.policy import Policy
from termwise.frozen import frozen
from termwise.quantities.numerals import count
from termwise.report.basis import basis_of
from termwise.report.colour import Paint, Tone
from termwise.report.expected import expected_text, failure_data, found_text
from termwise.report.json import Json
from termwise.report.printable import on_one_line, quoted, wrapped
from termwise.report.problems import place_in_text
from termwise.report.reason import reason
from termwise.selftest import Failure, TestResult


@frozen
class Tested:
    """A policy file whose tests were run."""

    file: str
    policy: Policy
    results: tuple[TestResult, ...]

    @property
    def failed(self) -> int:
        """How many tests failed."""
        return sum(bool(each.failures) for each in self.results)


def tests_text(tested: Sequence[Tested], *, width: int = 80, colour: bool = False) -> str:
    """Return what came of tests: a line a policy, a block a failure, and the sum."""
    paint = Paint(colour)
    lines = []
    for each in tested:
        lines.append(_line(each, paint))
        for result in each.results:
            lines += _failed(result, width, paint)
    ran, failed = sum(len(each.results) for each in tested), sum(each.failed for each in tested)
    if not ran:
        return "\n".join([*lines, "no tests were found"]) + "\n"
    end = paint(f"{count(failed, 'test')} of {ran:,} failed", Tone.BAD) if failed else f"{count(ran, 'test')} passed"
    return "\n".join([*lines, end]) + "\n"


def tests_data(tested: Sequence[Tested], version: str, errors: Sequence[Json]) -> dict[str, Json]:
    """Return what came of tests, as data; `errors` are what was wrong with policies that could not be tested."""
    ran, failed = sum(len(each.results) for each in tested), sum(each.failed for each in tested)
    return {
        "termwise": version,
        "passed": ran - failed,
        "failed": failed,
        "policies": [
            {"policy": each.policy.name, "file": each.file, "tests": [_data(result) for result in each.results]}
            for each in tested
        ],
        "errors": list(errors),
    }


def _line(tested: Tested, paint: Paint) -> str:
    ran = len(tested.results)
    name = f"{tested.policy.name} ({on_one_line(tested.file)})"
    if tested.failed:
        return f"{paint('✗', Tone.BAD)} {name}: {tested.failed} of {count(ran, 'test')} failed"
    if not ran:
        return f"{paint('-', Tone.FAINT)} {name}: no tests"
    return f"{paint('✓', Tone.GOOD)} {name}: {count(ran, 'test')} passed"


def _failed(result: TestResult, width: int, paint: Paint) -> Iterator[str]:
    if result.failures:
        yield f"  {place_in_text(result.test.span)}: {paint(quoted(result.test.title), Tone.STRONG)}"
    for each in result.failures:
        yield from _unmet(each, width)
        yield from wrapped(_why(result, each), width, " " * 6)


def _unmet(failure: Failure, width: int) -> Iterator[str]:
    """Yield what was expected and found: on one line, or where reasons were expected on lines of their own."""
    head = f"    {place_in_text(failure.expectation.span)}: {failure.found.rule.name}"
    wanted, found = f"expected {expected_text(failure.expectation)}", found_text(failure)
    if failure.expectation.causes is None:
        yield f"{head}: {wanted}, found {found}"
    else:
        yield head
        yield from wrapped(wanted, width, " " * 6, " " * 8)
        yield from wrapped(f"found    {found}", width, " " * 6, " " * 8)


def _data(result: TestResult) -> Json:
    span = result.test.span
    return {
        "test": result.test.title,
        "line": span.line,
        "column": span.column,
        "passed": not result.failures,
        "failures": [
            failure_data(each)
            | {
                "because": _why(result, each),
                "line": each.expectation.span.line,
                "column": each.expectation.span.column,
            }
            for each in result.failures
        ],
    }


def _why(result: TestResult, failure: Failure) -> str:
    return reason(failure.found, basis_of(result.judgement))
