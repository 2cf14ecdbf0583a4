"""One atom of a condition → what is there, and what is needed: "deletion.deadline is 120 days; the limit is 30 days".

An atom that is unknown because a value straddles its limit says by how much: "1 month can be 31 days".
"""

from __future__ import annotations

from termwise.core.expr import Constant, Expr, FieldRef, Op, Passes, Quantified, Stated, TermRef, walk
from termwise.core.policy import Rule
from termwise.core.values import Bounded, Content, Exact, Symbol, Value, write_value
from termwise.core.wording import write_expr
from termwise.evaluate.compare import dimensions
from termwise.evaluate.conditions import Known, operand
from termwise.evaluate.judgement import State
from termwise.frozen import frozen
from termwise.quantities.duration import Duration, day_bounds
from termwise.quantities.numerals import count
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, is_presumed, name_of, place_of, said_of, truth
from termwise.report.demands import Demand, conceded, demand_in, needed, wanted_text
from termwise.report.printable import listed, on_one_line
from termwise.report.shown import shown
from termwise.truth import Truth


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
        return Sentence(there + _fees(demand, basis), (_amiss(demand, basis) or needed(demand, basis)) + more)
    match atom.expr:
        case Stated(term):
            is_stated = truth(atom.expr, basis.everything) is Truth.TRUE
            there = f"{name_of(place_of(term, basis))} is {'stated' if is_stated else 'silent'}"
            return Sentence(there, "" if is_stated is atom.wanted else _stating(atom.wanted))
        case Passes(name):
            return Sentence(_rule_is(name, basis), "it has to pass" if atom.wanted else "it must not pass")
        case Quantified():
            return Sentence(_records(atom.expr, basis), f"{on_one_line(write_expr(atom.expr))} is asked for")
        case other:
            return Sentence(all_said(other, basis), f"{_asked(other, atom.wanted)} is asked for")


def there_is(ref: TermRef | FieldRef, basis: Basis) -> str:
    """Return what is said of a term: "audit.rate is quarterly"."""
    name, said = name_of(place_of(ref, basis)), said_of(ref, basis)
    if is_presumed(ref, basis):
        return f"{name} is silent, which is presumed to mean {shown(said)}"
    return f"{name} is {shown(said)}"


def straddle(atom: Atom) -> str:
    """Return why an atom is open although every value in it is said: an interval lies across the limit."""
    basis, demand = atom.basis, demand_in(atom)
    said = None if demand is None else said_of(demand.subject, basis)
    if demand is None or not isinstance(said, Exact | Bounded):
        return f"{all_said(atom.expr, basis)}, which leaves open whether {_asked(atom.expr, atom.wanted)}"
    name = name_of(place_of(demand.subject, basis))
    can_be = _can_be(demand, said, basis)
    if can_be is None:
        open_end = f"{name} is {shown(said)}{_fees(demand, basis)}, which leaves it open"
        return f"{open_end}; {needed(demand, basis)}"
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
            end = high if is_upper else low
            if end is None:
                return f" is {shown(said)}, with no {'upper' if is_upper else 'lower'} end"
            found = _days(demand, end, basis) if isinstance(end, Duration) else None
            around = "" if said.wording is None else f" ({shown(said)})"
            return found or f" can be {on_one_line(write_value(end))}{around}"
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
            return None if end is None or low != high else f" is {value}, and {limit} can be {count(end, 'day')}"
        case _:
            return None


def other_currency(atom: Atom) -> str:
    """Return why an atom is open where amounts of two currencies meet."""
    demand = demand_in(atom)
    if demand is None:
        return f"{all_said(atom.expr, atom.basis)}, and two currencies do not compare"
    there = there_is(demand.subject, atom.basis) + _fees(demand, atom.basis)
    return f"{there}, which does not compare with {wanted_text(demand, atom.basis)}"


# ---------------------------------------------------------------------------------------------- what is missing


def _amiss(demand: Demand, basis: Basis) -> str | None:
    """Return which members of a set are missing or too many, where that is known."""
    said, wanted = said_of(demand.subject, basis), operand(demand.wanted, basis.presumed)
    if not demand.holds or not isinstance(said, Exact | Bounded) or not isinstance(wanted, Known):
        return None
    what, other = wanted_text(demand, basis), _members(wanted.values.high)
    match demand.op:
        case Op.WITHIN:
            beyond = _members(said.value if isinstance(said, Exact) else said.low) - other
            return f"{_named(beyond)} {_be(beyond)} not in {what}" if beyond else None
        case Op.INCLUDES:
            all_it_has = said.value if isinstance(said, Exact) else said.high
            missing = _members(wanted.values.low) - _members(all_it_has)
            return f"{_named(missing)} {_be(missing)} missing" if missing and all_it_has is not None else None
        case Op.EXCLUDES:
            common = _members(said.value if isinstance(said, Exact) else said.low) & other
            return f"{_named(common)} {_be(common)} not allowed" if common else None
        case _:
            return None


def _members(value: Value | None) -> frozenset[Value]:
    match value:
        case frozenset():
            return value
        case Symbol():
            return frozenset((value,))
        case _:
            return frozenset()


def _named(members: frozenset[Value]) -> str:
    ordered = sorted(members, key=lambda each: (each.rank if isinstance(each, Symbol) else 0, write_value(each)))
    return listed([on_one_line(write_value(each)) for each in ordered])


def _be(members: frozenset[Value]) -> str:
    return "is" if len(members) == 1 else "are"


# ------------------------------------------------------------------------------------------------------- parts


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
    return listed([there_is(each, basis) for each in refs]) or "nothing is asked of the contract"


def _is_bound(ref: TermRef | FieldRef, basis: Basis) -> bool:
    return isinstance(ref, TermRef) or ref.variable in basis.presumed.records
