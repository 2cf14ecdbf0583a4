"""A surveyed term → a cell: propositions and numbers for a solver to choose, with what must hold between them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from termwise.analyze.cells import Amount, Blank, Cell, Choice, Members, Steps, Unit
from termwise.analyze.linear import DAYS, FEES
from termwise.analyze.loose import Calendar
from termwise.analyze.points import all_points, bounds, is_whole, points
from termwise.analyze.script import FALSE, TRUE, Formula, Script, literal
from termwise.analyze.shapes import own_shapes, shapes
from termwise.analyze.survey import Subject, Survey
from termwise.core.values import Value
from termwise.frozen import replace
from termwise.quantities.duration import Duration, Holidays, day_bounds
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, is_ordered

_UNSURE = (Scalar.DURATION, Scalar.MONEY, Scalar.FEES)
"""Types of which two values may be neither surely equal nor surely different."""


class Domains:
    """Makes cells for the subjects of one survey."""

    def __init__(self, survey: Survey, script: Script, calendar: Calendar) -> None:
        """Keep the survey, and the script to declare in."""
        self._survey = survey
        self._script = script
        self._calendar = calendar
        self._holidays: tuple[Holidays, ...] = tuple(survey.holidays)
        self._texts: dict[str, tuple[tuple[str | None, ...], dict[str, tuple[Formula, ...]]]] = {}

    def cell(self, subject: Subject) -> tuple[Cell, Formula]:
        """Return a new cell for a subject, and whether its value is of a shape that the cell does not have."""
        match subject.kind:
            case Scalar.TEXT:
                return self._choice(subject), FALSE
            case Scalar.BOOLEAN | EnumType():
                return self._steps(all_points(subject.kind), is_ordered(subject.kind)), FALSE
            case Scalar() as kind:
                return self._quantity(subject, kind)
            case SetType(element):
                odd = self._script.proposition() if element in _UNSURE else FALSE
                return self._members(self._universe(subject, element), is_closed=isinstance(element, EnumType)), odd
            case ListType() | RecordType():
                return Blank(), FALSE

    def exact_steps(self, values: Sequence[Value]) -> Steps:
        """Return a cell that is exactly one of some values."""
        return self._steps(tuple(values), False)

    # ------------------------------------------------------------------------------------------ quantities

    def _quantity(self, subject: Subject, kind: Scalar) -> tuple[Cell, Formula]:
        limits = list(subject.limits)
        units = list(dict.fromkeys(unit for unit, _ in limits))
        plain = units[0] if units else _plain_unit(kind)
        if not subject.is_joint and len(units) <= 1 and (kind is not Scalar.DURATION or plain == DAYS):
            values = points(kind, plain, (number for _, number in limits))
            at_the_end = kind is Scalar.DATE and any(number in bounds(kind) for _, number in limits)
            return self._steps(values, True), self._script.proposition() if at_the_end else FALSE
        units, is_complete = self._units(subject, kind)
        cell = self._amount(kind, units)
        if is_complete:
            return cell, FALSE
        odd = self._script.proposition()
        if kind is Scalar.DURATION and self._calendar.is_shared:
            cell = replace(cell, loose=self._calendar.loosely(cell, odd))
        return cell, odd

    def _units(self, subject: Subject, kind: Scalar) -> tuple[list[Unit], bool]:
        """Return the units that a quantity of several, or one compared with others, is tried in."""
        companions = self._survey.companions(subject)
        limits = [limit for each in companions for limit in each.limits]
        if kind is Scalar.DURATION:
            if subject.is_joint:
                return list(dict.fromkeys([*own_shapes(limits), (1, 0)])), False
            return shapes(limits, self._holidays)
        if kind not in (Scalar.MONEY, Scalar.FEES):
            return [""], True
        currencies: list[Unit] = list(dict.fromkeys(unit for unit, _ in limits if unit != FEES))
        if subject.name == self._survey.annual_fees:
            return currencies or ["USD"], True
        dimensions = {unit == FEES for unit, _ in limits} | {each.kind is Scalar.FEES for each in companions}
        others = ["CHF", "SEK", "NOK", "DKK"][: len(companions) // 2] if subject.is_joint else []
        money = [*currencies, *(each for each in others if each not in currencies)] or ["USD"]
        units = [*([FEES] if True in dimensions else []), *(money if False in dimensions else [])]
        return units, not (subject.is_joint and self._survey.annual_fees is not None)

    def _amount(self, kind: Scalar, units: Sequence[Unit]) -> Amount:
        script = self._script
        low, high = script.number(whole=is_whole(kind)), script.number(whole=is_whole(kind))
        least, most = bounds(kind)
        for end in (low, high):
            if least is not None:
                script.demand(script.relation(">=", end, literal(least)))
            if most is not None:
                script.demand(script.relation("<=", end, literal(most)))
        low_units = tuple(zip(script.one_of(len(units)), units, strict=True))
        high_units = low_units
        if kind is Scalar.DURATION and len(units) > 1:
            high_units = tuple(zip(script.one_of(len(units)), units, strict=True))
        cell = Amount(kind, low, high, low_units, high_units)
        script.demand(self._is_no_gap(cell))
        return cell

    def _is_no_gap(self, cell: Amount) -> Formula:
        """Return whether some value lies between the bounds, as far as can be told: what a contract may state."""
        script = self._script
        spread = script.sum_of([(1, cell.low), (-1, cell.high)], Fraction(0))
        if cell.kind is not Scalar.DURATION:
            return script.relation("<=", spread, literal(Fraction(0)))
        by_least: dict[Fraction, list[Formula]] = {}
        for is_low, one in cell.low_units:
            for is_high, other in cell.high_units:
                assert isinstance(one, tuple) and isinstance(other, tuple)
                unit = Duration(Fraction(0), one[0] - other[0], one[1] - other[1])
                least = day_bounds(unit).low or Fraction(0)
                by_least.setdefault(least, []).append(script.both(is_low, is_high))
        return script.both(
            *(
                script.implies(script.either(*cases), script.relation("<=", spread, literal(-least)))
                for least, cases in by_least.items()
            )
        )

    def _steps(self, values: tuple[Value, ...], has_bounds: bool) -> Steps:
        low = self._ladder(len(values) - 1)
        if not has_bounds or len(values) == 1:
            return Steps(values, low, low)
        high = self._ladder(len(values) - 1)
        for one, other in zip(low, high, strict=True):
            self._script.demand(self._script.implies(one, other))
        return Steps(values, low, high)

    def _ladder(self, length: int) -> tuple[Formula, ...]:
        """Return propositions of which each implies the one before."""
        ladder = tuple(self._script.proposition() for _ in range(length))
        for below, above in pairwise(ladder):
            self._script.demand(self._script.implies(above, below))
        return ladder

    # ------------------------------------------------------------------------------------- sets and texts

    def _universe(self, subject: Subject, element: Scalar | EnumType) -> tuple[Value | None, ...]:
        """Return the elements that matter; None is one that no condition names."""
        if isinstance(element, EnumType) or element is Scalar.BOOLEAN:
            return all_points(element)
        if element is Scalar.TEXT:
            return self._options(subject)[0]
        companions = self._survey.companions(subject)
        named = dict.fromkeys(value for each in companions for value in each.values)
        strangers = max(1, self._survey.set_comparisons.get(self._survey.leader(subject), 1))
        return (*named, *[None] * strangers)

    def _members(self, universe: tuple[Value | None, ...], *, is_closed: bool) -> Members:
        script = self._script
        has = tuple(script.proposition() for _ in universe)
        can = tuple(script.proposition() for _ in universe)
        more = FALSE if is_closed else script.proposition()
        for one, other in zip(has, can, strict=True):
            script.demand(script.implies(one, other))
            script.demand(script.implies(more, other))
        return Members(universe, has, can, more)

    def _choice(self, subject: Subject) -> Choice:
        options, includes = self._options(subject)
        return Choice(options, self._script.one_of(len(options)), includes)

    def _options(self, subject: Subject) -> tuple[tuple[str | None, ...], dict[str, tuple[Formula, ...]]]:
        """Return the texts of a group, and which of them each part is found in; those that nobody names come last."""
        leader = self._survey.leader(subject)
        if leader not in self._texts:
            companions = self._survey.companions(subject)
            named = [str(text) for text in dict.fromkeys(value for each in companions for value in each.values)]
            parts = list(dict.fromkeys(part for each in companions for part in each.parts))
            strangers = self._survey.set_comparisons.get(leader, 0) + sum(self._copies(each) for each in companions)
            includes = {
                part: tuple(_known(folded(part) in folded(text)) for text in named)
                + tuple(self._script.proposition() if folded(part) else TRUE for _ in range(strangers))
                for part in parts
            }
            self._close(parts, includes, len(named))
            self._texts[leader] = ((*named, *[None] * strangers), includes)
        return self._texts[leader]

    def _copies(self, subject: Subject) -> int:
        """Return how many cells a subject can have: one a record, and two of a term whose value is to change."""
        records, is_field, _ = subject.name.partition("[].")
        return max(self._survey.records(records) or 1, 1) if is_field else 1

    def _close(self, parts: Sequence[str], includes: dict[str, tuple[Formula, ...]], first: int) -> None:
        """Demand of the texts that nobody names that whoever has a part has the parts of that."""
        for part in parts:
            for other in parts:
                if other != part and folded(other) in folded(part):
                    for one, two in zip(includes[part][first:], includes[other][first:], strict=True):
                        self._script.demand(self._script.implies(one, two))


def folded(text: str) -> str:
    """Return a text as parts of it are looked for: white space and case do not matter."""
    return " ".join(text.split()).casefold()


def _known(claim: bool) -> Formula:
    return TRUE if claim else FALSE


def _plain_unit(kind: Scalar) -> Unit:
    match kind:
        case Scalar.DURATION:
            return DAYS
        case Scalar.FEES:
            return FEES
        case Scalar.MONEY:
            return "USD"
        case _:
            return ""
