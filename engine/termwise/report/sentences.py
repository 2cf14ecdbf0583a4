"""One atom of a condition → what is there, and what is needed: "deletion.deadline is 120 days; the limit is 30 days".

An atom that is unknown because a value straddles its limit says by how much: "1 month can be 31 days".
"""

from __future__ import annotations

from termwise.core.expr import Constant, Expr, FieldRef, Op, Passes, Quantified, Stated, TermRef, walk
from termwise.core.policy import Rule
from termwise.core.values import Bounded, Content, Exact, write_value
from termwise.core.wording import write_expr
from termwise.evaluate.compare import dimensions
from termwise.evaluate.conditions import Known, operand
from termwise.evaluate.judgement import State
from termwise.frozen import frozen
from termwise.quantities.duration import Duration, day_bounds
from termwise.quantities.numerals import count
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, called, is_presumed, name_of, place_of, said_of, truth
from termwise.report.demands import Demand, conceded, demand_in, needed, wanted_text
from termwise.report.members import amiss, may_be_amiss
from termwise.report.printable import listed, on_one_line, quoted
from termwise.report.shown import shown
from termwise.truth import Truth, known


@frozen
class Sentence:
    """What is there and what is needed; what is needed may go without saying."""

    there: str
    needed: str = ""

    def alone(self) -> str:
        """Return the sentence where nothing else is said."""
        return f"{self.there}; {self.needed}" if self.needed else self.there

    def among_others(self) -> str:
        """Return the sentence as one of several."""
        return f"{self.there} ({self.needed})" if self.needed else self.there


def sentence(atom: Atom, rule: Rule | None = None) -> Sentence:
    """Return an atom in words; with a rule, also what the fallbacks of it would accept."""
    basis = atom.basis
    demand = demand_in(atom)
    if demand is not None:
        there = there_is(demand.subject, basis)
        more = "" if rule is None else conceded(demand, rule, basis)
        if _goes_without_saying(demand, basis) and not more:
            return Sentence(there + _fees(demand, basis))
        return Sentence(there + _fees(demand, basis), (amiss(demand, basis) or needed(demand, basis)) + more)
    match atom.expr:
        case Stated(term):
            is_stated = truth(atom.expr, basis.everything) is Truth.TRUE
            there = f"{name_of(place_of(term, basis))} is {'stated' if is_stated else 'silent'}"
            return Sentence(there, "" if is_stated is atom.wanted else _stating(atom.wanted))
        case Passes(name):
            needed_of_it = "it has to pass" if atom.wanted else "it must not pass"
            return Sentence(_rule_is(name, basis), "" if _comes_out_as_wanted(atom) else needed_of_it)
        case Quantified():
            return Sentence(_records(atom.expr, basis), _asked_for(atom))
        case other:
            return Sentence(all_said(other, basis), _asked_for(atom))


def _comes_out_as_wanted(atom: Atom) -> bool:
    return truth(atom.expr, atom.basis.presumed) is known(atom.wanted)


def _asked_for(atom: Atom) -> str:
    """Return a condition that no shorter words fit, and whether it is only asked for."""
    return _asked(atom.expr, atom.wanted) + ("" if _comes_out_as_wanted(atom) else " is asked for")


def there_is(ref: TermRef | FieldRef, basis: Basis) -> str:
    """Return what is said of a term: "audit.rate is quarterly"."""
    name, said = name_of(place_of(ref, basis)) + _whose(ref, basis), said_of(ref, basis)
    if is_presumed(ref, basis):
        return f"{name} is silent, which is presumed to mean {shown(said)}"
    return f"{name} is {shown(said)}"


def _whose(ref: TermRef | FieldRef, basis: Basis) -> str:
    """Return what the record of a field calls itself, to stand after the name of the field."""
    name = called(ref.variable, basis) if isinstance(ref, FieldRef) else None
    return "" if name is None or said_of(ref, basis) == Exact(name) else f" ({quoted(name)})"


def straddle(atom: Atom) -> str:
    """Return why an atom is open although every value in it is said: an interval lies across the limit."""
    basis, demand = atom.basis, demand_in(atom)
    said = None if demand is None else said_of(demand.subject, basis)
    if demand is None or not isinstance(said, Exact | Bounded):
        return f"{all_said(atom.expr, basis)}, which leaves open whether {_asked(atom.expr, atom.wanted)}"
    name = name_of(place_of(demand.subject, basis))
    can_be = _can_be(demand, said, basis)
    if can_be is None:
        there = f"{name} is {shown(said)}{_fees(demand, basis)}"
        return f"{there}; {may_be_amiss(demand, said, basis) or f'that leaves it open: {needed(demand, basis)}'}"
    return f"{name}{can_be}; {needed(demand, basis)}"


