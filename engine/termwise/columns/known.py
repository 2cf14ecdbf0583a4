"""What is known of the atoms of a policy, for all the tables that are judged by it: truths, and lines of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from termwise.columns.amounts import kinds_in, kinds_of
from termwise.columns.batch import Numbers, Unit
from termwise.columns.linear import Sums, line_of_sums
from termwise.columns.thresholds import Stretch, stretches
from termwise.compiled.cells import SILENT, Cell
from termwise.compiled.tables import UNKNOWN, Tables
from termwise.core.values import Exact, Value

EVERYTHING, ASSURED, PRESUMED = "", "_sure", "_silent"
"""The three worlds, as generated code names them."""

_MOST = 500_000
"""How many truths are remembered, before they are forgotten and found anew."""
_FEW = 1_000
"""How many tables of combinations are."""


class Known:
    """The truths found so far, for all batches of a policy."""

    def __init__(self, tables: Tables) -> None:
        """Start with none."""
        self.tables = tables
        self.cells: dict[tuple[str, str], dict[object, Cell | str]] = {}
        """What values in a column are cells of, or why they are none: by term and unit, and then by value."""
        self.units: dict[tuple[str, str], Unit | None] = {}
        """The units in which more is more by the same, by term and name."""
        self.code: dict[tuple[Hashable, date], Callable[..., Sequence[Any]]] = {}
        """The code for each kind of batch on a day."""
        self._by_cells: dict[tuple[Any, ...], int] = {}
        self._lines: dict[tuple[int, Unit], list[Stretch] | None] = {}
        self._sums: dict[tuple[int, tuple[Unit, ...]], tuple[Fraction, list[Stretch]] | None] = {}
        self._tables: dict[tuple[Any, ...], npt.NDArray[np.uint8]] = {}

    def truth(self, number: int, cells: tuple[Cell, ...], rules: tuple[int, ...] = ()) -> int:
        """Return what an atom comes to for the cells of its inputs."""
        key = (number, cells, rules)
        found = self._by_cells.get(key)
        if found is None:
            if len(self._by_cells) >= _MOST:
                self._by_cells.clear()
            found = self._by_cells[key] = self.tables.truth(self.tables.plan.atoms[number], cells, rules)
        return found

    def of_one(self, number: int, read: int, cell: Cell) -> int:
        """Return what an atom comes to for a cell of one input, where no other makes a difference."""
        inputs = self.tables.plan.atoms[number].inputs
        return self.truth(number, tuple(cell if each == read else SILENT for each in inputs))

    def silent(self, read: int, world: str) -> Cell:
        """Return what stands for silence about an input in a world."""
        if world != PRESUMED:
            return SILENT
        return self.tables.cells.presumed(self.tables.plan.inputs[read].term) or SILENT

    def line(self, number: int, read: int, unit: Unit) -> list[Stretch] | None:
        """Return the truth of an atom along the numbers of a unit, or None where they have to be told apart."""
        key = (number, unit)
        if key not in self._lines:
            policy = self.tables.plan.policy
            expr = self.tables.plan.atoms[number].expr

            def truth(at: int) -> int:
                return self.of_one(number, read, unit.cell(at))

            is_one_kind = len(kinds_of(expr) | kinds_in(unit.cell(0))) <= 1  # else the fees of a year come into it
            found = stretches(expr, unit.scale, policy.holidays, truth, is_signed=unit.is_signed)
            self._lines[key] = found if is_one_kind else None
        return self._lines[key]

    def sum_line(self, number: int, sums: Sums, units: Mapping[str, Unit]) -> tuple[Fraction, list[Stretch]] | None:
        """Return the step in which sums of numbers are counted, and the truth of an atom along them, if it has one."""
        key = (number, tuple(units.values()))
        if key not in self._sums:
            self._sums[key] = self._line_of_sums(number, sums, units)
        return self._sums[key]

    def _line_of_sums(
        self, number: int, sums: Sums, units: Mapping[str, Unit]
    ) -> tuple[Fraction, list[Stretch]] | None:
        plan, cells = self.tables.plan, self.tables.cells
        alike: dict[str, Value] = {}
        for name, unit in units.items():
            said = unit.cell(0).said
            if not isinstance(said, Exact):
                return None
            alike[name] = said.value
        terms = {each.name: each.term for each in plan.inputs}

        def truth(values: Mapping[str, Value]) -> int:
            named = {name: cells.of(Exact(value), terms[name]) for name, value in values.items()}
            inputs = (plan.inputs[each].name for each in plan.atoms[number].inputs)
            return self.truth(number, tuple(named.get(name, SILENT) for name in inputs))

        step = Fraction(1, lcm(sums.step, *(each.scale.denominator for each in units.values())))
        line = line_of_sums(sums, alike, step, plan.policy.holidays, truth)
        return None if line is None else (step, line)

    def table(
        self, number: int, rules: tuple[int, ...], cells: Sequence[Sequence[Cell]], present: Numbers | None
    ) -> npt.NDArray[np.uint8]:
        """Return what an atom comes to for every combination of cells, or for those that are present, by number."""
        key = (number, rules, tuple(tuple(each) for each in cells))
        if present is None and key in self._tables:
            return self._tables[key]
        sizes = [len(each) for each in cells]
        found = np.full(prod(sizes), UNKNOWN, np.uint8)
        for place in range(len(found)) if present is None else present.tolist():
            rest, chosen = place, []
            for each in reversed(cells):
                rest, code = divmod(rest, len(each))
                chosen.append(each[code])
            found[place] = self.truth(number, tuple(reversed(chosen)), rules)
        if present is None:
            if len(self._tables) >= _FEW:
                self._tables.clear()
            self._tables[key] = found
        return found


def known_of(tables: Tables) -> Known:
    """Return what is known of a policy: the same for every table that is judged by it."""
    if not isinstance(tables.in_columns, Known):
        tables.in_columns = Known(tables)
    return tables.in_columns
