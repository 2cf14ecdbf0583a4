"""Why a rule came out as it did, in one sentence a person can check against the documents.

The words follow the ladder: what a rung asks, what the contract says instead, and which fallback would take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from termwise.contracts.facts import Fact
from termwise.core.expr import All, Expr, FieldRef, Not, TermRef, walk
from termwise.core.policy import Rule, Waiver
from termwise.core.wording import write_expr
from termwise.evaluate.judgement import Outcome, RuleResult
from termwise.frozen import replace
from termwise.report.atoms import Atom, Look, as_assured, as_presumed, as_said, as_said_and_assured, deciding
from termwise.report.basis import Basis, facts_of_terms, place_of, truth
from termwise.report.causes import open_points, who_says
from termwise.report.demands import demand_in
from termwise.report.printable import listed, on_one_line, quoted
from termwise.report.sentences import Sentence, sentence, there_is
from termwise.truth import Truth


def reason(result: RuleResult, basis: Basis) -> str:
    """Return why a rule came out as it did."""
    rule = result.rule
    match result.outcome:
        case Outcome.NOT_APPLICABLE:
            return _not_applicable(rule, basis, as_assured)
        case Outcome.PREFERRED:
            return f"as preferred: {_holding((*rule.prefer, *rule.require), basis)}"
        case Outcome.MET:
            return _holding(rule.require, basis)
        case Outcome.CONCEDED:
            return _conceded(result, basis)
        case Outcome.WAIVED:
            return _waived(result, basis)
        case Outcome.UNSECURED:
            return _unsecured(result, basis)
        case Outcome.UNDECIDED:
            return _undecided(result, basis)
        case Outcome.BREACHED:
            return _told(_failing(rule, basis, as_presumed, range(1, len(rule.fallbacks) + 1)))


def outcome_in_words(outcome: Outcome) -> str:
    """Return the name of an outcome as a sentence uses it."""
    return outcome.value.replace("_", " ")


def rung_conditions(rule: Rule, rung: str) -> tuple[Expr, ...]:
    """Return the conditions of a rung by its name; what is preferred is asked for beside what is required."""
    match rung.split():
        case ["prefer"]:
            return (*rule.prefer, *rule.require)
        case ["require"]:
            return rule.require
        case [_, number]:
            return (rule.fallbacks[int(number) - 1].condition,)
        case _:
            raise AssertionError(f"no rung is called {rung}")


def _fallback_name(rule: Rule, number: int) -> str:
    """Return a fallback as a sentence names it: the only one needs no number."""
    return "the fallback" if len(rule.fallbacks) == 1 else f"fallback {number}"


def would_be(result: RuleResult) -> Outcome:
    """Return what an unsecured result (or one that is waived) would be on assured facts."""
    if result.outcome is Outcome.UNSECURED and result.would_be is not None:
        return result.would_be
    match (result.rung or "").split():
        case ["prefer"]:
            return Outcome.PREFERRED
        case ["require"]:
            return Outcome.MET
        case ["fallback", _]:
            return Outcome.CONCEDED
        case _:
            return Outcome.NOT_APPLICABLE


def _not_applicable(rule: Rule, basis: Basis, look: Look) -> str:
    as_of = basis.judgement.as_of
    if rule.in_force_from is not None and as_of < rule.in_force_from:
        return f"in force from {rule.in_force_from}, and judged as of {as_of}"
    if rule.in_force_until is not None and as_of > rule.in_force_until:
        return f"in force until {rule.in_force_until}, and judged as of {as_of}"
    guards = [("when", each) for each in _with(rule.when, basis, look, Truth.FALSE)]
    guards += [("unless", each) for each in _with(rule.unless, basis, look, Truth.TRUE)]
    word, guard = guards[0]
    there = listed(list(dict.fromkeys(sentence(each).there for each in deciding([guard], basis, look))))
    return f"does not apply: {there} ({word} {on_one_line(write_expr(guard))})"


def _holding(conditions: Iterable[Expr], basis: Basis) -> str:
    """Return what holds; of a term that two conditions ask about, only what the first of them asks."""
    first: dict[str, Sentence] = {}
    for each in map(sentence, deciding(conditions, basis, as_assured)):
        first.setdefault(each.there, each)
    return _told(first.values())


def _conceded(result: RuleResult, basis: Basis) -> str:
    rule, rung = result.rule, result.rung or ""
    number = int(rung.split()[-1])
    match truth(All(rule.require), basis.everything):
        case Truth.FALSE:
            why = _told(_failing(rule, basis, as_said, range(1, number)))
        case Truth.UNKNOWN:
            why = "; ".join(open_points(deciding(_unknown(rule.require, basis), basis, as_said), (), basis))
        case Truth.TRUE:
            why = f"what is required holds, but only as {_assurances(rule.require, basis)}"
    asked = _subjects(deciding(rule.require, basis, as_said))
    holding = deciding((rule.fallbacks[number - 1].condition,), basis, as_assured)
    shared = asked & _subjects(holding)
    what = "" if shared else f" ({'; '.join(dict.fromkeys(sentence(each).there for each in holding))})"
    approval = "needs no approval"
    if result.approved_by is not None:
        approval = f"needs the approval of {quoted(result.approved_by)}"
    return f"{why}; {_fallback_name(rule, number)} holds{what} and {approval}"


def _waived(result: RuleResult, basis: Basis) -> str:
    waiver, outcome = result.waiver, result.would_be
    assert waiver is not None and outcome is not None
    underlying = replace(result, outcome=outcome, would_be=None, waiver=None)
    below = reason(underlying, basis)
    return f"{_leave(waiver)}; it would be {outcome_in_words(outcome)}: {below}"


def _leave(waiver: Waiver) -> str:
    by, why = quoted(waiver.approved_by), quoted(waiver.because)
    return f"waived until {waiver.until} with the approval of {by}, because {why}"


def _unsecured(result: RuleResult, basis: Basis) -> str:
    rule, outcome = result.rule, would_be(result)
    if outcome is Outcome.NOT_APPLICABLE:
        guards = [each for each in rule.when if truth(each, basis.everything) is Truth.FALSE]
        guards += [each for each in rule.unless if truth(each, basis.everything) is Truth.TRUE]
        conditions: Sequence[Expr] = guards[:1]
    else:
        conditions = rung_conditions(rule, result.rung or "")
    return f"would be {outcome_in_words(outcome)}{_approval(result)}: {_but_only(conditions, basis)}"


def _approval(result: RuleResult) -> str:
    """Return whose approval an unsecured concession would still need."""
    match (result.rung or "").split():
        case ["fallback", number]:
            who = result.rule.fallbacks[int(number) - 1].approved_by
            return "" if who is None else f" with the approval of {quoted(who)}"
        case _:
            return ""


def _but_only(conditions: Iterable[Expr], basis: Basis) -> str:
    """Return what holds, by the documents that are not enough to hold it."""
    by_speaker: dict[str, dict[str, None]] = {}
    for ref, atom, fact in _unassured(conditions, basis):
        there = there_is(ref, atom.basis) if isinstance(ref, TermRef) else sentence(atom).there
        by_speaker.setdefault(who_says(fact), {})[there] = None
    parts = [f"{listed(list(there))}, but only as {speaker}" for speaker, there in by_speaker.items()]
    return f"{'; '.join(parts)}; {basis.judgement.policy.assurance.value} is needed"


def _assurances(conditions: Iterable[Expr], basis: Basis) -> str:
    return listed(list(dict.fromkeys(who_says(fact) for _, _, fact in _unassured(conditions, basis))))


def _unassured(conditions: Iterable[Expr], basis: Basis) -> Iterator[tuple[TermRef | FieldRef, Atom, Fact]]:
    """Yield what conditions rest on that is not assured: where it is read, and the fact."""
    lacking = [each for each in conditions if truth(each, basis.assured) is not truth(each, basis.everything)]
    for atom in deciding(lacking, basis, as_said_and_assured):
        for ref in walk(atom.expr):
            if isinstance(ref, TermRef) or (isinstance(ref, FieldRef) and ref.variable in atom.basis.presumed.records):
                for fact in facts_of_terms([place_of(ref, atom.basis).term], basis):
                    if not basis.is_assured(fact):
                        yield ref, atom, fact


def _undecided(result: RuleResult, basis: Basis) -> str:
    rule = result.rule
    guards = _unknown((*rule.when, *(Not(each) for each in rule.unless)), basis)
    rungs = [All(rule.require), *(each.condition for each in rule.fallbacks)]
    open_rungs = _unknown(rungs, basis)
    if not open_rungs:
        failing = _told(_failing(rule, basis, as_said, range(1, len(rungs))))
        return f"breached if it applies: {failing}; whether it does is open: {_points(guards, result, basis)}"
    if rungs[0] is open_rungs[0] or truth(rungs[0], basis.everything) is not Truth.FALSE:
        return _points([*guards, *open_rungs], result, basis)
    still_open = [number for number in range(1, len(rungs)) if rungs[number] in open_rungs]
    closed = [number for number in range(1, len(rungs)) if number not in still_open]
    failing = _told(_failing(rule, basis, as_said, closed))
    which = listed([_fallback_name(rule, number) for number in still_open])
    be = "is" if len(still_open) == 1 else "are"
    return f"{failing}; {which} {be} open: {_points([*guards, *open_rungs], result, basis)}"


def _points(unknown: Iterable[Expr], result: RuleResult, basis: Basis) -> str:
    atoms = deciding(unknown, basis, as_said, known=Truth.UNKNOWN)
    return "; ".join(open_points(atoms, result.causes, basis))


def _failing(rule: Rule, basis: Basis, look: Look, fallbacks: Iterable[int]) -> list[Sentence]:
    """Return what fails on the required rung, and on some of the fallbacks, by number.

    A fallback that fails for what the sentence about the required rung has said already is not told again.
    """
    atoms = deciding(_with(rule.require, basis, look, Truth.FALSE), basis, look)
    told = _subjects(atoms)
    sentences = [sentence(atom, rule) for atom in atoms]
    for number in fallbacks:
        more = deciding([rule.fallbacks[number - 1].condition], basis, look)
        if told.isdisjoint(_subjects(more)):
            sentences += [_for_fallback(sentence(atom), _fallback_name(rule, number)) for atom in more]
            told |= _subjects(more)
    return sentences


def _for_fallback(said: Sentence, name: str) -> Sentence:
    return Sentence(said.there, f"{said.needed} for {name}" if said.needed else f"for {name}")


def _told(sentences: Iterable[Sentence]) -> str:
    found = list(dict.fromkeys(sentences))
    return found[0].alone() if len(found) == 1 else "; ".join(each.among_others() for each in found)


def _unknown(conditions: Iterable[Expr], basis: Basis) -> list[Expr]:
    return _with(conditions, basis, as_said, Truth.UNKNOWN)


def _with(conditions: Iterable[Expr], basis: Basis, look: Look, wanted: Truth) -> list[Expr]:
    return [each for each in conditions if look(each, basis) is wanted]


def _subjects(atoms: Iterable[Atom]) -> frozenset[object]:
    """Return what some atoms ask about, so that nothing is told twice."""
    demands = ((demand_in(atom), atom.expr) for atom in atoms)
    return frozenset(expr if demand is None else demand.subject for demand, expr in demands)
