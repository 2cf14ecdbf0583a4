"""`termwise portfolio` on DuckDB or Spark, and the SQL of a policy for a warehouse."""

from __future__ import annotations

from datetime import date

from termwise.cli import options
from termwise.cli.arguments import Options, Parser
from termwise.cli.problems import Misuse, misuse
from termwise.cli.terminal import emit
from termwise.core.policy import Policy
from termwise.diagnostics import Problems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.report.portfolio import Summary
    from termwise.sql.portfolio import How

EMBEDDED, DUCKDB, SPARK = "embedded", "duckdb", "spark"
DIALECTS = ("duckdb", "spark", "snowflake", "bigquery", "postgres")


def add_engines(made: Parser) -> None:
    """Add `--engine` and `--sql`."""
    made.add_argument(
        "--engine", metavar="ENGINE", type=options.choice("engine", (EMBEDDED, DUCKDB, SPARK)), default=EMBEDDED,
        help="what the rows of Parquet files are judged on: embedded, duckdb or spark (default: embedded)",
    )  # fmt: skip
    made.add_argument(
        "--sql", metavar="DIALECT", type=options.choice("dialect", DIALECTS),
        help="judge nothing: print the policy as SQL for a table `contracts` with the cells of the source",
    )  # fmt: skip


def write_sql(policy: Policy, given: Options, problems: Problems) -> bool:
    """Print a policy as SQL; False where the source cannot be used, with problems that say why."""
    from termwise.sql import duckdb_engine
    from termwise.sql.problems import TableError

    source = _only(given)
    try:
        text = duckdb_engine.sql_text(source, policy, _how(given), given.sql)
    except TableError as error:
        _note(error, source, problems)
        return False
    emit(f"{text.rstrip()}\n", given.output)
    return True


def judge_on_engine(policy: Policy, given: Options, problems: Problems) -> Summary | None:
    """Judge on DuckDB or Spark; None where the source cannot be used, with problems that say why."""
    from termwise.sql.problems import TableError
    from termwise.sql.summary import summary_of

    source, how = _only(given), _how(given)
    try:
        if given.engine == SPARK:
            from termwise.sql import spark_engine

            on_spark = spark_engine.run(source, policy, how)
            counts, prepared = on_spark.counts, on_spark.prepared
            if given.rows is not None:
                on_spark.write(given.rows)
        else:
            from termwise.sql import duckdb_engine

            on_duckdb = duckdb_engine.run(source, policy, how)
            counts, prepared = on_duckdb.counts, on_duckdb.prepared
            if given.rows is not None:
                on_duckdb.write(given.rows)
    except TableError as error:
        _note(error, source, problems)
        return None
    return summary_of(policy, how, counts, prepared, source)


def _note(error: object, source: str, problems: Problems) -> None:
    from termwise.sql.problems import TableError

    assert isinstance(error, TableError)
    for each in error.diagnostics(source):
        problems.add(each)


def _how(given: Options) -> How:
    from termwise.sql.portfolio import How

    as_of = given.as_of or date.today()
    return How(as_of, given.fail_on, given.on_error, given.missing, frozenset(given.ignore))


def _only(given: Options) -> str:
    """Return the one source; an engine reads one table."""
    if len(given.sources) != 1:
        raise Misuse(given.sources[1], lambda span: misuse(span, "an engine judges one table, or one folder of files"))
    return str(given.sources[0])
