"""The tests of policies → entries: one for each test, and one where there was none to run."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.core.policy import Severity
from termwise.diagnostics import Diagnostic, Label
from termwise.report.basis import basis_of
from termwise.report.decision import Decision
from termwise.report.entries import Entry, Kind, Requirement, Run, numbered
from termwise.report.entries_codes import remarks
from termwise.report.expected import expected_text, found_text
from termwise.report.fingerprint import fingerprint
from termwise.report.reason import reason
from termwise.report.requirements import code_of, once, tests_id, tests_of
from termwise.report.tests import Tested
from termwise.selftest import Failure, TestResult
from termwise.source import start_of

_NOTHING = Requirement(
    "termwise/tests",
    "tests",
    "there is a test",
    "A run that finds no test proves nothing.",
    "A run that finds no test proves nothing.",
    "A run that finds no test proves nothing.",
    Severity.MAJOR,
    ("termwise", "policy-as-code"),
)


def tests_run(
    tested: Sequence[Tested],
    untested: Sequence[str],
    *,
    version: str,
    decision: Decision,
    exit_code: int,
    found: Sequence[Diagnostic] = (),
    thorough: Sequence[Entry] = (),
    asked: Sequence[Requirement] = (),
) -> Run:
    """Return a run of `test`; `untested` is what was named and has no tests.

    `found` are the diagnostics of whatever was given, `thorough` how thorough the tests are, and `asked` what is
    asked of that.
    """
    entries = [_entry(result, each) for each in tested for result in each.results]
    entries += [_none(each) for each in untested]

    def requirements() -> tuple[Requirement, ...]:
        own = [tests_of(each.policy) for each in tested]
        return once([*own, _NOTHING, *asked, *(code_of(each.code) for each in found)])

    names = tuple(dict.fromkeys(each.policy.name for each in tested))
    return Run(
        verb="test",
        version=version,
        noun="policy",
        subjects=names,
        scopes=names,
        requirements=requirements,
        entries=numbered([*entries, *thorough, *remarks(found)]),
        decision=decision,
        exit_code=exit_code,
    )


def _entry(result: TestResult, tested: Tested) -> Entry:
    name, title = tested.policy.name, result.test.title
    has_failed = bool(result.failures)
    return Entry(
        requirement=tests_id(tested.policy),
        subject=name,
        scope=name,
        name=title,
        kind=Kind.FAIL if has_failed else Kind.PASS,
        verdict="failed" if has_failed else "passed",
        severity=Severity.MAJOR,
        counts=has_failed,
        message="; ".join(_unmet(each, result) for each in result.failures) or "every rule came out as expected",
        place=result.test.span,
        fingerprint=fingerprint("test", name, title),
        related=tuple(Label(each.expectation.span, _expected(each)) for each in result.failures),
    )


def _unmet(failure: Failure, result: TestResult) -> str:
    why = reason(failure.found, basis_of(result.judgement))
    return f"{_expected(failure)}, found {found_text(failure)} ({why})"


def _expected(failure: Failure) -> str:
    return f"{failure.found.rule.name}: expected {expected_text(failure.expectation)}"


def _none(name: str) -> Entry:
    return Entry(
        requirement=_NOTHING.id,
        subject=name,
        scope="termwise",
        name="tests",
        kind=Kind.FAIL,
        verdict="failed",
        severity=Severity.MAJOR,
        counts=True,
        message="no tests were found",
        place=start_of(name),
        fingerprint=fingerprint("test", name),
    )
