"""Runs every case of the conformance files as SQL: outcomes alone, as the columnar evaluator does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from spark_session import spark  # noqa: F401 - a fixture

from judged_by_sql import FILES, batches, in_duckdb, in_spark


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_cases_on_duckdb(file: Path) -> None:
    """DuckDB: the cases of a file that share a policy and a day are the rows of one table."""
    for batch in batches(file):
        assert not list(batch.differences(in_duckdb(batch.policy, batch.contracts, batch.as_of)))


@pytest.mark.xdist_group("spark")
def test_cases_on_spark(spark: Any) -> None:  # noqa: F811 - the fixture
    """Spark: the same tables, and several statements in one query, because planning takes longer than running."""
    whole = [each for file in FILES for each in batches(file)]
    found = in_spark(spark, [(each.policy, each.contracts, each.as_of) for each in whole])
    assert [each for batch, rows in zip(whole, found, strict=True) for each in batch.differences(rows)] == []
