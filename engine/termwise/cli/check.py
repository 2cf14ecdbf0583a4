"""`termwise check`: judge contracts by policies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from termwise import __version__
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.inputs import read_contracts, read_policies, told_apart
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.diagnostics import Problems
from termwise.report.decision import decision, exit_code
from termwise.run import judge_all


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "check",
        summary,
        "Exit code 0: nothing found at or above --fail-on. 1: a rule breached or unsecured. 3: nothing worse than\n"
        "undecided. 2: something given cannot be used; what can be is still judged.",
        "termwise check contracts/ --policy ai_data_protection --fail-on major\n"
        "termwise check acme.yaml --policy ai_data_protection our_own.tw --as-of 2026-11-24 --format json",
    )
    made.add_argument(
        "contracts", nargs="*", metavar="CONTRACT",
        help="a contract (.yaml, .json, .toml), a folder of contracts, or - for standard input",
    )  # fmt: skip
    options.add_policies(made)
    options.add_as_of(made)
    options.add_fail_on(made)
    options.add_format(made, ("text", "json"))
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Judge, report, and return the exit code."""
    given = parser(summary).read(words)
    paths, names = told_apart(given.contracts, given.policy)
    as_of = given.as_of or date.today()
    problems = Problems()
    policies = read_policies(names, problems)
    judgements = list(judge_all(read_contracts(paths, problems), policies, as_of, problems))
    complain(problems)
    if given.format == "json":
        from termwise.report.json import check_report, dump

        report = check_report(
            judgements, as_of=as_of, fail_on=given.fail_on, version=__version__, errors=problems.errors
        )
        emit(dump(report), given.output)
    elif judgements:
        from termwise.report.text import check_text

        columns, colour = width(given.output), has_colour(given.output)
        text = check_text(judgements, fail_on=given.fail_on, width=columns, colour=colour, errors=problems.errors)
        emit(text, given.output)
    results = (result for each in judgements for result in each.results)
    return 2 if problems.has_errors else exit_code(decision(results, given.fail_on))
