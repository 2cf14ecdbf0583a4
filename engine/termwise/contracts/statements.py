"""One value of a contract file, read as a type → what it states: a value, bounds, vagueness or a reference.

A mapping in the place of a value describes a fact (`{value: 30 days, at: "12.1"}`); everything else is a bare value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from termwise.contracts import problems as words
from termwise.contracts.nodes import Fields, Items, Leaf, Node, stretch
from termwise.core.intervals import emptiness
from termwise.core.reading import Misread, read_scalar
from termwise.core.values import Bounded, Content, Exact, Record, Referred, Vague, Value, write_value
from termwise.diagnostics import Problems
from termwise.diagnostics.nearest import nearest
from termwise.frozen import frozen, replace
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered, name_of

FORMS = ("value", "between", "at_most", "at_least", "vague", "see")
REMARKS = ("wording", "at", "quote", "note")
FACT_WORDS = (*FORMS, *REMARKS)

_BOUNDS = ("between", "at_most", "at_least")


@frozen
class Stated:
    """What one value of a file states. Without content it states nothing: it points at a document that was supplied."""

    content: Content | None
    at: str | None = None
    quote: str | None = None
    note: str | None = None


def folded(text: str) -> str:
    """Return the name of a document as it is compared: case and white space do not matter."""
    return " ".join(text.split()).casefold()


_SECTION = r"[\s,;:(]*(?:§+|sections?|sec\.|clauses?|articles?|art\.|paragraphs?)?\s*\d[\w.()-]*\)?"
"""Where in a document something stands, after its name. An annex is left out: it may be a document of its own."""


def _is_among(named: str, documents: frozenset[str]) -> bool:
    """Whether a reference names one of some documents, or a section of it."""
    name = named.removeprefix("the ")
    return named in documents or any(
        name == each or (name.startswith(each) and re.fullmatch(_SECTION, name[len(each) :])) for each in documents
    )


def describes_fact(node: Node) -> bool:
    """Whether a mapping can only be meant as the description of a fact."""
    return isinstance(node, Fields) and any(name in FACT_WORDS for name in node.names)


def form_problem(keys: Sequence[str]) -> tuple[str, str | None] | None:
    """Return what is wrong with the forms that describe one fact, with a hint, or None where they go together."""
    forms = [key for key in keys if key in FORMS]
    if not forms:
        hint = "add `value`, `between`, `at_most`, `at_least`, `vague` or `see`"
        return "the mapping says where something stands, but not what", hint
    if len(forms) > 1 and set(forms) != {"at_most", "at_least"}:
        is_vague_value = "vague" in forms and bool(set(forms) & {"value", *_BOUNDS})
        message = f"{' and '.join(f'`{form}`' for form in forms)} do not go together; a fact has one of them"
        return message, "write the vague words as `wording`" if is_vague_value else None
    if "wording" in keys and forms[0] in ("vague", "see"):
        return f"`wording` goes with a value, not with `{forms[0]}`", None
    return None


@frozen
class StatementReader:
    """Reads values. `supplied` are the folded ids and titles of the documents of the contract.

    With `fees_are_money`, months of fees and amounts of money may stand for one another.
    """

    supplied: frozenset[str]
    fees_are_money: bool
    problems: Problems

    def statement(self, node: Node, kind: Type, name: str) -> Stated | None:
        """Return what a node states of something of a type, or None where it cannot be read."""
        if isinstance(node, Leaf) and node.is_null:
            self.problems.add(words.null_value(node, name, _nothing(kind)))
            return None
        if isinstance(node, Fields):
            return self._fact(node, kind)
        value = self._value(node, kind)
        return None if value is None else Stated(Exact(value))

    def _fact(self, node: Fields, kind: Type) -> Stated | None:
        near = [key for key, _ in node.entries if key.text not in FACT_WORDS and nearest(key.text, FACT_WORDS)]
        if near and not describes_fact(node):
            for key in near:
                self.problems.add(words.unknown_key(key, "a fact", FACT_WORDS))
            return None
        if not describes_fact(node):
            self.problems.add(words.wrong_shape(node, _wanted(kind), _hint_for_mapping(node, kind)))
            return None
        entries = {key.text: (key, value) for key, value in node.entries}
        sound = True
        for key, value in node.entries:
            if key.text not in FACT_WORDS:
                self.problems.add(words.unknown_key(key, "a fact", FACT_WORDS))
                sound = False
            elif isinstance(value, Leaf) and value.is_null:
                self.problems.add(words.null_value(value, key.text))
                sound = False
            elif key.text in ("vague", "see", *REMARKS) and not isinstance(value, Leaf):
                self.problems.add(words.wrong_shape(value, f"the text of `{key.text}`"))
                sound = False
        sound = (bool(near) or self._check_forms(node, tuple(entries))) and sound
        content = self._content(entries, kind) if sound else None
        if content is None:
            return None
        remarks = {key: value.text for key, (_, value) in entries.items() if isinstance(value, Leaf)}
        states_nothing = isinstance(content, Referred) and _is_among(folded(content.to), self.supplied)
        return Stated(None if states_nothing else content, remarks.get("at"), remarks.get("quote"), remarks.get("note"))

    def _check_forms(self, node: Fields, keys: tuple[str, ...]) -> bool:
        wrong = form_problem(keys)
        if wrong is not None:
            self.problems.add(words.wrong_forms(node.span, *wrong))
        return wrong is None

    def _content(self, entries: dict[str, tuple[Leaf, Node]], kind: Type) -> Content | None:
        said = {key: node for key, (_, node) in entries.items()}
        around = said.get("wording")
        wording = around.text if isinstance(around, Leaf) else None
        match said:
            case {"vague": Leaf(text)}:
                return Vague(text)
            case {"see": Leaf(text)}:
                return Referred(text)
            case {"value": node}:
                if isinstance(node, Fields):
                    self.problems.add(words.wrong_shape(node, _wanted(kind)))
                    return None
                value = self._value(node, kind)
                return None if value is None else Exact(value, wording)
            case {"between": node}:
                if isinstance(node, Items) and len(node.items) == 2:
                    return self._bounded(entries["between"][0], node.items, kind, wording)
                hint = "write `between: [lowest, highest]`"
                self.problems.add(words.wrong_shape(node, "a list of two, the lowest and the highest,", hint))
                return None
            case _:
                key = next(entries[each][0] for each in ("at_least", "at_most") if each in entries)
                return self._bounded(key, (said.get("at_least"), said.get("at_most")), kind, wording)

    def _bounded(self, key: Leaf, ends: Sequence[Node | None], kind: Type, wording: str | None) -> Content | None:
        is_open_list = isinstance(kind, ListType) and ends[1] is None
        if not (isinstance(kind, SetType) or is_ordered(kind) or is_open_list):
            self.problems.add(words.unordered(key.span, key.text, name_of(kind)))
            return None
        read = [None if node is None else self._end(node, kind) for node in ends]
        if any(value is None and node is not None for value, node in zip(read, ends, strict=True)):
            return None
        low, high = read
        if low is None or high is None:
            return Bounded(low, high, wording)
        match emptiness(low, high):
            case "empty":
                self.problems.add(
                    words.empty_interval(stretch(key, ends[1] or key), write_value(low), write_value(high))
                )
                return None
            case "incomparable":
                self.problems.add(
                    words.other_currency(stretch(key, ends[1] or key), write_value(low), write_value(high))
                )
                return None
            case _:
                return Exact(low, wording) if low == high else Bounded(low, high, wording)

    def _end(self, node: Node, kind: Type) -> Value | None:
        if isinstance(node, Leaf) and node.is_null:
            self.problems.add(words.null_value(node, "a bound"))
            return None
        return self._value(node, kind)

    def _value(self, node: Node, kind: Type) -> Value | None:
        match kind:
            case Scalar() | EnumType():
                return self._scalar(node, kind)
            case SetType():
                return self._set(node, kind)
            case ListType(record):
                return self._list(node, record)
            case RecordType():
                self.problems.add(words.wrong_shape(node, _wanted(kind)))
                return None

    def _scalar(self, node: Node, kind: Scalar | EnumType, hint: str | None = None) -> Value | None:
        if not isinstance(node, Leaf):
            self.problems.add(words.wrong_shape(node, _wanted(kind), _hint_for_list(node, kind)))
            return None
        if node.is_null:
            self.problems.add(words.null_value(node, "a value"))
            return None
        found = read_scalar(node.text, kind)
        if isinstance(found, Misread) and self.fees_are_money and kind in (Scalar.MONEY, Scalar.FEES):
            other = read_scalar(node.text, Scalar.FEES if kind is Scalar.MONEY else Scalar.MONEY)
            found = found if isinstance(other, Misread) else other
        if isinstance(found, Misread):
            self.problems.add(words.no_value(found, node.span, hint))
            return None
        return found

    def _set(self, node: Node, kind: SetType) -> Value | None:
        if isinstance(node, Leaf):
            if node.text.strip() == "none" and not _has_none(kind.element):
                return frozenset()
            value = self._scalar(node, kind.element, _hint_for_members(node, kind.element))
            return None if value is None else frozenset((value,))
        if not isinstance(node, Items):
            self.problems.add(words.wrong_shape(node, _wanted(kind), _hint_for_mapping(node, kind)))
            return None
        members = [self._scalar(each, kind.element) for each in node.items]
        return None if None in members else frozenset(each for each in members if each is not None)

    def _list(self, node: Node, record: RecordType) -> Value | None:
        if isinstance(node, Leaf) and node.text.strip() == "none":
            return ()
        if not isinstance(node, Items):
            self.problems.add(words.wrong_shape(node, f"a list of `{record.name}`"))
            return None
        records = [self._record(each, record) for each in node.items]
        return None if None in records else tuple(each for each in records if each is not None)

    def _record(self, node: Node, record: RecordType) -> Record | None:
        names = tuple(name for name, _ in record.fields)
        if not isinstance(node, Fields):
            self.problems.add(
                words.wrong_shape(node, f"a `{record.name}` with {', '.join(f'`{each}`' for each in names)}")
            )
            return None
        fields: dict[str, Content] = {}
        sound = True
        for key, value in node.entries:
            kind = record.field(key.text)
            if kind is None:
                self.problems.add(words.unknown_field(key, record.name, names))
                sound = False
                continue
            stated = self.statement(value, kind, key.text)
            sound = sound and stated is not None
            if stated is not None and stated.content is not None:
                fields[key.text] = stated.content
        return Record(fields) if sound else None

    def without_fees(self) -> StatementReader:
        """Return the reader for a term that may not be counted in months of fees: the one that says what they are."""
        return replace(self, fees_are_money=False)


def _has_none(element: Scalar | EnumType) -> bool:
    return isinstance(element, EnumType) and "none" in element.symbols


def _nothing(kind: Type) -> str | None:
    """Return what to write of a type, instead of nothing at all, where a contract says that there is none."""
    match kind:
        case Scalar.DURATION | Scalar.MONEY | Scalar.FEES:
            zero = {Scalar.DURATION: "0 days", Scalar.MONEY: "USD 0", Scalar.FEES: "0 months of fees"}[kind]
            return f"write `{zero}` if nothing is meant"
        case Scalar.BOOLEAN:
            return "write `no` if it says no"
        case Scalar.RATE | SetType() | ListType():
            return "write `none` if it grants nothing"
        case EnumType() if _has_none(kind):
            return "write `none` if it grants nothing"
        case _:
            return None


def _wanted(kind: Type) -> str:
    match kind:
        case ListType(record):
            return f"a list of `{record.name}`"
        case SetType(element):
            return f"a list of `{name_of(element)}`, or `none`,"
        case Scalar.INTEGER:
            return "an `integer`"
        case Scalar() | EnumType() | RecordType():
            return f"a `{name_of(kind)}`"


def _hint_for_mapping(node: Node, kind: Type) -> str | None:
    if not isinstance(node, Fields):
        return None
    is_braced = node.entries and all(isinstance(value, Leaf) and value.is_null for _, value in node.entries)
    if isinstance(kind, SetType) and is_braced:
        return f"a set is written `[{', '.join(node.names)}]` in a contract"
    if isinstance(kind, ListType) and any(kind.record.field(name) for name in node.names):
        return "put the record in a list"
    return None


def _hint_for_members(node: Leaf, element: Scalar | EnumType) -> str | None:
    """Return how a set is written, where its members stand in one text."""
    members = node.text.replace(",", " ").split()
    is_set = isinstance(element, EnumType) and len(members) > 1 and set(members) <= set(element.symbols)
    return f"a set is written `[{', '.join(members)}]`" if is_set else None


def _hint_for_list(node: Node, kind: Scalar | EnumType) -> str | None:
    is_range = isinstance(node, Items) and len(node.items) == 2 and is_ordered(kind)
    return "bounds are written `{between: [lowest, highest]}`" if is_range else None
