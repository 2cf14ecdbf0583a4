"""Comparisons of what is ordered: symbols, yes and no, quantities. `<=` holds if it holds for every pair of points.

Everything comes down to the spread between the two sides, as in the reference: the least and the most that one can be
above the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from termwise.analyze.cells import Amount, Steps, Unit
from termwise.analyze.linear import FEES, Sum, measured
from termwise.analyze.loose import NO_LIMITS, Calendar, Limits
from termwise.analyze.script import FALSE, TRUE, Formula, Number, Script, literal, negation
from termwise.core.expr import Op
from termwise.core.values import Value
from termwise.frozen import frozen
from termwise.quantities.duration import Duration, Holidays, day_bounds
from termwise.types import Scalar

_FLIPPED = {Op.LT: Op.GT, Op.LE: Op.GE, Op.GT: Op.LT, Op.GE: Op.LE}


@frozen
class Fees:
    """What the contract charges a year, and whether that is known where a comparison is made."""

    known: Formula
    cell: Amount


@frozen
class Verdict:
    """When a comparison of known operands holds and fails.

    Where it is `odd`, or an operand is, this says no more about it than its limits do.
    """

    holds: Formula
    fails: Formula
    odd: Formula = FALSE
    limits: Limits = NO_LIMITS


def negated(found: Verdict) -> Verdict:
    """Return the verdict on the opposite."""
    limits = found.limits
    turned = Limits(limits.fails_if, limits.fails_only_if, limits.holds_if, limits.holds_only_if)
    return Verdict(found.fails, found.holds, found.odd, turned)


def any_of(verdicts: Sequence[Verdict], script: Script) -> Verdict:
    """Return the verdict that any of some comparisons holds."""
    if len(verdicts) == 1:
        return verdicts[0]
    both, either = script.both, script.either
    limits = [each.limits for each in verdicts]
    return Verdict(
        either(*(each.holds for each in verdicts)),
        both(*(each.fails for each in verdicts)),
        either(*(each.odd for each in verdicts)),
        Limits(
            either(*(each.holds_if for each in limits)),
            either(*(each.holds_only_if for each in limits)),
            both(*(each.fails_if for each in limits)),
            both(*(each.fails_only_if for each in limits)),
        ),
    )


def constant_steps(points: Sequence[Value], value: Value) -> Steps:
    """Return the cell of one of some points."""
    at = points.index(value)
    ladder = tuple(TRUE if number <= at else FALSE for number in range(1, len(points)))
    return Steps(tuple(points), ladder, ladder)


def compare_steps(op: Op, one: Steps, other: Steps, script: Script) -> Verdict:
    """Compare two cells with the same points."""
    places = range(1, len(one.points))

    def surely_at_most(low: Steps, high: Steps) -> Formula:
        return script.both(*(script.implies(low.high_from(at), high.low_from(at)) for at in places))

    def surely_above(high: Steps, low: Steps) -> Formula:
        return script.either(*(script.both(high.low_from(at), negation(low.high_from(at))) for at in places))

    match op:
        case Op.LE:
            return Verdict(surely_at_most(one, other), surely_above(one, other))
        case Op.GE:
            return Verdict(surely_at_most(other, one), surely_above(other, one))
        case Op.LT:
            return Verdict(surely_above(other, one), surely_at_most(other, one))
        case Op.GT:
            return Verdict(surely_above(one, other), surely_at_most(one, other))
        case Op.NE:
            return negated(compare_steps(Op.EQ, one, other, script))
        case _:
            same = script.both(surely_at_most(one, other), surely_at_most(other, one))
            return Verdict(same, script.either(surely_above(one, other), surely_above(other, one)))


def compare_with_limit(op: Op, cell: Steps, sign: int, limit: Fraction, script: Script) -> Verdict:
    """Compare a cell, counted one way or the other, with a limit on its own side."""
    numbers = [measured(each)[1] for each in cell.points]
    at_least = sum(each < limit for each in numbers)
    above = sum(each <= limit for each in numbers)
    match op if sign > 0 else _FLIPPED.get(op, op):
        case Op.LE:
            return Verdict(negation(cell.high_from(above)), cell.low_from(above))
        case Op.LT:
            return Verdict(negation(cell.high_from(at_least)), cell.low_from(at_least))
        case Op.GE:
            return Verdict(cell.low_from(at_least), negation(cell.high_from(at_least)))
        case Op.GT:
            return Verdict(cell.low_from(above), negation(cell.high_from(above)))
        case Op.NE:
            return negated(compare_with_limit(Op.EQ, cell, 1, limit, script))
        case _:
            same = script.both(cell.low_from(at_least), negation(cell.high_from(above)))
            return Verdict(same, script.either(cell.low_from(above), negation(cell.high_from(at_least))))


class Spread:
    """One side of a comparison less the other, cells and all."""

    def __init__(
        self,
        total: Sum,
        cells: tuple[Amount, ...],
        *,
        holidays: Holidays,
        fees: Fees | None,
        calendar: Calendar,
        script: Script,
    ) -> None:
        """Note what is compared. Durations that can be of several shapes get a number for each end of the spread."""
        self.script = script
        self._total = total
        self._cells = cells
        self._holidays = holidays
        self._fees = fees
        self._calendar = calendar
        self._ends: tuple[Number, Number] | None = None
        if any(cell.kind is Scalar.DURATION and len(cell.low_units) > 1 for cell in cells):
            self._ends = self._end_in_days(is_low=True), self._end_in_days(is_low=False)

    def verdict(self, op: Op) -> Verdict:
        """Return when the spread stands in a relation to nothing."""
        match op:
            case Op.LE:
                return self._of(op, self._high("<="), self._low(">"))
            case Op.LT:
                return self._of(op, self._high("<"), self._low(">="))
            case Op.GE:
                return self._of(op, self._low(">="), self._high("<"))
            case Op.GT:
                return self._of(op, self._low(">"), self._high("<="))
            case Op.NE:
                return negated(self.verdict(Op.EQ))
            case _:
                ends = (self._low(">="), self._low("<="), self._high(">="), self._high("<="))
                return self._of(op, self.script.both(*ends), self.script.either(self._low(">"), self._high("<")))

    def _of(self, op: Op, holds: Formula, fails: Formula) -> Verdict:
        """Return a verdict. Bounds with nothing between them, as months and days can have, say nothing."""
        if self._ends is not None:
            is_sound = self.script.relation("<=", *self._ends)
            holds, fails = self.script.both(is_sound, holds), self.script.both(is_sound, fails)
        return Verdict(holds, fails, self.script.either(*self._odd_cases()), self._limits(op))

    def _limits(self, op: Op) -> Limits:
        """Return what is known besides, where the cells are durations of more shapes than were tried."""
        if not any(cell.loose for cell in self._cells):
            return NO_LIMITS
        return self._calendar.limits(op, self._total, self._cells)

    def _low(self, relation: str) -> Formula:
        return self._end(relation, is_low=True)

    def _high(self, relation: str) -> Formula:
        return self._end(relation, is_low=False)

    def _end(self, relation: str, *, is_low: bool) -> Formula:
        """Return whether one end of the spread stands in a relation to nothing."""
        if self._ends is not None:
            return self.script.relation(relation, self._ends[0 if is_low else 1], literal(Fraction(0)))
        return self.script.either(*self._cases(relation, is_low=is_low))

    def _numbers(self, *, is_low: bool) -> list[tuple[int, Number]]:
        return [
            (sign, cell.low if (sign > 0) == is_low else cell.high)
            for (sign, _), cell in zip(self._total.leaves, self._cells, strict=True)
        ]

    def _end_in_days(self, *, is_low: bool) -> Number:
        """Return a number that is one end of the spread, whichever units it has."""
        end = self.script.number()
        constant = sum((number for _, number in self._total.constants), Fraction(0))
        for condition, units in self._combinations(is_low):
            offset = self._offset(units, is_low)
            assert offset is not None
            whole = self.script.sum_of(self._numbers(is_low=is_low), constant + offset)
            self.script.demand(self.script.implies(condition, self.script.relation("=", end, whole)))
        return end

    def _cases(self, relation: str, *, is_low: bool) -> Iterator[Formula]:
        """Yield, for each way in which the units can fall, whether one end of the spread relates to nothing so."""
        numbers = self._numbers(is_low=is_low)
        constant = sum((number for _, number in self._total.constants), Fraction(0))
        whole = self.script.sum_of(numbers, constant)
        for condition, units in self._combinations(is_low):
            offset = self._offset(units, is_low)
            if offset is not None:
                related = self.script.relation(relation, whole, literal(-offset))
                yield self.script.both(condition, related)
            elif self._is_priced(units):
                yield self.script.both(condition, self._priced(relation, numbers, units, is_low))

    def _combinations(self, is_low: bool) -> Iterator[tuple[Formula, tuple[Unit, ...]]]:
        choices = [
            cell.low_units if (sign > 0) == is_low else cell.high_units
            for (sign, _), cell in zip(self._total.leaves, self._cells, strict=True)
        ]
        for chosen in product(*choices):
            yield self.script.both(*(condition for condition, _ in chosen)), tuple(unit for _, unit in chosen)

    def _offset(self, units: Sequence[Unit], is_low: bool) -> Fraction | None:
        """Return how many days the units add, or nothing where they are all the same; None where they are not."""
        constants = [unit for unit, _ in self._total.constants]
        if not any(isinstance(unit, tuple) for unit in (*units, *constants)):
            return Fraction(0) if len({*units, *constants}) <= 1 else None
        months = business = 0
        signed = [(sign, unit) for (sign, _), unit in zip(self._total.leaves, units, strict=True)]
        for sign, unit in (*signed, *((1, unit) for unit in constants)):
            assert isinstance(unit, tuple)
            months, business = months + sign * unit[0], business + sign * unit[1]
        days = day_bounds(Duration(Fraction(0), months, business), self._holidays)
        return days.low if is_low else days.high

    # --------------------------------------------------------------------- months of fees beside amounts of money

    def _odd_cases(self) -> Iterator[Formula]:
        """Yield when fees and money meet in a way that takes the product of two unknowns."""
        if self._fees is not None:
            for condition, units in self._combinations(True):
                if self._is_mixed(units) and not self._is_priced(units):
                    yield self.script.both(condition, self._fees.known)

    def _is_mixed(self, units: Sequence[Unit]) -> bool:
        seen = {*units, *(unit for unit, _ in self._total.constants)}
        return FEES in seen and len(seen) > 1

    def _is_priced(self, units: Sequence[Unit]) -> bool:
        """Whether one amount of money is compared with one number of months of fees."""
        return self._fees is not None and self._is_mixed(units) and self._total.written == 1 and FEES not in units

    def _priced(self, relation: str, numbers: list[tuple[int, Number]], units: Sequence[Unit], is_low: bool) -> Formula:
        """Compare with what the months come to: fewest at the lowest fees of a year, most at the highest."""
        assert self._fees is not None
        ((_, months),) = self._total.constants
        annual = self._fees.cell.low if (months >= 0) == is_low else self._fees.cell.high
        price = self.script.product(months / 12, annual)
        whole = self.script.sum_of([*numbers, (1, price)], Fraction(0))
        in_unit = self.script.either(*(is_it for is_it, unit in self._fees.cell.low_units if {unit} == set(units)))
        return self.script.both(self._fees.known, in_unit, self.script.relation(relation, whole, literal(Fraction(0))))
