"""What every atom comes to in some rows: two columns of bits, where it holds and where it fails."""

from __future__ import annotations

from itertools import product

import numpy as np

from termwise.columns.amounts import matter
from termwise.columns.batch import Batch, Bits
from termwise.columns.known import Known
from termwise.columns.readers import Reader, bytes_of, is_on_lines, reader_of
from termwise.columns.several import Several
from termwise.compiled.tables import FALSE, TRUE, UNKNOWN


class Atoms:
    """The atoms of a policy in one batch, and how each that one column decides is read from it."""

    def __init__(self, known: Known, batch: Batch) -> None:
        """Start with no atom read."""
        self.known = known
        self.batch = batch
        self._inputs: dict[int, tuple[int, ...]] = {}
        self._readers: dict[tuple[int, str], Reader | None] = {}

    def inputs(self, number: int) -> tuple[int, ...]:
        """Return the inputs that make a difference to an atom."""
        if number not in self._inputs:
            self._inputs[number] = matter(self.known.tables.plan, number, self.batch)
        return self._inputs[number]

    def reader(self, number: int, world: str) -> Reader | None:
        """Return how an atom is read in a world, or None where that takes more than one column, or telling apart."""
        key = (number, world)
        if key not in self._readers:
            inputs, found = self.inputs(number), None
            if len(inputs) == 1 and is_on_lines(self.known, self.batch, number, inputs[0]):
                found = reader_of(self.known, self.batch, number, inputs[0], world)
            self._readers[key] = found
        return self._readers[key]


class Truths:
    """What atoms come to in some rows, which begin at a multiple of eight."""

    def __init__(self, atoms: Atoms, rows: slice) -> None:
        """Look at some rows of a batch."""
        self._atoms = atoms
        self._rows = rows
        self._bytes = bytes_of(rows)
        self._several = Several(atoms.known, atoms.batch, rows)

    def atom(self, number: int, world: str) -> tuple[Bits, Bits]:
        """Return where an atom holds and where it fails, in one of the three worlds."""
        reader = self._atoms.reader(number, world)
        if reader is not None:
            return reader(self._rows, self._bytes)
        return self._several.of(number, self._atoms.inputs(number), world)

    def asking(self, number: int, world: str, *rules: tuple[Bits, Bits]) -> tuple[Bits, Bits]:
        """Return the same of an atom that asks what came of rules, given where each passes and where it is breached."""
        inputs = self._atoms.known.tables.plan.atoms[number].inputs
        holds = np.zeros(self._bytes.stop - self._bytes.start, np.uint8)
        fails = holds.copy()
        for came in product((TRUE, FALSE, UNKNOWN), repeat=len(rules)):
            here = ~np.zeros_like(holds)
            for truth, (passes, breached) in zip(came, rules, strict=True):
                here &= passes if truth == TRUE else breached if truth == FALSE else ~(passes | breached)
            if here.any():
                found = self._several.of(number, inputs, world, came)
                holds |= found[0] & here
                fails |= found[1] & here
        return holds, fails
