"""Portfolios for Python callers: tables and files in, reports and tables of outcomes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from termwise.columns import portfolio
from termwise.columns.rows import ENDINGS
from termwise.columns.sources import Reading, batches_of_paths, batches_of_tables, refuse_over
from termwise.compiled.program import Program
from termwise.contracts.problems import no_rows
from termwise.core.policy import Severity
from termwise.diagnostics import PolicyError, Problems
from termwise.frozen import frozen
from termwise.report.portfolio import summary_data
from termwise.report.portfolio_models import PortfolioReport
from termwise.report.tallied import summary_of

_TABLE = "<table>"


@frozen
class How:
    """How rows are judged: on which day, from which severity on, and what becomes of those that cannot be.

    With `may_be_missing`, a term without a column is silent; `ignored` are columns that are passed over; `worst` is
    how many of the worst contracts are named.
    """

    as_of: date
    fail_on: Severity
    skips: bool
    may_be_missing: bool
    ignored: frozenset[str]
    worst: int

    def reading(self, program: Program) -> Reading:
        """Return how a source is read for a policy."""
        return Reading(program, self.as_of, self.may_be_missing, self.ignored)


class TableOutcomes:
    """What came of the rows of a table."""

    def __init__(self, outcomes: portfolio.Outcomes, as_of: date, version: str) -> None:
        """Keep what was judged."""
        self._outcomes = outcomes
        self._as_of = as_of
        self._version = version

    @property
    def table(self) -> Any:  # noqa: ANN401 - of pyarrow
        """A table of Arrow, one row a contract: `contract`, `vendor`, `decision`, and the outcome of every rule."""
        return self._outcomes.table

    @cached_property
    def report(self) -> PortfolioReport:
        """What the rows come to as a whole."""
        return _report(self._outcomes, self._as_of, self._version)

    def __repr__(self) -> str:
        return f"<outcomes of {self._outcomes.tally.live:,} contracts: {self.report.decision}>"


def evaluate_table(program: Program, table: Any, how: How, version: str) -> TableOutcomes:  # noqa: ANN401
    """Judge the rows of a table in memory."""
    wanted = portfolio.Wanted(how.as_of, how.fail_on, how.skips, keeps=True, worst=how.worst)
    batches = batches_of_tables(table, _TABLE, how.reading(program))
    return TableOutcomes(portfolio.run(program, batches, wanted, _TABLE), how.as_of, version)


def evaluate_paths(program: Program, paths: Sequence[str], how: How, rows: str | None, version: str) -> PortfolioReport:
    """Judge the rows of files and folders."""
    problems, name = Problems(), ", ".join(paths)
    _check_rows(rows, paths)
    wanted = portfolio.Wanted(how.as_of, how.fail_on, how.skips, rows=rows, worst=how.worst)
    batches = batches_of_paths(paths, how.reading(program), problems)
    outcomes = portfolio.run(program, batches, wanted, name)
    if not problems.has_errors and not outcomes.tally.rows:
        problems.add(no_rows(name))
    if problems.has_errors:
        raise PolicyError(problems)
    return _report(outcomes, how.as_of, version)


def _check_rows(rows: str | None, paths: Sequence[str]) -> None:
    if rows is not None and not rows.lower().endswith(ENDINGS):
        raise ValueError(f"a file of rows ends in {', '.join(ENDINGS)}, and not like {rows!r}")
    refuse_over(rows, paths)


def _report(outcomes: portfolio.Outcomes, as_of: date, version: str) -> PortfolioReport:
    return PortfolioReport.model_validate(summary_data(summary_of(outcomes.tally, as_of), version))
