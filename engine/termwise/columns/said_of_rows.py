"""What a table says of whole rows: which contract each is, with whom, what its facts are worth, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from termwise.columns import problems as words
from termwise.columns.batch import Bits, pack, unpack
from termwise.columns.buffers import everywhere, flags, validity
from termwise.columns.faulty import Faults
from termwise.columns.header import Header
from termwise.columns.shapes import encoded, simple, text
from termwise.core.policy import Assurance
from termwise.core.reading import Misread, read_scalar
from termwise.diagnostics import PolicyError, Problems
from termwise.types import Scalar

_LEVELS = tuple(each.value for each in Assurance)
_ALWAYS = 0
"""The ordinal of no day: of a row that does not say since when, or until when."""


class SaidOfRows:
    """The columns of one batch that are about its rows."""

    def __init__(self, table: Any, header: Header, file: str, faults: Faults) -> None:  # noqa: ANN401 - of pyarrow
        """Look at a record batch; what is wrong with a row is told to `faults`."""
        self._table = table
        self._header = header
        self._file = file
        self._faults = faults
        self._worth: dict[str, npt.NDArray[np.int8]] = {}

    def ids(self) -> Any:  # noqa: ANN401 - an array of pyarrow
        """Return the contract of each row; a row without one is at fault."""
        column = self._header.rows["contract"]
        array = self._text(column)
        why = "the row does not say which contract it is"
        valid = validity(array)
        if valid is not None:
            self._faults.add(column, why, ~valid)
        blank = flags(pc.fill_null(pc.or_(pc.utf8_is_space(array), pc.equal(pc.binary_length(array), 0)), False))
        if blank.any():
            self._faults.add(column, why, pack(blank))
        return array

    def vendors(self) -> Any:  # noqa: ANN401 - an array of pyarrow, or None
        """Return the vendor of each row, if the table says anything of vendors."""
        column = self._header.rows.get("vendor")
        return None if column is None else self._text(column)

    def _text(self, column: str) -> Any:  # noqa: ANN401
        array = simple(self._table.column(column))
        found = text(array)
        if found is None:
            problems = Problems()
            problems.add(words.not_text(self._file, column, str(array.type)))
            raise PolicyError(problems)
        return found

    def speaking(self, day: date) -> Bits | None:
        """Return the rows whose document is in force on a day, or None where all are."""
        since, until = self._days("effective"), self._days("expires")
        if since is None and until is None:
            return None
        rows = self._table.num_rows
        since = np.zeros(rows, np.int64) if since is None else since
        until = np.zeros(rows, np.int64) if until is None else until
        never = (since > until) & (until != _ALWAYS)
        if never.any():
            self._faults.add("expires", "the row expires before it takes effect", pack(never))
        today = day.toordinal()
        return pack((since <= today) & ((until == _ALWAYS) | (today <= until)))

    def _days(self, name: str) -> npt.NDArray[np.int64] | None:
        """Return the day that each row of a column names, as an ordinal."""
        column = self._header.rows.get(name)
        if column is None:
            return None
        array = simple(self._table.column(column))
        values, codes = encoded(array)
        valid = validity(array)
        days, whys = [*(_ordinal(each) for each in values), _ALWAYS], dict[int, str]()
        for code, each in enumerate(days):
            if isinstance(each, str):
                whys[code], days[code] = each, _ALWAYS
        self._faults.add_cells(column, whys, codes, valid)
        found: npt.NDArray[np.int64] = np.array(days, np.int64)[self._known(codes, valid, len(values))]
        return found

    def too_low(self, column: str | None, needed: int) -> Bits | None:
        """Return the rows whose facts are worth too little by a column of their own, or else by that of the row.

        None where all are worth enough, as bare terms are.
        """
        own = self._levels(column)
        row = self._levels(self._header.rows.get("assurance"))
        if own is None and row is None:
            return None
        levels = np.zeros(self._table.num_rows, np.int8) if row is None else row
        if own is not None:
            levels = np.where(own < 0, levels, own)
        return pack(np.maximum(levels, 0) < needed)

    def _levels(self, column: str | None) -> npt.NDArray[np.int8] | None:
        """Return what each row of a column says its facts are worth, as a number; -1 where it does not say."""
        if column is None:
            return None
        if column not in self._worth:
            array = simple(self._table.column(column))
            values, codes = encoded(array)
            valid = validity(array)
            whys = {
                code: f"{each!r} is no assurance: {', '.join(_LEVELS)}"
                for code, each in enumerate(values)
                if each is not None and each not in _LEVELS
            }
            self._faults.add_cells(column, whys, codes, valid)
            levels = [_LEVELS.index(each) if each in _LEVELS else -1 for each in values]
            self._worth[column] = np.array([*levels, -1], np.int8)[self._known(codes, valid, len(values))]
        return self._worth[column]

    def _known(self, codes: npt.NDArray[Any], valid: Bits | None, count: int) -> npt.NDArray[Any]:
        """Return codes that are `count` where there is none."""
        rows = self._table.num_rows
        there = unpack(everywhere(rows) if valid is None else valid, rows)
        return np.where(there, codes.astype(np.int64), count)


def _ordinal(value: object) -> int | str:
    """Return a day as an ordinal, or why it is none."""
    if value is None:
        return _ALWAYS
    read = read_scalar(value, Scalar.DATE) if isinstance(value, str) else value
    if type(read) is date:
        return read.toordinal()
    if isinstance(read, Misread):
        return read.message
    return f"{value!r} is no day; a date, or its text as in 2026-11-24, is expected"
