"""Documents → what stands of each term on a date: one fact with authority, or a dispute that nobody settles.

A higher document displaces what a lower one says whatever its own words are: vagueness above a number is what that
number is worth. Only `strictest` looks at what is said (`strictest.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from termwise.contracts import problems as words
from termwise.contracts.facts import Contract, Document, Fact, Order, Precedence, Ranking, Spoken, Standing
from termwise.contracts.orders import EVERYTHING
from termwise.contracts.strictest import in_dispute, in_one_order, strictest
from termwise.core.vocabulary import Term, Vocabulary
from termwise.diagnostics import Diagnostic
from termwise.frozen import frozen
from termwise.quantities.duration import STANDARD_HOLIDAYS, Holidays
from termwise.source import start_of

STALE_AFTER = 180
"""Days after which facts that were taken from a page are old."""


@frozen
class Settlement:
    """What stands of every term that is spoken of, by instance name, and what is worth knowing about the documents."""

    standings: Mapping[str, Standing]
    notices: tuple[Diagnostic, ...]


def settle(
    contract: Contract, vocabulary: Vocabulary, as_of: date, holidays: Holidays = STANDARD_HOLIDAYS
) -> Settlement:
    """Let precedence decide who speaks of each term on a date."""
    stated: dict[str, dict[str, Fact]] = {}
    for document in contract.documents:
        if document.in_force(as_of):
            for name, fact in document.facts.items():
                stated.setdefault(name, {})[document.id] = fact
    standings: dict[str, Standing] = {}
    for name, term in vocabulary.instances():
        if term.is_context:
            if name in contract.context:
                standings[name] = Spoken(contract.context[name])
            continue
        facts = stated.get(name)
        if facts is None:
            continue
        if len(facts) == 1:  # whichever order there is, nobody disagrees
            standings[name] = Spoken(next(iter(facts.values())))
        else:
            order = order_for(name, term, contract.precedence)
            standings[name] = _standing(facts, order, term, holidays)
    return Settlement(standings, _notices(contract, as_of))


def order_for(name: str, term: Term, precedence: Precedence) -> Order:
    """Return the order for a term by instance name: the most specific topic decides."""
    topics = precedence.topics
    groups = (f"{term.name[:at]}.*" for at in range(len(term.name) - 1, 0, -1) if term.name[at] == ".")
    specific = next((topics[each] for each in (name, term.name, *groups, EVERYTHING) if each in topics), None)
    return precedence.default if specific is None else specific


def _standing(facts: dict[str, Fact], order: Order, term: Term, holidays: Holidays) -> Standing:
    """`facts` are by document, in listed order."""
    match order:
        case Ranking.NONE:
            return _agreed(list(facts.values()), [])
        case Ranking.STRICTEST:
            return strictest(list(facts.values()), term, holidays)
        case tuple():
            named = {each for group in order for each in group}
            whole = (*order, *((each,) for each in facts if each not in named))
            groups = [found for group in whole if (found := [facts[each] for each in group if each in facts])]
            return _agreed(groups[0], [fact for group in groups[1:] for fact in in_one_order(group)])


def _agreed(equals: list[Fact], lower: list[Fact]) -> Standing:
    """Return what documents of one rank make of a term: one fact where they say the same, else a dispute."""
    ranked = in_one_order(equals) if len(equals) > 1 else equals
    if any(each.content != ranked[0].content for each in ranked):
        return in_dispute(ranked)
    return Spoken(ranked[0], (*ranked[1:], *lower))


def _notices(contract: Contract, as_of: date) -> tuple[Diagnostic, ...]:
    whole = contract.span or start_of(contract.path)
    found = [_absence(each, as_of, contract.path) for each in contract.documents if not each.in_force(as_of)]
    dated = [(contract.id, contract.retrieved, whole)]
    dated += [(each.id, each.retrieved, each.span or start_of(contract.path)) for each in contract.documents]
    for name, retrieved, span in dated:
        if retrieved is not None and (age := (as_of - retrieved).days) > STALE_AFTER:
            found.append(words.old_facts(span, name, retrieved.isoformat(), age))
    return tuple(found)


def _absence(document: Document, as_of: date, path: str) -> Diagnostic:
    is_early = document.effective is not None and as_of < document.effective
    since = f"effective from {document.effective}" if is_early else f"expired after {document.expires}"
    return words.not_in_force(document.span or start_of(path), document.id, as_of.isoformat(), since)
