"""A table of contracts on some engine: what its cells are, which rows cannot be judged, and the statement for the rest.

What an engine has to offer is small: its dialect, the types of the columns, their distinct values, and the rows that a
query yields. Everything that decides anything stands here, once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, Protocol, TypeAlias

from termwise.columns.header import read_header
from termwise.compiled.plan import Plan, plan
from termwise.core.policy import Policy, Severity
from termwise.frozen import frozen
from termwise.graph.build import build
from termwise.sql.dialects import Dialect
from termwise.sql.faults import Fault
from termwise.sql.problems import BadRows, missing_columns, repeated_contract, unknown_column, unreadable, wrong_type
from termwise.sql.reading import listable
from termwise.sql.statement import Composer, Faulty, Statement
from termwise.sql.table import Column, Columns, Kind, wanted

OnError: TypeAlias = Literal["stop", "skip"]
Missing: TypeAlias = Literal["error", "silent"]

_ROWS = 5
"""Of how many rows with one fault the contracts are named."""


class Engine(Protocol):
    """What a table is read through."""

    dialect: Dialect
    table: str

    def kinds(self) -> Mapping[str, tuple[Kind | str, int]]:
        """Return the kind of every column and the decimals of its numbers; of a type that is not read, its name."""

    def distinct(self, columns: Sequence[str]) -> Mapping[str, tuple[Any, ...] | None]:
        """Return the distinct values of some columns, without NULL; None where there are too many to list."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query yields."""


@frozen
class How:
    """How a table is judged; `on_error` is for rows that cannot be, `ignore` names columns that are no terms."""

    as_of: date
    fail_on: Severity = Severity.MINOR
    on_error: OnError = "stop"
    missing: Missing = "error"
    ignore: frozenset[str] = frozenset()


@frozen
class Prepared:
    """A statement for a table, how many of its rows it leaves out, and why."""

    statement: Statement
    skipped: int
    bad: tuple[BadRows, ...]


def described(engine: Engine, planned: Plan) -> Columns:
    """Return the columns of a table that matter to a policy, with their cells."""
    kinds = engine.kinds()
    needed = wanted(planned, kinds)
    columns: dict[str, Column] = {}
    for name in needed:
        kind, places = kinds[name]
        if isinstance(kind, str):
            raise wrong_type(name, kind, "text, exact numbers, dates or yes and no")
        columns[name] = Column(kind, None, places)
    listed = engine.distinct(listable(planned, columns))
    for name, values in listed.items():
        columns[name] = Column(columns[name].kind, values, columns[name].places)
    if "contract" in kinds:
        columns["contract"] = Column(Kind.TEXT, ())
    return columns


def prepared(engine: Engine, policy: Policy, how: How) -> Prepared:
    """Look at a table, and write the statement for it; raises `TableError` for what must not go unseen."""
    planned = plan(build(policy))
    composer = _composed(engine, planned, how, engine.dialect, strict=False)
    _refuse_repeated(engine, policy)
    skipped, bad = _faulty(engine, composer)
    if skipped and how.on_error == "stop":
        raise unreadable(bad, skipped)
    faulty = Faulty.LEFT_OUT if skipped else Faulty.ABSENT
    return Prepared(composer.statement(engine.table, how.fail_on, faulty), skipped, bad)


def text_for(engine: Engine, policy: Policy, how: How, dialect: Dialect, table: str) -> str:
    """Return the statement for another engine that holds a table like this one."""
    return _composed(engine, plan(build(policy)), how, dialect, strict=True).statement(table, how.fail_on).text


def _composed(engine: Engine, planned: Plan, how: How, dialect: Dialect, *, strict: bool) -> Composer:
    for name, meant in read_header(engine.kinds(), planned.policy.vocabulary).unknown:
        if name not in how.ignore:
            raise unknown_column(name, meant)
    composer = Composer(planned, described(engine, planned), how.as_of, dialect, strict=strict)
    if how.missing == "error" and composer.unspoken:
        raise missing_columns(composer.unspoken)
    return composer


def _refuse_repeated(engine: Engine, policy: Policy) -> None:
    """Refuse a table in which several rows are a contract that a waiver names: it means one of them."""
    named = dict.fromkeys(each.contract for each in policy.waivers)
    if not named:
        return
    contract = engine.dialect.text(engine.dialect.identifier("contract"))
    among = ", ".join(engine.dialect.literal(each) for each in named)
    query = f"SELECT {contract}, COUNT(*) FROM {engine.table} WHERE {contract} IN ({among}) GROUP BY {contract}"
    for name, times in sorted(engine.rows(query)):
        if times > 1:
            raise repeated_contract(name, times)


def _faulty(engine: Engine, composer: Composer) -> tuple[int, tuple[BadRows, ...]]:
    """Return how many rows cannot be judged, and what is wrong with them."""
    faults = composer.faults
    tests = [composer.is_faulty, *(f"COALESCE({each.test}, FALSE)" for each in faults)]
    counts = ", ".join(f"SUM(CASE WHEN {each} THEN 1 ELSE 0 END)" for each in tests)
    ((whole, *each_of),) = engine.rows(f"SELECT {counts} FROM {engine.table}")
    if not whole:
        return 0, ()
    found = [(fault, int(count)) for fault, count in zip(faults, each_of, strict=True) if count]
    return int(whole), tuple(_bad(engine, fault, count) for fault, count in found)


def _bad(engine: Engine, fault: Fault, count: int) -> BadRows:
    contract = engine.dialect.text(engine.dialect.identifier("contract"))
    test = f"COALESCE({fault.test}, FALSE)"
    named = engine.rows(
        f"SELECT {contract} AS {engine.dialect.identifier('contract')} FROM {engine.table} WHERE {test} LIMIT {_ROWS}"
    )
    return BadRows(fault.column, fault.why, count, tuple(sorted("?" if each is None else each for (each,) in named)))


def counting(statement: Statement, dialect: Dialect, source: str) -> str:
    """Return a query for how many rows have each decision, and each outcome of each rule."""
    tests = [(statement.decision, each) for each in DECISIONS]
    tests += [(statement.rules[rule], each) for rule, can_be in statement.outcomes.items() for each in can_be]
    quoted = ((dialect.identifier(column), dialect.literal(value)) for column, value in tests)
    counts = ",\n  ".join(f"SUM(CASE WHEN {column} = {value} THEN 1 ELSE 0 END)" for column, value in quoted)
    return f"SELECT\n  {counts}\nFROM {source}"


DECISIONS = ("fail", "undecided", "pass")


@frozen
class Counts:
    """How many contracts have each decision, and by rule, how many have each outcome (those that none has left out)."""

    decisions: Mapping[str, int]
    rules: Mapping[str, Mapping[str, int]]


def counted(statement: Statement, row: Iterable[Any]) -> Counts:
    """Return the one row of a counting query by what was counted."""
    numbers = iter(0 if each is None else int(each) for each in row)
    decisions = {each: next(numbers) for each in DECISIONS}
    rules = {rule: {each: next(numbers) for each in can_be} for rule, can_be in statement.outcomes.items()}
    return Counts(
        decisions, {rule: {name: count for name, count in own.items() if count} for rule, own in rules.items()}
    )
