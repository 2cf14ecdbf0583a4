"""Portfolios for Python callers: tables and files in, reports and tables of outcomes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from termwise import __version__
from termwise.columns import portfolio
from termwise.columns.sources import Reading, batches_of_paths, batches_of_tables
from termwise.compiled.program import Program
from termwise.contracts.problems import no_rows
from termwise.core.policy import Severity
from termwise.diagnostics import PolicyError, Problems
from termwise.report.portfolio import summary_data
from termwise.report.portfolio_models import PortfolioReport
from termwise.report.tallied import summary_of

How: TypeAlias = tuple[bool, bool, frozenset[str]]
"""Whether rows in error are skipped, whether columns may be missing, and the columns that are passed over."""

_TABLE = "<table>"


class TableOutcomes:
    """What came of the rows of a table."""

    def __init__(self, outcomes: portfolio.Outcomes, as_of: date) -> None:
        """Keep what was judged."""
        self._outcomes = outcomes
        self._as_of = as_of

    @property
    def table(self) -> Any:  # noqa: ANN401 - of pyarrow
        """A table of Arrow, one row a contract: `contract`, `vendor`, `decision`, and the outcome of every rule."""
        return self._outcomes.table

    @cached_property
    def report(self) -> PortfolioReport:
        """What the rows come to as a whole."""
        return _report(self._outcomes, self._as_of)

    def __repr__(self) -> str:
        return f"<outcomes of {self._outcomes.tally.live:,} contracts: {self.report.decision}>"


def evaluate_table(
    program: Program, table: Any, as_of: date, fail_on: Severity, how: How, worst: int  # noqa: ANN401
) -> TableOutcomes:
    """Judge the rows of a table in memory."""
    skips, may_be_missing, ignored = how
    batches = batches_of_tables(table, _TABLE, Reading(program, as_of, may_be_missing, ignored))
    wanted = portfolio.Wanted(as_of, fail_on, skips, None, True, worst)
    return TableOutcomes(portfolio.run(program, batches, wanted, _TABLE), as_of)


def evaluate_paths(
    program: Program, paths: Sequence[str], as_of: date, fail_on: Severity, how: How, worst: int, rows: str | None
) -> PortfolioReport:
    """Judge the rows of files and folders."""
    skips, may_be_missing, ignored = how
    problems = Problems()
    batches = batches_of_paths(paths, Reading(program, as_of, may_be_missing, ignored), problems)
    wanted = portfolio.Wanted(as_of, fail_on, skips, rows, False, worst)
    outcomes = portfolio.run(program, batches, wanted, ", ".join(paths))
    if not problems.has_errors and not outcomes.tally.rows:
        problems.add(no_rows(", ".join(paths)))
    if problems.has_errors:
        raise PolicyError(problems)
    return _report(outcomes, as_of)


def _report(outcomes: portfolio.Outcomes, as_of: date) -> PortfolioReport:
    return PortfolioReport.model_validate(summary_data(summary_of(outcomes.tally, as_of), __version__))
