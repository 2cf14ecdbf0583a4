"""What a judgement rests on, opened for explaining: its worlds, and in them what is said of a term or of a field.

Truth is never computed here: it is asked of the reference interpreter, in the worlds the judgement was made in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.contracts.facts import Fact, Spoken, Standing
from termwise.core.expr import Defined, Expr, FieldRef, Quantified, TermRef
from termwise.core.values import Bounded, Content, Exact, Record
from termwise.evaluate.conditions import World, answer
from termwise.evaluate.judgement import Cause, Judgement, RuleResult, State
from termwise.evaluate.reference import worlds
from termwise.frozen import frozen
from termwise.report.fingerprint import unknown_results
from termwise.truth import Truth


@frozen
class Basis:
    """A judgement with its three worlds, within the records that quantifiers stand at.

    `results` are those to report; of the others, which a baseline knows, sentences may still speak.
    """

    judgement: Judgement
    assured: World
    everything: World
    presumed: World
    results: tuple[RuleResult, ...]

    def is_assured(self, fact: Fact) -> bool:
        """Whether what a fact says may be relied on; context is the customer's own and always may."""
        policy = self.judgement.policy
        term = policy.vocabulary.term_of(fact.term)
        return (term is not None and term.is_context) or fact.assurance.reaches(policy.assurance)

    def standing(self, name: str) -> Standing | None:
        """Return what precedence made of a term, or None where it is silent."""
        return self.judgement.standings.get(name)


def basis_of(judgement: Judgement, known: frozenset[str] = frozenset()) -> Basis:
    """Open a judgement; `known` are the fingerprints of results that are not to be reported."""
    found = worlds(judgement.policy, judgement)
    results = unknown_results(judgement, known)
    return Basis(judgement, found.assured, found.everything, found.presumed, results)


def truth(expr: Expr, world: World) -> Truth:
    """Return the truth of a condition in a world."""
    return answer(expr, world).truth


def place_of(ref: TermRef | FieldRef, basis: Basis) -> Cause:
    """Return which term, and which part of it, a reference reads. The state of the place means nothing."""
    match ref:
        case TermRef(name):
            return Cause(name, State.SILENT)
        case FieldRef(variable, name):
            record, _ = basis.presumed.records[variable]
            return Cause(record.term, State.SILENT, f"{record.part}.{name}")


def name_of(place: Cause) -> str:
    """Return a term, or a part of one, as reports name it: `subprocessors.list[2].notice`."""
    return place.term + (place.part or "")


def said_of(ref: TermRef | FieldRef, basis: Basis) -> Content | State:
    """Return what is said of a term or field, by any document or else by presumption."""
    match ref:
        case TermRef(name):
            return basis.presumed.said.get(name, State.SILENT)
        case FieldRef(variable, name):
            _, record = basis.presumed.records[variable]
            return record.fields.get(name, State.SILENT)


def is_presumed(ref: TermRef | FieldRef, basis: Basis) -> bool:
    """Whether nothing is said of a term but by presumption."""
    return isinstance(ref, TermRef) and ref.name in basis.presumed.said and ref.name not in basis.everything.said


def facts_of_terms(names: Iterable[str], basis: Basis) -> Iterator[Fact]:
    """Yield the facts with authority behind some terms; of a disputed term, every version."""
    for name in names:
        match basis.standing(name):
            case None:
                continue
            case Spoken(fact):
                yield fact
            case disputed:
                yield from disputed.facts


def at_records(expr: Quantified, basis: Basis) -> list[Basis]:
    """Return the basis within each record that is known of the list a quantifier runs over; none where none is."""
    match basis.everything.said.get(expr.records.name):
        case Exact(value=tuple(records)) | Bounded(low=tuple(records)):
            return [_at_record(expr, number, record, basis) for number, record in enumerate(records, 1)]
        case _:
            return []


def _at_record(expr: Quantified, number: int, record: Record, basis: Basis) -> Basis:
    """Bind a record in every world; where the list is not assured, nothing its records say is."""
    place = Cause(expr.records.name, State.SILENT, f"[{number}]")
    is_assured = isinstance(basis.assured.said.get(expr.records.name), Exact | Bounded)
    records = (record if is_assured else Record({}), record, record)
    assured, everything, presumed = (
        World(each.policy, each.said, each.stated, each.rules, {**each.records, expr.variable: (place, said)})
        for each, said in zip((basis.assured, basis.everything, basis.presumed), records, strict=True)
    )
    return Basis(basis.judgement, assured, everything, presumed, basis.results)


def called(variable: str, basis: Basis) -> str | None:
    """Return what the record that a variable stands for calls itself: its first text, if it states one."""
    _, record = basis.presumed.records[variable]
    texts = (said.value for said in record.fields.values() if isinstance(said, Exact) and isinstance(said.value, str))
    return next(texts, None)


def opened(expr: Expr) -> Expr:
    """Return what stands behind the names of definitions."""
    while isinstance(expr, Defined):
        expr = expr.body
    return expr
