"""The facts behind a result, with where each stands, for data and for print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    is_context: bool = False
    is_disputed: bool = False
    displaced: tuple[Evidence, ...] = ()


def terms_stated(judgement: Judgement) -> Iterator[str]:
    """Yield the terms of which there is evidence."""
    for standing in judgement.standings.values():
        for fact in standing.facts if isinstance(standing, Disputed) else (standing.fact,):
            yield fact.term


def facts_of(result: RuleResult, judgement: Judgement) -> tuple[Evidence, ...]:
    """Return what documents say of every term that a rule reads, in the order in which it reads them."""
    return evidence_of(result.rule.terms, judgement)


def evidence_of(names: Iterable[str], judgement: Judgement) -> tuple[Evidence, ...]:
    """Return what documents say of some terms; nothing of those that are silent."""
    contract = judgement.contract
    found = (judgement.standings.get(name) for name in names)
    return tuple(each for standing in found if standing is not None for each in _of_standing(standing, contract))


def _of_standing(standing: Standing, contract: Contract) -> tuple[Evidence, ...]:
    match standing:
        case Spoken(fact, displaced):
            lower = tuple(_of_fact(each, contract) for each in displaced)
            return (_of_fact(fact, contract, displaced=lower),)
        case Disputed(facts):
            return tuple(_of_fact(each, contract, is_disputed=True) for each in facts)


def _of_fact(
    fact: Fact, contract: Contract, *, is_disputed: bool = False, displaced: tuple[Evidence, ...] = ()
) -> Evidence:
    span, titles = fact.span, {each.id: each.title for each in contract.documents}
    return Evidence(
        term=fact.term,
        value=value_text(fact.content),
        document=fact.document,
        title=titles.get(fact.document, fact.document),
        at=fact.at,
        quote=fact.quote,
        wording=wording_of(fact.content),
        note=fact.note,
        assurance=fact.assurance,
        path=None if span is None else span.path,
        line=None if span is None else span.line,
        column=None if span is None else span.column,
        is_context=contract.context.get(fact.term) is fact,
        is_disputed=is_disputed,
        displaced=displaced,
    )
