"""What came of a table on an engine, computed when it is asked for: the same of every engine but for the rows."""

from __future__ import annotations

from functools import cached_property

from termwise.sql.portfolio import Counts, Engine, Prepared, counted, counting


class Result:
    """A statement for a table, and what it comes to."""

    def __init__(self, engine: Engine, made: Prepared) -> None:
        """Keep the statement."""
        self._engine = engine
        self._made = made

    @property
    def sql(self) -> str:
        """The statement."""
        return self._made.statement.text

    @property
    def skipped(self) -> int:
        """How many rows were left out."""
        return self._made.skipped

    @property
    def prepared(self) -> Prepared:
        """The statement with the names of its columns, and what was wrong with the rows that were left out."""
        return self._made

    @cached_property
    def counts(self) -> Counts:
        """How many contracts have each decision, and each outcome of each rule."""
        statement = self._made.statement
        (row,) = self._engine.rows(counting(statement, self._engine.dialect, f"(\n{statement.text}) AS judged"))
        return counted(statement, row)
