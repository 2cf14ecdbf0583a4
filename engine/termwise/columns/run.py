"""A policy over batches of rows: an outcome code for every rule and row, and what the rows come to together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from termwise.columns.batch import Batch, Bits, pack, unpack, width
from termwise.columns.kernel import Kind, compiled, write
from termwise.columns.known import known_of
from termwise.columns.planes import Planes
from termwise.columns.truths import Atoms, Truths
from termwise.compiled.program import Program
from termwise.core.policy import Severity

Codes = npt.NDArray[np.uint8]

_ROWS = 1 << 18
"""How many rows are worked on at once: so many that threads seldom wait for Python; their flags fit into a cache."""


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

    def judge(self, batch: Batch, *, codes: bool = True, failing: bool = False) -> Judged:
        """Return what came of every row of a batch."""
        rules, rows = len(self._weighs), batch.rows
        contracts = self._contracts(batch)
        run = self._run(batch, frozenset(contracts))
        table = np.empty((rules, rows), np.uint8) if codes else None
        decisions = np.zeros(rows, np.uint8)
        counts = np.zeros((rules, 8), np.int64)
        affected = np.zeros(len(Severity), np.int64)
        worst = np.zeros((len(Severity), rows), np.uint16) if failing else None
        bad = np.zeros(width(rows), np.uint8) if batch.bad is None else batch.bad

        atoms = Atoms(self._known, batch)

        def chunk(start: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
            stop = min(start + _ROWS, rows)
            here, bits = slice(start, stop), slice(start // 8, start // 8 + width(stop - start))
            live = ~bad[bits]
            if stop - start & 7:
                live[-1] &= (1 << (stop - start & 7)) - 1
            truths = Truths(atoms, here)
            rows_of = {name: pack_rows[bits] for name, pack_rows in contracts.items()}
            none = np.zeros(len(live), np.uint8)
            made = Planes(run(truths.atom, truths.asking, rows_of, none, ~none), live)
            if table is not None:
                made.write(table[:, here])
            decisions[here] = made.decisions(self._weighs, stop - start)
            if worst is not None:
                for rule, severity in enumerate(self._severity):
                    worst[severity, here] += unpack(made.fails[rule], stop - start)
            return made.counts(), made.affected(self._severity, len(Severity))

        for start in range(0, rows, _ROWS):
            found, failing_rows = chunk(start)
            counts += found
            affected += failing_rows
        named = {name: int(np.bitwise_count(found).sum()) for name, found in contracts.items()}
        live = rows if batch.bad is None else rows - int(unpack(bad, rows).sum())
        return Judged(batch, table, decisions, counts, live, affected, worst, named)

    def _run(self, batch: Batch, contracts: frozenset[str]) -> Callable[..., Sequence[Any]]:
        mixed = frozenset(number for number, each in batch.columns.items() if each.unassured is not None)
        kind = Kind(mixed, contracts)
        key = (kind, self.as_of)
        if key not in self._known.code:
            self._known.code[key] = compiled(write(self.program.plan, kind, self.as_of))
        return self._known.code[key]

    def _contracts(self, batch: Batch) -> dict[str, Bits]:
        """Return the rows of the contracts that waivers name."""
        if not self._waived:
            return {}
        ids = np.asarray(batch.ids, dtype=object)
        found = ((name, ids == name) for name in sorted(self._waived))
        return {name: pack(rows) for name, rows in found if rows.any()}
