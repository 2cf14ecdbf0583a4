"""`termwise test`: run the tests that policies carry."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from termwise import __version__, library, lookup
from termwise.cli.arguments import Parser
from termwise.cli.outputs import add_outputs, deliver, wanted
from termwise.cli.terminal import complain, has_colour, width
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.report.decision import Decision
from termwise.report.tests import Tested, tests_data, tests_text
from termwise.selftest import run_tests
from termwise.textfile import read_text

if TYPE_CHECKING:
    from termwise.cli.files import Output
    from termwise.report.entries import Run


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "test",
        summary,
        "Each failure is shown with the place of its test, what was expected and found, and why. Exit code 1: a test\n"
        "failed, or there was none.",
        "termwise test our_policy.tw\ntermwise test policies/ ai_data_protection",
    )
    made.add_argument(
        "policies", nargs="*", metavar="POLICY", default=["."],
        help="a shipped policy by name, a .tw file, or a folder of them (default: the current folder)",
    )  # fmt: skip
    add_outputs(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Run the tests, report, and return the exit code."""
    given = parser(summary).read(words)
    outputs = wanted(given)
    problems = Problems()
    tested = [
        Tested(name, policy, run_tests(policy))
        for name in dict.fromkeys(_names(given.policies))
        if (policy := _policy(name, problems)) is not None
    ]
    complain(problems)
    report = _Report(tested, given.policies, problems)
    deliver(outputs, report)
    return report.exit_code


class _Report:
    """What came of a run, in whichever format is asked for."""

    beside: Sequence[Output] = ()

    def __init__(self, tested: Sequence[Tested], named: Sequence[str], problems: Problems) -> None:
        """Keep the results, and what was named to be tested."""
        self._tested = tested
        self._named = named
        self._problems = problems

    @property
    def exit_code(self) -> int:
        """How the run ends."""
        return 2 if self._problems.has_errors else int(self._fails)

    @property
    def _fails(self) -> bool:
        """Whether a test failed; where there was none, nothing was proved."""
        return not any(each.results for each in self._tested) or any(each.failed for each in self._tested)

    def own(self, form: str, path: str | None) -> str | None:
        """Return the text of a format of the verb's own."""
        if form == "json":
            from termwise.report.json import diagnostic_data, dump

            return dump(
                tests_data(self._tested, __version__, [diagnostic_data(each) for each in self._problems.errors])
            )
        if not self._tested and self._problems.has_errors:
            return None
        return tests_text(self._tested, width=width(path), colour=has_colour(path))

    @cached_property
    def run(self) -> Run:
        """The run in the shape that the shared formats write."""
        from termwise.report.entries_tests import tests_run

        errors = self._problems.errors
        failed = any(each.failed for each in self._tested) or (self._fails and not errors)
        made = Decision.FAIL if failed else Decision.UNDECIDED if errors else Decision.PASS
        return tests_run(
            self._tested,
            self._named,
            version=__version__,
            decision=made,
            exit_code=self.exit_code,
            found=self._problems.all,
        )


def _policy(name: str, problems: Problems) -> Policy | None:
    """Return a policy that has no error; one that has none of its own may stand beside others that have."""
    own = Problems()
    policy = lookup.load_policy(name, own)
    problems.take(own)
    return None if own.has_errors else policy


def _names(given: Sequence[str]) -> Iterator[str]:
    """Yield the policies that are meant: those named, and those found in folders, which may hold vocabularies too."""
    for name in given:
        if library.find(name) is None and os.path.isdir(name):
            yield from (file for file in _files(name) if _is_policy(file))
        else:
            yield name


def _files(folder: str) -> Iterator[str]:
    """Yield the policy files below a folder, in order. Hidden folders, and links to folders, are left out."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(files):
            if name.endswith(library.SUFFIX):
                yield os.path.normpath(os.path.join(where, name))


def _is_policy(path: str) -> bool:
    """Whether a file is no vocabulary; one that cannot be read counts as a policy, so that this is reported."""
    source = read_text(path, Problems())
    return source is None or lookup.declares(source) != "vocabulary"
