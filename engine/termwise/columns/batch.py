"""Some contracts of a portfolio as columns: for each term that a policy reads, in parts, what every row says of it.

Yes or no is one bit a row, eight to a byte, the first row lowest, as Arrow keeps them: what Arrow has is used in place.
Values that hold arrays are not compared with one another, since whether two arrays are equal is an array.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from termwise.compiled.cells import Cell
from termwise.frozen import frozen

Bits: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[Any]


@frozen
class Unit:
    """What whole numbers in a column count: how large one of them is, and what each is a cell of.

    `scale` is in what the quantity is kept in: days, times a year, points, an amount of one currency, months of fees.
    Plain numbers are signed; no quantity of a contract is below 0.
    """

    scale: Fraction
    cell: Callable[[int], Cell]
    is_signed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Rows that say one of a few things: `cells[codes[row]]`, where `valid` (None: everywhere)."""

    codes: Numbers
    cells: Sequence[Cell]
    valid: Bits | None


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Rows that say a whole number of a unit, where `valid` (None: everywhere)."""

    values: Numbers
    unit: Unit
    valid: Bits | None


@dataclass(frozen=True, slots=True, eq=False)
class Flagged:
    """Rows that say yes or no, where `valid` (None: everywhere); the two cells are those of no and yes."""

    bits: Bits
    cells: tuple[Cell, Cell]
    valid: Bits | None


Part: TypeAlias = Coded | Counted | Flagged


@dataclass(frozen=True, slots=True, eq=False)
class InputColumn:
    """What every row says of one input. No row is valid in two parts; one that is in none is silent.

    `unassured` are the rows whose fact is worth less than the policy needs (None: no row).
    """

    parts: tuple[Part, ...]
    unassured: Bits | None = None


@frozen
class Fault:
    """A row that cannot be judged: its file and number there, counted from 1, its contract, column or line, and why.

    `line` and `column` are where an editor would find it; of what has no lines, the row.
    """

    file: str
    row: int
    contract: str | None
    place: str
    why: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Rows of a portfolio. `first` is the number of the first; `columns` are by number of the input.

    `bad` are the rows that have faults (None: no row). They come to nothing; the first of them are listed.
    """

    first: int
    rows: int
    ids: Any
    vendors: Any
    columns: Mapping[int, InputColumn]
    bad: Bits | None = None
    faults: tuple[Fault, ...] = ()


def pack(flags: npt.NDArray[np.bool_]) -> Bits:
    """Return one flag a row as bits."""
    return np.packbits(flags, bitorder="little")


def unpack(bits: Bits, count: int) -> npt.NDArray[np.bool_]:
    """Return bits as one flag a row."""
    return np.unpackbits(bits, count=count, bitorder="little").view(np.bool_)


def width(rows: int) -> int:
    """Return how many bytes the bits of some rows take."""
    return (rows + 7) // 8
