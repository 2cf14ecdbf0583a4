"""When a cell has one content in particular: that of another cell, or a value that is written out."""

from __future__ import annotations

from termwise.analyze.cells import Amount, Blank, Cell, Choice, Members, Rows, Steps
from termwise.analyze.linear import measured
from termwise.analyze.membership import constant_choice, constant_members
from termwise.analyze.ordering import constant_steps
from termwise.analyze.script import FALSE, TRUE, Formula, Script, literal, negation
from termwise.core.values import Value


def is_same(one: Cell, other: Cell, script: Script) -> Formula:
    """Return whether two cells of one subject have the same content."""
    match one, other:
        case (Steps(), Steps()):
            pairs = [*zip(one.low, other.low, strict=True), *zip(one.high, other.high, strict=True)]
        case (Members(), Members()):
            pairs = list(zip((*one.has, *one.can, one.more), (*other.has, *other.can, other.more), strict=True))
        case (Choice(), Choice()):
            pairs = list(zip(one.chosen, other.chosen, strict=True))
        case (Amount(), Amount()):
            units = zip((*one.low_units, *one.high_units), (*other.low_units, *other.high_units), strict=True)
            numbers = [(one.low, other.low), (one.high, other.high)]
            if one.loose is not None and other.loose is not None:
                mine, theirs = one.loose, other.loose
                numbers += [(mine.fewest, theirs.fewest), (mine.most, theirs.most)]
                numbers += [(mine.low, theirs.low), (mine.high, theirs.high)]
            equal = (script.relation("=", *each) for each in numbers)
            return script.both(*equal, *(script.same(this[0], that[0]) for this, that in units))
        case (Rows(), Rows()) | (Blank(), Blank()):
            return TRUE if one == other else FALSE
        case _:
            return FALSE
    return script.both(*(script.same(*each) for each in pairs))


def is_exactly(cell: Cell, value: Value, script: Script) -> Formula:
    """Return whether a cell has exactly a value, one that its survey has been told of."""
    match cell:
        case Steps(points):
            return is_same(cell, constant_steps(points, value), script) if value in points else FALSE
        case Members(universe):
            known = isinstance(value, frozenset) and all(each in universe for each in value)
            return is_same(cell, constant_members(universe, value), script) if known else FALSE  # type: ignore[arg-type]
        case Choice(options):
            return is_same(cell, constant_choice(options, value), script) if value in options else FALSE
        case Amount(_, low, high, low_units, high_units):
            unit, number = measured(value)
            ends = (script.relation("=", end, literal(number)) for end in (low, high))
            in_unit = (formula for formula, each in (*low_units, *high_units) if each == unit)
            return script.both(*ends, *in_unit) if unit in (each for _, each in low_units) else FALSE
        case Rows() | Blank():
            return FALSE


def is_exact(cell: Cell, script: Script) -> Formula:
    """Return whether the content of a cell leaves nothing open."""
    match cell:
        case Steps(_, low, high):
            return script.both(*(script.same(*each) for each in zip(low, high, strict=True)))
        case Members(_, has, can, more):
            return script.both(negation(more), *(script.same(*each) for each in zip(has, can, strict=True)))
        case Amount(_, low, high, low_units, high_units):
            in_units = (script.same(one[0], two[0]) for one, two in zip(low_units, high_units, strict=True))
            return script.both(script.relation("=", low, high), *in_units)
        case Rows(_, more):
            return negation(more)
        case Choice() | Blank():
            return TRUE
