"""`termwise portfolio`: judge many contracts at once, from tables, lines of JSON or folders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec

from termwise import __version__
from termwise.cli import options
from termwise.cli.arguments import Options, Parser
from termwise.cli.engines import EMBEDDED, add_engines, judge_on_engine, write_sql
from termwise.cli.inputs import read_policies
from termwise.cli.problems import Misuse, misuse, no_columns, unwritable
from termwise.cli.progress import Progress
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.contracts.files import find_contracts, read_contract
from termwise.core.policy import Policy
from termwise.diagnostics import PolicyError, Problems
from termwise.report.portfolio import Summary, summary_data, summary_text

_EXIT = {"pass": 0, "fail": 1, "undecided": 3}


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "portfolio",
        summary,
        "A table (.parquet, .arrow, .csv) has a row a contract and a column a term: `breach.notice` as a contract\n"
        "file writes it, or numbers in `breach.notice in hours`; `breach.notice assurance` says what the fact is\n"
        "worth. Lines of JSON (.jsonl) and contract files are contracts as `check` reads them. Exit codes are those\n"
        "of `check`; a run that skips rows is never a pass.",
        "termwise portfolio contracts.parquet --policy ai_data_protection --rows outcomes.parquet\n"
        "termwise portfolio contracts.jsonl --policy ai_data_protection --on-error skip --format json",
    )
    made.add_argument(
        "sources", nargs="+", metavar="SOURCE",
        help="a .parquet, .arrow, .feather, .csv or .jsonl file, a contract file, or a folder of one kind of them",
    )  # fmt: skip
    made.add_argument("--policy", "-p", metavar="NAME", help="a shipped policy by name, or the path of a .tw file")
    options.add_as_of(made)
    options.add_fail_on(made)
    made.add_argument(
        "--on-error", metavar="WHAT", type=options.choice("way with errors", ("stop", "skip")), default="stop",
        help="what a row that cannot be judged does: stop the run, or be skipped, counted and listed (default: stop)",
    )  # fmt: skip
    made.add_argument(
        "--missing", metavar="WHAT", type=options.choice("way with missing columns", ("error", "silent")),
        default="error", help="what a term without a column is: an error, or silent in every row (default: error)",
    )  # fmt: skip
    made.add_argument(
        "--ignore", metavar="COLUMN", nargs="+", action="extend", default=[],
        help="columns of a table that are no terms, and are passed over",
    )  # fmt: skip
    made.add_argument(
        "--rows", metavar="FILE", type=options.file,
        help="write what came of every row to a .parquet, .arrow, .csv or .jsonl file, whole or not at all",
    )  # fmt: skip
    made.add_argument(
        "--facts", metavar="FILE", type=options.file,
        help="judge nothing: write what precedence leaves of each contract to a table that can be judged in its place",
    )  # fmt: skip
    made.add_argument(
        "--worst", metavar="COUNT", type=_count, default=10,
        help="how many of the worst contracts to name (default: 10)",
    )  # fmt: skip
    add_engines(made)
    options.add_format(made, ("text", "json"))
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Judge, report, and return the exit code."""
    given = parser(summary).read(words)
    if given.policy is None:
        raise Misuse(None, lambda span: misuse(span, "a policy is missing", "add `--policy NAME`"))
    _need_columns()
    problems = Problems()
    policies = read_policies([given.policy], problems)
    if not policies:
        complain(problems)
        return 2
    try:
        if given.facts is not None:
            return _write_facts(policies[0], given, problems)
        if given.sql is not None or given.engine != EMBEDDED:
            return _on_engine(policies[0], given, problems)
        return _judge(policies[0], given, problems)
    except PolicyError as refused:
        problems.take(refused.problems)
        complain(problems)
        return 2


def _judge(policy: Policy, given: Options, problems: Problems) -> int:
    from termwise.columns import portfolio
    from termwise.columns.rows import ENDINGS
    from termwise.columns.sources import Reading, batches_of_paths, count_rows, refuse_over
    from termwise.compiled.program import Program
    from termwise.contracts.problems import no_rows
    from termwise.report.tallied import summary_of

    _check_ending(given.rows, ENDINGS)
    refuse_over(given.rows, given.sources)
    as_of = given.as_of or date.today()
    program = Program(policy)
    reading = Reading(program, as_of, given.missing == "silent", frozenset(given.ignore))
    batches = batches_of_paths(given.sources, reading, problems)
    wanted = portfolio.Wanted(
        as_of, given.fail_on, skips=given.on_error == "skip", rows=given.rows, worst=given.worst
    )  # fmt: skip
    name = given.sources[0] if len(given.sources) == 1 else ", ".join(given.sources)
    with Progress(count_rows(given.sources)) as progress:
        outcomes = portfolio.run(program, batches, wanted, name, progress.reached)
    if not outcomes.tally.rows and not problems.has_errors:
        problems.add(no_rows(name))
    complain(problems)
    if not outcomes.tally.rows:
        return 2
    found = summary_of(outcomes.tally, as_of)
    emit(_shown(found, given), given.output)
    return 2 if problems.has_errors else _EXIT[found.decision]


def _on_engine(policy: Policy, given: Options, problems: Problems) -> int:
    """Judge on another engine, or print what it would be asked, and return the exit code."""
    if given.sql is not None:
        is_sound = write_sql(policy, given, problems)
        complain(problems)
        return 0 if is_sound else 2
    found = judge_on_engine(policy, given, problems)
    complain(problems)
    if found is None:
        return 2
    emit(_shown(found, given), given.output)
    return _EXIT[found.decision]


def _write_facts(policy: Policy, given: Options, problems: Problems) -> int:
    """Write what stands in each contract to a table, and return the exit code."""
    from termwise.columns.facts import facts_table
    from termwise.columns.rows import ENDINGS, write_table
    from termwise.columns.sources import refuse_over
    from termwise.contracts.write import UnwritableError
    from termwise.run import bound

    _check_ending(given.facts, ENDINGS)
    refuse_over(given.facts, given.sources)
    files = find_contracts(given.sources, problems)
    read = (raw for file in files if (raw := read_contract(file, problems)) is not None)
    contracts = [each for raw in read for each in bound(raw, [policy], problems) or ()]
    complain(problems)
    if problems.has_errors:
        return 2
    try:
        table = facts_table(contracts, policy.vocabulary, given.as_of or date.today(), policy.holidays)
    except UnwritableError as error:
        why = f"a value has no exact form: {error}"
        raise Misuse(given.facts, lambda span: unwritable(span, given.facts, why)) from None
    write_table(table, given.facts)
    return 0


def _shown(summary: Summary, given: Options) -> str:
    if given.format == "json":
        from termwise.report.json import dump

        return dump(summary_data(summary, __version__))
    return summary_text(summary, width=width(given.output), colour=has_colour(given.output))


def _need_columns() -> None:
    """Refuse to go on without what columns are made of, and name what brings it."""
    if find_spec("numpy") is None or find_spec("pyarrow") is None:
        raise Misuse("portfolio", no_columns)


def _check_ending(path: str | None, endings: Sequence[str]) -> None:
    """Refuse a file whose name does not tell its format."""
    hint = f"its name may end in {', '.join(endings)}"
    if path is not None and not path.lower().endswith(tuple(endings)):
        raise Misuse(path, lambda span: misuse(span, f"nothing tells in which format `{path}` is to be", hint))


def _count(text: str) -> int:
    """Read a number that is not negative."""
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise Misuse(text, lambda span: misuse(span, f"`{text}` is no number of contracts"))
    return int(text)
