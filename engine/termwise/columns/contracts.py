"""Contracts, document by document → batches: precedence decides here, once a contract, and rows are what it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from termwise.columns.batch import Batch, Coded, Fault, InputColumn, pack
from termwise.compiled.cells import DISPUTED, Cell
from termwise.compiled.program import Program
from termwise.contracts.facts import Contract, Disputed
from termwise.contracts.precedence import settle


class Rows:
    """Rows of one policy, until there are enough of them for a batch."""

    def __init__(self, program: Program, as_of: date, first: int = 1) -> None:
        """Start with no row; the first will have this number."""
        self._program = program
        self._as_of = as_of
        self._first = first
        self._ids: list[str | None] = []
        self._vendors: list[str | None] = []
        self._faults: list[Fault] = []
        self._bad: list[int] = []
        self._said: list[list[Cell | None]] = [[] for _ in program.plan.inputs]
        self._unassured: list[list[int]] = [[] for _ in program.plan.inputs]

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, contract: Contract) -> None:
        """Add what stands of every term in a contract, on the day asked about."""
        policy, row = self._program.policy, len(self)
        standings = settle(contract, policy.vocabulary, self._as_of, policy.holidays).standings
        self._ids.append(contract.id)
        self._vendors.append(contract.vendor)
        for number, each in enumerate(self._program.plan.inputs):
            standing = standings.get(each.name)
            cell: Cell | None = None
            if isinstance(standing, Disputed):
                cell = DISPUTED
            elif standing is not None:
                cell = self._program.tables.cells.of(standing.fact.content, each.term)
                if not each.term.is_context and not standing.fact.assurance.reaches(policy.assurance):
                    self._unassured[number].append(row)
            self._said[number].append(cell)

    def add_fault(self, contract: str | None, place: str, why: str) -> None:
        """Add a row that cannot be judged."""
        self._bad.append(len(self))
        self._faults.append(Fault(self._first + len(self), contract, place, why))
        self._ids.append(contract)
        self._vendors.append(None)
        for each in self._said:
            each.append(None)

    def batch(self) -> Batch:
        """Return the rows so far."""
        columns = {number: self._column(number) for number in range(len(self._said))}
        bad = self._flags(self._bad) if self._bad else None
        return Batch(
            self._first, len(self), self._ids, self._vendors, columns, bad, tuple(self._faults)
        )  # fmt: skip

    def _column(self, number: int) -> InputColumn:
        said = self._said[number]
        known: dict[Cell, int] = {}
        codes = np.array([0 if each is None else known.setdefault(each, len(known)) for each in said], np.int32)
        narrow = codes.astype(np.uint8) if len(known) < 1 << 8 else codes
        valid = pack(np.array([each is not None for each in said], np.bool_))
        unassured = self._unassured[number]
        return InputColumn((Coded(narrow, list(known), valid),), self._flags(unassured) if unassured else None)

    def _flags(self, rows: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
        flags = np.zeros(len(self), np.bool_)
        flags[list(rows)] = True
        return pack(flags)


