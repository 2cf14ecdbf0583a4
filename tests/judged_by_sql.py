"""Contracts judged by SQL: precedence settles them, a table holds what is left, and a statement judges its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from harness import Case, bound, compiled, conformance
from termwise.columns.facts import facts_table
from termwise.compiled.plan import plan
from termwise.contracts import mapping
from termwise.contracts.facts import Contract
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.graph.build import build
from termwise.sql.dialects import SPARK
from termwise.sql.duckdb_engine import DuckdbTable
from termwise.sql.portfolio import described
from termwise.sql.statement import Composer, Faulty
from termwise.sql.table import Column, Kind, sorted_values

FILES = sorted((Path(__file__).parent / "conformance").glob("*.yaml"))


def expected(policy: Policy, contracts: Sequence[Contract], as_of: date) -> list[list[str]]:
    """Return the outcome of every rule of every contract, as the reference sees it."""
    judged = (reference.judge(policy, each, as_of) for each in contracts)
    return [[result.outcome.value for result in each.results] for each in judged]


def in_duckdb(policy: Policy, contracts: Sequence[Contract], as_of: date) -> list[list[str]]:
    """Return the outcome of every rule of every contract, as DuckDB finds it."""
    table = DuckdbTable(facts_table(contracts, policy.vocabulary, as_of, policy.holidays))
    planned = plan(build(policy))  # not `run`, which would want an id of its own for each
    composer = Composer(planned, described(table, planned), as_of, table.dialect, strict=False)
    return outcomes(table.arrow(composer.statement(table.table, faulty=Faulty.ABSENT).text), policy)


def outcomes(table: Any, policy: Policy) -> list[list[str]]:
    """Return the columns of the rules, a list a row."""
    columns = table.column_names[1:-1]
    assert len(columns) == len(policy.rules)
    return [[row[each] for each in columns] for row in table.to_pylist()]


@dataclass(frozen=True, slots=True)
class Batch:
    """The cases of a file that share a policy and a day, as one table would hold them."""

    policy: Policy
    as_of: date
    cases: tuple[Case, ...]
    contracts: tuple[Contract, ...]

    def differences(self, found: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield the cases that come to something else than the reference says, with both."""
        wanted = expected(self.policy, self.contracts, self.as_of)
        for case, want, have in zip(self.cases, wanted, found, strict=True):
            if want != list(have):
                yield f"{case.name}: {want} should be {list(have)}"


def batches(file: Path) -> list[Batch]:
    """Return the cases of a conformance file, those of one policy and day together."""
    groups: dict[tuple[int, str], list[tuple[Case, Policy, Contract]]] = {}
    for case in conformance(file):
        policy, problems = compiled(case.policy, case.others)
        assert isinstance(policy, Policy)
        own = Problems()
        contract = bound(mapping.raw(case.contract, own), policy, own)
        assert contract is not None, problems.all
        groups.setdefault((id(policy), case.as_of), []).append((case, policy, contract))
    return [
        Batch(
            several[0][1],
            date.fromisoformat(day),
            tuple(each[0] for each in several),
            tuple(each[2] for each in several),
        )
        for (_, day), several in groups.items()
    ]


Job = tuple[Policy, Sequence[Contract], date]

_TOGETHER = 15
"""How many statements are one query: Spark takes a second to plan one, and more than that to plan a huge one."""


def in_spark(session: Any, jobs: Sequence[Job]) -> list[list[list[str]]]:
    """Return what Spark finds for several policies, each with its contracts: an outcome a rule, a list a row."""
    queries = [_query(session, number, *job) for number, job in enumerate(jobs)]
    found: list[list[list[str]]] = [[] for _ in jobs]
    for start in range(0, len(queries), _TOGETHER):
        for job, outcomes_of_row in session.sql(" UNION ALL ".join(queries[start : start + _TOGETHER])).collect():
            found[job].append(outcomes_of_row.split(","))
    return found


def _query(session: Any, number: int, policy: Policy, contracts: Sequence[Contract], as_of: date) -> str:
    table = facts_table(contracts, policy.vocabulary, as_of, policy.holidays)
    planned = plan(build(policy))
    columns = {name: Column(Kind.TEXT, _cells(table.column(name))) for name in table.column_names}
    session.createDataFrame(_without_codes(table)).coalesce(1).createOrReplaceTempView(f"job_{number}")
    statement = Composer(planned, columns, as_of, SPARK).statement(f"job_{number}")
    rules = ", ".join(SPARK.identifier(each) for each in statement.rules.values())
    return f"(SELECT {number}, CONCAT_WS(',', {rules}) FROM (\n{statement.text}))"


def _cells(column: pa.ChunkedArray) -> tuple[Any, ...]:
    return sorted_values({each for each in column.to_pylist() if each is not None})


def _without_codes(table: pa.Table) -> pa.Table:
    """Return a table whose texts are texts, not numbers of texts: Spark takes no other."""
    texts = (each.type.value_type if pa.types.is_dictionary(each.type) else each.type for each in table.schema)
    return table.cast(pa.schema(list(zip(table.column_names, texts, strict=True))))
