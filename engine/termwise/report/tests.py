"""The tests of policies → text and data: what failed, where the test stands, and why it came out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from termwise.core.policy import Policy
from termwise.frozen import frozen
from termwise.quantities.numerals import count
from termwise.report.basis import basis_of
from termwise.report.colour import Paint, Tone
from termwise.report.expected import expected_text, failure_data, found_text
from termwise.report.json import Json
from termwise.report.printable import listed, on_one_line, quoted, wrapped
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


def tests_text(tested: Sequence[Tested], untested: Sequence[str] = (), *, width: int = 80, colour: bool = False) -> str:
    """Return what came of tests: a line a policy, a block a failure, and the sum; `untested` is what has no tests."""
    paint = Paint(colour)
    lines = []
    for each in tested:
        lines.append(_line(each, paint))
        for result in each.results:
            lines += _failed(result, width, paint)
    ran, failed = sum(len(each.results) for each in tested), sum(each.failed for each in tested)
    if ran:
        said = f"{count(failed, 'test')} of {ran:,} failed"
        lines.append(paint(said, Tone.BAD) if failed else f"{count(ran, 'test')} passed")
    if untested:
        lines.append(paint(no_tests(untested), Tone.BAD))
    return "".join(f"{line}\n" for line in lines)


def no_tests(untested: Sequence[str]) -> str:
    """Return that something has no tests, in words."""
    return f"no tests were found in {listed([on_one_line(each) for each in untested], 'or')}"


def tests_data(
    tested: Sequence[Tested],
    version: str,
    errors: Sequence[Json],
    *,
    untested: Sequence[str] = (),
    measured: Mapping[str, Mapping[str, Json]] = MappingProxyType({}),
    shortfalls: Sequence[str] = (),
) -> dict[str, Json]:
    """Return what came of tests, as data; `errors` are what was wrong with policies that could not be tested.

    `untested` is what was named and has no tests, `measured` how thoroughly each policy is tested, by file, where that
    was asked, and `shortfalls` what of that is too little.
    """
    ran, failed = sum(len(each.results) for each in tested), sum(each.failed for each in tested)
    return {
        "termwise": version,
        "passed": ran - failed,
        "failed": failed,
        "untested": list(untested),
        "shortfalls": list(shortfalls),
        "policies": [
            {
                "policy": each.policy.name,
                "file": each.file,
                "tests": [_data(result) for result in each.results],
                **measured.get(each.file, {}),
            }
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
