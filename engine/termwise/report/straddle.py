"""Why a comparison is open although what it compares is said: an interval lies across the limit.

It is always told by how much: "1 month can be 31 days; the limit is 30 days".
"""

from __future__ import annotations

from termwise.core.expr import Op
from termwise.core.values import Bounded, Exact, Value, write_value
from termwise.evaluate.conditions import Known, operand
from termwise.quantities.duration import Duration, day_bounds
from termwise.quantities.interval import Interval
from termwise.quantities.numerals import count
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, name_of, place_of, said_of
from termwise.report.demands import Demand, demand_in, needed, wanted_text
from termwise.report.members import may_be_amiss
from termwise.report.printable import on_one_line
from termwise.report.sentences import all_said, asked, fees_said, there_is
from termwise.report.shown import shown

_BELOW = (Op.LE, Op.LT)
_ORDERED = (*_BELOW, Op.GE, Op.GT)


def straddle(atom: Atom) -> str:
    """Return why an atom is open where a value of it is an interval."""
    basis, demand = atom.basis, demand_in(atom)
    said = None if demand is None else said_of(demand.subject, basis)
    if demand is None or not isinstance(said, Exact | Bounded):
        return f"{all_said(atom.expr, basis)}, which leaves open whether {asked(atom.expr, atom.wanted)}"
    name, fees = name_of(place_of(demand.subject, basis)), fees_said(demand, basis)
    across = None if fees else _in_days(demand, said, basis) or _beyond(demand, said)
    if across is not None:
        return f"{name}{across}; {needed(demand, basis)}"
    amiss = may_be_amiss(demand, said, basis) or f"that leaves it open: {needed(demand, basis)}"
    return f"{name} is {shown(said)}{fees}; {amiss}"


def other_currency(atom: Atom) -> str:
    """Return why an atom is open where amounts of two currencies meet."""
    basis, demand = atom.basis, demand_in(atom)
    if demand is None:
        return f"{all_said(atom.expr, basis)}, and two currencies do not compare"
    there = there_is(demand.subject, basis) + fees_said(demand, basis)
    return f"{there}, which does not compare with {wanted_text(demand, basis)}"


def _beyond(demand: Demand, said: Exact | Bounded) -> str | None:
    """Return which value within its bounds the subject can have that is beyond the limit."""
    if not isinstance(said, Bounded) or demand.op not in _ORDERED:
        return None
    end = _end(demand, said)
    if end is None:
        return f" is {shown(said)}, with no {'upper' if demand.op in _BELOW else 'lower'} end"
    return f" is {shown(said)}, which may mean {on_one_line(write_value(end))}"


def _in_days(demand: Demand, said: Exact | Bounded, basis: Basis) -> str | None:
    """Return how many days a month, a year or business days come to, on whichever side of the limit they stand."""
    subject = _end(demand, said)
    if not isinstance(subject, Duration) or (isinstance(said, Bounded) and demand.op not in _ORDERED):
        return None
    there = "" if isinstance(said, Exact) else f" is {shown(said)}"
    mine = _days(subject, basis)
    if mine is not None:
        return f"{there}: {subject} can be {_worst(demand, mine, of_subject=True)}"
    limit = operand(demand.wanted, basis.everything)
    other = limit.values.low if isinstance(limit, Known) and limit.values.low == limit.values.high else None
    theirs = _days(other, basis) if isinstance(other, Duration) else None
    if theirs is None:
        return None
    can_be = _worst(demand, theirs, of_subject=False)
    return f"{there or f' is {subject}'}, and {wanted_text(demand, basis)} can be {can_be}"


def _end(demand: Demand, said: Exact | Bounded) -> Value | None:
    """Return the end of what is said that is nearest to breaking the limit."""
    match said:
        case Exact(value):
            return value
        case Bounded(low, high):
            return high if demand.op in _BELOW else low


def _days(duration: Duration, basis: Basis) -> Interval | None:
    """Return the fewest and the most days of a duration, or None where there is only one number of them."""
    days = day_bounds(duration, basis.judgement.policy.holidays)
    return None if days.low == days.high else days


def _worst(demand: Demand, days: Interval, *, of_subject: bool) -> str:
    """Return the number of days that is worst for the demand; an equation has no better or worse."""
    assert days.low is not None and days.high is not None
    if demand.op not in _ORDERED:
        return f"{days.low} to {count(days.high, 'day')}"
    return count(days.high if (demand.op in _BELOW) is of_subject else days.low, "day")
