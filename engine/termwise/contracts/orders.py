"""The `precedence:` of a contract file → who prevails, by default and per topic."""

from __future__ import annotations

from collections.abc import Iterator

from termwise.contracts import problems as words
from termwise.contracts.facts import Order, Precedence, Ranking
from termwise.contracts.nodes import Fields, Items, Leaf, Node
from termwise.contracts.terms import groups_of, is_group
from termwise.core.vocabulary import Vocabulary, instance, split_instance
from termwise.diagnostics import Problems, did_you_mean
from termwise.frozen import frozen

EVERYTHING = "*"
"""The topic that every term belongs to."""


def topics_of(vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Return every topic that precedence can be given for, and the groups under which topics can be nested."""
    names = [each.name for each in vocabulary.terms.values() if not each.is_context]
    parts = groups_of((*vocabulary.terms, *(f"{name}." for name, term in vocabulary.terms.items() if term.key)))
    keyed = [
        spelt
        for term in vocabulary.terms.values()
        if term.key is not None and not term.is_context
        for symbol in term.key.symbols
        for spelt in (instance(term.name, symbol), f"{term.name}.{symbol}")
    ]
    return list(
        dict.fromkeys((EVERYTHING, *(f"{each}.*" for each in groups_of(tuple(vocabulary.terms))), *names, *keyed))
    ), list(parts)


@frozen
class OrderReader:
    """Reads orders of documents. `ids` are all of them, as listed; that of bare terms beside documents is the last."""

    ids: tuple[str, ...]
    vocabulary: Vocabulary
    problems: Problems

    def precedence(self, node: Node | None) -> Precedence:
        """Return what `precedence:` says; without it, documents rank as they are listed."""
        listed: Order = tuple((each,) for each in self.ids)
        if node is None:
            return Precedence(listed, {})
        if not isinstance(node, Fields):
            return Precedence(self._order(node) or listed, {})
        topics: dict[str, Order] = {}
        places: dict[str, Leaf] = {}
        for name, key, value in self._topics(node, ""):
            order = self._order(value)
            if name in places:
                self.problems.add(words.duplicate_key(key, places[name].span))
            elif self._is_topic(name, key) and order is not None:
                topics[name] = order
            places.setdefault(name, key)
        return Precedence(listed, topics)

    def _topics(self, node: Fields, prefix: str) -> Iterator[tuple[str, Leaf, Node]]:
        for key, value in node.entries:
            name = prefix + key.text.strip()
            term = self.vocabulary.terms.get(name)
            is_keyed = term is not None and term.key is not None
            if isinstance(value, Fields) and (is_keyed or is_group(name, self.vocabulary)):
                yield from self._topics(value, f"{name}.")
            else:
                yield self._instance(name), key, value

    def _instance(self, name: str) -> str:
        """Return `t[key]` where `t.key` is written for it."""
        outer, _, last = name.rpartition(".")
        term = self.vocabulary.terms.get(outer)
        is_key = term is not None and term.key is not None and last in term.key.symbols
        return instance(outer, last) if is_key and name not in self.vocabulary.terms else name

    def _is_topic(self, name: str, key: Leaf) -> bool:
        if name == EVERYTHING or (name.endswith(".*") and is_group(name.removesuffix(".*"), self.vocabulary)):
            return True
        base, symbol = split_instance(name)
        term = self.vocabulary.terms.get(base)
        if term is None or (symbol is not None and not name.endswith("]")):
            groups = {f"{each.rpartition('.')[0]}.*" for each in self.vocabulary.terms if "." in each}
            known = (*self.vocabulary.terms, *groups, EVERYTHING)
            self.problems.add(words.unknown_topic(key, name, did_you_mean(name, known)))
            return False
        if term.is_context:
            self.problems.add(words.ranked_context(key, name))
            return False
        if symbol is not None and term.key is None:
            self.problems.add(words.not_keyed(key, term))
            return False
        if symbol is not None and term.key is not None and symbol not in term.key.symbols:
            self.problems.add(words.unknown_symbol(key, symbol, term.key.name, term.key.symbols))
            return False
        return True

    def _order(self, node: Node) -> Order | None:
        match node:
            case Leaf(is_null=True):
                self.problems.add(words.null_value(node, "precedence"))
                return None
            case Leaf(text) if text in [each.value for each in Ranking] and text not in self.ids:
                return Ranking(text)
            case Leaf():
                return self._complete([[node]], tuple(each.value for each in Ranking))
            case Items(items):
                return self._complete([list(each.items) if isinstance(each, Items) else [each] for each in items])
            case Fields():
                self.problems.add(words.wrong_shape(node, "a list of documents, `strictest` or `none`"))
                return None

    def _complete(self, groups: list[list[Node]], ways: tuple[str, ...] = ()) -> Order | None:
        """Return the ids of the groups, the documents that none of them names after them in listed order."""
        order: list[tuple[str, ...]] = []
        named: set[str] = set()
        sound = True
        for group in groups:
            ids = []
            for node in group:
                if not isinstance(node, Leaf) or node.is_null:
                    self.problems.add(words.wrong_shape(node, "the id of a document"))
                elif node.text.strip() not in self.ids:
                    self.problems.add(words.unknown_document(node, self.ids, ways))
                elif node.text.strip() in named:
                    self.problems.add(words.ranked_twice(node))
                else:
                    named.add(node.text.strip())
                    ids.append(node.text.strip())
                    continue
                sound = False
            order += [tuple(ids)] if ids else []
        rest = [(each,) for each in self.ids if each not in named]
        return (*order, *rest) if sound else None
