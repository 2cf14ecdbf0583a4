"""`termwise test`: run the tests that policies carry."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from termwise import __version__, library, lookup
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.report.tests import Tested, tests_data, tests_text
from termwise.selftest import run_tests
from termwise.textfile import read_text


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
    options.add_format(made, ("text", "json"))
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Run the tests, report, and return the exit code."""
    given = parser(summary).read(words)
    problems = Problems()
    tested = [
        Tested(name, policy, run_tests(policy))
        for name in dict.fromkeys(_names(given.policies))
        if (policy := _policy(name, problems)) is not None
    ]
    complain(problems)
    if given.format == "json":
        from termwise.report.json import diagnostic_data, dump

        emit(dump(tests_data(tested, __version__, [diagnostic_data(each) for each in problems.errors])), given.output)
    elif tested or not problems.has_errors:
        emit(tests_text(tested, width=width(given.output), colour=has_colour(given.output)), given.output)
    if problems.has_errors:
        return 2
    return 0 if any(each.results for each in tested) and not any(each.failed for each in tested) else 1


def _policy(name: str, problems: Problems) -> Policy | None:
    """Return a policy that has no error; one that has none of its own may stand beside others that have."""
    own = Problems()
    policy = lookup.load_policy(name, own)
    problems.sources.update(own.sources)
    for each in own.all:
        problems.add(each)
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
