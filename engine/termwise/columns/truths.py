"""What every atom comes to in some rows: two columns of bits, where it holds and where it fails.

An atom on one column is decided for each of its cells, by the reference, and then found in the column by comparing
small numbers, which is the fastest thing there is. An atom on several is decided for each combination that occurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from termwise.columns.batch import (
    Batch,
    Bits,
    Coded,
    Counted,
    Flagged,
    InputColumn,
    Numbers,
    Part,
    Unit,
    pack,
    unpack,
    width,
)
from termwise.columns.thresholds import Stretch, stretches
from termwise.compiled.cells import SILENT, UNASSURED, Cell
from termwise.compiled.plan import Atom
from termwise.compiled.tables import FALSE, TRUE, UNKNOWN, Tables

Flags: TypeAlias = npt.NDArray[np.bool_]

EVERYTHING, ASSURED, PRESUMED = "", "_sure", "_silent"

_RUNS = 6
"""How many comparisons find cells in a column faster than looking each row up."""
_CLOSE = 1 << 17
_MOST = 500_000
"""How many truths are remembered, before they are forgotten and found anew."""


class Known:
    """The truths found so far, for all batches of a policy."""

    def __init__(self, tables: Tables) -> None:
        """Start with none."""
        self.tables = tables
        self._by_cells: dict[tuple[Any, ...], int] = {}
        self._lines: dict[tuple[int, Unit], list[Stretch] | None] = {}

    def truth(self, number: int, cells: tuple[Cell, ...], rules: tuple[int, ...] = ()) -> int:
        """Return what an atom comes to for the cells of its inputs."""
        key = (number, cells, rules)
        found = self._by_cells.get(key)
        if found is None:
            if len(self._by_cells) >= _MOST:
                self._by_cells.clear()
            found = self._by_cells[key] = self.tables.truth(self.tables.plan.atoms[number], cells, rules)
        return found

    def line(self, number: int, unit: Unit) -> list[Stretch] | None:
        """Return the truth of an atom along the numbers of a unit, or None where they have to be told apart."""
        key = (number, unit)
        if key not in self._lines:
            policy = self.tables.plan.policy
            expr = self.tables.plan.atoms[number].expr
            found = stretches(expr, unit.scale, policy.holidays, lambda at: self.truth(number, (unit.cell(at),)))
            self._lines[key] = found
        return self._lines[key]


def known_of(tables: Tables) -> Known:
    """Return what is known of a policy: the same for every table that is judged by it."""
    if not isinstance(tables.in_columns, Known):
        tables.in_columns = Known(tables)
    return tables.in_columns


class Truths:
    """What atoms come to in some rows of one batch; `rows` begin at a multiple of eight."""

    def __init__(self, known: Known, batch: Batch, rows: slice) -> None:
        """Look at some rows of a batch."""
        self._known = known
        self._plan = known.tables.plan
        self._batch = batch
        self._rows = rows
        self._count = rows.stop - rows.start
        self._bytes = slice(rows.start // 8, rows.start // 8 + width(self._count))
        self._codes: dict[int, tuple[Numbers, list[Cell]]] = {}

    def atom(self, number: int, world: str) -> tuple[Bits, Bits]:
        """Return where an atom holds and where it fails, in one of the three worlds."""
        atom = self._plan.atoms[number]
        if len(atom.inputs) == 1 and self._is_on_lines(number, atom.inputs[0]):
            return self._of_one(number, atom.inputs[0], world)
        truths = self._joint(number, atom, world, ())
        return pack(truths == TRUE), pack(truths == FALSE)

    def asking(self, number: int, world: str, *rules: tuple[Bits, Bits]) -> tuple[Bits, Bits]:
        """Return the same of an atom that asks what came of rules, given where each passes and where it is breached."""
        holds = np.zeros(width(self._count), np.uint8)
        fails = holds.copy()
        for came in product((TRUE, FALSE, UNKNOWN), repeat=len(rules)):
            here = ~np.zeros_like(holds)
            for truth, (passes, breached) in zip(came, rules, strict=True):
                here &= passes if truth == TRUE else breached if truth == FALSE else ~(passes | breached)
            if here.any():
                truths = self._joint(number, self._plan.atoms[number], world, came)
                holds |= pack(truths == TRUE) & here
                fails |= pack(truths == FALSE) & here
        return holds, fails

    def _cut(self, bits: Bits | None) -> Bits | None:
        return None if bits is None else bits[self._bytes]

    def _silent(self, number: int, world: str) -> Cell:
        """Return what stands for silence about an input in a world."""
        if world != PRESUMED:
            return SILENT
        return self._known.tables.cells.presumed(self._plan.inputs[number].term) or SILENT

    # --------------------------------------------------------------------------------------- atoms on one column

    def _is_on_lines(self, number: int, read: int) -> bool:
        column = self._batch.columns.get(read)
        numbers = [each for each in column.parts if isinstance(each, Counted)] if column is not None else []
        return all(self._known.line(number, each.unit) is not None for each in numbers)

    def _of_one(self, number: int, read: int, world: str) -> tuple[Bits, Bits]:
        column = self._batch.columns.get(read)
        silence = self._known.truth(number, (self._silent(read, world),))
        if column is None:
            return self._constant(silence == TRUE), self._constant(silence == FALSE)
        spoken = _spoken([self._cut(each.valid) for each in column.parts])
        unassured = self._cut(column.unassured) if world == ASSURED else None
        found = []
        for wanted in (TRUE, FALSE):
            bits = self._constant(False)
            for number_of_part, part in enumerate(column.parts):
                here = self._in_part(number, part, wanted)
                bits = here if number_of_part == 0 else bits | here
            if silence == wanted and spoken is not None:
                bits = bits | ~spoken
            if unassured is not None:
                is_so = self._known.truth(number, (UNASSURED,)) == wanted
                bits = bits | unassured if is_so else bits & ~unassured
            found.append(bits)
        return found[0], found[1]

    def _in_part(self, number: int, part: Part, wanted: int) -> Bits:
        """Return the rows of a part in which an atom has the wanted truth."""
        valid = self._cut(part.valid)
        match part:
            case Flagged(bits, cells):
                no, yes = (self._known.truth(number, (each,)) == wanted for each in cells)
                said = bits[self._bytes]
                found = self._constant(yes) if yes == no else said if yes else ~said
            case Coded(codes, cells):
                found = self._among(codes, [self._known.truth(number, (each,)) == wanted for each in cells])
            case Counted(values, unit):
                line = self._known.line(number, unit)
                assert line is not None
                found = self._along(values, [each for each in line if each.truth == wanted])
        return found if valid is None else found & valid

    def _among(self, codes: Numbers, wanted: list[bool]) -> Bits:
        if not any(wanted) or all(wanted):
            return self._constant(bool(wanted) and wanted[0])
        here = codes[self._rows]
        runs = _runs(wanted)
        if len(runs) > _RUNS:
            padded = np.array([*wanted, False], np.bool_)  # what is null may have any code; it is masked afterwards
            return pack(padded[np.minimum(here, len(wanted))])
        flags = _run(here, *runs[0], len(wanted))
        for low, high in runs[1:]:
            flags |= _run(here, low, high, len(wanted))
        return pack(flags)

    def _along(self, values: Numbers, wanted: list[Stretch]) -> Bits:
        if not wanted:
            return self._constant(False)
        here = values[self._rows]
        flags = _between(here, wanted[0])
        for each in wanted[1:]:
            flags |= _between(here, each)
        return pack(flags)

    def _constant(self, value: bool) -> Bits:
        return np.full(width(self._count), 255 if value else 0, np.uint8)

    # ---------------------------------------------------------------------------------- atoms on several columns

    def _joint(self, number: int, atom: Atom, world: str, rules: tuple[int, ...]) -> npt.NDArray[np.uint8]:
        """Return the truth of an atom in every row, found once for each combination of cells that occurs."""
        key: Numbers = np.zeros(self._count, np.int64)
        combinations: list[tuple[Cell, ...]] = [()]
        for each in atom.inputs:
            codes, cells = self._in_world(each, world)
            combined, key = _distinct(key * len(cells) + codes)
            pairs = (divmod(one, len(cells)) for one in combined.tolist())
            combinations = [(*combinations[before], cells[code]) for before, code in pairs]
        truths = [self._known.truth(number, each, rules) for each in combinations]
        found: npt.NDArray[np.uint8] = np.array(truths, np.uint8)[key]
        return found

    def _in_world(self, read: int, world: str) -> tuple[Numbers, list[Cell]]:
        """Return an input as a code a row; the first cell is silence."""
        column = self._batch.columns.get(read)
        silent = self._silent(read, world)
        if column is None:
            return np.zeros(self._count, np.int64), [silent]
        if read not in self._codes:
            self._codes[read] = self._coded(column)
        codes, cells = self._codes[read]
        unassured = self._cut(column.unassured) if world == ASSURED else None
        if unassured is None:
            return codes, [silent, *cells]
        codes = np.where(unpack(unassured, self._count), len(cells) + 1, codes)
        return codes, [silent, *cells, UNASSURED]

    def _coded(self, column: InputColumn) -> tuple[Numbers, list[Cell]]:
        codes = np.zeros(self._count, np.int64)
        cells: list[Cell] = []
        for part in column.parts:
            bits = self._cut(part.valid)
            valid = np.ones(self._count, np.bool_) if bits is None else unpack(bits, self._count)
            match part:
                case Flagged(said):
                    own, more = unpack(said[self._bytes], self._count).astype(np.int64), list(part.cells)
                case Coded(own_codes):
                    own, more = own_codes[self._rows].astype(np.int64), list(part.cells)
                case Counted(values, unit):
                    here = np.where(valid, values[self._rows], 0)
                    unique, own = _distinct(here)
                    more = [unit.cell(each) for each in unique.tolist()]
            codes = np.where(valid, own + 1 + len(cells), codes)
            cells += more
        return codes, cells


def _distinct(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different numbers of an array, and for each place which of them it has.

    Numbers that lie close together are marked in a table, which takes a tenth of the time that sorting takes.
    """
    if not len(values) or int(values.max()) - (low := int(values.min())) >= _CLOSE:
        return np.unique(values, return_inverse=True)
    shifted = (values - low).astype(np.int64)
    there = np.zeros(int(shifted.max()) + 1, np.bool_)
    there[shifted] = True
    places = np.cumsum(there) - 1
    return np.flatnonzero(there) + low, places[shifted]


