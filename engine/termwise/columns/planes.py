"""The bits of all rules in some rows, as tables of bits: what is asked of them is asked of all rules in one go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from termwise.columns.batch import Bits, unpack

PASS, OPEN, FAIL = 0, 1, 2
"""The decisions about a contract, by number."""


class Planes:
    """For each rule and row, the three bits of the code of its outcome, and whether it fails or passes.

    Rows that are not `live` have no bit set. Rows of bytes are filled up to whole words, which are counted faster.
    """

    def __init__(self, made: Sequence[tuple[Any, Any, Any, Any, Any]], live: Bits) -> None:
        """Take what generated code made of some rows: for each rule its bits (None: none is set), fails and passes."""
        self._live = live
        self._width = len(live)
        shape = (len(made), -(-len(live) // 8) * 8)
        self.low, self.middle, self.high, self.fails, self.passes = (np.empty(shape, np.uint8) for _ in range(5))
        self._high = [each[2] is not None for each in made]
        self._has_high = any(self._high)
        for rule, parts in enumerate(made):
            for plane, bits in zip((self.low, self.middle, self.high, self.fails, self.passes), parts, strict=True):
                if bits is None:
                    plane[rule] = 0
                else:
                    np.bitwise_and(bits, live, out=plane[rule, : self._width])
                    plane[rule, self._width :] = 0

    def write(self, codes: npt.NDArray[np.uint8]) -> None:
        """Write the code of every rule and row."""
        count = codes.shape[1]
        for rule, row in enumerate(codes):
            low, middle = (_flags(plane[rule, : self._width], count) for plane in (self.low, self.middle))
            np.add(middle, middle, out=middle)
            np.bitwise_or(low, middle, out=row)
            if self._high[rule]:
                high = _flags(self.high[rule, : self._width], count)
                np.add(high, high, out=high)
                np.add(high, high, out=high)
                np.bitwise_or(row, high, out=row)

    def counts(self) -> npt.NDArray[np.int64]:
        """Return how many live rows of each rule have each of the eight codes."""
        low, middle, high = self.low, self.middle, self.high
        whole = int(np.bitwise_count(self._live).sum())
        both = low & middle
        one, two, four, three = _ones(low), _ones(middle), _ones(high), _ones(both)
        none = np.zeros_like(one)
        five = six = seven = none
        if self._has_high:
            five, six, seven = _ones(low & high), _ones(middle & high), _ones(both & high)
        exactly = (
            whole - one - two - four + three + five + six - seven,
            one - three - five + seven, two - three - six + seven, three - seven,
            four - five - six + seven, five - seven, six - seven, seven,
        )  # fmt: skip
        return np.stack(exactly, axis=1)

    def decisions(self, weighs: Sequence[bool], count: int) -> npt.NDArray[np.uint8]:
        """Return what each row comes to, by the rules that weigh enough."""
        chosen = np.flatnonzero(weighs)
        fails = np.bitwise_or.reduce(self.fails[chosen], axis=0, initial=0)[: self._width]
        passes = np.bitwise_and.reduce(self.passes[chosen], axis=0, initial=255)[: self._width]
        decided = _flags(fails, count)
        np.add(decided, decided, out=decided)
        return np.bitwise_or(decided, _flags(self._live & ~passes & ~fails, count), out=decided)

    def affected(self, severities: Sequence[int], count: int) -> npt.NDArray[np.int64]:
        """Return how many rows fail a rule of each severity."""
        numbers = np.array(severities)
        joined = [np.bitwise_or.reduce(self.fails[numbers == each], axis=0, initial=0) for each in range(count)]
        return _ones(np.stack(joined).astype(np.uint8))


def _flags(bits: Bits, count: int) -> npt.NDArray[np.uint8]:
    return unpack(bits, count).view(np.uint8)


def _ones(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Return how many bits of each row of bytes are set."""
    found: npt.NDArray[np.int64] = np.bitwise_count(bits.view(np.uint64)).sum(axis=1, dtype=np.int64)
    return found
