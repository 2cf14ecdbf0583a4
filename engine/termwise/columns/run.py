"""A policy over batches of rows: an outcome code for every rule and row, and what the rows come to together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from termwise.columns.batch import Batch, Bits, pack, unpack, width
from termwise.columns.kernel import Kind, compiled, write
from termwise.columns.known import known_of
from termwise.columns.truths import Truths
from termwise.compiled.program import Program
from termwise.core.policy import Severity

Codes = npt.NDArray[np.uint8]

PASS, OPEN, FAIL = 0, 1, 2
"""The decisions about a contract, by number."""

_ROWS = 1 << 16
"""How many rows are worked on at once: their bits and flags fit into the cache that belongs to one core."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What came of a batch. `codes[rule, row]` is an outcome of `kernel.CODES`; `decisions` are one number a row.

    `counts[rule, code]`, `live` and `affected` leave out the rows that have faults. `affected[severity]` is how many
    rows fail a rule of a severity, heaviest first, and `failing[severity, row]` how many such rules; None where nobody
    asked. `named` are the contracts that waivers name, with how
    many rows are called so.
    """

    batch: Batch
    codes: Codes | None
    decisions: Codes
    counts: npt.NDArray[np.int64]
    live: int
    affected: npt.NDArray[np.int64]
    failing: npt.NDArray[np.uint16] | None
    named: Mapping[str, int]


class Columnar:
    """A policy, ready to judge batches on a date."""

    def __init__(self, program: Program, as_of: date, fail_on: Severity) -> None:
        """Keep the policy; code is made when the first batch shows what it has to deal with."""
        self.program = program
        self.as_of = as_of
        rules = program.policy.rules
        self._known = known_of(program.tables)
        self._weighs = [rule.severity.reaches(fail_on) for rule in rules]
        self._severity = [list(Severity).index(rule.severity) for rule in rules]
        self._waived = frozenset(each.contract for each in program.policy.waivers)
        self._code: dict[Kind, Callable[..., Sequence[Any]]] = {}

    def judge(self, batch: Batch, *, codes: bool = True, failing: bool = False, workers: int = 1) -> Judged:
        """Return what came of every row of a batch."""
        rules, rows = len(self._weighs), batch.rows
        contracts = self._contracts(batch)
        run = self._run(batch, frozenset(contracts))
        table = np.zeros((rules, rows), np.uint8) if codes else None
        decisions = np.zeros(rows, np.uint8)
        counts = np.zeros((rules, 8), np.int64)
        affected = np.zeros(len(Severity), np.int64)
        worst = np.zeros((len(Severity), rows), np.uint16) if failing else None
        bad = np.zeros(width(rows), np.uint8) if batch.bad is None else batch.bad

        def chunk(start: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
            stop = min(start + _ROWS, rows)
            here = slice(start, stop)
            bits = slice(start // 8, start // 8 + width(stop - start))
            live = ~bad[bits]
            if stop - start & 7:
                live[-1] &= (1 << (stop - start & 7)) - 1
            truths = Truths(self._known, batch, here)
            rows_of = {name: pack_rows[bits] for name, pack_rows in contracts.items()}
            none = np.zeros(len(live), np.uint8)
            made = run(truths.atom, truths.asking, rows_of, none, ~none)
            if table is not None:
                for rule, (low, middle, high, _, _) in enumerate(made):
                    _spread(table[rule, here], low, middle, high)
            decisions[here] = self._decided(made, stop - start)
            if worst is not None:
                for rule, (_, _, _, fails, _) in enumerate(made):
                    worst[self._severity[rule], here] += unpack(fails & live, stop - start)
            found = np.array([_counted(low, middle, high, live) for low, middle, high, _, _ in made], np.int64)
            return found, self._affected(made, live)

        for found, failing_rows in _each(chunk, range(0, rows, _ROWS), workers):
            counts += found
            affected += failing_rows
        named = {name: int(np.bitwise_count(found).sum()) for name, found in contracts.items()}
        return Judged(batch, table, decisions, counts, _live(bad, rows), affected, worst, named)

    def _run(self, batch: Batch, contracts: frozenset[str]) -> Callable[..., Sequence[Any]]:
        mixed = frozenset(number for number, each in batch.columns.items() if each.unassured is not None)
        kind = Kind(mixed, contracts)
        if kind not in self._code:
            self._code[kind] = compiled(write(self.program.plan, kind, self.as_of))
        return self._code[kind]

    def _contracts(self, batch: Batch) -> dict[str, Bits]:
        """Return the rows of the contracts that waivers name."""
        if not self._waived:
            return {}
        ids = np.asarray(batch.ids, dtype=object)
        found = ((name, ids == name) for name in sorted(self._waived))
        return {name: pack(rows) for name, rows in found if rows.any()}

    def _affected(self, made: Sequence[Any], live: Bits) -> npt.NDArray[np.int64]:
        """Return how many rows fail a rule of each severity."""
        failing: list[Bits | None] = [None] * len(Severity)
        for severity, (_, _, _, fails, _) in zip(self._severity, made, strict=True):
            known = failing[severity]
            failing[severity] = fails if known is None else known | fails
        return np.array([0 if each is None else _ones(each & live) for each in failing], np.int64)

    def _decided(self, made: Sequence[Any], count: int) -> Codes:
        fails = open_ = None
        for weighs, (_, _, _, failed, passes) in zip(self._weighs, made, strict=True):
            if weighs:
                fails = failed if fails is None else fails | failed
                open_ = ~passes if open_ is None else open_ | ~passes
        if fails is None or open_ is None:
            return np.zeros(count, np.uint8)
        decided = np.unpackbits(fails, count=count, bitorder="little")
        decided <<= 1
        decided |= np.unpackbits(open_ & ~fails, count=count, bitorder="little")
        return decided


def _live(bad: Bits, rows: int) -> int:
    return rows - int(unpack(bad, rows).sum())


def _spread(row: Codes, low: Bits | None, middle: Bits | None, high: Bits | None) -> None:
    """Write the codes of one rule from their bits."""
    for place, bits in enumerate((low, middle, high)):
        if bits is not None:
            flags = np.unpackbits(bits, count=len(row), bitorder="little")
            if place:
                flags <<= place
            row |= flags


def _counted(low: Bits | None, middle: Bits | None, high: Bits | None, live: Bits) -> list[int]:
    """Return how many rows have each of the eight codes."""
    found = [_ones(live)]
    columns = [live]
    for bits in (low, middle, high):  # each bit splits every code so far in two
        split = [each & bits if bits is not None else None for each in columns]
        ones = [0 if each is None else _ones(each) for each in split]
        found = [whole - one for whole, one in zip(found, ones, strict=True)] + ones
        if bits is None:
            columns = columns + [np.zeros_like(live)] * len(columns)
        else:
            columns = [each & ~bits for each in columns] + [each for each in split if each is not None]
    return found


def _ones(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def _each(work: Callable[[int], Any], starts: range, workers: int) -> Iterator[Any]:
    if workers <= 1 or len(starts) <= 1:
        yield from map(work, starts)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(work, starts)
