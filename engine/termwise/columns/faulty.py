"""What is wrong with the rows of a batch: every such row known, and the first of them with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from termwise.columns.batch import Bits, Fault, Numbers, pack, unpack, width
from termwise.columns.buffers import both

LISTED = 100
"""How many faults of a batch are kept with their reasons; the other rows are counted."""


class Faults:
    """The faults of one batch, while it is read."""

    def __init__(self, file: str, first: int, rows: int) -> None:
        """Start with none; the first row has this number in its file."""
        self._heading = 1 if file.lower().endswith(".csv") else 0
        self.bad: Bits | None = None
        self._file = file
        self._first = first
        self._rows = rows
        self._found: list[tuple[str, Bits, Callable[[int], str]]] = []

    def add(self, column: str, why: str, rows: Bits | None) -> None:
        """Add rows that have one thing wrong with a column (None: all of them)."""
        self._add(column, rows, lambda _: why)

    def add_cells(self, column: str, whys: Mapping[int, str], codes: Numbers, valid: Bits | None) -> None:
        """Add the rows that have one of the cells that are wrong, by code; however many differ, it takes one look."""
        if whys:
            rows = both(valid, among(codes, whys), self._rows)
            self._add(column, rows, lambda row: whys[int(codes[row])])

    def _add(self, column: str, rows: Bits | None, why: Callable[[int], str]) -> None:
        rows = np.full(width(self._rows), 255, np.uint8) if rows is None else rows.copy()
        if self._rows & 7:
            rows[-1] &= (1 << (self._rows & 7)) - 1
        if rows.any():
            self._found.append((column, rows, why))
            self.bad = rows if self.bad is None else self.bad | rows

    def listed(self, ids: Any) -> tuple[Fault, ...]:  # noqa: ANN401 - an array of pyarrow
        """Return the first faults, by row."""
        found = [
            (int(row), place, column)
            for place, (column, rows, _) in enumerate(self._found)
            for row in np.flatnonzero(unpack(rows, self._rows))[:LISTED]
        ]
        return tuple(
            self._fault(self._first + row, ids[row].as_py(), column, self._found[place][2](row))
            for row, place, column in sorted(found)[:LISTED]
        )

    def _fault(self, row: int, contract: str | None, column: str, why: str) -> Fault:
        return Fault(self._file, row, contract, column, why, row + self._heading)


def among(codes: Numbers, wanted: Mapping[int, object]) -> Bits:
    """Return the rows whose code is one of these."""
    flags = np.zeros(max(wanted) + 2, np.bool_)  # the last place is for every code that is larger
    flags[list(wanted)] = True
    found: Bits = pack(flags[np.minimum(codes, len(flags) - 1)])
    return found
