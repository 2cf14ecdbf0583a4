"""Policies on Spark: a DataFrame, a table of the catalogue or Parquet files, in one statement on the whole cluster.

The statement needs none of the session's settings but those that say how SQL is read, which are looked at first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from termwise.core.policy import Policy
from termwise.sql.dialects import SPARK
from termwise.sql.portfolio import How, Prepared, prepared
from termwise.sql.problems import not_installed, unusable, wrong_setting
from termwise.sql.result import Result
from termwise.sql.table import MOST_CELLS, Kind, sorted_values

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
except ImportError:
    SparkSession = None  # type: ignore[assignment,misc,unused-ignore]

_LITERALS = "spark.sql.parser.escapedStringLiterals"
"""Where this is set, a backslash in a literal stands for itself, as in Spark 1."""

_VIEW = "termwise_portfolio"
_INTEGERS = ("tinyint", "smallint", "int", "bigint")
_SPARE = 1.1
"""How far an approximate count of distinct values may be off, and more."""


def run(source: object, policy: Policy, how: How, session: Any = None) -> SparkResult:  # noqa: ANN401 - of pyspark
    """Judge every row of a DataFrame, of Parquet files or of a table by name; raises `TableError`.

    Without a session, it is that of the DataFrame, or the active one, or a new one.
    """
    table = SparkTable(source, session)
    return SparkResult(table, prepared(table, policy, how))


class SparkTable:
    """A table of contracts that Spark reads."""

    dialect = SPARK
    table = _VIEW

    def __init__(self, source: object, session: Any = None) -> None:  # noqa: ANN401
        """Open it; nothing but its header is read yet."""
        if SparkSession is None:
            raise not_installed("PySpark", "spark")
        self._session = session or getattr(source, "sparkSession", None) or SparkSession.builder.getOrCreate()
        escaped = str(self._session.conf.get(_LITERALS, "false"))
        if escaped != "false":
            raise wrong_setting(_LITERALS, escaped, "false")
        try:
            self._frame = self._opened(source)
            self._frame.createOrReplaceTempView(_VIEW)
        except PySparkException as error:
            raise unusable(str(error)) from error

    def _opened(self, source: object) -> Any:  # noqa: ANN401
        if not isinstance(source, str | os.PathLike):
            return source
        path = os.fspath(source)
        is_path = "/" in path or path.endswith(".parquet") or Path(path).exists()
        return self._session.read.parquet(path) if is_path else self._session.table(path)

    def kinds(self) -> Mapping[str, tuple[Kind | str, int]]:
        """Return the kind of every column and the decimals of its numbers; of a type that is not read, its name."""
        return {each.name: _kind(each.dataType.simpleString()) for each in self._frame.schema.fields}

    def distinct(self, columns: Sequence[str]) -> Mapping[str, tuple[Any, ...] | None]:
        """Return the distinct values of some columns, without NULL; None where there are too many to list.

        Two passes over the table, whatever the number of columns: how many each has, and those of them that are few.
        """
        if not columns:
            return {}
        quoted = {each: SPARK.identifier(each) for each in columns}
        counts = ", ".join(f"approx_count_distinct({each})" for each in quoted.values())
        ((*about,),) = self.rows(f"SELECT {counts} FROM {_VIEW}")
        few = [each for each, number in zip(columns, about, strict=True) if number <= MOST_CELLS * _SPARE]
        sets = ", ".join(f"collect_set({quoted[each]})" for each in few)
        ((*found,),) = self.rows(f"SELECT {sets} FROM {_VIEW}") if few else ((),)
        listed = {name: sorted_values(values) for name, values in zip(few, found, strict=True)}
        return {
            each: listed[each] if len(listed.get(each, ())) <= MOST_CELLS and each in listed else None
            for each in columns
        }

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query yields."""
        return [tuple(each) for each in self.frame(sql).collect()]

    def frame(self, sql: str) -> Any:  # noqa: ANN401
        """Return what a query yields as a DataFrame."""
        try:
            return self._session.sql(sql)
        except PySparkException as error:
            raise unusable(str(error)) from error


class SparkResult(Result):
    """What came of every row, computed when it is asked for."""

    def __init__(self, table: SparkTable, made: Prepared) -> None:
        """Keep the table, for its rows."""
        super().__init__(table, made)
        self._table = table

    @cached_property
    def frame(self) -> Any:  # noqa: ANN401 - a DataFrame of pyspark
        """A row a contract as a DataFrame, not computed before something is done with it."""
        return self._table.frame(self.sql)

    def table(self) -> Any:  # noqa: ANN401 - a table of pyarrow
        """Return a row a contract as an Arrow table, all of it in the driver's memory."""
        return self.frame.toArrow()

    def write(self, path: str) -> None:
        """Write a row a contract as Parquet files, by the rules of Spark: a folder, whole once it has `_SUCCESS`."""
        self.frame.write.mode("overwrite").parquet(path)


def _kind(name: str) -> tuple[Kind | str, int]:
    if name == "string" or name.startswith(("string collate", "varchar(", "char(")):
        return Kind.TEXT, 0
    if name in _INTEGERS:
        return Kind.NUMBER, 0
    if name.startswith("decimal("):
        return Kind.NUMBER, int(name.partition(",")[2].rstrip(")"))
    if name in ("boolean", "date"):
        return Kind[name.upper()], 0
    return f"a {name}", 0
