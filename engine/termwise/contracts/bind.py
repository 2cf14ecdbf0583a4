"""A raw contract against a vocabulary → facts with provenance: the pass that gives the words of a file their meaning.

Every problem of a file is reported in one run; a contract comes back only where there was no error among them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from termwise.contracts import problems as words
from termwise.contracts.facts import Contract, Document, Fact
from termwise.contracts.header import Entries
from termwise.contracts.nodes import WHOLE, Fields, Items, Leaf, Node, RawContract, stretch
from termwise.contracts.orders import OrderReader
from termwise.contracts.statements import StatementReader, folded
from termwise.contracts.terms import Place, Speaker, is_group, places, read_facts
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems

CONTRACT_KEYS = (
    "contract", "title", "vendor", "vocabulary", "assurance", "retrieved", "source", "url", "notes",
    "context", "terms", "documents", "precedence", "$schema",
)  # fmt: skip
DOCUMENT_KEYS = (
    "id", "title", "assurance", "version", "effective", "expires", "retrieved", "source", "url", "sha256", "notes",
    "terms",
)  # fmt: skip

CONTEXT = "context"
"""The document that facts of the customer's own are said to come from."""

_BARE_TITLE = "terms"


def bind(raw: RawContract, vocabulary: Vocabulary, problems: Problems) -> Contract | None:
    """Return the contract that a file states, or None where it has an error."""
    own = Problems()
    contract = _Binder(raw, vocabulary, own).contract()
    problems.take(own)
    return contract if raw.is_whole and not own.has_errors else None


