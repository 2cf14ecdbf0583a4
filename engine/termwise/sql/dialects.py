"""How five engines write names and literals: the only things in which the SQL of a policy differs between them.

Everything else that is used (CASE, COALESCE, IN, comparisons, AND, OR, NOT and a chain of WITH) is the same in all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from termwise.frozen import frozen
from termwise.quantities.numerals import write_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Scalar: TypeAlias = str | bool | int | Decimal | Fraction | date
"""What a cell of a table can be. Floats are none of it: 0.1 is no number that a contract states."""


@frozen
class Dialect:
    """One way to write SQL.

    `as_text` makes text of a column that compares byte by byte, whatever its collation or padding. `plain_names` is
    for engines whose columns cannot be named as terms are. `longest` is how many bytes of a name count.
    """

    name: str
    mark: str
    escape: Callable[[str], str]
    as_text: str
    plain_names: bool = False
    longest: int = 250
    materialized: str = ""

    def identifier(self, name: str) -> str:
        """Return a name in quotation marks, so that its letters stay what they are."""
        return f"{self.mark}{name.replace(self.mark, self.mark * 2)}{self.mark}"

    def text(self, column: str) -> str:
        """Return a column, already quoted, as text that compares byte by byte."""
        return self.as_text.format(column)

    def literal(self, value: Scalar) -> str:
        """Return a value as it is written: booleans and dates by their names, numbers as exact decimals."""
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case str():
                return self.escape(value)
            case date():
                return f"DATE '{value.isoformat()}'"
            case float():
                raise TypeError("a float is no exact number")
            case _:
                return write_number(Fraction(value))


def _doubled(text: str) -> str:
    """Write a quotation mark twice: in standard SQL, nothing else in a text means anything."""
    return "'" + text.replace("'", "''") + "'"


def _postgres(text: str) -> str:
    """Say that a backslash is an escape: elsewhere it depends on what the server is set to."""
    return "E" + _doubled(text.replace("\\", "\\\\")) if "\\" in text else _doubled(text)


def _snowflake(text: str) -> str:
    return _doubled(text.replace("\\", "\\\\"))


def _escaped(text: str, also: Mapping[str, str]) -> str:
    marks = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", **also}
    return "'" + "".join(marks.get(each, each) for each in text) + "'"


def _bigquery(text: str) -> str:
    return _escaped(text, {})


def _spark(text: str) -> str:
    """Escape the dollar too, because Spark puts settings in the place of `${…}` before it parses anything."""
    return _escaped(text, {"$": "\\u0024"})


DUCKDB = Dialect("duckdb", '"', _doubled, 'CAST({} AS VARCHAR) COLLATE "C"')
SPARK = Dialect("spark", "`", _spark, "CAST({} AS STRING)")
SNOWFLAKE = Dialect("snowflake", '"', _snowflake, "COLLATE(CAST({} AS VARCHAR), '')")
BIGQUERY = Dialect("bigquery", "`", _bigquery, "COLLATE(CAST({} AS STRING), '')", plain_names=True)
POSTGRES = Dialect("postgres", '"', _postgres, 'CAST({} AS TEXT) COLLATE "C"', longest=63, materialized="MATERIALIZED ")

DIALECTS = {each.name: each for each in (DUCKDB, SPARK, SNOWFLAKE, BIGQUERY, POSTGRES)}
"""Every dialect by name."""