def _spoken(valid: Sequence[Bits | None]) -> Bits | None:
    """Return the rows that are not silent, or None where none is."""
    whole: Bits | None = None
    for each in valid:
        if each is None:
            return None
        whole = each if whole is None else whole | each
    return whole


def _runs(wanted: list[bool]) -> list[tuple[int, int]]:
    """Return the stretches of codes that are wanted, as first and last."""
    found: list[tuple[int, int]] = []
    for code, is_wanted in enumerate(wanted):
        if is_wanted and found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        elif is_wanted:
            found.append((code, code))
    return found


def _run(codes: Numbers, low: int, high: int, count: int) -> Flags:
    flags: Flags
    if low == high:
        flags = codes == low
    elif low == 0:
        flags = codes <= high
    else:
        flags = codes >= low if high == count - 1 else (codes >= low) & (codes <= high)
    return flags


def _between(values: Numbers, stretch: Stretch) -> Flags:
    """Return which numbers lie in a stretch; one that is below 0 is a fault, whatever is said of it here."""
    low, high = stretch.low, stretch.high
    flags: Flags
    if low == high:
        flags = values == low
    elif not low:
        flags = np.ones(len(values), np.bool_) if high is None else values <= high
    else:
        flags = values >= low if high is None else (values >= low) & (values <= high)
    return flags
