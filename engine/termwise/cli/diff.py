"""`termwise diff`: what a change of a policy does to the contracts that pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from termwise import __version__
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.inputs import read_contracts
from termwise.cli.solver import need_solver, pair
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.contracts.nodes import RawContract
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.judgement import Judgement
from termwise.frozen import replace
from termwise.run import judge_all


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "diff",
        summary,
        "Says of each rule, and of the whole: stricter, looser, equivalent or incomparable, with contracts that pass\n"
        "the one version and fail the other, or need another approval; and which waivers came and went. With\n"
        "--contracts, which of those are decided otherwise now. Exit code 0: the same contracts pass with the same\n"
        "approvals. 1: they do not. 3: that could not be decided. 2: something cannot be used.",
        "termwise diff HEAD:policies/own.tw policies/own.tw --contracts contracts/\n"
        "termwise diff v1.0:own.tw HEAD:own.tw --format json",
    )
    made.add_argument("old", metavar="OLD", help="the policy as it was: a name, a file, or REVISION:FILE")
    made.add_argument("new", metavar="NEW", help="the policy as it is")
    made.add_argument(
        "--contracts", nargs="+", action="extend", metavar="CONTRACT", default=[],
        help="contracts, or folders of them, to judge by both",
    )  # fmt: skip
    options.add_as_of(made)
    options.add_fail_on(made)
    options.add_format(made, ("text", "json"))
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Compare, report, and return the exit code."""
    given = parser(summary).read(words)
    need_solver("diff")
    problems = Problems()
    policies = pair(given.old, given.new, problems)
    contracts = read_contracts(given.contracts, problems) if given.contracts else None
    as_of = given.as_of or date.today()
    if policies is None:
        complain(problems)
        return 2
    from termwise.analyze.compare import Relation, difference
    from termwise.report.compared import difference_data, difference_text, flips

    found = difference(*policies, fail_on=given.fail_on)
    flipped = None if contracts is None else flips(_judged(contracts, policies, as_of, problems), given.fail_on)
    complain(problems)
    if given.format == "json":
        from termwise.report.json import dump

        emit(dump(difference_data(found, flipped, version=__version__)), given.output)
    else:
        columns, colour = width(given.output), has_colour(given.output)
        names = (given.old, given.new)
        emit(difference_text(found, flipped, names, width=columns, colour=colour), given.output)
    if problems.has_errors:
        return 2
    if flipped:
        return 1
    return {Relation.EQUIVALENT: 0, Relation.UNDECIDED: 3}.get(found.relation, 1)


def _judged(
    contracts: Sequence[RawContract], policies: tuple[Policy, Policy], as_of: date, problems: Problems
) -> list[tuple[Judgement, Judgement]]:
    """Return what each policy makes of each contract; one that cannot be read is reported and left out.

    A contract may state terms that only one version of the vocabulary has.
    """
    from termwise.analyze.witness import whole_vocabulary

    vocabulary = whole_vocabulary(policies)
    policies = replace(policies[0], vocabulary=vocabulary), replace(policies[1], vocabulary=vocabulary)
    by_contract: dict[str, list[Judgement]] = {}
    for judgement in judge_all(contracts, policies, as_of, problems):
        by_contract.setdefault(judgement.contract.id, []).append(judgement)
    return [(before, after) for before, after in by_contract.values()]
