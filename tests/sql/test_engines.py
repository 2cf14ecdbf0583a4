"""A table of contracts on DuckDB and on Spark: what comes of it, what is at fault in it, and what is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import scene
from spark_session import spark  # noqa: F401 - a fixture

from termwise.compiled.program import Program
from termwise.core.policy import Severity
from termwise.sql import duckdb_engine, spark_engine
from termwise.sql.portfolio import How
from termwise.sql.problems import TableError
from termwise.tables import How as EmbeddedHow
from termwise.tables import evaluate_table

HOW = How(scene.AS_OF)

BAD: dict[str, tuple[int, Any, str]] = {
    "audit.standard": (2, '{"value": 7, "oops": 1}', "c-3"),
    "training.use": (0, "prohibitted", "c-1"),
    "uptime in %": (5, -1, "c-6"),
    "assurance": (1, "Signed", "c-2"),
    "liability.cap": (0, "USD 7", "c-1"),  # beside a number in another column
    "contract": (3, None, "?"),
}
"""By column: the row and the cell that nobody can read, and the contract that is named."""


def with_cell(column: str, row: int, value: object) -> Any:
    """Return the scene with one cell changed."""
    table = scene.table()
    cells = table.column(column).to_pylist()
    cells[row] = value
    return table.set_column(table.column_names.index(column), column, pa.array(cells, table.schema.field(column).type))


def embedded(table: Any) -> dict[str, list[str]]:
    """Return what the embedded engine makes of a table."""
    how = EmbeddedHow(scene.AS_OF, Severity.MINOR, True, False, frozenset(), 5)
    found = evaluate_table(Program(scene.policy()), table, how, "0").table
    return {name: found.column(name).cast("string").to_pylist() for name in found.column_names if name != "vendor"}


def on_spark(session: Any) -> Callable[[Any], Any]:
    """Return what makes a DataFrame of a table."""
    return lambda table: session.createDataFrame(table).coalesce(1)


@pytest.fixture
def parquet(tmp_path: Path) -> str:
    """The scene as a file."""
    path = tmp_path / "contracts.parquet"
    pq.write_table(scene.table(), path)
    return str(path)


# ------------------------------------------------------------------------------------------------------- outcomes


def test_duckdb_agrees_with_the_embedded_engine(parquet: str) -> None:
    """Every kind of column comes to the same, from memory and from a file."""
    for source in (scene.table(), parquet, str(Path(parquet).parent)):
        found = duckdb_engine.run(source, scene.policy(), HOW).table()
        assert sorted_rows(found.to_pydict()) == sorted_rows(embedded(scene.table()))


@pytest.mark.xdist_group("spark")
def test_spark_agrees_with_the_embedded_engine(spark: Any, parquet: str) -> None:  # noqa: F811
    """The same on Spark, and the same again with its ANSI mode off: nothing that is used depends on it."""
    for ansi in ("true", "false"):
        spark.conf.set("spark.sql.ansi.enabled", ansi)
        found = spark_engine.run(parquet, scene.policy(), HOW, spark)
        assert sorted_rows(found.table().to_pydict()) == sorted_rows(embedded(scene.table()))
    spark.conf.set("spark.sql.ansi.enabled", "true")
    assert found.counts.decisions == {"fail": 5, "undecided": 0, "pass": 1}


def sorted_rows(columns: dict[str, list[Any]]) -> list[tuple[tuple[str, Any], ...]]:
    names = sorted(columns)
    return sorted(tuple(zip(names, row, strict=True)) for row in zip(*(columns[each] for each in names), strict=True))


def test_numbers_come_to_what_the_embedded_engine_says() -> None:
    """At every limit, on both sides of it, and against the fees of a year."""
    days = [0, 6, 7, 8, 29, 30, 31, 88, 89, 90, 91, 92, 93, None]
    dollars = [0, 1, 23, 24, 25, 999_999, 1_000_000, 1_000_001, 2_000_000, None]
    rows = [(day, cap, fees) for day in days for cap in dollars for fees in (0, 12, 500_000, 1_000_000, None)]
    numbers = (
        ("deletion.deadline[request] in days", 0), ("liability.cap in USD", 1), ("commercial.annual_fees in USD", 2)
    )  # fmt: skip
    table = pa.table({"contract": [f"n-{number}" for number in range(len(rows))]})
    for name, place in numbers:
        table = table.append_column(name, pa.array([row[place] for row in rows], pa.int64()))
    how = EmbeddedHow(scene.AS_OF, Severity.MINOR, False, True, frozenset(), 5)
    wanted = evaluate_table(Program(scene.policy()), table, how, "0").table
    found = duckdb_engine.run(table, scene.policy(), How(scene.AS_OF, missing="silent")).table()
    for name in found.column_names:
        assert found.column(name).to_pylist() == wanted.column(name).cast("string").to_pylist(), name


def test_fail_on_decides_as_check_does() -> None:
    """Rules that weigh less than what is asked about do not count."""
    policy = scene.policy()
    minor, major = (
        duckdb_engine.run(scene.table(), policy, How(scene.AS_OF, each)) for each in (Severity.MINOR, Severity.MAJOR)
    )
    assert minor.counts.rules == major.counts.rules
    assert major.counts.decisions == {"fail": 4, "undecided": 1, "pass": 1}


# --------------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize("column", BAD)
def test_a_bad_cell_stops_duckdb(column: str) -> None:
    """A row that cannot be judged is an error with the contract's id."""
    row, value, contract = BAD[column]
    with pytest.raises(TableError) as caught:
        duckdb_engine.run(with_cell(column, row, value), scene.policy(), HOW)
    (bad,) = caught.value.bad
    assert (bad.rows, bad.contracts, caught.value.code) == (1, (contract,), "TW524")
    assert column.partition(" in ")[0] in bad.column
    (problem,) = caught.value.diagnostics("contracts.parquet")
    assert problem.primary.span.path == "contracts.parquet"


