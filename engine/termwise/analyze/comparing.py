"""A comparison as the policy writes it → when it holds and fails, for operands that are known.

Decides by their types which way two operands are compared, and turns what is written out into a cell like the other.
"""

from __future__ import annotations

from collections.abc import Callable

from termwise.analyze.cells import Amount, Choice, Instance, Members, Rows, Steps
from termwise.analyze.linear import difference
from termwise.analyze.loose import Calendar
from termwise.analyze.membership import (
    compare_sets,
    compare_texts,
    constant_choice,
    constant_members,
    has_part,
    member,
)
from termwise.analyze.ordering import (
    Fees,
    Spread,
    Verdict,
    any_of,
    compare_steps,
    compare_with_limit,
    constant_steps,
    negated,
)
from termwise.analyze.points import all_points
from termwise.analyze.script import FALSE, TRUE, Formula, Script, negation
from termwise.analyze.survey import bare
from termwise.core.expr import Compare, Constant, Expr, FieldRef, Op, TermRef, walk
from termwise.evaluate.compare import Range, compare
from termwise.frozen import frozen
from termwise.quantities.duration import Holidays
from termwise.truth import Truth
from termwise.types import EnumType, ListType, Scalar, SetType, Type

ODD = Verdict(FALSE, FALSE, TRUE)
"""Of what is not looked at."""

Lookup = Callable[[TermRef | FieldRef], Instance]
"""What there is to choose of a term or field."""


