"""A mapping of terms, in any of its spellings → facts by instance name.

`deletion.deadline`, `deletion: {deadline: …}`, `deletion.deadline[request]` and `deletion.deadline: {request: …}` are
all the same; a bare value speaks for every key, and gives way to what the same document says of one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from termwise.contracts import problems as words
from termwise.contracts.facts import Fact
from termwise.contracts.nodes import Fields, Leaf, Node, stretch
from termwise.contracts.statements import FACT_WORDS, Stated, StatementReader, describes_fact
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term, Vocabulary, instance, split_instance
from termwise.diagnostics import Problems
from termwise.frozen import frozen


@frozen
class Place:
    """Where a file speaks of a term: at one key of it, or (`symbol` None) of the whole term."""

    term: Term
    symbol: str | None
    key: Leaf
    node: Node


def places(fields: Fields, vocabulary: Vocabulary, problems: Problems) -> Iterator[Place]:
    """Yield every place where a mapping speaks of a term; what is no term is reported."""
    return _Finder(vocabulary, problems).places(fields, "")


def is_group(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is the first part of the names of terms."""
    return name in groups_of(tuple(vocabulary.terms))


@lru_cache(maxsize=16)
def groups_of(names: tuple[str, ...]) -> Mapping[str, None]:
    """Return the first parts of names, in order: a large file asks for them at each of its keys."""
    return dict.fromkeys(name[:at] for name in names for at, mark in enumerate(name) if mark == ".")


@frozen
class _Finder:
    vocabulary: Vocabulary
    problems: Problems

    def places(self, fields: Fields, prefix: str) -> Iterator[Place]:
        for key, node in fields.entries:
            yield from self._place(prefix + key.text.strip(), key, node)

    def _place(self, name: str, key: Leaf, node: Node) -> Iterator[Place]:
        vocabulary, problems = self.vocabulary, self.problems
        base, symbol = split_instance(name)
        term = vocabulary.terms.get(base.strip())
        if term is not None and (symbol is None or name.endswith("]")):
            yield from self._of_term(term, None if symbol is None else symbol.strip(" \"'"), key, node)
            return
        outer, _, last = name.rpartition(".")
        keyed = vocabulary.terms.get(outer)
        if keyed is not None and keyed.key is not None:
            yield from self._of_term(keyed, last, key, node)
        elif not is_group(name, vocabulary):
            problems.add_costly(key.span, lambda: words.unknown_term(key, name, vocabulary.name, _names(vocabulary)))
        elif isinstance(node, Fields):
            yield from self.places(node, f"{name}.")
        else:
            problems.add(words.group_of_terms(node, name, vocabulary.terms))

    def _of_term(self, term: Term, symbol: str | None, key: Leaf, node: Node) -> Iterator[Place]:
        if symbol is not None:
            if term.key is None:
                self.problems.add(words.not_keyed(key, term))
            elif symbol not in term.key.symbols:
                self.problems.add(words.unknown_symbol(key, symbol, term.key.name, term.key.symbols, FACT_WORDS))
            else:
                yield Place(term, symbol, key, node)
        elif term.key is not None and isinstance(node, Fields) and _is_by_key(node, term.key.symbols):
            for inner, value in node.entries:
                yield from self._of_term(term, inner.text.strip(), inner, value)
        elif isinstance(node, Fields) and not describes_fact(node) and is_group(term.name, self.vocabulary):
            yield from self.places(node, f"{term.name}.")
        else:
            yield Place(term, None, key, node)


def _is_by_key(node: Fields, symbols: tuple[str, ...]) -> bool:
    """Whether a mapping under a keyed term goes by its keys; words that describe a fact may also be symbols."""
    names = node.names
    if any(name in symbols and name not in FACT_WORDS for name in names) or not describes_fact(node):
        return bool(names)
    return all(name in symbols for name in names)


def _names(vocabulary: Vocabulary) -> Iterable[str]:
    """Return every name that can be meant by a key, in brackets or not."""
    return (*vocabulary.terms, *(name for name, _ in vocabulary.instances()))


@frozen
class Speaker:
    """Whose words are read: the id of a document and what it is worth."""

    document: str
    assurance: Assurance


def read_facts(
    found: Iterable[Place], vocabulary: Vocabulary, speaker: Speaker, reader: StatementReader
) -> dict[str, Fact]:
    """Return what one document states, by instance name in the order of the vocabulary."""
    said: dict[str, tuple[Place, Stated | None]] = {}
    for place in found:
        name = instance(place.term.name, place.symbol)
        at_hand = reader.without_fees() if place.term.name == vocabulary.annual_fees else reader
        stated = at_hand.statement(place.node, place.term.type, name)
        if name in said:
            reader.problems.add(words.duplicate_key(place.key, said[name][0].key.span, name))
        else:
            said[name] = (place, stated)
    facts: dict[str, Fact] = {}
    for name, term in vocabulary.instances():
        place_and_stated = said.get(name) or said.get(term.name)
        if place_and_stated is not None:
            fact = _fact(name, *place_and_stated, speaker)
            if fact is not None:
                facts[name] = fact
    return facts


def _fact(name: str, place: Place, stated: Stated | None, speaker: Speaker) -> Fact | None:
    if stated is None or stated.content is None:
        return None
    return Fact(
        name,
        stated.content,
        speaker.assurance,
        speaker.document,
        stated.at,
        stated.quote,
        stated.note,
        stretch(place.key, place.node),
    )
