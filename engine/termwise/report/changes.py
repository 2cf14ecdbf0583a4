"""What would have to change for conditions to hold on facts that can be relied on: the next round of a negotiation.

Changes are read off the conditions, not searched for: whatever has to hold and does not is a change, and where one of
several would do there is a choice. So each is sufficient as it is written, and none is claimed to be the only way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from termwise.core.expr import (
    All,
    AnyOf,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Not,
    Passes,
    Quantified,
    Quantifier,
    Stated,
    TermRef,
    walk,
)
from termwise.core.values import Bounded, Content, Exact
from termwise.core.wording import write_expr
from termwise.evaluate.conditions import answer
from termwise.evaluate.judgement import State
from termwise.frozen import frozen
from termwise.quantities.duration import Duration, day_bounds
from termwise.report.atoms import Atom
from termwise.report.basis import (
    Basis,
    at_records,
    facts_of_terms,
    is_presumed,
    name_of,
    place_of,
    said_of,
    truth,
)
from termwise.report.causes import result_of, versions_of
from termwise.report.demands import Demand, demand_in, must, must_be
from termwise.report.printable import listed, on_one_line
from termwise.report.sentences import all_said
from termwise.report.shown import shown
from termwise.truth import known


@frozen
class Change:
    """One thing that has to change: a term (or a rule), what it is now, what it must be, and that in words."""

    term: str
    now: str
    wanted: str
    text: str


@frozen
class Choice:
    """Several ways, of which one will do; each is a list of changes that are all needed."""

    ways: tuple[tuple[Change | Choice, ...], ...]


Changes: TypeAlias = tuple[Change | Choice, ...]


def changes_for(conditions: Iterable[Expr], basis: Basis) -> Changes:
    """Return the changes that are needed for all of some conditions to hold on assured facts; each once."""
    return _all_needed(((each, basis) for each in conditions), wanted=True)


def size_of(changes: Changes) -> int:
    """Return how many changes are needed, going the shortest way wherever there is a choice."""
    return sum(min(map(size_of, each.ways)) if isinstance(each, Choice) else 1 for each in changes)


def _all_needed(parts: Iterable[tuple[Expr, Basis]], *, wanted: bool) -> Changes:
    return tuple(dict.fromkeys(change for expr, basis in parts for change in _needed(expr, wanted, basis)))


def _needed(expr: Expr, wanted: bool, basis: Basis) -> Changes:
    if truth(expr, basis.assured) is known(wanted):
        return ()
    match expr:
        case Defined(_, body):
            return _needed(body, wanted, basis)
        case Not(operand):
            return _needed(operand, not wanted, basis)
        case All(operands) | AnyOf(operands):
            if isinstance(expr, All) is wanted:
                return _all_needed(((each, basis) for each in operands), wanted=wanted)
            ways = tuple(dict.fromkeys(_needed(each, wanted, basis) for each in operands))
            return ways[0] if len(ways) == 1 else (Choice(ways),)
        case Quantified():
            return tuple(_records(expr, wanted, basis))
        case _:
            return tuple(_atom(Atom(expr, wanted, basis)))


def _records(expr: Quantified, wanted: bool, basis: Basis) -> Iterator[Change | Choice]:
    """Yield a change for every record that is amiss, where all have to be right; else one of the list."""
    name, said = expr.records.name, said_of(expr.records, basis)
    all_have_to = (expr.quantifier is Quantifier.SOME) is not wanted
    records = at_records(expr, basis) if all_have_to else []
    body_wanted = wanted if expr.quantifier is not Quantifier.NO else not wanted
    yield from _all_needed(((expr.body, each) for each in records), wanted=body_wanted)
    if all_have_to and isinstance(said, Bounded):
        yield Change(name, shown(said), "complete", f"{name} must be complete (now {shown(said)})")
    elif not records and truth(expr, basis.everything) is known(wanted):
        yield from _better_assured(expr, basis)
    elif not records:
        asked = on_one_line(write_expr(expr if wanted else Not(expr)))
        yield Change(name, shown(said), f"such that {asked}", f"{name} must be such that {asked} (now {shown(said)})")


def _atom(atom: Atom) -> Iterator[Change]:
    basis = atom.basis
    if truth(atom.expr, basis.everything) is known(atom.wanted):
        yield from _better_assured(atom.expr, basis)
        return
    match atom.expr:
        case Stated(term):
            name = name_of(place_of(term, basis))
            if atom.wanted:
                yield Change(name, "silent", "stated", f"state {name} (now silent)")
            else:
                now = shown(said_of(term, basis))
                yield Change(name, now, "silent", f"{name} must not be stated (now {now})")
        case Passes(name):
            now = result_of(name, basis.judgement).outcome.value.replace("_", " ")
            wanted = "passing" if atom.wanted else "breached"
            verb = "must pass" if atom.wanted else "must not pass"
            yield Change(f"rule {name}", now, wanted, f"rule {name} {verb} (now {now})")
        case Constant():
            yield Change("", "never", "", "nothing can: the policy rules it out")
        case expr:
            demand = demand_in(atom)
            if demand is None:
                written = on_one_line(write_expr(expr if atom.wanted else Not(expr)))
                now = all_said(expr, basis)
                yield Change(written, now, "holding", f"{written} must hold (now {now})")
            else:
                yield from _demanded(atom, demand)


def _demanded(atom: Atom, demand: Demand) -> Iterator[Change]:
    """Yield what must change of the subject, and of whatever it is compared with where that is not known."""
    basis = atom.basis
    open_places = {name_of(each) for each in answer(atom.expr, basis.everything).causes}
    others = [each for each in walk(demand.wanted) if isinstance(each, TermRef | FieldRef)]
    others += [] if demand.annual_fees is None else [demand.annual_fees]
    is_subject_clear = name_of(place_of(demand.subject, basis)) not in open_places
    missing = False
    for each in others:
        name, said = name_of(place_of(each, basis)), said_of(each, basis)
        if name in open_places and not isinstance(said, Exact | Bounded):
            missing = True
            yield Change(name, shown(said), "stated", f"state {name}{_where(each, basis)} (now {shown(said)})")
    if not (missing and is_subject_clear):
        yield _subject(demand, basis)


def _subject(demand: Demand, basis: Basis) -> Change:
    ref = demand.subject
    name, said, wanted = name_of(place_of(ref, basis)), said_of(ref, basis), must_be(demand, basis)
    if said is State.SILENT or is_presumed(ref, basis):
        now = "silent" if said is State.SILENT else f"silent, which is presumed to mean {shown(said)}"
        return Change(name, now, wanted, f"state {name}{_where(ref, basis)}: {wanted} (now {now})")
    if said is State.DISPUTED:
        now = f"disputed: {versions_of(place_of(ref, basis).term, basis)}"
        return Change(name, now, wanted, f"{name} must {must(demand, basis)} in every document (now {now})")
    now = "; ".join(filter(None, (shown(said) + _in_days(said, basis), _worth(ref, basis))))
    return Change(name, now, wanted, f"{name} must {must(demand, basis)} (now {now})")


def _better_assured(expr: Expr, basis: Basis) -> Iterator[Change]:
    """Yield the facts that say what is needed, and only lack assurance."""
    needed = basis.judgement.policy.assurance.value
    article = "an" if needed[0] in "aeiou" else "a"
    for name in _terms_read(expr, basis):
        worth = listed(list(dict.fromkeys(_lacking(name, basis))))
        if worth:
            wanted = f"in {article} {needed} document"
            yield Change(name, worth, wanted, f"{name} must stand {wanted} (now {worth})")


def _terms_read(expr: Expr, basis: Basis) -> list[str]:
    """Return the terms that a condition reads, those of the records it stands at included."""
    refs = (each for each in walk(expr) if isinstance(each, TermRef | FieldRef))
    bound = basis.presumed.records
    places = [place_of(each, basis) for each in refs if isinstance(each, TermRef) or each.variable in bound]
    return list(dict.fromkeys(each.term for each in places))


def _lacking(name: str, basis: Basis) -> list[str]:
    """Return what the documents behind a term are worth, where that is too little."""
    facts = facts_of_terms([name], basis)
    return [f"{each.assurance.value}, in {on_one_line(each.document)}" for each in facts if not basis.is_assured(each)]


def _worth(ref: TermRef | FieldRef, basis: Basis) -> str:
    return listed(_lacking(place_of(ref, basis).term, basis))


def _in_days(said: Content | State, basis: Basis) -> str:
    """Return how many days a duration is, where the calendar leaves that open."""
    match said:
        case Exact(Duration() as value):
            days = day_bounds(value, basis.judgement.policy.holidays)
            is_open = days.low is not None and days.high is not None and days.low < days.high
            return f", which is {days.low} to {days.high} days" if is_open else ""
        case _:
            return ""


def _where(ref: TermRef | FieldRef, basis: Basis) -> str:
    """Return where the customer's own facts are stated; everything else stands in some document."""
    term = basis.judgement.policy.vocabulary.term_of(place_of(ref, basis).term)
    return " in the context" if term is not None and term.is_context else ""
