"""A comparison turned so that what the contract says is its subject, and what is needed of that, in words.

`30 days >= deletion.deadline` and `not deletion.deadline > 30 days` ask the same of a contract as
`deletion.deadline <= 30 days`, so all three read "the limit is 30 days".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termwise.core.expr import All, AnyOf, Compare, Constant, Defined, Expr, FieldRef, Not, Op, TermRef
from termwise.core.policy import Rule
from termwise.core.values import Bounded, Exact, Symbol, write_value
from termwise.core.wording import write_expr
from termwise.frozen import frozen
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, name_of, opened, place_of, said_of
from termwise.report.printable import on_one_line, quoted
from termwise.report.shown import shown

_TURNED = {
    Op.EQ: Op.EQ,
    Op.NE: Op.NE,
    Op.LT: Op.GT,
    Op.LE: Op.GE,
    Op.GT: Op.LT,
    Op.GE: Op.LE,
    Op.IN: Op.INCLUDES,
    Op.WITHIN: Op.INCLUDES,
    Op.INCLUDES: Op.WITHIN,
    Op.EXCLUDES: Op.EXCLUDES,
}
"""The comparison that says the same with its sides exchanged."""

_OPPOSITE = {Op.EQ: Op.NE, Op.NE: Op.EQ, Op.LT: Op.GE, Op.LE: Op.GT, Op.GT: Op.LE, Op.GE: Op.LT}
"""The comparison that holds exactly where this one fails; the set comparisons have none."""

_QUANTITY = r"([\d,.]+) (.+)\Z"


@frozen
class Demand:
    """What is asked of one term or field; with `holds` off, that the comparison fails."""

    subject: TermRef | FieldRef
    op: Op
    wanted: Expr
    holds: bool = True
    annual_fees: TermRef | None = None


def demand_of(expr: Expr, wanted: bool) -> Demand | None:
    """Return what a comparison asks of one term, or None where it asks something of more than one."""
    match expr:
        case TermRef() | FieldRef():
            return Demand(expr, Op.EQ, Constant(wanted))
        case Compare(op, left, right, annual_fees):
            left, right = opened(left), opened(right)
            if isinstance(left, TermRef | FieldRef):
                return _signed(left, op, right, wanted, annual_fees)
            if isinstance(right, TermRef | FieldRef) and isinstance(left, Constant) and not isinstance(left.value, str):
                return _signed(right, _TURNED[op], left, wanted, annual_fees)
            return None
        case _:
            return None


def _signed(subject: TermRef | FieldRef, op: Op, other: Expr, holds: bool, annual_fees: TermRef | None) -> Demand:
    if not holds and op in _OPPOSITE:
        op, holds = _OPPOSITE[op], True
    if op is Op.NE and isinstance(other, Constant) and isinstance(other.value, bool):
        op, other = Op.EQ, Constant(not other.value)
    return Demand(subject, op, other, holds, annual_fees)


def wanted_text(demand: Demand, basis: Basis) -> str:
    """Return the other side of a demand: a value, or a term with its value where it has one."""
    match demand.wanted:
        case Constant(str(text)):
            return quoted(text)
        case Constant(frozenset() | tuple() as value) if not value:
            return "none"
        case Constant(value):
            return on_one_line(write_value(value))
        case TermRef() | FieldRef() as ref:
            name, said = name_of(place_of(ref, basis)), said_of(ref, basis)
            return f"{name} ({shown(said)})" if isinstance(said, Exact | Bounded) else name
        case other:
            return on_one_line(write_expr(other))


def needed(demand: Demand, basis: Basis) -> str:
    """Return what is needed, as the end of a sentence that has said what is there: "the limit is 30 days"."""
    what = wanted_text(demand, basis)
    match demand.op, demand.holds:
        case Op.LE, _:
            return f"at most {what} is allowed" if _is_on_scale(demand, basis) else f"the limit is {what}"
        case Op.LT, _:
            return f"below {what} is needed"
        case Op.GE, _:
            return f"at least {what} is needed"
        case Op.GT, _:
            return f"more than {what} is needed"
        case Op.EQ, _:
            return f"{what} is needed"
        case Op.NE, _:
            return f"{what} is not allowed"
        case Op.IN, True:
            return f"one of {what} is needed"
        case Op.IN, _:
            return f"none of {what} is allowed"
        case Op.WITHIN, True:
            return f"only {what} is allowed"
        case Op.WITHIN, _:
            return f"something beyond {what} is needed"
        case Op.INCLUDES, True:
            return f"{what} is needed in it"
        case Op.INCLUDES, _:
            return f"{what} is not allowed in it"
        case Op.EXCLUDES, True:
            return f"nothing of {what} is allowed"
        case Op.EXCLUDES, _:
            return f"something of {what} is needed"


def must_be(demand: Demand, basis: Basis) -> str:
    """Return what is wanted of the subject, without a verb: "at most 30 days", "including {copies}"."""
    what = wanted_text(demand, basis)
    match demand.op, demand.holds:
        case Op.LE, _:
            return f"at most {what}"
        case Op.LT, _:
            return f"below {what}"
        case Op.GE, _:
            return f"at least {what}"
        case Op.GT, _:
            return f"more than {what}"
        case Op.EQ, _:
            return what
        case Op.NE, _:
            return f"anything but {what}"
        case Op.IN, True:
            return f"one of {what}"
        case Op.IN, _:
            return f"none of {what}"
        case Op.WITHIN, True:
            return f"within {what}"
        case Op.WITHIN, _:
            return f"beyond {what}"
        case Op.INCLUDES, True:
            return f"including {what}"
        case Op.INCLUDES, _:
            return f"without {what}"
        case Op.EXCLUDES, True:
            return f"with nothing of {what}"
        case Op.EXCLUDES, _:
            return f"with some of {what}"


def must(demand: Demand, basis: Basis) -> str:
    """Return what the subject must do: "be at most 30 days", "include {copies}"."""
    what = wanted_text(demand, basis)
    match demand.op, demand.holds:
        case Op.INCLUDES, True:
            return f"include {what}"
        case Op.INCLUDES, _:
            return f"not include {what}"
        case Op.EXCLUDES, True:
            return f"include nothing of {what}"
        case Op.EXCLUDES, _:
            return f"include some of {what}"
        case Op.WITHIN, True:
            return f"lie within {what}"
        case Op.WITHIN, _:
            return f"go beyond {what}"
        case _:
            return f"be {must_be(demand, basis)}"


def conceded(demand: Demand, rule: Rule, basis: Basis) -> str:
    """Return what the fallbacks of a rule would accept of the same term: ", 90 with a fallback", or nothing."""
    said = ""
    for number, fallback in enumerate(rule.fallbacks, 1):
        others = [each for each in _demands(fallback.condition, True) if each.subject == demand.subject]
        if len(others) == 1 and others[0] != demand:
            name = "a fallback" if len(rule.fallbacks) == 1 else f"fallback {number}"
            said += f", {_less(demand, others[0], basis)} with {name}"
    return said


def _demands(expr: Expr, wanted: bool) -> Iterator[Demand]:
    match expr:
        case Defined(_, body):
            yield from _demands(body, wanted)
        case Not(operand):
            yield from _demands(operand, not wanted)
        case All(operands) | AnyOf(operands):
            for each in operands:
                yield from _demands(each, wanted)
        case _:
            found = demand_of(expr, wanted)
            if found is not None:
                yield found


def _less(demand: Demand, other: Demand, basis: Basis) -> str:
    """Return the other demand in as few words as beside the first will do: its number, where the unit is the same."""
    mine, others = wanted_text(demand, basis), wanted_text(other, basis)
    if demand.op is not other.op or demand.op not in (Op.LE, Op.LT, Op.GE, Op.GT):
        return must_be(other, basis)
    one, two = re.match(_QUANTITY, mine), re.match(_QUANTITY, others)
    return two[1] if one and two and one[2] == two[2] else others


def _is_on_scale(demand: Demand, basis: Basis) -> bool:
    """Whether the subject is a symbol of a scale, which has places and no limits."""
    match demand.wanted, said_of(demand.subject, basis):
        case (Constant(Symbol()), _) | (_, Exact(Symbol())):
            return True
        case _:
            return False


def demand_in(atom: Atom) -> Demand | None:
    """Return what an atom asks of one term, or None."""
    return demand_of(atom.expr, atom.wanted)
