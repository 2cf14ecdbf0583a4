"""`termwise prove`: say whether every contract that passes one policy passes another."""

from __future__ import annotations

from collections.abc import Sequence

from termwise import __version__
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.problems import Misuse, misuse
from termwise.cli.solver import need_solver, pair
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.diagnostics import Problems

_IMPLIES = "implies"


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "prove",
        summary,
        "Every answer is proved for all contracts there are, or refuted with a contract that passes the one policy\n"
        "and fails the other. Waivers are left out. Exit code 0: proved. 1: refuted. 3: nothing worse than undecided.\n"
        "2: a policy cannot be used.",
        "termwise prove our_own.tw implies gdpr_article_28\n"
        "termwise prove ai_data_protection implies hipaa_baa --format json",
    )
    made.add_argument("first", metavar="A", help="the policy that contracts pass: a name, a file, or REVISION:FILE")
    made.add_argument("implies", metavar=_IMPLIES, help="the word itself")
    made.add_argument("second", metavar="B", help="the policy that they may or may not pass then")
    options.add_fail_on(made)
    options.add_format(made, ("text", "json"))
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Prove, report, and return the exit code."""
    given = parser(summary).read(words)
    if given.implies != _IMPLIES:
        raise Misuse(given.implies, lambda span: misuse(span, f"`{given.implies}` stands where `implies` belongs"))
    need_solver("prove")
    problems = Problems()
    policies = pair(given.first, given.second, problems)
    complain(problems)
    if policies is None:
        return 2
    from termwise.analyze.compare import Verdict, implication
    from termwise.report.compared import implication_data, implication_text

    found = implication(*policies, fail_on=given.fail_on)
    if given.format == "json":
        from termwise.report.json import dump

        emit(dump(implication_data(found, version=__version__)), given.output)
    else:
        columns, colour = width(given.output), has_colour(given.output)
        emit(implication_text(found, (given.first, given.second), width=columns, colour=colour), given.output)
    return {Verdict.PROVED: 0, Verdict.REFUTED: 1, Verdict.UNDECIDED: 3}[found.whole.verdict]
