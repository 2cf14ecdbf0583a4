"""What can be said of durations of any shape that are compared with each other, where the shapes are too many to try.

Every duration has a fewest and a most of days, and what follows from those must be. Besides, durations that are
compared start together: what holds from every day on holds from one day in particular, from which every duration is
just a number of days. Neither says everything, and both are true, as long as the bounds that a contract states do not
cross: a term `between` 1 month and 28 days is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from termwise.analyze.cells import Amount, Loose, Unit
from termwise.analyze.linear import DAYS, Sum
from termwise.analyze.script import FALSE, TRUE, Formula, Number, Script, literal, negation
from termwise.core.expr import Op
from termwise.frozen import frozen
from termwise.quantities.duration import Duration, Holidays, day_bounds

_NOTHING = literal(Fraction(0))


@frozen
class Limits:
    """What is known of a comparison: it holds if the first is true, and only if the second is; it fails likewise."""

    holds_if: Formula
    holds_only_if: Formula
    fails_if: Formula
    fails_only_if: Formula


NO_LIMITS = Limits(FALSE, TRUE, FALSE, TRUE)


class Calendar:
    """How long months and business days are from one day on, which nobody knows but is the same for all durations."""

    def __init__(self, script: Script, holidays: Sequence[Holidays]) -> None:
        """Know nothing of the day. Policies that count holidays differently have no day in common."""
        self._script = script
        self._holidays = tuple(holidays)
        self._lengths: dict[Unit, Number] = {}

    @property
    def is_shared(self) -> bool:
        """Whether one day does for all."""
        return len(self._holidays) == 1

    def length(self, unit: Unit) -> Number:
        """Return how many days a unit has from that day on."""
        if unit == DAYS:
            return _NOTHING
        if unit not in self._lengths:
            length = self._lengths[unit] = self._script.number()
            fewest, most = self.bounds(unit)
            self._script.demand(self._script.relation(">=", length, literal(fewest)))
            self._script.demand(self._script.relation("<=", length, literal(most)))
        return self._lengths[unit]

    def bounds(self, unit: Unit) -> tuple[Fraction, Fraction]:
        """Return the fewest and the most days that a unit has from any day on."""
        assert isinstance(unit, tuple)
        days = day_bounds(Duration(Fraction(0), *unit), self._holidays[0])
        return days.low or Fraction(0), days.high or Fraction(0)

    def loosely(self, cell: Amount, odd: Formula) -> Loose:
        """Return what is true of a duration whether it has one of the units of its cell or is of another shape."""
        script = self._script
        loose = Loose(*(script.number() for _ in range(4)))
        script.demand(script.relation(">=", loose.fewest, _NOTHING))
        for one, other in ((loose.fewest, loose.low), (loose.low, loose.high), (loose.high, loose.most)):
            script.demand(script.implies(odd, script.relation("<=", one, other)))
        for is_it, unit in cell.low_units:
            same = (
                self._equal(loose.fewest, cell.low, literal(self.bounds(unit)[0])),
                self._equal(loose.low, cell.low, self.length(unit)),
            )
            script.demand(script.implies(script.both(negation(odd), is_it), script.both(*same)))
        for is_it, unit in cell.high_units:
            same = (
                self._equal(loose.most, cell.high, literal(self.bounds(unit)[1])),
                self._equal(loose.high, cell.high, self.length(unit)),
            )
            script.demand(script.implies(script.both(negation(odd), is_it), script.both(*same)))
        return loose

    def _equal(self, number: Number, days: Number, length: Number) -> Formula:
        total = self._script.sum_of([(1, days), (1, length)], Fraction(0))
        return self._script.relation("=", number, total)

    def limits(self, op: Op, total: Sum, cells: Sequence[Amount]) -> Limits:
        """Return what is known of a comparison of durations of any shape."""
        found = [(sign, cell.loose) for (sign, _), cell in zip(total.leaves, cells, strict=True)]
        if not self.is_shared or any(loose is None for _, loose in found):
            return NO_LIMITS
        known = [(sign, loose) for sign, loose in found if loose is not None]
        ((unit, number),) = total.constants or ((DAYS, Fraction(0)),)
        low, high = self.bounds(unit)
        script = self._script
        fewest = [(sign, loose.fewest if sign > 0 else loose.most) for sign, loose in known]
        most = [(sign, loose.most if sign > 0 else loose.fewest) for sign, loose in known]
        spread = script.sum_of(fewest, number + low), script.sum_of(most, number + high)
        exact = len(known) == 1 and unit == DAYS
        on_a_day = None
        if _is_difference([sign for sign, _ in known], unit):
            lows = [(sign, loose.low if sign > 0 else loose.high) for sign, loose in known]
            highs = [(sign, loose.high if sign > 0 else loose.low) for sign, loose in known]
            ends = ((*each, (1, self.length(unit))) for each in (lows, highs))
            least, greatest = (script.sum_of(each, number) for each in ends)
            on_a_day = least, greatest
        return _Ends(script, spread, on_a_day, exact).limits(op)


@frozen
class _Ends:
    """The two ends of a spread by the fewest and most days, and from one day on, where that means anything."""

    script: Script
    spread: tuple[Number, Number]
    on_a_day: tuple[Number, Number] | None
    exact: bool

    def limits(self, op: Op) -> Limits:
        match op:
            case Op.LE:
                return self._limits((1, "<="), (0, ">"))
            case Op.LT:
                return self._limits((1, "<"), (0, ">="))
            case Op.GE:
                return self._limits((0, ">="), (1, "<"))
            case Op.GT:
                return self._limits((0, ">"), (1, "<="))
            case Op.NE:
                same = self._equality()
                return Limits(same.fails_if, same.fails_only_if, same.holds_if, same.holds_only_if)
            case _:
                return self._equality()

    def _limits(self, holds: tuple[int, str], fails: tuple[int, str]) -> Limits:
        sure = self._of(self.spread, *holds), self._of(self.spread, *fails)
        if self.exact:
            return Limits(sure[0], sure[0], sure[1], sure[1])
        possible = [self._of(self.spread, 1 - end, relation) for end, relation in (holds, fails)]
        if self.on_a_day is not None:
            possible = [
                self.script.both(each, self._of(self.on_a_day, end, relation))
                for each, (end, relation) in zip(possible, (holds, fails), strict=True)
            ]
        return Limits(sure[0], possible[0], sure[1], possible[1])

    def _equality(self) -> Limits:
        script = self.script
        apart = script.either(self._of(self.spread, 0, ">"), self._of(self.spread, 1, "<"))
        possible = script.both(self._of(self.spread, 0, "<="), self._of(self.spread, 1, ">="))
        may_differ = TRUE
        if self.on_a_day is not None:
            same = (self._of(self.on_a_day, end, relation) for end in (0, 1) for relation in (">=", "<="))
            possible = script.both(possible, *same)
            may_differ = script.either(self._of(self.on_a_day, 0, ">"), self._of(self.on_a_day, 1, "<"))
        return Limits(FALSE, possible, apart, may_differ)

    def _of(self, ends: tuple[Number, Number], end: int, relation: str) -> Formula:
        return self.script.relation(relation, ends[end], _NOTHING)


def _is_difference(signs: Sequence[int], unit: Unit) -> bool:
    """Whether a sum is one duration less another, so that both can be counted from one day on."""
    assert isinstance(unit, tuple)
    longer = sum(sign > 0 for sign in signs) + (max(unit) > 0)
    shorter = sum(sign < 0 for sign in signs) + (min(unit) < 0)
    return longer <= 1 and shorter <= 1