@frozen
class Comparison:
    """One comparison with all it takes to decide it; `fees` are those of a year, where they may be needed."""

    expr: Compare
    lookup: Lookup
    holidays: Holidays
    fees: Fees | None
    calendar: Calendar
    script: Script

    def verdict(self) -> Verdict:
        """Return when the comparison holds and fails, where every operand is known."""
        left, right = bare(self.expr.left), bare(self.expr.right)
        read = [self.lookup(each) for each in leaves(left, right)]
        kinds: list[Type] = [each.kind for each in read]
        if not kinds:
            return self._of_constants(left, right)
        if any(isinstance(each, ListType) for each in kinds):
            return self._lists(left, right)
        if any(isinstance(each, SetType) for each in kinds):
            return self._sets(left, right)
        match kinds[0]:
            case Scalar.TEXT:
                return self._texts(left, right)
            case Scalar.BOOLEAN | EnumType():
                return self._symbols(left, right)
            case _:
                return self._quantities(right)

    def _of_constants(self, left: Expr, right: Expr) -> Verdict:
        """Decide what no contract has a say in: a key of `for each` among symbols that are written out."""
        if not (isinstance(left, Constant) and isinstance(right, Constant)):
            return self._quantities(right)
        ranges = Range(left.value, left.value), Range(right.value, right.value)
        truth = compare(self.expr.op, *ranges, self.holidays)
        return Verdict(_known(truth is Truth.TRUE), _known(truth is Truth.FALSE))

    # ------------------------------------------------------------------------------------------ quantities

    def _quantities(self, right: Expr) -> Verdict:
        op, others = self.expr.op, [right]
        if op is Op.IN:
            if not isinstance(right, Constant):
                return ODD
            assert isinstance(right.value, frozenset)
            op, others = Op.EQ, [Constant(each) for each in right.value]
        return any_of([self._quantity(op, other) for other in others], self.script)

    def _quantity(self, op: Op, other: Expr) -> Verdict:
        total = difference(self.expr.left, other)
        cells = [self.lookup(ref).cell for _, ref in total.leaves]
        match cells:
            case [Steps() as cell]:
                (sign, _), ((_, number),) = total.leaves[0], total.constants
                return compare_with_limit(op, cell, sign, -sign * number, self.script)
            case _:
                amounts = tuple(each for each in cells if isinstance(each, Amount))
                assert len(amounts) == len(cells), "terms that are compared with each other have numbers"
                spread = Spread(
                    total,
                    amounts,
                    holidays=self.holidays,
                    fees=self.fees,
                    calendar=self.calendar,
                    script=self.script,
                )
                return spread.verdict(op)

    # ----------------------------------------------------------------------------------- symbols, texts, sets

    def _symbols(self, left: Expr, right: Expr) -> Verdict:
        if self.expr.op is Op.IN:
            return self._member(left, right)
        one, other = self._steps(left, right), self._steps(right, left)
        return compare_steps(self.expr.op, one, other, self.script)

    def _steps(self, side: Expr, other: Expr) -> Steps:
        if isinstance(side, TermRef | FieldRef):
            cell = self.lookup(side).cell
            assert isinstance(cell, Steps)
            return cell
        assert isinstance(side, Constant) and isinstance(other, TermRef | FieldRef)
        kind = self.lookup(other).kind
        assert isinstance(kind, Scalar | EnumType)
        return constant_steps(all_points(kind), side.value)

    def _texts(self, left: Expr, right: Expr) -> Verdict:
        match self.expr.op, left, right:
            case Op.INCLUDES, TermRef() | FieldRef(), Constant(str(part)):
                cell = self.lookup(left).cell
                assert isinstance(cell, Choice)
                return has_part(cell, part, self.script)
            case Op.INCLUDES, _, _:
                return ODD
            case Op.IN, _, _:
                return self._member(left, right)
            case op, _, _:
                return compare_texts(op, self._choice(left, right), self._choice(right, left), self.script)

    def _choice(self, side: Expr, other: Expr) -> Choice:
        if isinstance(side, Constant):
            cell = self.lookup(_reference(other)).cell
            assert isinstance(cell, Choice)
            return constant_choice(cell.options, side.value)
        cell = self.lookup(_reference(side)).cell
        assert isinstance(cell, Choice)
        return cell

    def _sets(self, left: Expr, right: Expr) -> Verdict:
        match self.expr.op:
            case Op.IN:
                return self._member(left, right)
            case Op.INCLUDES if not self._is_set(right):
                return self._member(right, left)
            case Op.EXCLUDES if not self._is_set(right):
                return negated(self._member(right, left))
            case op:
                one, other = self._as_members(left, right), self._as_members(right, left)
                return ODD if one is None or other is None else compare_sets(op, one, other, self.script)

    def _is_set(self, side: Expr) -> bool:
        if isinstance(side, Constant):
            return isinstance(side.value, frozenset)
        return isinstance(side, TermRef | FieldRef) and isinstance(self.lookup(side).kind, SetType)

    def _as_members(self, side: Expr, other: Expr) -> Members | None:
        if isinstance(side, Constant):
            cell = self.lookup(_reference(other)).cell
            assert isinstance(cell, Members)
            value = side.value if isinstance(side.value, frozenset) else frozenset((side.value,))
            return constant_members(cell.universe, value)
        cell = self.lookup(_reference(side)).cell
        return cell if isinstance(cell, Members) else None

    def _member(self, item: Expr, members: Expr) -> Verdict:
        """Return whether an element is in a set, at least one of which is read from the contract."""
        if isinstance(item, Constant):
            cell = self.lookup(_reference(members)).cell
            if not isinstance(cell, Members):
                return ODD
            return compare_sets(Op.WITHIN, constant_members(cell.universe, frozenset((item.value,))), cell, self.script)
        found = self.lookup(_reference(item)).cell
        if not isinstance(found, Steps | Choice):
            return ODD
        universe = found.points if isinstance(found, Steps) else found.options
        if isinstance(members, Constant):
            assert isinstance(members.value, frozenset)
            return member(found, constant_members(universe, members.value), self.script)
        cell = self.lookup(_reference(members)).cell
        if isinstance(cell, Members) and cell.universe == universe:
            return member(found, cell, self.script)
        return ODD

    # ---------------------------------------------------------------------------------------------- lists

    def _lists(self, left: Expr, right: Expr) -> Verdict:
        """Compare a list with the empty one; whether two lists are the same is not looked at."""
        constant = next((each for each in (left, right) if isinstance(each, Constant)), None)
        if constant is None or constant.value != () or self.expr.op not in (Op.EQ, Op.NE):
            return ODD
        cell = self.lookup(_reference(right if constant is left else left)).cell
        assert isinstance(cell, Rows)
        some = self.script.either(*cell.present)
        found = Verdict(self.script.both(negation(some), negation(cell.more)), some)
        return negated(found) if self.expr.op is Op.NE else found


def leaves(*sides: Expr) -> list[TermRef | FieldRef]:
    """Return what some operands read from the contract."""
    return [each for side in sides for each in walk(side) if isinstance(each, TermRef | FieldRef)]


def _reference(expr: Expr) -> TermRef | FieldRef:
    assert isinstance(expr, TermRef | FieldRef)
    return expr


def _known(claim: bool) -> Formula:
    return TRUE if claim else FALSE