@pytest.mark.parametrize("column", BAD)
def test_a_bad_cell_is_skipped_and_counted(column: str) -> None:
    """The others are judged as they would be without it."""
    row, value, _ = BAD[column]
    table = with_cell(column, row, value)
    found = duckdb_engine.run(table, scene.policy(), How(scene.AS_OF, on_error="skip"))
    assert found.skipped == 1
    assert sum(found.counts.decisions.values()) == table.num_rows - 1
    assert sorted_rows(found.table().to_pydict()) == sorted_rows(embedded(table))


@pytest.mark.xdist_group("spark")
def test_bad_cells_on_spark(spark: Any) -> None:  # noqa: F811
    """Spark names the same rows, and leaves them out."""
    table = with_cell("training.use", 0, "prohibitted")
    frame = on_spark(spark)(table)
    with pytest.raises(TableError, match="prohibitted"):
        spark_engine.run(frame, scene.policy(), HOW)
    found = spark_engine.run(frame, scene.policy(), How(scene.AS_OF, on_error="skip"))
    assert (found.skipped, found.prepared.bad[0].contracts) == (1, ("c-1",))
    assert found.table().column("contract").to_pylist() == ["c-2", "c-3", "c-4", "c-5", "c-6"]


def test_cells_that_nobody_read_are_marked() -> None:
    """SQL that was made from other cells judges no row that has a new one."""
    text = duckdb_engine.sql_text(scene.table(), scene.policy(), HOW, "duckdb", "new_rows")
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.register("new_rows", with_cell("training.use", 0, "never seen"))
    first, second, *_ = connection.sql(text).to_arrow_table().to_pylist()
    assert first["decision"] == "unreadable"
    assert {first[rule.name] for rule in scene.policy().rules} == {None}
    assert second["decision"] == "fail"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (scene.table().drop_columns(["contract"]), "no column is called `contract`"),
        (scene.table().drop_columns(["uptime in %"]), "without a column: `uptime`"),
        (scene.table().append_column("upptime", scene.COLUMNS["vendor"]), "did you mean"),
        (scene.table().rename_columns({"uptime in %": "uptime in days"}), "is no term"),
        (scene.table().set_column(0, "contract", scene.COLUMNS["contract"]).cast(pa.schema(
            [(each.name, pa.float64() if each.name == "uptime in %" else each.type) for each in scene.table().schema]
        )), "is a DOUBLE"),
    ],
    ids=["no id", "a missing column", "a misspelt column", "a unit of something else", "floats"],
)  # fmt: skip
def test_tables_that_are_not_fit(table: Any, message: str) -> None:
    """What is wrong with a table as a whole is said before anything is judged."""
    with pytest.raises(TableError, match=message):
        duckdb_engine.run(table, scene.policy(), HOW)


