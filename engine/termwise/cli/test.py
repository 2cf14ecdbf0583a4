"""`termwise test`: run the tests that policies carry."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property

from termwise import __version__, library, lookup
from termwise.cli.arguments import Parser
from termwise.cli.folders import policy_files, real
from termwise.cli.outputs import add_outputs, deliver, wanted
from termwise.cli.terminal import complain, has_colour, width
from termwise.cli.thorough import Asked, add_thoroughness, asked_of
from termwise.diagnostics import Problems
from termwise.report.decision import Decision
from termwise.report.tests import Tested, tests_data, tests_text
from termwise.selftest import run_tests
from termwise.textfile import read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.cli.files import Output
    from termwise.report.entries import Run


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "test",
        summary,
        "Each failure is shown with the place of its test, what was expected and found, and why. Exit code 1: a test\n"
        "failed, there was none, or less is tested than --fail-under says.",
        "termwise test our_policy.tw\ntermwise test policies/ ai_data_protection\n"
        "termwise test our_policy.tw --coverage --mutate --fail-under 95",
    )
    made.add_argument(
        "policies", nargs="*", metavar="POLICY", default=["."],
        help="a shipped policy by name, a .tw file, or a folder of them (default: the current folder)",
    )  # fmt: skip
    add_thoroughness(made)
    add_outputs(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Run the tests, report, and return the exit code."""
    given = parser(summary).read(words)
    outputs = wanted(given)
    asked = asked_of(given)
    problems = Problems()
    named = {each: _named(each, problems) for each in given.policies}
    distinct = {real(name): name for names in reversed(named.values()) for name in reversed(names)}
    found = {place: _tested(name, problems) for place, name in reversed(distinct.items())}
    tested = [each for each in found.values() if each is not None]
    complain(problems)
    report = _Report(tested, _untested(named, found), problems, asked)
    deliver(outputs, report)
    return report.exit_code


class _Report:
    """What came of a run, in whichever format is asked for."""

    beside: Sequence[Output] = ()

    def __init__(self, tested: Sequence[Tested], untested: Sequence[str], problems: Problems, asked: Asked) -> None:
        """Keep the results, what was named and has no tests, and what else is asked of the tests."""
        self._tested = tested
        self._untested = untested
        self._problems = problems
        self._thorough = asked.of(tested, problems.sources)

    @property
    def exit_code(self) -> int:
        """How the run ends."""
        return 2 if self._problems.has_errors else int(self._fails)

    @property
    def _fails(self) -> bool:
        """Whether a test failed, or not enough is tested; where there was no test, nothing was proved."""
        return bool(self._untested or any(each.failed for each in self._tested) or self._thorough.shortfalls)

    def own(self, form: str, path: str | None) -> str | None:
        """Return the text of a format of the verb's own."""
        if form == "json":
            from termwise.report.json import diagnostic_data, dump

            errors = [diagnostic_data(each) for each in self._problems.errors]
            data = tests_data(
                self._tested, __version__, errors,
                untested=self._untested, measured=self._thorough.data, shortfalls=self._thorough.shortfalls,
            )  # fmt: skip
            return dump(data)
        if not self._tested and self._problems.has_errors:
            return None
        columns, colour = width(path), has_colour(path)
        said = tests_text(self._tested, self._untested, width=columns, colour=colour)
        return said + self._thorough.text(columns, colour)

    @cached_property
    def run(self) -> Run:
        """The run in the shape that the shared formats write."""
        from termwise.report.entries_tests import tests_run

        made = Decision.FAIL if self._fails else Decision.UNDECIDED if self._problems.has_errors else Decision.PASS
        return tests_run(
            self._tested,
            self._untested,
            version=__version__,
            decision=made,
            exit_code=self.exit_code,
            found=self._problems.all,
            thorough=self._thorough.entries,
            asked=self._thorough.asked,
        )


def _tested(name: str, problems: Problems) -> Tested | None:
    """Run the tests of a policy that has no error; one that has none of its own may stand beside others that have."""
    own = Problems()
    policy = lookup.load_policy(name, own)
    problems.take(own)
    return None if own.has_errors or policy is None else Tested(name, policy, run_tests(policy))


def _untested(named: Mapping[str, Sequence[str]], found: Mapping[str, Tested | None]) -> list[str]:
    """Return the arguments behind which no test was found; what could not be read is complained of already."""
    untested = []
    for argument, names in named.items():
        behind = [found[real(name)] for name in names]
        if not any(each is None or each.results for each in behind):
            untested.append(argument)
    return untested


def _named(argument: str, problems: Problems) -> list[str]:
    """Return the policies that an argument means: one by name or path, or those in a folder, beside vocabularies."""
    if library.find(argument) is not None or not os.path.isdir(argument):
        return [argument]
    return [file for file in policy_files([argument], problems) if _is_policy(file)]


def _is_policy(path: str) -> bool:
    """Whether a file is no vocabulary; one that cannot be read counts as a policy, so that this is reported."""
    source = read_text(path, Problems())
    return source is None or lookup.declares(source) != "vocabulary"
