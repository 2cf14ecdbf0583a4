"""The distinct values of columns → cells: what each says, found once by the reader of contract files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from termwise.columns.cells import read_cell
from termwise.columns.header import read_header, text_in
from termwise.columns.thresholds import Stretch, stretches
from termwise.compiled.cells import SILENT, Cell, Unreadable
from termwise.compiled.plan import Atom, Plan
from termwise.compiled.tables import Tables
from termwise.contracts.mapping import text_of
from termwise.core.expr import Compare, Constant, Defined, Expr, Stated, TermRef
from termwise.core.policy import Assurance
from termwise.quantities import units
from termwise.quantities.amounts import Money
from termwise.sql.dialects import Scalar
from termwise.sql.problems import too_many_cells
from termwise.sql.table import Column, Columns, Kind, Source, sources_of
from termwise.textfile import control_character
from termwise.types import Scalar as Type
from termwise.types import Type as Kinds


class Reading:
    """The cells of one table, for one policy."""

    def __init__(self, tables: Tables, columns: Columns) -> None:
        """Start with nothing read."""
        self.tables = tables
        self.columns = columns
        self._known: dict[tuple[str, str, type, Scalar], Cell | str] = {}

    def column(self, source: Source) -> Column:
        """Return the column of a source."""
        return self.columns[source.column]

    def cell(self, value: Scalar, source: Source) -> Cell | str:
        """Return what a value of a column says, or why it says nothing."""
        key = (source.term.name, source.unit, type(value), value)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(value, source)
        return found

    def cells(self, source: Source) -> list[tuple[Scalar, Cell]]:
        """Return every distinct value of a column that can be read, with what it says."""
        values = self.values(source)
        read = ((value, self.cell(value, source)) for value in values)
        return [(value, cell) for value, cell in read if isinstance(cell, Cell)]

    def bad(self, source: Source) -> list[tuple[Scalar, str]]:
        """Return the distinct values of a column that say nothing that can be understood, with why."""
        read = ((value, self.cell(value, source)) for value in self.values(source))
        return [(value, cell) for value, cell in read if isinstance(cell, str)]

    def values(self, source: Source) -> tuple[Scalar, ...]:
        """Return the distinct values of a column, or raise where there are too many; yes and no are always two."""
        column = self.column(source)
        if column.kind is Kind.BOOLEAN:
            return (False, True)
        if column.values is None:
            raise too_many_cells(source.column)
        return column.values

    def scale(self, source: Source) -> Fraction | None:
        """Return the size of the least step of a column of numbers, where more is more by the same; else None."""
        column = self.column(source)
        if column.places and source.term.type is Type.INTEGER:
            return None
        whole = _unit(source) if column.kind is Kind.NUMBER else None
        return None if whole is None else whole / 10**column.places

    def stretches(self, expr: Expr, name: str, source: Source, truth: Callable[[Cell], int]) -> list[Stretch] | None:
        """Return where an atom holds along the numbers that state an input, in least steps; None if that is no line."""
        scale = self.scale(source)
        if scale is None or not _has_limits(expr, name):
            return None
        steps = 10 ** self.column(source).places

        def at(step: int) -> int:
            cell = self.cell(Fraction(step, steps), source)
            return truth(cell if isinstance(cell, Cell) else SILENT)

        return stretches(expr, scale, self.tables.plan.policy.holidays, at, is_signed=is_signed(source.term.type))

    def _read(self, value: Scalar, source: Source) -> Cell | str:
        if isinstance(value, str) and control_character(value) is not None:
            return "has a character that no text has"
        said: object = value
        if source.unit:
            template = text_in(source.unit, source.term)
            assert template is not None, "the header was read with it"
            said = template.format(text_of(value))
        try:
            cell = read_cell(said, source.term, self.tables.cells)
        except Unreadable as why:
            return str(why)
        return "states nothing" if cell is SILENT else cell


def listable(plan: Plan, columns: Columns) -> list[str]:
    """Return the columns whose distinct values have to be known: not of yes and no, nor of numbers that have a line."""
    header, reading = read_header(columns, plan.policy.vocabulary), Reading(Tables(plan), columns)
    alone: dict[int, list[Atom]] = {}
    joint = {place for atom in plan.atoms for place in atom.inputs if len(atom.inputs) > 1 or atom.rules}
    for atom in plan.atoms:
        for place in atom.inputs:
            alone.setdefault(place, []).append(atom)
    lines: dict[str, bool] = {}
    for number, read in enumerate(plan.inputs):
        for source in (each for group in sources_of(read, header) for each in group):
            exprs = [each.expr for each in alone.get(number, ()) if not isinstance(each.expr, Stated)]
            has_line = number not in joint and reading.scale(source) is not None
            has_line = has_line and all(reading.stretches(each, read.name, source, lambda _: 0) for each in exprs)
            lines[source.column] = lines.get(source.column, True) and has_line
    return [name for name, each in columns.items() if each.kind is not Kind.BOOLEAN and not lines.get(name)]


def _unit(source: Source) -> Fraction | None:
    """Return how large one of a unit is, in what the quantity is kept in; None where not all are as large."""
    match source.term.type:
        case Type.DURATION if source.unit:
            return units.DAYS.get(units.singular(source.unit))
        case Type.RATE | Type.PERCENT | Type.FEES if source.unit:
            return Fraction(1)
        case Type.MONEY if source.unit and " " not in source.unit:
            return Fraction(1)
        case Type.INTEGER | Type.NUMBER if not source.unit:
            return Fraction(1)
        case _:
            return None


def _has_limits(expr: Expr, name: str) -> bool:
    """Whether an atom compares an input, bare, with a constant of its own dimension: no fees with an amount."""
    bare = expr.body if isinstance(expr, Defined) else expr
    if not isinstance(bare, Compare):
        return False
    sides = [each.body if isinstance(each, Defined) else each for each in (bare.left, bare.right)]
    constants = [each.value for each in sides if isinstance(each, Constant)]
    is_its_own = any(isinstance(each, TermRef) and each.name == name for each in sides)
    return is_its_own and len(constants) == 1 and (bare.annual_fees is None or isinstance(constants[0], Money))


def is_signed(kind: Kinds) -> bool:
    """Whether a number of a type can be negative; quantities cannot."""
    return kind in (Type.INTEGER, Type.NUMBER)


def levels(needed: Assurance) -> list[str]:
    """Return the assurances that are worth at least as much as what is needed."""
    return [each.value for each in Assurance if each.reaches(needed)]


def day_of(value: Scalar) -> date | None:
    """Return the day that a cell of `effective` or `expires` names, or None."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
