"""One atom of a condition → what is there, and what is needed: "deletion.deadline is 120 days; the limit is 30 days".

Why an atom is unknown although its values are said is told by `straddle.py`.
"""

from __future__ import annotations

from termwise.core.expr import Constant, Expr, FieldRef, Op, Passes, Quantified, Stated, TermRef, walk
from termwise.core.policy import Rule
from termwise.core.values import Bounded, Content, Exact
from termwise.core.wording import write_expr
from termwise.evaluate.compare import dimensions
from termwise.evaluate.conditions import Known, operand
from termwise.evaluate.judgement import State
from termwise.frozen import frozen
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, called, is_presumed, name_of, place_of, said_of, truth
from termwise.report.demands import Demand, conceded, demand_in, needed
from termwise.report.members import amiss
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
            return Sentence(there + fees_said(demand, basis))
        return Sentence(there + fees_said(demand, basis), (amiss(demand, basis) or needed(demand, basis)) + more)
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
    return asked(atom.expr, atom.wanted) + ("" if _comes_out_as_wanted(atom) else " is asked for")


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


def _goes_without_saying(demand: Demand, basis: Basis) -> bool:
    """Whether the subject is exactly what is asked for, so that asking for it would only repeat it."""
    match demand.wanted, said_of(demand.subject, basis):
        case Constant(value), Exact(said):
            return demand.op is Op.EQ and value == said
        case _:
            return False


def fees_said(demand: Demand, basis: Basis) -> str:
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


def asked(expr: Expr, wanted: bool) -> str:
    """Return what is asked for as it is written."""
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