class _Binder:
    """One contract on its way from nodes to facts."""

    def __init__(self, raw: RawContract, vocabulary: Vocabulary, problems: Problems) -> None:
        self._raw = raw
        self._vocabulary = vocabulary
        self._problems = problems
        self._reader = StatementReader(frozenset(), vocabulary.annual_fees is not None, problems)

    def contract(self) -> Contract | None:
        root = self._raw.root
        if not isinstance(root, Fields):
            self._problems.add(words.wrong_shape(root, "a contract, a mapping with `terms` or `documents`,"))
            return None
        entries = Entries(root, CONTRACT_KEYS, "a contract", self._problems, self._hint)
        if not any(name in root.names for name in WHOLE):
            self._problems.add(words.nothing_stated(root.span))
        self._check_texts(entries, ("title", "source", "url", "notes"))
        self._check_vocabulary(entries)
        name = entries.text("contract") or name_of(self._raw.path)
        listed = self._listed(entries.node("documents"))
        supplied = {folded(text) for each in listed for key in ("id", "title") if (text := _plain(each, key))}
        self._reader = StatementReader(frozenset(supplied), self._reader.fees_are_money, self._problems)
        assurance = entries.assurance()
        context, stated = self._parted(entries)
        documents = [self._document(each, number, assurance) for number, each in enumerate(listed, 1)]
        if entries.key("terms") is not None:
            documents.append(self._bare(entries, name, stated, is_alone=not listed))
        self._check_ids(documents)
        orders = OrderReader(tuple(each.id for each in documents), self._vocabulary, self._problems)
        return Contract(
            name,
            entries.text("vendor"),
            self._raw.path,
            self._facts(context, Speaker(CONTEXT, Assurance.SIGNED)),
            tuple(documents),
            orders.precedence(entries.node("precedence")),
            entries.day("retrieved"),
            (entries.leaf("contract") or root).span,
        )

    def _hint(self, key: str) -> str | None:
        is_term = self._vocabulary.term_of(key) is not None or is_group(key, self._vocabulary)
        return f"terms stand under `terms:`; move `{key}` there" if is_term else None

    def _check_vocabulary(self, entries: Entries) -> None:
        named = entries.leaf("vocabulary")
        if named is not None and named.text.strip() != self._vocabulary.name:
            self._problems.add(words.wrong_vocabulary(named, self._vocabulary.name))

    def _check_texts(self, entries: Entries, names: Iterable[str]) -> None:
        for name in names:
            entries.text(name)

    def _listed(self, node: Node | None) -> list[Fields]:
        """Return the documents that are mappings; what else is listed is reported."""
        if node is None:
            return []
        if not isinstance(node, Items):
            self._problems.add(words.wrong_shape(node, "a list of documents"))
            return []
        for each in node.items:
            if not isinstance(each, Fields):
                self._problems.add(words.wrong_shape(each, "a document, a mapping with `id` and `terms`,"))
        return [each for each in node.items if isinstance(each, Fields)]

    def _parted(self, entries: Entries) -> tuple[list[Place], list[Place]]:
        """Return the places that speak of context, and the bare terms; in bare terms from Python the two are mixed."""
        context = self._places(entries.node("context"), "context")
        stated = self._places(entries.node("terms"), "terms")
        if self._raw.is_bare:
            context += [place for place in stated if place.term.is_context]
            stated = [place for place in stated if not place.term.is_context]
        return [each for each in context if self._is_context(each)], [each for each in stated if self._is_term(each)]

    def _places(self, node: Node | None, name: str) -> list[Place]:
        if node is None:
            return []
        if not isinstance(node, Fields):
            self._problems.add(words.wrong_shape(node, f"the mapping of `{name}`"))
            return []
        return list(places(node, self._vocabulary, self._problems))

    def _is_context(self, place: Place) -> bool:
        if not place.term.is_context:
            self._problems.add(words.term_in_context(place.key, place.term.name))
        return place.term.is_context

    def _is_term(self, place: Place) -> bool:
        if place.term.is_context:
            self._problems.add(words.context_among_terms(place.key, place.term.name))
        return not place.term.is_context

    def _facts(self, found: list[Place], speaker: Speaker) -> dict[str, Fact]:
        return read_facts(found, self._vocabulary, speaker, self._reader)

    def _bare(self, entries: Entries, name: str, stated: list[Place], *, is_alone: bool) -> Document:
        """Return bare terms as a document: the paper itself where there is no other, else the least of them."""
        key, node = entries.key("terms"), entries.node("terms")
        assert key is not None and node is not None
        assurance = entries.assurance() or (Assurance.SIGNED if is_alone else Assurance.CLAIMED)
        if not is_alone and "assurance" not in entries.fields.names:
            self._problems.add(words.no_assurance(key.span, "terms"))
        return Document(
            name, _BARE_TITLE, assurance, self._facts(stated, Speaker(name, assurance)), span=stretch(key, node)
        )

    def _document(self, fields: Fields, number: int, default: Assurance | None) -> Document:
        entries = Entries(fields, DOCUMENT_KEYS, "a document", self._problems, self._hint)
        self._check_texts(entries, ("source", "notes"))
        name = entries.text("id") or f"document {number}"
        if "id" not in fields.names:
            self._problems.add(words.missing_key(fields.span, "id", f"document {number}"))
        assurance = entries.assurance() or default
        if assurance is None:
            if "assurance" not in fields.names:
                self._problems.add(words.no_assurance((entries.leaf("id") or fields).span, name))
            assurance = Assurance.CLAIMED  # the reading that protects the customer
        effective, expires = entries.day("effective"), entries.day("expires")
        if effective is not None and expires is not None and expires < effective:
            place = entries.leaf("expires") or fields
            self._problems.add(words.never_in_force(place.span, effective.isoformat(), expires.isoformat()))
        stated = [place for place in self._places(entries.node("terms"), "terms") if self._is_term(place)]
        return Document(
            name,
            entries.text("title") or name,
            assurance,
            self._facts(stated, Speaker(name, assurance)),
            entries.text("version"),
            effective,
            expires,
            entries.text("url"),
            entries.digest(),
            entries.day("retrieved"),
            (entries.leaf("id") or fields).span,
        )

    def _check_ids(self, documents: list[Document]) -> None:
        first: dict[str, Document] = {}
        for document in documents:
            if document.id in first:
                before = first[document.id].span
                assert document.span is not None and before is not None
                self._problems.add(words.duplicate_document(document.span, document.id, before))
            first.setdefault(document.id, document)


def _plain(fields: Fields, key: str) -> str | None:
    found = next((node for name, node in fields.entries if name.text == key), None)
    return found.text if isinstance(found, Leaf) and not found.is_null else None


def name_of(path: str) -> str:
    """Return the id of a contract that gives none: its file's name, without the ending."""
    return "contract" if path.startswith("<") else os.path.splitext(os.path.basename(path))[0]