def test_a_waiver_means_one_row() -> None:
    """Of two rows with the id that a waiver names, nobody knows which it covers."""
    with pytest.raises(TableError, match="2 rows are called"):
        duckdb_engine.run(with_cell("contract", 1, "c-1"), scene.policy(), HOW)


def test_what_is_missing_may_be_silent() -> None:
    """Where that is said, a term without a column is silent in every row."""
    table = scene.table().drop_columns(["uptime in %"])
    found = duckdb_engine.run(table, scene.policy(), How(scene.AS_OF, missing="silent"))
    assert found.counts.rules["service"] == {"undecided": 6}


# --------------------------------------------------------------------------------------------- files and sessions


def test_files_are_whole_or_not_there(parquet: str, tmp_path: Path) -> None:
    """Nothing stands under the name of a result that was not finished, and nothing beside it."""
    found = duckdb_engine.run(parquet, scene.policy(), HOW)
    for name in ("out.parquet", "out.csv"):
        found.write(str(tmp_path / name))
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 6
    Path(parquet).write_bytes(Path(parquet).read_bytes()[:500])
    with pytest.raises(TableError, match="cannot be read"):
        found.write(str(tmp_path / "broken.parquet"))
    assert {each.name for each in tmp_path.iterdir()} == {"contracts.parquet", "out.parquet", "out.csv"}


def test_a_broken_file_is_said_to_be_one(tmp_path: Path) -> None:
    """So is one that is not there."""
    (tmp_path / "cut.parquet").write_bytes(b"PAR1")
    for name in ("cut.parquet", "nothing.parquet"):
        with pytest.raises(TableError, match="cannot be read"):
            duckdb_engine.run(str(tmp_path / name), scene.policy(), HOW)


@pytest.mark.xdist_group("spark")
def test_spark_writes_files_and_refuses_other_literals(spark: Any, parquet: str, tmp_path: Path) -> None:  # noqa: F811
    """A session in which backslashes mean nothing would read other texts than were written."""
    spark_engine.run(parquet, scene.policy(), HOW, spark).write(str(tmp_path / "out"))
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert pq.read_table(tmp_path / "out").num_rows == 6
    spark.conf.set("spark.sql.parser.escapedStringLiterals", "true")
    try:
        with pytest.raises(TableError, match="escapedStringLiterals"):
            spark_engine.run(parquet, scene.policy(), HOW, spark)
    finally:
        spark.conf.set("spark.sql.parser.escapedStringLiterals", "false")
    with pytest.raises(TableError, match="cannot be read"):
        spark_engine.run(str(tmp_path / "nothing.parquet"), scene.policy(), HOW, spark)


def test_engines_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each names the extra that brings it."""
    monkeypatch.setattr(duckdb_engine, "duckdb", None)
    monkeypatch.setattr(spark_engine, "SparkSession", None)
    with pytest.raises(TableError, match=r"termwise\[duckdb\]"):
        duckdb_engine.run(scene.table(), scene.policy(), HOW)
    with pytest.raises(TableError, match=r"termwise\[spark\]"):
        spark_engine.run("contracts", scene.policy(), HOW)
