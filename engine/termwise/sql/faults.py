"""Rows that cannot be judged, as tests in SQL: never a verdict on a row of which some cell was not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.core.policy import Assurance
from termwise.diagnostics.quoting import quoted
from termwise.frozen import frozen
from termwise.sql.dialects import Dialect, Scalar
from termwise.sql.problems import too_many_cells
from termwise.sql.reading import Reading, day_of, is_signed
from termwise.sql.table import Column, Kind, Source
from termwise.types import Scalar as Type

_SHOWN = 3
"""How many bad values of a column a sentence shows."""


@frozen
class Fault:
    """A test on a row of the table that finds what cannot be judged, and why. `is_certain` where some row has it."""

    column: str
    test: str
    why: str
    is_certain: bool = True


def of_source(reading: Reading, source: Source, value: str, dialect: Dialect, *, strict: bool) -> Iterator[Fault]:
    """Yield the faults that the cells of a column can have. With `strict`, a cell that was not there before is one."""
    if reading.scale(source) is not None:
        if is_signed(source.term.type):
            return
        why = "has a number below 0; a quantity of a contract cannot be negative"
        yield Fault(source.column, f"{value} < 0", why, is_certain=False)
        return
    if reading.column(source).values is None and source.term.type is Type.TEXT:
        return  # any text is one: to ask whether something is stated, nobody has to have read it
    bad = reading.bad(source)
    is_bad = {value for value, _ in bad}
    good = [each for each in reading.values(source) if each not in is_bad]
    is_closed = reading.column(source).kind is Kind.BOOLEAN and not bad
    if not is_closed:
        yield from _listed(source.column, value, good, bad, dialect, strict=strict)


def of_assurance(column: Column, name: str, value: str, dialect: Dialect, *, strict: bool) -> Iterator[Fault]:
    """Yield the faults of a column that says what facts are worth."""
    words = [each.value for each in Assurance]
    why = f"is no assurance: {', '.join(words)}"
    bad = [(each, f"{quoted(str(each))} {why}") for each in _values(column, name) if each not in words]
    yield from _listed(name, value, words, bad, dialect, strict=strict)


def of_day(column: Column, name: str, value: str, dialect: Dialect, *, strict: bool) -> Iterator[Fault]:
    """Yield the faults of a column of days that are text."""
    known = _values(column, name)
    good = [each for each in known if day_of(each) is not None]
    bad = [(each, f"{quoted(str(each))} is no day of the calendar") for each in known if day_of(each) is None]
    yield from _listed(name, value, good, bad, dialect, strict=strict)


def _values(column: Column, name: str) -> tuple[Scalar, ...]:
    if column.values is None:
        raise too_many_cells(name)
    return column.values


def _listed(
    name: str, value: str, good: Sequence[Scalar], bad: Sequence[tuple[Scalar, str]], dialect: Dialect, *, strict: bool
) -> Iterator[Fault]:
    def among(cells: Sequence[Scalar]) -> str:
        return f"({', '.join(dialect.literal(each) for each in cells)})"

    why = "; ".join(why for _, why in bad[:_SHOWN]) + (f"; and {len(bad) - _SHOWN} more" if len(bad) > _SHOWN else "")
    if strict:
        test = f"{value} NOT IN {among(good)}" if good else f"{value} IS NOT NULL"
        yield Fault(name, test, why or "has a cell that was not read", is_certain=bool(bad))
    elif bad:
        yield Fault(name, f"{value} IN {among([each for each, _ in bad])}", why)
