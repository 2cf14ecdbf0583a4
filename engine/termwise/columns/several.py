"""Atoms on several columns: sums of numbers along a line, and whatever else by the combinations of cells there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod

import numpy as np

from termwise.columns.batch import (
    Batch,
    Bits,
    Coded,
    Counted,
    Flagged,
    InputColumn,
    Numbers,
    Part,
    pack,
    unpack,
    width,
)
from termwise.columns.known import ASSURED, Known
from termwise.columns.linear import Sums, sums_of
from termwise.columns.thresholds import Stretch
from termwise.compiled.cells import SILENT, UNASSURED, Cell
from termwise.compiled.tables import FALSE, TRUE
from termwise.core.expr import Compare, bare

_CLOSE = 1 << 17
"""How far apart the least and the largest number of a column may be for a table to be better than sorting."""
_ALL = 1 << 10
"""How many combinations are few enough to ask about each, whether it occurs or not."""
_TABLE = 1 << 20
"""How many combinations a table may have; where there could be more, those that occur are found by sorting."""
_SMALL, _LARGEST = 1 << 31, 1 << 62


class Several:
    """What atoms on several columns come to in some rows of one batch."""

    def __init__(self, known: Known, batch: Batch, rows: slice) -> None:
        """Look at some rows of a batch."""
        self._known = known
        self._plan = known.tables.plan
        self._batch = batch
        self._rows = rows
        self._count = rows.stop - rows.start
        self._bytes = slice(rows.start // 8, rows.start // 8 + width(self._count))
        self._codes: dict[int, tuple[Numbers, list[Cell]]] = {}

    def of(self, number: int, inputs: Sequence[int], world: str, rules: tuple[int, ...] = ()) -> tuple[Bits, Bits]:
        """Return where an atom holds and where it fails, for truths of the rules it asks about."""
        compared = None if rules else self._compared(number, inputs, world)
        if compared is not None:
            found = self._of_sums(number, *compared) or self._of_codes(number, *compared)
            if found is not None:
                return found
        truths = self._of_combinations(number, inputs, world, rules)
        return pack(truths == TRUE), pack(truths == FALSE)

    def _compared(self, number: int, inputs: Sequence[int], world: str) -> tuple[dict[int, Part], Bits | None] | None:
        """Return the inputs of a comparison, where each is of one part, and the rows in which all may be relied on.

        In all other rows a comparison is unknown, whatever it compares. None where this is not as simple.
        """
        if not isinstance(bare(self._plan.atoms[number].expr), Compare) or not inputs:
            return None
        parts: dict[int, Part] = {}
        valid: Bits | None = None
        for each in inputs:
            column = self._batch.columns.get(each)
            if column is None or len(column.parts) != 1 or self._known.silent(each, world).said is not None:
                return None
            (parts[each],) = column.parts
            said = parts[each].valid
            relied = [] if said is None else [said[self._bytes]]
            if world == ASSURED and column.unassured is not None:
                relied.append(~column.unassured[self._bytes])
            for here in relied:
                valid = here if valid is None else valid & here
        return parts, valid

    # ----------------------------------------------------------------------------------------------------- sums

    def _of_sums(self, number: int, parts: dict[int, Part], valid: Bits | None) -> tuple[Bits, Bits] | None:
        """Return the same for a comparison of sums of numbers; None where it is none."""
        sums = sums_of(self._plan.atoms[number].expr)
        columns = {self._plan.inputs[each].name: part for each, part in parts.items() if isinstance(part, Counted)}
        if sums is None or set(columns) != set(sums.terms) or len(columns) < len(parts):
            return None
        line = self._known.sum_line(number, sums, {name: part.unit for name, part in columns.items()})
        if line is None:
            return None
        total = self._total(sums, columns, line[0])
        return None if total is None else _along(total, line[1], valid)

    def _total(self, sums: Sums, columns: Mapping[str, Counted], step: Fraction) -> Numbers | None:
        """Return the sum of every row in steps, or None where it might not fit into a number."""
        factors = {name: sums.terms[name] * part.unit.scale / step for name, part in columns.items()}
        most = sum(_most(columns[name].values[self._rows]) * abs(factor) for name, factor in factors.items())
        if most >= _LARGEST:
            return None
        kind = np.int32 if most < _SMALL else np.int64
        total: Numbers = np.zeros(self._count, kind)
        for name, factor in factors.items():
            values = columns[name].values[self._rows]
            if factor == 1:
                np.add(total, values, out=total, dtype=kind, casting="unsafe")  # no number is too large, as seen above
            elif factor == -1:
                np.subtract(total, values, out=total, dtype=kind, casting="unsafe")
            else:
                total += values.astype(kind) * factor.numerator
        return total

    # --------------------------------------------------------------------------------------------- combinations

    def _of_codes(self, number: int, parts: dict[int, Part], valid: Bits | None) -> tuple[Bits, Bits] | None:
        """Return the same for a comparison of a few cells with a few others."""
        coded = {each: part for each, part in parts.items() if isinstance(part, Coded)}
        size = prod(len(part.cells) for part in coded.values())
        if len(coded) < len(parts) or not 0 < size <= _ALL:
            return None
        key: Numbers = np.zeros(self._count, np.uint16)
        for part in coded.values():
            key *= len(part.cells)
            np.add(key, part.codes[self._rows], out=key, casting="unsafe")  # where it is null, whatever comes of it
        inputs = self._plan.atoms[number].inputs
        cells = [coded[each].cells if each in coded else [SILENT] for each in inputs]
        truths = self._known.table(number, (), cells, None)
        found = []
        for wanted in (TRUE, FALSE):
            bits = pack((truths == wanted).take(key, mode="clip"))
            found.append(bits if valid is None else bits & valid)
        return found[0], found[1]

    def _of_combinations(self, number: int, inputs: Sequence[int], world: str, rules: tuple[int, ...]) -> Numbers:
        """Return the truth of an atom in every row, found once for each combination of cells."""
        atom = self._plan.atoms[number]
        coded = [self._in_world(each, world) for each in inputs]
        by_input = dict(zip(inputs, coded, strict=True))
        # What makes no difference is taken as silent in every row, so that combinations have a place for each input.
        cells = [by_input[each][1] if each in by_input else [self._known.silent(each, world)] for each in atom.inputs]
        size = prod(len(each) for each in cells)
        if size <= _TABLE:
            key = np.zeros(self._count, np.int32)
            for codes, own in coded:
                key *= len(own)
                key += codes
            present = None if size <= _ALL else np.flatnonzero(np.bincount(key, minlength=size))
            return self._known.table(number, rules, cells, present)[key]
        combinations: list[tuple[Cell, ...]] = [()]
        places: Numbers = np.zeros(self._count, np.int64)
        for each, own in zip(atom.inputs, cells, strict=True):
            codes = by_input[each][0] if each in by_input else np.zeros(self._count, np.int64)
            combined, places = _distinct(places * len(own) + codes)
            pairs = (divmod(one, len(own)) for one in combined.tolist())
            combinations = [(*combinations[before], own[code]) for before, code in pairs]
        truths = [self._known.truth(number, each, rules) for each in combinations]
        return np.array(truths, np.uint8)[places]

    def _in_world(self, read: int, world: str) -> tuple[Numbers, list[Cell]]:
        """Return an input as a code a row; the first cell is silence."""
        column = self._batch.columns.get(read)
        silent = self._known.silent(read, world)
        if column is None:
            return np.zeros(self._count, np.int32), [silent]
        if read not in self._codes:
            self._codes[read] = self._coded(column)
        codes, cells = self._codes[read]
        if world != ASSURED or column.unassured is None:
            return codes, [silent, *cells]
        codes = np.where(unpack(column.unassured[self._bytes], self._count), len(cells) + 1, codes)
        return codes, [silent, *cells, UNASSURED]

    def _coded(self, column: InputColumn) -> tuple[Numbers, list[Cell]]:
        codes: Numbers = np.zeros(self._count, np.int32)
        cells: list[Cell] = []
        for part in column.parts:
            valid = None if part.valid is None else unpack(part.valid[self._bytes], self._count)
            match part:
                case Flagged(said):
                    own, more = unpack(said[self._bytes], self._count).astype(np.int32), list(part.cells)
                case Coded(own_codes):
                    own, more = own_codes[self._rows].astype(np.int32), list(part.cells)
                case Counted(values, unit):
                    here = values[self._rows] if valid is None else np.where(valid, values[self._rows], 0)
                    unique, own = _distinct(here)
                    more = [unit.cell(each) for each in unique.tolist()]
            own = own + (1 + len(cells))
            codes = own if valid is None else np.where(valid, own, codes)
            cells += more
        return codes, cells


def _most(values: Numbers) -> int:
    """Return a number that no value is further from 0 than."""
    if values.dtype.itemsize <= 2:
        return 1 << 16
    return max(abs(int(values.max())), abs(int(values.min()))) if len(values) else 0


def _along(total: Numbers, line: Sequence[Stretch], valid: Bits | None) -> tuple[Bits, Bits]:
    found = []
    for wanted in (TRUE, FALSE):
        flags = np.zeros(len(total), np.bool_)
        for each in line:
            if each.truth == wanted:
                here = np.ones(len(total), np.bool_) if each.low is None else total >= each.low
                flags |= here if each.high is None else here & (total <= each.high)
        bits = pack(flags)
        found.append(bits if valid is None else bits & valid)
    return found[0], found[1]


def _distinct(values: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different numbers of an array, and for each place which of them it has.

    Numbers that lie close together are marked in a table, which takes a tenth of the time that sorting takes.
    """
    if not len(values) or int(values.max()) - (low := int(values.min())) >= _CLOSE:
        return np.unique(values, return_inverse=True)
    shifted = values if low == 0 and values.dtype.itemsize <= 4 else (values - np.array(low, values.dtype))
    there = np.zeros(int(shifted.max()) + 1, np.bool_)
    there[shifted] = True
    places = np.cumsum(there, dtype=np.int32)
    places -= 1
    return np.flatnonzero(there) + low, places[shifted]
