"""Arrow tables → batches: every column read once for each distinct cell, and used in place where it is small numbers.

A column may be text, dictionary-encoded text, yes or no, whole numbers with a unit in its name, decimals, dates, or
lists. What is wrong with a cell is wrong with its rows, and found for all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from termwise.columns.batch import Batch, Bits, Coded, Counted, Flagged, InputColumn, Part, Unit, pack, width
from termwise.columns.buffers import booleans, both, everywhere, narrow, validity, without
from termwise.columns.cells import read_cell
from termwise.columns.faulty import Faults, among
from termwise.columns.header import Header, TermColumns, text_in
from termwise.columns.known import known_of
from termwise.columns.said_of_rows import SaidOfRows
from termwise.columns.shapes import encoded, numbers, simple
from termwise.compiled.cells import SILENT, Cell, Unreadable
from termwise.compiled.program import Program
from termwise.contracts.mapping import text_of
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term
from termwise.diagnostics.quoting import quoted
from termwise.quantities import units
from termwise.types import Scalar

_UNREADABLE = Cell(None, stated=False)
"""Stands where a cell cannot be read: its rows are bad, and nothing that comes of them is kept."""


class ArrowReader:
    """Reads batches of one table for one policy, and remembers the cells it has met."""

    def __init__(self, program: Program, header: Header, as_of: date, file: str) -> None:
        """Find the columns that each input of the policy is read from; `file` is what the table is called."""
        self._program = program
        self._cells = program.tables.cells
        self._header = header
        self._as_of = as_of
        self._file = file
        self._needed = list(Assurance).index(program.policy.assurance)
        by_place = {(each.term.name, each.key): each for each in header.terms}
        self._sources: dict[int, list[TermColumns]] = {}
        for number, read in enumerate(program.plan.inputs):
            key = read.name.partition("[")[2].removesuffix("]") or None
            keys = [key] if key is None else [key, None]
            found = [by_place[read.term.name, each] for each in keys if (read.term.name, each) in by_place]
            if found:
                self._sources[number] = found
        self._known = known_of(program.tables)

    def batch(self, table: Any, first: int) -> Batch:  # noqa: ANN401 - a record batch or a table of pyarrow
        """Return the rows of a record batch, of which the first has this number."""
        rows = table.num_rows
        faults = Faults(self._file, first, rows)
        about = SaidOfRows(table, self._header, self._file, faults)
        reading = _Reading(self, table, about, faults, about.speaking(self._as_of))
        columns = {number: reading.input(number, found) for number, found in self._sources.items()}
        ids = about.ids()
        return Batch(first, rows, ids, about.vendors(), columns, faults.bad, faults.listed(ids))

    def read(self, value: object, term: Term, unit: str) -> Cell | str:
        """Return the cell of a value in a column of a unit ("" for none), or why there is none."""
        known = self._known.cells.setdefault((term.name, unit), {})
        key = value if isinstance(value, str | int) and not isinstance(value, bool) else (type(value), repr(value))
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = self._read(value, term, unit)
        return found

    def _read(self, value: object, term: Term, unit: str) -> Cell | str:
        if unit and value is not None:
            number = text_of(value)
            if number is None or not _NUMBER.fullmatch(number):
                return f"{quoted(str(value))} is no number, as a column in {unit} has them"
            template = text_in(unit, term)
            assert template is not None, "the header was read with it"
            value = template.format(number)
        try:
            return read_cell(value, term, self._cells)
        except Unreadable as why:
            return str(why)

    def unit(self, term: Term, unit: str) -> Unit | None:
        """Return a unit in which more is more by the same, or None: no month is as long as every other."""
        key = (term.name, unit)
        if key not in self._known.units:
            scale = _scale(term, unit)

            def cell(number: int) -> Cell:
                found = self.read(number, term, unit)
                return found if isinstance(found, Cell) else _UNREADABLE

            self._known.units[key] = None if scale is None else Unit(scale, cell, _is_signed(term))
        return self._known.units[key]

    @property
    def program(self) -> Program:
        """The policy."""
        return self._program

    @property
    def needed(self) -> int:
        """The least assurance that the policy relies on, as a number."""
        return self._needed


_MOST = 100_000
_NUMBER = re.compile(r"\s*-?[0-9][0-9,]*(\.[0-9]+)?\s*")


class _Reading:
    """One record batch, whose rows are told of what is wrong with them as it is found."""

    def __init__(
        self,
        reader: ArrowReader,
        table: Any,  # noqa: ANN401
        about: SaidOfRows,
        faults: Faults,
        in_force: Bits | None,
    ) -> None:
        self._reader = reader
        self._table = table
        self._rows = table.num_rows
        self._about = about
        self._faults = faults
        self._in_force = in_force
        self._known: dict[tuple[str, str | None], list[Part]] = {}

    def input(self, number: int, sources: Sequence[TermColumns]) -> InputColumn:
        """Return what every row says of an input: at its key, or else of all keys."""
        term = self._reader.program.plan.inputs[number].term
        parts: list[Part] = []
        taken: Bits | None = None  # the rows that a column of the key itself speaks for; None: no row
        unassured: Bits | None = None
        for source in sources:
            own = self._parts(source, term)
            if taken is not None:
                own = [replace(each, valid=without(each.valid, taken)) for each in own]
            spoken = _union([each.valid for each in own], self._rows)
            if not term.is_context:
                low = self._about.too_low(source.assurance, self._reader.needed)
                if low is not None:
                    low = low & spoken
                    unassured = low if unassured is None else unassured | low
            taken = spoken if taken is None else taken | spoken
            parts = [*parts, *own]
        if self._in_force is not None and not term.is_context:
            parts = [replace(each, valid=both(each.valid, self._in_force, self._rows)) for each in parts]
            unassured = None if unassured is None else unassured & self._in_force
        if unassured is not None and not unassured.any():
            unassured = None
        return InputColumn(tuple(parts), unassured)

    def _parts(self, source: TermColumns, term: Term) -> list[Part]:
        """Return what the columns of a term say, which are read once however many keys they speak for."""
        place = (term.name, source.key)
        if place not in self._known:
            self._known[place] = self._read(source, term)
        return self._known[place]

    def _read(self, source: TermColumns, term: Term) -> list[Part]:
        parts: list[Part] = []
        named = [("", source.words)] if source.words is not None else []
        for unit, column in (*named, *source.numbers):
            part = self._part(simple(self._table.column(column)), term, unit, column)
            for other in parts:
                twice = both(other.valid, part.valid, self._rows)
                self._faults.add(column, "the row says it in two columns", twice)
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
                    self._faults.add(column, cell, both(valid, said, self._rows))
            no, yes = (each if isinstance(each, Cell) else _UNREADABLE for each in cells)
            return Flagged(booleans(array), (no, yes), valid)
        if pa.types.is_integer(kind):
            found = self._reader.unit(term, unit)
            if found is not None:
                values = numbers(array)
                if not found.is_signed and (below := pack(values < 0)).any():
                    why = "a quantity of a contract cannot be negative"
                    self._faults.add(column, why, both(valid, below, self._rows))
                return Counted(values, found, valid)
        return self._coded(array, term, unit, column, valid)

    def _coded(self, array: Any, term: Term, unit: str, column: str, valid: Bits | None) -> Coded:  # noqa: ANN401
        values, codes = encoded(array)
        cells: list[Cell] = []
        whys, silent = dict[int, str](), dict[int, str]()
        for code, value in enumerate(values):
            cell = self._reader.read(value, term, unit)
            if isinstance(cell, str):
                whys[code] = cell
                cell = _UNREADABLE
            elif cell is SILENT:
                silent[code] = ""
            cells.append(cell)
        self._faults.add_cells(column, whys, codes, valid)
        if silent:
            valid = without(valid, among(codes, silent))
        return Coded(narrow(codes, len(cells)), cells, valid)


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


def _is_signed(term: Term) -> bool:
    return term.type in (Scalar.INTEGER, Scalar.NUMBER)


def _union(valid: Sequence[Bits | None], rows: int) -> Bits:
    union = np.zeros(width(rows), np.uint8)
    for each in valid:
        union = union | (everywhere(rows) if each is None else each)
    return union
