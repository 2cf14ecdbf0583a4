"""The facts behind a result, with where each stands, for data and for print."""

from __future__ import annotations

from collections.abc import Iterable

from termwise.contracts.facts import Contract, Disputed, Fact, Spoken, Standing
from termwise.core.policy import Assurance
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.frozen import frozen
from termwise.report.shown import value_text, wording_of


@frozen
class Evidence:
    """What one document says of one term, and what that is worth.

    `displaced` are lower documents that say something of the same term. A term with several pieces of evidence that
    are `disputed` has no value: the documents are of equal rank.
    """

    term: str
    value: str
    document: str
    title: str
    at: str | None
    quote: str | None
    wording: str | None
    note: str | None
    assurance: Assurance
    path: str | None
    line: int | None
    column: int | None
    is_disputed: bool = False
    displaced: tuple[Evidence, ...] = ()


def facts_of(result: RuleResult, judgement: Judgement) -> tuple[Evidence, ...]:
    """Return what documents say of every term that a rule reads, in the order in which it reads them."""
    return evidence_of(result.rule.terms, judgement)


def evidence_of(names: Iterable[str], judgement: Judgement) -> tuple[Evidence, ...]:
    """Return what documents say of some terms; nothing of those that are silent."""
    titles = titles_of(judgement.contract)
    standings = ((name, judgement.standings.get(name)) for name in names)
    return tuple(each for _, standing in standings if standing is not None for each in _of_standing(standing, titles))


def titles_of(contract: Contract) -> dict[str, str]:
    """Return the title of every document by its id."""
    return {each.id: each.title for each in contract.documents}


def _of_standing(standing: Standing, titles: dict[str, str]) -> tuple[Evidence, ...]:
    match standing:
        case Spoken(fact, displaced):
            lower = tuple(_of_fact(each, titles) for each in displaced)
            return (_of_fact(fact, titles, displaced=lower),)
        case Disputed(facts):
            return tuple(_of_fact(each, titles, is_disputed=True) for each in facts)


def _of_fact(
    fact: Fact, titles: dict[str, str], *, is_disputed: bool = False, displaced: tuple[Evidence, ...] = ()
) -> Evidence:
    span = fact.span
    return Evidence(
        fact.term,
        value_text(fact.content),
        fact.document,
        titles.get(fact.document, fact.document),
        fact.at,
        fact.quote,
        wording_of(fact.content),
        fact.note,
        fact.assurance,
        None if span is None else span.path,
        None if span is None else span.line,
        None if span is None else span.column,
        is_disputed,
        displaced,
    )
