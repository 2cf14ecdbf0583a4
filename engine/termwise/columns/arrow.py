"""Arrow tables → batches: every column read once for each distinct cell, and used in place where it is small numbers.

A column may be text, dictionary-encoded text, yes or no, whole numbers with a unit in its name, decimals, dates, or
lists. What is wrong with a cell is wrong with its rows, and found for all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from termwise.columns.batch import (
    Batch,
    Bits,
    Coded,
    Counted,
    Fault,
    Flagged,
    InputColumn,
    Part,
    Unit,
    pack,
    unpack,
    width,
)
from termwise.columns.buffers import booleans, by_look, flags, narrow, numbers, validity, whole
from termwise.columns.cells import read_cell
from termwise.columns.header import Header, TermColumns, text_in
from termwise.compiled.cells import SILENT, Cell, Unreadable
from termwise.compiled.program import Program
from termwise.contracts.mapping import text_of
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term
from termwise.quantities import units
from termwise.types import Scalar

LISTED = 100
"""How many faults of a batch are kept with their rows; the others are counted."""

_UNREADABLE = Cell(None, stated=False)
"""Stands where a cell cannot be read: its rows are bad, and nothing that comes of them is kept."""


class ArrowReader:
    """Reads batches of one table for one policy, and remembers the cells it has met."""

    def __init__(self, program: Program, header: Header, as_of: date) -> None:
        """Find the columns that each input of the policy is read from."""
        self._program = program
        self._cells = program.tables.cells
        self._header = header
        self._as_of = as_of
        self._needed = list(Assurance).index(program.policy.assurance)
        by_place = {(each.term.name, each.key): each for each in header.terms}
        self._sources: dict[int, list[TermColumns]] = {}
        for number, read in enumerate(program.plan.inputs):
            key = read.name.partition("[")[2].removesuffix("]") or None
            keys = [key] if key is None else [key, None]
            found = [by_place[read.term.name, each] for each in keys if (read.term.name, each) in by_place]
            if found:
                self._sources[number] = found
        self._known: dict[tuple[str, str], dict[object, Cell | str]] = {}
        self._units: dict[tuple[str, str], Unit | None] = {}

    def batch(self, table: Any, first: int) -> Batch:  # noqa: ANN401 - a record batch or a table of pyarrow
        """Return the rows of a record batch, of which the first has this number."""
        rows = table.num_rows
        reading = _Reading(self, table, rows, first)
        columns = {number: reading.input(number, found) for number, found in self._sources.items()}
        ids = reading.ids()
        vendor = self._header.rows.get("vendor")
        vendors = None if vendor is None else whole(table.column(vendor))
        return Batch(first, rows, ids, vendors, columns, reading.bad, tuple(reading.faults(ids)))

    def read(self, value: object, term: Term, unit: str) -> Cell | str:
        """Return the cell of a value in a column of a unit ("" for none), or why there is none."""
        known = self._known.setdefault((term.name, unit), {})
        key = value if isinstance(value, str | int) and not isinstance(value, bool) else (type(value), repr(value))
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = self._read(value, term, unit)
        return found

    def _read(self, value: object, term: Term, unit: str) -> Cell | str:
        if unit:
            template = text_in(unit, term)
            assert template is not None, "the header was read with it"
            value = template.format(text_of(value) if text_of(value) is not None else value)
        try:
            return read_cell(value, term, self._cells)
        except Unreadable as why:
            return str(why)

    def unit(self, term: Term, unit: str) -> Unit | None:
        """Return a unit in which more is more by the same, or None: no month is as long as every other."""
        key = (term.name, unit)
        if key not in self._units:
            scale = _scale(term, unit)

            def cell(number: int) -> Cell:
                found = self.read(number, term, unit)
                return found if isinstance(found, Cell) else _UNREADABLE

            self._units[key] = None if scale is None else Unit(scale, cell)
        return self._units[key]

    @property
    def rows(self) -> Header:
        """The header of the table."""
        return self._header

    @property
    def as_of(self) -> date:
        """The day on which the rows are judged."""
        return self._as_of

    @property
    def program(self) -> Program:
        """The policy."""
        return self._program


_MOST = 100_000


class _Reading:
    """One record batch, and what is wrong with its rows so far."""

    def __init__(self, reader: ArrowReader, table: Any, rows: int, first: int) -> None:  # noqa: ANN401
        self._reader = reader
        self._table = table
        self._rows = rows
        self._first = first
        self.bad: Bits | None = None
        self._why: list[tuple[str, str, Bits]] = []
        self._worth: dict[str | None, tuple[npt.NDArray[np.int8], Bits | None] | None] = {}
        self._in_force = self._speaking()

    def input(self, number: int, sources: Sequence[TermColumns]) -> InputColumn:
        """Return what every row says of an input: at its key, or else of all keys."""
        term = self._reader.program.plan.inputs[number].term
        parts: list[Part] = []
        taken: Bits | None = None  # the rows that a column of the key itself speaks for; None: no row
        unassured: Bits | None = None
        for source in sources:
            own = self._parts(source, term)
            if taken is not None:
                own = [replace(each, valid=_without(each.valid, taken, self._rows)) for each in own]
            spoken = _union([each.valid for each in own], self._rows)
            if not term.is_context:
                low = self._too_low(source)
                if low is not None:
                    low = low & spoken
                    unassured = low if unassured is None else unassured | low
            taken = spoken if taken is None else taken | spoken
            parts += own
        if self._in_force is not None and not term.is_context:
            parts = [replace(each, valid=_and(each.valid, self._in_force)) for each in parts]
            unassured = None if unassured is None else unassured & self._in_force
        if unassured is not None and not unassured.any():
            unassured = None
        return InputColumn(tuple(parts), unassured)

    def _parts(self, source: TermColumns, term: Term) -> list[Part]:
        parts: list[Part] = []
        named = [("", source.words)] if source.words is not None else []
        for unit, column in (*named, *source.numbers):
            part = self._part(whole(self._table.column(column)), term, unit, column)
            for other in parts:
                self._fault(column, "the row says it in two columns", _both(other.valid, part.valid, self._rows))
            parts.append(part)
        return parts

    def _part(self, array: Any, term: Term, unit: str, column: str) -> Part:  # noqa: ANN401
        valid = validity(array)
        kind = array.type
        if pa.types.is_boolean(kind) and not unit:
            cells = [self._reader.read(each, term, "") for each in (False, True)]
            for code, cell in enumerate(cells):
                if isinstance(cell, str):
                    said = booleans(array) if code else ~booleans(array)
                    self._fault(column, cell, _and(valid, said))
            no, yes = (each if isinstance(each, Cell) else _UNREADABLE for each in cells)
            return Flagged(booleans(array), (no, yes), valid)
        if pa.types.is_integer(kind):
            found = self._reader.unit(term, unit)
            if found is not None:
                values = numbers(array)
                below = pack(values < 0)
                if below.any():
                    self._fault(column, "a quantity of a contract cannot be negative", _and(valid, below))
                return Counted(values, found, valid)
        return self._coded(array, term, unit, column, valid)

    def _coded(self, array: Any, term: Term, unit: str, column: str, valid: Bits | None) -> Coded:  # noqa: ANN401
        kind = array.type
        if pa.types.is_dictionary(kind):
            values, codes = array.dictionary.to_pylist(), numbers(array.indices)
        elif pa.types.is_nested(kind):
            values, codes = by_look(array.to_pylist())
        else:
            encoded = pc.dictionary_encode(array)
            values, codes = encoded.dictionary.to_pylist(), numbers(encoded.indices)
        cells: list[Cell] = []
        for code, value in enumerate(values):
            cell = self._reader.read(value, term, unit)
            if isinstance(cell, str):
                self._fault(column, cell, _and(valid, pack(codes == code)))
                cell = _UNREADABLE
            elif cell is SILENT:
                valid = _without(valid, pack(codes == code), self._rows)
            cells.append(cell)
        return Coded(narrow(codes, len(cells)), cells, valid)

    # ------------------------------------------------------------------------------------ what rows say of themselves

    def ids(self) -> Any:  # noqa: ANN401 - an array of pyarrow
        """Return the contract of each row; a row without one is at fault."""
        column = self._reader.rows.rows["contract"]
        array = whole(self._table.column(column))
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        array = array.cast(pa.string())
        missing = validity(array)
        if missing is not None:
            self._fault(column, "the row does not say which contract it is", ~missing)
        return array

    def _speaking(self) -> Bits | None:
        """Return the rows whose document is in force, or None where all are."""
        speaking: Bits | None = None
        for name, is_end in (("effective", False), ("expires", True)):
            column = self._reader.rows.rows.get(name)
            if column is None:
                continue
            array = whole(self._table.column(column))
            if pa.types.is_string(array.type) or pa.types.is_dictionary(array.type):
                array = array.cast(pa.string())
                read = pc.strptime(array, format="%Y-%m-%d", unit="s", error_is_null=True)
                self._fault(
                    column, "the calendar has no such day", pack(flags(pc.and_(pc.is_null(read), pc.is_valid(array))))
                )
                array = read
            days = array.cast(pa.date32())
            day = pa.scalar(self._reader.as_of, pa.date32())
            fits = pc.less_equal(day, days) if is_end else pc.less_equal(days, day)
            bits = pack(flags(pc.fill_null(fits, True)))
            speaking = bits if speaking is None else speaking & bits
        return speaking

    def _too_low(self, source: TermColumns) -> Bits | None:
        """Return the rows whose fact is worth too little, or None where all are worth enough."""
        own = self._levels(source.assurance)
        row = self._levels(self._reader.rows.rows.get("assurance"))
        if own is None and row is None:
            return None  # as bare terms: signed
        claimed = np.zeros(self._rows, np.int8)
        levels = claimed if row is None else row
        if own is not None:
            levels = np.where(own < 0, np.maximum(levels, 0), own)
        needed = list(Assurance).index(self._reader.program.policy.assurance)
        return pack(np.maximum(levels, 0) < needed)

    def _levels(self, column: str | None) -> npt.NDArray[np.int8] | None:
        """Return what each row of a column says its facts are worth, as a number; -1 where it does not say."""
        if column is None:
            return None
        if column not in self._worth:
            array = whole(self._table.column(column))
            encoded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array.cast(pa.string()))
            words = [each.value for each in Assurance]
            levels = [words.index(each) if each in words else None for each in encoded.dictionary.to_pylist()]
            codes, valid = numbers(encoded.indices), validity(array)
            for code, level in enumerate(levels):
                if level is None:
                    why = f"{encoded.dictionary[code].as_py()!r} is no assurance: {', '.join(words)}"
                    self._fault(column, why, _and(valid, pack(codes == code)))
            found = np.array([*(0 if each is None else each for each in levels), -1], np.int8)
            codes = np.minimum(codes, len(levels)) if valid is None else np.where(unpack(valid, self._rows), codes, -1)
            self._worth[column] = (found[codes], valid)
        known = self._worth[column]
        return None if known is None else known[0]

    # ------------------------------------------------------------------------------------------------------- faults

    def _fault(self, column: str, why: str, rows: Bits | None) -> None:
        rows = np.full(width(self._rows), 255, np.uint8) if rows is None else rows.copy()
        if self._rows & 7:
            rows[-1] &= (1 << (self._rows & 7)) - 1
        if rows.any():
            self._why.append((column, why, rows))
            self.bad = rows if self.bad is None else self.bad | rows

    def faults(self, ids: Any) -> Iterable[Fault]:  # noqa: ANN401
        """Yield the first faults, by row."""
        found = [
            (int(row), column, why)
            for column, why, rows in self._why
            for row in np.flatnonzero(unpack(rows, self._rows))[:LISTED]
        ]
        for row, column, why in sorted(found)[:LISTED]:
            yield Fault(self._first + row, ids[row].as_py(), column, why)


def _scale(term: Term, unit: str) -> Fraction | None:
    match term.type:
        case Scalar.DURATION:
            return units.DAYS.get(units.singular(unit)) if unit else None
        case Scalar.RATE | Scalar.PERCENT | Scalar.MONEY | Scalar.FEES:
            return Fraction(1) if unit and not (term.type is Scalar.MONEY and " " in unit) else None
        case Scalar.INTEGER | Scalar.NUMBER:
            return Fraction(1) if not unit else None
        case _:
            return None


def _and(left: Bits | None, right: Bits | None) -> Bits:
    if left is None or right is None:
        both = right if left is None else left
        assert both is not None
        return both
    return left & right


def _both(left: Bits | None, right: Bits | None, rows: int) -> Bits:
    everywhere = np.full(width(rows), 255, np.uint8)
    return (everywhere if left is None else left) & (everywhere if right is None else right)


def _without(valid: Bits | None, taken: Bits, rows: int) -> Bits:
    return _both(valid, ~taken, rows)


def _union(valid: Sequence[Bits | None], rows: int) -> Bits:
    union = np.zeros(width(rows), np.uint8)
    for each in valid:
        union = union | (np.full(width(rows), 255, np.uint8) if each is None else each)
    return union
