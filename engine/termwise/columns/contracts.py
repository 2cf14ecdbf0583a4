"""Contracts, document by document → batches: precedence decides here, once a contract, and rows are what it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from termwise.columns.batch import Batch, Coded, Fault, InputColumn, pack
from termwise.compiled.cells import UNASSURED, Cell, Unreadable
from termwise.compiled.program import Program
from termwise.contracts.facts import Contract
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term

_MOST = 200_000
"""How many plain values are remembered, before they are forgotten and read anew."""


class Rows:
    """Rows of one policy, until there are enough of them for a batch."""

    def __init__(self, program: Program, as_of: date, first: int = 1) -> None:
        """Start with no row; the first will have this number in its file."""
        self._program = program
        self._as_of = as_of
        self._first = first
        self._ids: list[str | None] = []
        self._vendors: list[str | None] = []
        self._faults: list[Fault] = []
        self._bad: list[int] = []
        self._terms = dict(program.policy.vocabulary.instances())
        self._cells = program.tables.plain
        self._said: list[list[Cell | None]] = [[] for _ in program.plan.inputs]
        self._unassured: list[list[int]] = [[] for _ in program.plan.inputs]

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, contract: Contract) -> None:
        """Add what stands of every term in a contract, on the day asked about."""
        worlds, row = self._program.of_contract(contract, self._as_of), len(self)
        self._ids.append(contract.id)
        self._vendors.append(contract.vendor)
        for number, each in enumerate(self._program.plan.inputs):
            self._said[number].append(worlds.everything.get(each.name))
            if worlds.assured.get(each.name) is UNASSURED:
                self._unassured[number].append(row)

    def add_values(self, contract: str, vendor: str | None, assurance: Assurance, *facts: Mapping[str, object]) -> bool:
        """Add a contract without documents, from its context and its terms by instance name.

        False, and nothing is added, where it is not that simple, or something is no value of its term.
        """
        found: dict[str, Cell] = {}
        for is_context, said in zip((True, False), facts, strict=True):
            for name, value in said.items():
                term = self._terms.get(name)
                cell = None if term is None or term.is_context is not is_context else self._cell(term, value)
                if cell is None:
                    return False
                found[name] = cell
        is_assured = assurance.reaches(self._program.policy.assurance)
        row = len(self)
        self._ids.append(contract)
        self._vendors.append(vendor)
        for number, each in enumerate(self._program.plan.inputs):
            cell = found.get(each.name)
            if cell is not None and not is_assured and not each.term.is_context:
                self._unassured[number].append(row)
            self._said[number].append(cell)
        return True

    def _cell(self, term: Term, value: object) -> Cell | None:
        key = (term.name, value if isinstance(value, str) else (type(value), repr(value)))
        if key not in self._cells:
            if len(self._cells) >= _MOST:
                self._cells.clear()
            try:
                self._cells[key] = self._program.tables.cells.read(value, term)
            except Unreadable:
                self._cells[key] = None
        return self._cells[key]

    def add_fault(self, file: str, contract: str | None, why: str, line: int, column: int = 1) -> None:
        """Add a row that cannot be judged, for what stands at a place of the file."""
        self._bad.append(len(self))
        place = f"line {line}, column {column}"
        self._faults.append(Fault(file, self._first + len(self), contract, place, why, line, column))
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
