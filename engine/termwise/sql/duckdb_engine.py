"""Policies on DuckDB: a Parquet file, a folder of them or a table in memory, in one statement on all cores."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from termwise.core.policy import Policy
from termwise.frozen import replace
from termwise.sql.dialects import DIALECTS, DUCKDB
from termwise.sql.portfolio import How, Prepared, prepared, text_for
from termwise.sql.problems import not_installed, unusable
from termwise.sql.result import Result
from termwise.sql.table import MOST_CELLS, Kind, sorted_values

try:
    import duckdb
except ImportError:
    duckdb = None  # type: ignore[assignment,unused-ignore]

_INTEGERS = frozenset(
    f"{sign}{size}" for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
_TEXTS = ("VARCHAR", "UUID", "JSON")


def run(source: object, policy: Policy, how: How) -> DuckdbResult:
    """Judge every row of a Parquet file, of a folder of them, or of an Arrow table; raises `TableError`."""
    table = DuckdbTable(source)
    return DuckdbResult(table, prepared(table, policy, how))


def sql_text(source: object, policy: Policy, how: How, dialect: str, table: str = "contracts") -> str:
    """Return the SQL of a policy for a table of another engine, whose cells are those of `source`.

    `table` is written into it as it is given. Rows with other cells are marked in it, and not judged.
    """
    return text_for(DuckdbTable(source), policy, how, DIALECTS[dialect], table)


class DuckdbTable:
    """A table of contracts that DuckDB reads."""

    dialect = replace(DUCKDB, as_text="CAST({} AS VARCHAR)")  # files have no collations, and the connection is our own

    def __init__(self, source: object) -> None:
        """Open it; nothing but its header is read yet."""
        if duckdb is None:
            raise not_installed("DuckDB", "duckdb")
        self._connection = duckdb.connect()
        if isinstance(source, str | os.PathLike):
            self.table = f"read_parquet({DUCKDB.literal(_files(os.fspath(source)))})"
        else:
            self._connection.register("portfolio", source)
            self.table = "portfolio"

    def kinds(self) -> Mapping[str, tuple[Kind | str, int]]:
        """Return the kind of every column and the decimals of its numbers; of a type that is not read, its name."""
        return {name: _kind(str(kind)) for name, kind, *_ in self.rows(f"DESCRIBE SELECT * FROM {self.table}")}

    def distinct(self, columns: Sequence[str]) -> Mapping[str, tuple[Any, ...] | None]:
        """Return the distinct values of some columns, without NULL; None where there are too many to list."""
        return {each: self._distinct(each) for each in columns}

    def _distinct(self, column: str) -> tuple[Any, ...] | None:
        name = DUCKDB.identifier(column)
        found = self.rows(f"SELECT DISTINCT {name} FROM {self.table} WHERE {name} IS NOT NULL LIMIT {MOST_CELLS + 1}")
        return None if len(found) > MOST_CELLS else sorted_values(_plain(each) for (each,) in found)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query yields."""
        return self.execute(sql).fetchall()  # type: ignore[no-any-return,unused-ignore]

    def execute(self, sql: str) -> Any:  # noqa: ANN401 - what DuckDB returns
        """Run a statement; whatever DuckDB has to say about the table is a `TableError`."""
        try:
            return self._connection.execute(sql)
        except duckdb.Error as error:
            raise unusable(str(error)) from error

    def arrow(self, sql: str) -> Any:  # noqa: ANN401
        """Return what a query yields as a table of pyarrow."""
        try:
            return self._connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise unusable(str(error)) from error


class DuckdbResult(Result):
    """What came of every row, computed when it is asked for."""

    def __init__(self, table: DuckdbTable, made: Prepared) -> None:
        """Keep the table, for its rows."""
        super().__init__(table, made)
        self._table = table

    def table(self) -> Any:  # noqa: ANN401 - a table of pyarrow
        """Return a row a contract as an Arrow table."""
        return self._table.arrow(self.sql)

    def write(self, path: str) -> None:
        """Write a row a contract as Parquet, or as CSV if the name ends so; nothing is left where that fails."""
        whole = Path(path)
        part = whole.with_name(f".{whole.name}.{uuid.uuid4().hex}.part")
        form = "CSV, HEADER" if whole.suffix == ".csv" else "PARQUET"
        try:
            self._table.execute(f"COPY (\n{self.sql}) TO {DUCKDB.literal(str(part))} (FORMAT {form})")
            part.replace(whole)
        finally:
            part.unlink(missing_ok=True)


def _files(path: str) -> str:
    """Return what DuckDB finds the files by: a path or pattern, or all of a folder."""
    return f"{path.rstrip('/')}/**/*.parquet" if Path(path).is_dir() else path


def _kind(name: str) -> tuple[Kind | str, int]:
    if name in _TEXTS or name.startswith("ENUM"):
        return Kind.TEXT, 0
    if name in _INTEGERS:
        return Kind.NUMBER, 0
    if name.startswith("DECIMAL("):
        return Kind.NUMBER, int(name.partition(",")[2].rstrip(")"))
    if name in ("BOOLEAN", "DATE"):
        return Kind[name], 0
    return f"a {name}", 0


def _plain(value: Any) -> Any:  # noqa: ANN401
    return str(value) if isinstance(value, uuid.UUID) else value
