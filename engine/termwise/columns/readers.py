"""How an atom on one column is read from it: a function made once for a batch, and called for every stretch of rows.

The cells of a column, or the line of its numbers, are known before its rows are looked at. What is left to do for a row
is to compare a small number, which is the fastest thing there is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from termwise.columns.batch import Batch, Bits, Coded, Counted, Flagged, InputColumn, Numbers, Part, pack, width
from termwise.columns.known import ASSURED, Known
from termwise.columns.thresholds import Stretch
from termwise.compiled.cells import UNASSURED
from termwise.compiled.tables import FALSE, TRUE, UNKNOWN

Flags: TypeAlias = npt.NDArray[np.bool_]
Chosen: TypeAlias = Callable[[slice, slice], Bits]
"""Given some rows, and the bytes of their bits: the rows that are chosen."""
Reader: TypeAlias = Callable[[slice, slice], tuple[Bits, Bits]]
"""Likewise: where an atom holds and where it fails."""

_RUNS = 6
"""How many comparisons find cells in a column faster than looking each row up."""


def reader_of(known: Known, batch: Batch, number: int, read: int, world: str) -> Reader:
    """Return how an atom is read from the one input that makes a difference to it."""
    column = batch.columns.get(read)
    silence = known.of_one(number, read, known.silent(read, world))
    if column is None:
        return lambda _, there: (_constant(there, silence == TRUE), _constant(there, silence == FALSE))
    found = _of_parts(known, number, read, column.parts)
    valid = [each.valid for each in column.parts]
    if silence != UNKNOWN and all(each is not None for each in valid):
        found = _where_silent(found, [each for each in valid if each is not None], silence)
    if world == ASSURED and column.unassured is not None:
        found = _where_unassured(found, column, known.of_one(number, read, UNASSURED))
    return found


def _of_parts(known: Known, number: int, read: int, parts: Sequence[Part]) -> Reader:
    readers = [_of_part(known, number, read, each) for each in parts]
    if len(readers) == 1:
        return readers[0]

    def several(rows: slice, there: slice) -> tuple[Bits, Bits]:
        holds, fails = _constant(there, False), _constant(there, False)
        for each in readers:
            yes, no = each(rows, there)
            holds |= yes
            fails |= no
        return holds, fails

    return several


def _of_part(known: Known, number: int, read: int, part: Part) -> Reader:
    """Return how an atom is read from a part of a column; in rows that are not valid it neither holds nor fails."""
    line: Sequence[Stretch] = ()
    if isinstance(part, Counted):
        known_line = known.line(number, read, part.unit)
        assert known_line is not None, "a column without a line is read by its combinations"
        line = known_line
        truths = [each.truth for each in line]
    else:
        truths = [known.of_one(number, read, each) for each in part.cells]
    holds, valid = _chosen(part, truths, line, TRUE), part.valid
    if UNKNOWN not in truths:  # whatever it does not hold in, it fails in

        def decided(rows: slice, there: slice) -> tuple[Bits, Bits]:
            yes = holds(rows, there)
            if valid is None:
                return yes, ~yes
            said = valid[there]
            yes = yes & said
            return yes, said ^ yes

        return decided
    fails = _chosen(part, truths, line, FALSE)

    def open_(rows: slice, there: slice) -> tuple[Bits, Bits]:
        yes, no = holds(rows, there), fails(rows, there)
        if valid is None:
            return yes, no
        said = valid[there]
        return yes & said, no & said

    return open_


def _chosen(part: Part, truths: Sequence[int], line: Sequence[Stretch], wanted: int) -> Chosen:
    """Return how the rows of a part are chosen in which an atom has a truth, whether they are valid or not."""
    flags = [each == wanted for each in truths]
    if not any(flags) or all(flags):
        return lambda _, there: _constant(there, all(flags) and bool(flags))
    match part:
        case Flagged(bits):
            return (lambda _, there: bits[there]) if flags[1] else (lambda _, there: ~bits[there])
        case Coded(codes):
            return _among(codes, flags)
        case Counted(values):
            return _along(values, [each for each in line if each.truth == wanted])


def _among(codes: Numbers, flags: list[bool]) -> Chosen:
    runs, last = _runs(flags), len(flags) - 1
    if len(runs) > _RUNS:
        padded = np.array([*flags, False], np.bool_)  # what is null may have any code
        return lambda rows, _: pack(padded[np.minimum(codes[rows], last + 1)])
    tests = [_between(low if low else None, high if high < last else None) for low, high in runs]
    return _any_of(codes, tests)


def _along(values: Numbers, line: Sequence[Stretch]) -> Chosen:
    return _any_of(values, [_between(each.low, each.high) for each in line])


def _any_of(numbers: Numbers, tests: Sequence[Callable[[Numbers], Flags]]) -> Chosen:
    if len(tests) == 1:
        (only,) = tests
        return lambda rows, _: pack(only(numbers[rows]))

    def several(rows: slice, _: slice) -> Bits:
        here = numbers[rows]
        flags = tests[0](here)
        for each in tests[1:]:
            flags |= each(here)
        return pack(flags)

    return several


def _between(low: int | None, high: int | None) -> Callable[[Numbers], Flags]:
    """Return the test whether numbers lie between two, both included; None is no bound."""
    if low is None:
        return lambda numbers: numbers <= high  # both are not None: a line of one stretch is a constant
    if high is None:
        return lambda numbers: numbers >= low
    if low == high:
        return lambda numbers: numbers == low
    return lambda numbers: (numbers >= low) & (numbers <= high)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the stretches of codes that are wanted, as first and last."""
    found: list[tuple[int, int]] = []
    for code, is_wanted in enumerate(flags):
        if is_wanted and found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        elif is_wanted:
            found.append((code, code))
    return found


def _where_silent(found: Reader, valid: Sequence[Bits], silence: int) -> Reader:
    """Return a reader that takes silence for a truth, in rows that no part speaks for."""

    def read(rows: slice, there: slice) -> tuple[Bits, Bits]:
        holds, fails = found(rows, there)
        spoken = valid[0][there]
        for each in valid[1:]:
            spoken = spoken | each[there]
        return (holds | ~spoken, fails) if silence == TRUE else (holds, fails | ~spoken)

    return read


def _where_unassured(found: Reader, column: InputColumn, truth: int) -> Reader:
    """Return a reader that leaves out what too little assurance stands behind."""
    unassured = column.unassured
    assert unassured is not None

    def read(rows: slice, there: slice) -> tuple[Bits, Bits]:
        holds, fails = found(rows, there)
        here = unassured[there]
        holds = holds | here if truth == TRUE else holds & ~here
        fails = fails | here if truth == FALSE else fails & ~here
        return holds, fails

    return read


def _constant(there: slice, value: bool) -> Bits:
    return np.full(there.stop - there.start, 255 if value else 0, np.uint8)


def is_on_lines(known: Known, batch: Batch, number: int, read: int) -> bool:
    """Whether the truth of an atom along every kind of numbers in a column is known without telling them apart."""
    column = batch.columns.get(read)
    numbers = [each for each in column.parts if isinstance(each, Counted)] if column is not None else []
    return all(known.line(number, read, each.unit) is not None for each in numbers)


def bytes_of(rows: slice) -> slice:
    """Return the bytes that hold the bits of some rows, which begin at a multiple of eight."""
    return slice(rows.start // 8, rows.start // 8 + width(rows.stop - rows.start))
