"""What a portfolio comes to as a whole, added up batch by batch: by rule, severity and vendor, and the worst of it."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappush, heappushpop
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from termwise.columns.batch import Batch, Fault, unpack
from termwise.columns.kernel import CODES
from termwise.columns.planes import FAIL, OPEN
from termwise.columns.run import Judged
from termwise.core.policy import Policy, Severity
from termwise.frozen import frozen

LISTED = 1000
"""How many rows that cannot be judged are listed; the others are counted."""

_VENDORS = 100_000
"""How many vendors are told apart; those that come after are counted as others."""


@frozen
class Offender:
    """A contract that fails, and how many rules it fails of each severity, heaviest first."""

    contract: str
    vendor: str | None
    failing: tuple[int, ...]


class Tally:
    """Counts, and a few rows worth naming. Nothing in it grows with the number of rows."""

    def __init__(self, policy: Policy, worst: int) -> None:
        """Start at nothing; `worst` is how many of the worst contracts are named."""
        self.policy = policy
        self.rows = 0
        self.live = 0
        self.counts = np.zeros((len(policy.rules), len(CODES)), np.int64)
        self.decisions = np.zeros(3, np.int64)
        self.vendors: dict[str | None, npt.NDArray[np.int64]] = {}
        self.affected = np.zeros(len(Severity), np.int64)
        self.skipped = 0
        self.faults: list[Fault] = []
        self._worst = worst
        self._heap: list[tuple[tuple[int, ...], int, Offender]] = []

    def add(self, judged: Judged) -> None:
        """Add what came of a batch."""
        batch = judged.batch
        before = self.rows
        self.rows += batch.rows
        self.live += judged.live
        self.skipped += batch.rows - judged.live
        self.faults += batch.faults[: LISTED - len(self.faults)]
        self.counts += judged.counts
        bad = None if batch.bad is None else unpack(batch.bad, batch.rows)
        decisions = judged.decisions if bad is None else judged.decisions[~bad]
        self.decisions += np.bincount(decisions, minlength=3)
        self._add_vendors(judged, bad)
        self.affected += judged.affected
        if judged.failing is not None and self._worst:
            self._add_worst(judged, judged.failing, before)

    @property
    def worst(self) -> tuple[Offender, ...]:
        """The contracts that fail most, those that fail the heaviest rules first."""
        return tuple(each for _, _, each in sorted(self._heap, key=lambda item: (item[0], item[1]), reverse=True))

    def _add_vendors(self, judged: Judged, bad: npt.NDArray[np.bool_] | None) -> None:
        vendors = judged.batch.vendors
        if vendors is None:
            return
        array = pa.array(vendors, pa.string()) if isinstance(vendors, list) else vendors
        encoded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array)
        names = [*encoded.dictionary.to_pylist(), None]
        codes = pc.fill_null(encoded.indices.cast(pa.int64()), len(names) - 1).to_numpy(zero_copy_only=False)
        key = codes * 3 + judged.decisions
        counts = np.bincount(key if bad is None else key[~bad], minlength=3 * len(names)).reshape(-1, 3)
        for place in np.flatnonzero(counts.any(axis=1)).tolist():
            name = names[place]
            known = name if name in self.vendors or len(self.vendors) < _VENDORS else _OTHERS
            self.vendors[known] = self.vendors.get(known, np.zeros(3, np.int64)) + counts[place]

    def _add_worst(self, judged: Judged, failing: npt.NDArray[np.uint16], before: int) -> None:
        score = np.zeros(judged.batch.rows, np.int64)
        for each in failing:
            score = score * _MOST_RULES + each
        count = min(self._worst, len(score))
        least = int(np.partition(score, -count)[-count])
        best = [*np.flatnonzero(score > least), *np.flatnonzero(score == least)[:count]]  # of equals, the first
        for row in sorted(int(each) for each in best if score[each]):
            self._push(tuple(int(each) for each in failing[:, row]), row, judged.batch, before)

    def _push(self, counts: tuple[int, ...], row: int, batch: Batch, before: int) -> None:
        item = (counts, -(before + row))
        is_full = len(self._heap) >= self._worst
        if is_full and item < self._heap[0][:2]:
            return
        vendor = None if batch.vendors is None else _text(batch.vendors[row])
        made = (*item, Offender(_text(batch.ids[row]) or "", vendor, counts))
        if is_full:
            heappushpop(self._heap, made)
        else:
            heappush(self._heap, made)


_OTHERS = "(other vendors)"

_MOST_RULES = 1 << 15
"""More rules of one severity than a policy has, so that the heavier severity always tells first."""


def _text(value: Any) -> str | None:  # noqa: ANN401 - a text, or a scalar of pyarrow
    plain = value.as_py() if isinstance(value, pa.Scalar) else value
    return None if plain is None else str(plain)


def decided(decisions: Sequence[int]) -> str:
    """Return the decision about all contracts together: the worst of any."""
    return "fail" if decisions[FAIL] else "undecided" if decisions[OPEN] else "pass"
