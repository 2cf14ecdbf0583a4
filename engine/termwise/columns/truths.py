"""What every atom comes to in some rows: two columns of bits, where it holds and where it fails.

An atom on one column is decided for each of its cells, by the reference, and then found in the column by comparing
small numbers, which is the fastest thing there is. An atom on several is decided for each combination that occurs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from termwise.columns.batch import Batch, Bits, Coded, Counted, Flagged, Numbers, Part, pack, width
from termwise.columns.known import ASSURED, Known
from termwise.columns.several import Several, matter
from termwise.columns.thresholds import Stretch
from termwise.compiled.cells import UNASSURED
from termwise.compiled.tables import FALSE, TRUE, UNKNOWN

Flags: TypeAlias = npt.NDArray[np.bool_]

_RUNS = 6
"""How many comparisons find cells in a column faster than looking each row up."""


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
        self._several = Several(known, batch, rows)

    def atom(self, number: int, world: str) -> tuple[Bits, Bits]:
        """Return where an atom holds and where it fails, in one of the three worlds."""
        inputs = matter(self._plan, number, self._batch)
        if len(inputs) == 1 and self._is_on_lines(number, inputs[0]):
            return self._of_one(number, inputs[0], world)
        return self._several.of(number, inputs, world)

    def asking(self, number: int, world: str, *rules: tuple[Bits, Bits]) -> tuple[Bits, Bits]:
        """Return the same of an atom that asks what came of rules, given where each passes and where it is breached."""
        holds = np.zeros(width(self._count), np.uint8)
        fails = holds.copy()
        for came in product((TRUE, FALSE, UNKNOWN), repeat=len(rules)):
            here = ~np.zeros_like(holds)
            for truth, (passes, breached) in zip(came, rules, strict=True):
                here &= passes if truth == TRUE else breached if truth == FALSE else ~(passes | breached)
            if here.any():
                found = self._several.of(number, self._plan.atoms[number].inputs, world, came)
                holds |= found[0] & here
                fails |= found[1] & here
        return holds, fails

    def _cut(self, bits: Bits | None) -> Bits | None:
        return None if bits is None else bits[self._bytes]

    # --------------------------------------------------------------------------------------- atoms on one column

    def _is_on_lines(self, number: int, read: int) -> bool:
        column = self._batch.columns.get(read)
        numbers = [each for each in column.parts if isinstance(each, Counted)] if column is not None else []
        return all(self._known.line(number, read, each.unit) is not None for each in numbers)

    def _of_one(self, number: int, read: int, world: str) -> tuple[Bits, Bits]:
        column = self._batch.columns.get(read)
        silence = self._known.of_one(number, read, self._known.silent(read, world))
        if column is None:
            return self._constant(silence == TRUE), self._constant(silence == FALSE)
        spoken = _spoken([self._cut(each.valid) for each in column.parts])
        unassured = self._cut(column.unassured) if world == ASSURED else None
        found = []
        for wanted in (TRUE, FALSE):
            bits = self._constant(False)
            for number_of_part, part in enumerate(column.parts):
                here = self._in_part(number, read, part, wanted)
                bits = here if number_of_part == 0 else bits | here
            if silence == wanted and spoken is not None:
                bits = bits | ~spoken
            if unassured is not None:
                is_so = self._known.of_one(number, read, UNASSURED) == wanted
                bits = bits | unassured if is_so else bits & ~unassured
            found.append(bits)
        return found[0], found[1]

    def _in_part(self, number: int, read: int, part: Part, wanted: int) -> Bits:
        """Return the rows of a part in which an atom has the wanted truth."""
        valid = self._cut(part.valid)
        match part:
            case Flagged(bits, cells):
                no, yes = (self._known.of_one(number, read, each) == wanted for each in cells)
                said = bits[self._bytes]
                found = self._constant(yes) if yes == no else said if yes else ~said
            case Coded(codes, cells):
                found = self._among(codes, [self._known.of_one(number, read, each) == wanted for each in cells])
            case Counted(values, unit):
                line = self._known.line(number, read, unit)
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
    """Return which numbers lie in a stretch."""
    low, high = stretch.low, stretch.high
    flags: Flags
    if low is None:
        flags = np.ones(len(values), np.bool_) if high is None else values <= high
    elif low == high:
        flags = values == low
    else:
        flags = values >= low if high is None else (values >= low) & (values <= high)
    return flags