def _can_be(demand: Demand, said: Exact | Bounded, basis: Basis) -> str | None:
    """Return what the subject can turn out to be, beyond the limit."""
    if demand.op not in (Op.LE, Op.LT, Op.GE, Op.GT, Op.EQ, Op.NE) or demand.annual_fees is not None:
        return None
    is_upper = demand.op in (Op.LE, Op.LT)
    match said:
        case Exact(Duration() as value):
            return _days(demand, value, basis)
        case Bounded(low, high) if demand.op not in (Op.EQ, Op.NE):
            end, there = high if is_upper else low, f" is {shown(said)}"
            if end is None:
                return f"{there}, with no {'upper' if is_upper else 'lower'} end"
            days = _days(demand, end, basis) if isinstance(end, Duration) else None
            return there + (days or f", which may mean {on_one_line(write_value(end))}")
        case _:
            return None


def _days(demand: Demand, value: Duration, basis: Basis) -> str | None:
    """Return how many days a duration can come to, where the calendar leaves that open."""
    bounds = day_bounds(value, basis.judgement.policy.holidays)
    low, high = bounds.low, bounds.high
    if low is None or high is None:
        return None
    if low == high:
        return _other_days(demand, value, basis)
    match demand.op:
        case Op.LE | Op.LT:
            days = count(high, "day")
        case Op.GE | Op.GT:
            days = count(low, "day")
        case _:
            days = f"{low} to {count(high, 'day')}"
    return f": {value} can be {days}"


def _other_days(demand: Demand, value: Duration, basis: Basis) -> str | None:
    """Return the same of the other side, where the subject is exact."""
    other = operand(demand.wanted, basis.everything)
    if not isinstance(other, Known):
        return None
    match other.values.low, other.values.high:
        case (Duration() as low, Duration() as high):
            holidays = basis.judgement.policy.holidays
            is_upper = demand.op in (Op.LE, Op.LT)
            end = day_bounds(low, holidays).low if is_upper else day_bounds(high, holidays).high
            limit = wanted_text(demand, basis)
            is_open = (
                low == high and end is not None and day_bounds(low, holidays).low != day_bounds(low, holidays).high
            )
            return f": {value}, and {limit} can be {count(end, 'day')}" if is_open and end is not None else None
        case _:
            return None


def other_currency(atom: Atom) -> str:
    """Return why an atom is open where amounts of two currencies meet."""
    demand = demand_in(atom)
    if demand is None:
        return f"{all_said(atom.expr, atom.basis)}, and two currencies do not compare"
    there = there_is(demand.subject, atom.basis) + _fees(demand, atom.basis)
    return f"{there}, which does not compare with {wanted_text(demand, atom.basis)}"


def _goes_without_saying(demand: Demand, basis: Basis) -> bool:
    """Whether the subject is exactly what is asked for, so that asking for it would only repeat it."""
    match demand.wanted, said_of(demand.subject, basis):
        case Constant(value), Exact(said):
            return demand.op is Op.EQ and value == said
        case _:
            return False


def _fees(demand: Demand, basis: Basis) -> str:
    """Return what a year of fees costs, where months of fees are compared with money."""
    ref = demand.annual_fees
    sides = [operand(each, basis.presumed) for each in (demand.subject, demand.wanted)]
    said = State.SILENT if ref is None else said_of(ref, basis)
    if ref is None or not isinstance(said, Exact | Bounded):
        return ""
    is_needed = len(dimensions(*(each.values for each in sides if isinstance(each, Known)))) > 1
    return f", with {ref.name} of {shown(said)}" if is_needed else ""


def _stating(wanted: bool) -> str:
    return "it has to be stated" if wanted else "silence is asked for"


def _asked(expr: Expr, wanted: bool) -> str:
    written = on_one_line(write_expr(expr))
    return written if wanted else f"not ({written})"


def _rule_is(name: str, basis: Basis) -> str:
    result = next(each for each in basis.judgement.results if each.rule.name == name)
    return f"rule {name} is {result.outcome.value.replace('_', ' ')}"


def _records(expr: Quantified, basis: Basis) -> str:
    said: Content | State = basis.everything.said.get(expr.records.name, State.SILENT)
    return f"{expr.records.name} is {shown(said)}"


def all_said(expr: Expr, basis: Basis) -> str:
    """Return what is said of every term that a condition reads, and of the fields of the records it stands at."""
    refs = dict.fromkeys(each for each in walk(expr) if isinstance(each, TermRef | FieldRef) and _is_bound(each, basis))
    return listed([there_is(each, basis) for each in refs]) or "the policy alone decides it"


def _is_bound(ref: TermRef | FieldRef, basis: Basis) -> bool:
    return isinstance(ref, TermRef) or ref.variable in basis.presumed.records
