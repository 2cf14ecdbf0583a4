"""What the SQL of a policy is: golden files to be read as design, and what no engine may take for its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import scene

from termwise.compiled.plan import plan
from termwise.graph.build import build
from termwise.sql import duckdb_engine
from termwise.sql.dialects import DIALECTS
from termwise.sql.names import Names, plain_name
from termwise.sql.portfolio import How
from termwise.sql.problems import TableError
from termwise.sql.statement import sql_of
from termwise.sql.table import Column, Kind

GOLDEN = Path(__file__).parent / "golden"
HOW = How(scene.AS_OF)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_golden(dialect: str, request: pytest.FixtureRequest) -> None:
    """The statement of the scene, in every dialect."""
    path = GOLDEN / f"{dialect}.sql"
    found = duckdb_engine.sql_text(scene.table(), scene.policy(), HOW, dialect)
    if request.config.getoption("--bless"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


def test_it_does_not_depend_on_the_order_of_rows_or_columns() -> None:
    """Determinism: the same cells make the same text."""
    table = scene.table()
    turned = table.take(list(reversed(range(table.num_rows))))
    texts = {duckdb_engine.sql_text(each, scene.policy(), HOW, "spark") for each in (table, turned)}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("it's", ["'it''s'", r"'it\'s'", "'it''s'", r"'it\'s'", "'it''s'"]),
        ("a\\b", ["'a\\b'", r"'a\\b'", r"'a\\b'", r"'a\\b'", r"E'a\\b'"]),
        ("${x}", ["'${x}'", r"'\u0024{x}'", "'${x}'", "'${x}'", "'${x}'"]),
        ("a\nb", ["'a\nb'", r"'a\nb'", "'a\nb'", r"'a\nb'", "'a\nb'"]),
    ],
)
def test_literals(text: str, written: list[str]) -> None:
    """What an engine gives a meaning is written so that it has none."""
    assert list(DIALECTS) == ["duckdb", "spark", "snowflake", "bigquery", "postgres"]
    assert [dialect.literal(text) for dialect in DIALECTS.values()] == written


def test_a_float_is_no_literal() -> None:
    """Binary fractions have no place in a comparison with a limit."""
    with pytest.raises(TypeError):
        DIALECTS["duckdb"].literal(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("deletion.deadline[request] in days", "deletion_deadline__request__in_days"),
        ("training.use[prompts] assurance", "training_use__prompts__assurance"),
        ("uptime in %", "uptime__in_percent"),
        ("liability.cap in months of fees", "liability_cap__in_months_of_fees"),
        ("contract", "contract"),
    ],
)
def test_plain_names(column: str, name: str) -> None:
    """BigQuery's columns have the names of terms as far as it has them."""
    assert plain_name(column) == name


def test_names_are_told_apart_as_engines_do() -> None:
    """Engines ignore case, and Postgres cuts names off after 63 bytes."""
    names = Names(10)
    assert [names.take(each) for each in ("a", "A", "a_2", "é" * 9, "é" * 9)] == [
        "a",
        "A_2",
        "a_2_2",
        "é" * 5,
        "é" * 4 + "_2",
    ]


def test_columns_that_engines_take_for_one_are_refused() -> None:
    """To most engines, `audit.standard` and `Audit.Standard` are one column."""
    table = scene.table().append_column("audit_standard", scene.COLUMNS["audit.standard"])
    how = How(scene.AS_OF, ignore=frozenset(["audit_standard"]))
    assert duckdb_engine.sql_text(table, scene.policy(), how, "bigquery")
    columns = {name: Column(Kind.TEXT, ()) for name in ("contract", "audit.standard", "Audit.Standard")}
    with pytest.raises(TableError, match="have one name"):
        sql_of(plan(build(scene.policy())), columns, scene.AS_OF, DIALECTS["duckdb"])


def test_limits_do_not_need_the_values_of_a_column() -> None:
    """A comparison with constants is one in SQL too, whatever the number of distinct values."""
    columns = {"contract": Column(Kind.TEXT, ()), "uptime in %": Column(Kind.NUMBER, None, places=3)}
    text = sql_of(plan(build(scene.policy())), columns, date(2026, 11, 24), DIALECTS["duckdb"])
    assert '"uptime__in_percent" >= 99.5' in text
    assert '"uptime__in_percent" <= 99.499' in text


def test_too_many_cells_are_refused() -> None:
    """A statement lists cells, and what it cannot list it does not judge."""
    columns = {"contract": Column(Kind.TEXT, ()), "residency": Column(Kind.TEXT, None)}
    with pytest.raises(TableError, match="too many distinct cells"):
        sql_of(plan(build(scene.policy())), columns, scene.AS_OF, DIALECTS["duckdb"])


def test_too_many_combinations_are_refused() -> None:
    """A condition on two columns lists pairs."""
    amounts = tuple(range(200))
    columns = {
        "contract": Column(Kind.TEXT, ()),
        "liability.cap in USD": Column(Kind.NUMBER, amounts),
        "commercial.annual_fees in USD": Column(Kind.NUMBER, amounts),
    }
    with pytest.raises(TableError, match="more than 10,000 combinations"):
        sql_of(plan(build(scene.policy())), columns, scene.AS_OF, DIALECTS["duckdb"])
