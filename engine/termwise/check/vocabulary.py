"""A vocabulary file → the terms that exist, with their types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.check import problems as words
from termwise.check.values import ValueReader
from termwise.core.values import Value
from termwise.core.vocabulary import Direction, Term, Vocabulary
from termwise.diagnostics import Problems
from termwise.source import Span
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Declared = TypeVar("_Declared", bound=tree.Declaration)

_PLAIN = {kind.value: kind for kind in Scalar}


def check_vocabulary(file: tree.File, problems: Problems) -> Vocabulary:
    """Return the vocabulary that a file declares. Always returns one; what is not in it is among the problems."""
    return _Declarations(file, problems).vocabulary()


def lost_terms(file: tree.File, made: Vocabulary) -> frozenset[tree.Lost]:
    """Return the terms that a file declares and that are not in its vocabulary, for reasons that have been said."""
    declared = (each.name.text for each in file.declarations if isinstance(each, tree.TermDecl))
    return frozenset(("term", name) for name in declared if name not in made.terms)


class _Declarations:
    """The declarations of one file on their way to a vocabulary: enums first, then records, then terms."""

    def __init__(self, file: tree.File, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        self._enums: dict[str, EnumType] = {}
        self._records: dict[str, RecordType] = {}
        self._terms: dict[str, Term] = {}
        self._places: dict[str, Span] = {}
        self._torn: set[str] = set()

    def vocabulary(self) -> Vocabulary:
        header = self._header
        for enum in self._of(tree.EnumDecl):
            self._enum(enum)
        for record in self._of(tree.RecordDecl):
            self._record(record)
        for term in self._of(tree.TermDecl):
            self._term(term)
        for each in self._file.declarations:
            if not isinstance(each, tree.EnumDecl | tree.RecordDecl | tree.TermDecl | tree.AnnualFees):
                self._problems.add(words.misplaced(each.span, "this", "policy"))
        return Vocabulary(
            header.name.text,
            header.title.text if header.title is not None else header.name.text,
            self._enums,
            self._records,
            self._terms,
            self._annual_fees(),
            header.version.text if header.version is not None else None,
        )

    @property
    def _header(self) -> tree.Header:
        assert self._file.header is not None
        return self._file.header

    def _of(self, kind: type[_Declared]) -> Iterator[_Declared]:
        return (each for each in self._file.declarations if isinstance(each, kind))

    def _is_new(self, what: str, name: tree.Word) -> bool:
        """Whether a name is free; types share one space of names, terms another."""
        space = f"term {name.text}" if what == "term" else name.text
        if space in self._places or (what != "term" and name.text in _PLAIN):
            self._problems.add(words.duplicate(name.span, what, name.text, self._places.get(space)))
            return False
        self._places[space] = name.span
        return True

    def _enum(self, declared: tree.EnumDecl) -> None:
        seen: dict[str, Span] = {}
        for symbol in declared.symbols:
            if symbol.text in seen:
                self._problems.add(words.duplicate(symbol.span, "symbol", symbol.text, seen[symbol.text]))
            seen.setdefault(symbol.text, symbol.span)
        if self._is_new("type", declared.name):
            self._enums[declared.name.text] = EnumType(declared.name.text, tuple(seen), declared.ordered)

    def _record(self, declared: tree.RecordDecl) -> None:
        fields: dict[str, Scalar | EnumType | SetType] = {}
        places: dict[str, Span] = {}
        for name, type_name in declared.fields:
            kind = self._type(type_name)
            if name.text in places:
                self._problems.add(words.duplicate(name.span, "field", name.text, places[name.text]))
            elif isinstance(kind, ListType):
                self._problems.add(words.unknown_type(type_name.name.span, "list", (), "type of a field"))
            elif kind is not None:
                fields[name.text] = kind
            if kind is None:  # what asks for a list of it asks in vain for that reason
                self._torn.add(declared.name.text)
            places.setdefault(name.text, name.span)
        if self._is_new("type", declared.name) and declared.name.text not in self._torn:
            self._records[declared.name.text] = RecordType(declared.name.text, tuple(fields.items()))

    def _term(self, declared: tree.TermDecl) -> None:
        kind = self._type(declared.type)
        key = self._key(declared.key)
        is_new = self._is_new("term", declared.name)
        if kind is None or not is_new or (key is None and declared.key is not None):
            return
        self._terms[declared.name.text] = Term(
            declared.name.text,
            kind,
            key,
            declared.ask.text if declared.ask is not None else None,
            self._prefer(declared.prefer, kind),
            self._presume(declared, kind),
            declared.is_context,
            declared.name.span,
        )

    def _key(self, word: tree.Word | None) -> EnumType | None:
        if word is None:
            return None
        found = self._enums.get(word.text)
        if found is None:
            self._unknown_type(word, self._enums, "enum")
        return found

    def _unknown_type(self, word: tree.Word, known: Iterable[str], wanted: str) -> None:
        if ("type", word.text) not in self._file.lost:
            self._problems.add(words.unknown_type(word.span, word.text, known, wanted))

    def _type(self, written: tree.TypeName) -> Scalar | EnumType | SetType | ListType | None:
        name = written.name.text
        plain = _PLAIN.get(name) or self._enums.get(name)
        if written.shape == "list":
            record = self._records.get(name)
            if record is None and name not in self._torn:
                self._unknown_type(written.name, self._records, "record")
            return None if record is None else ListType(record)
        if plain is None:
            known = [*_PLAIN, *self._enums, *self._records]
            self._unknown_type(written.name, [each for each in known if each != name], "type")
            return None
        return SetType(plain) if written.shape == "set" else plain

    def _prefer(self, word: tree.Word | None, kind: Type) -> Direction | None:
        if word is None:
            return None
        if word.text not in [each.value for each in Direction]:
            self._problems.add(words.unknown_word(word.span, word.text, "direction", ("lower", "higher")))
            return None
        if not (is_ordered(kind) or isinstance(kind, SetType) or kind is Scalar.BOOLEAN):
            self._problems.add(words.no_direction(word.span, kind))
            return None
        return Direction(word.text)

    def _presume(self, declared: tree.TermDecl, kind: Type) -> Value | None:
        if declared.presume is None:
            return None
        if declared.is_context:
            self._problems.add(words.presumed_context(declared.presume.span, declared.name.text))
            return None
        return ValueReader(self._problems).value(declared.presume, kind)

    def _annual_fees(self) -> str | None:
        declared = list(self._of(tree.AnnualFees))
        for again in declared[1:]:
            self._problems.add(words.duplicate(again.span, "term of annual fees", again.term.text, declared[0].span))
        if not declared:
            return None
        word = declared[0].term
        term = self._terms.get(word.text)
        if term is None:
            if ("term", word.text) not in self._file.lost:
                self._problems.add(words.unknown_term(word.span, word.text, self._header.name.text, self._terms))
            return None
        if term.type is not Scalar.MONEY:
            self._problems.add(words.mismatch(word.span, term.type, Scalar.MONEY))
            return None
        if term.key is not None:
            self._problems.add(words.needs_key(word.span, term, "annual fees are one amount"))
            return None
        return word.text
