"""A vocabulary → the JSON Schema of contracts that speak it, so that any editor completes and checks them.

Whatever Termwise accepts, the schema accepts too, but for white space within quotes. It is a little more forgiving: it
checks the form of a value, not whether bounds leave anything between them, nor what two places say together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from termwise.contracts.facts import Ranking
from termwise.contracts.nodes import WHOLE
from termwise.contracts.orders import topics_of
from termwise.contracts.statements import REMARKS
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term, Vocabulary, instance
from termwise.quantities import units
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered, name_of

Schema: TypeAlias = dict[str, Any]

_DIGITS = r"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)"
_SIZE = rf"\+?{_DIGITS}(\.[0-9]+)?"
_NUMBER = rf"[+-]?{_DIGITS}(\.[0-9]+)?"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_NAME: Schema = {**_TEXT, "pattern": r"\S"}
"""Text that may not be empty."""
_ANNUAL_FEES = "annual-fees"
_ORDER: Schema = {"$ref": "#/$defs/order"}
_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def contract_schema(vocabulary: Vocabulary) -> Schema:
    """Return the JSON Schema of the contracts that speak a vocabulary."""
    terms = [each for each in vocabulary.terms.values() if not each.is_context]
    context = [each for each in vocabulary.terms.values() if each.is_context]
    kinds: dict[str, Schema] = {}
    fees = vocabulary.annual_fees
    if fees is not None:
        kinds[_ANNUAL_FEES] = {"anyOf": [_scalar(Scalar.MONEY), _fact(_scalar(Scalar.MONEY), Scalar.MONEY)]}
    for term in vocabulary.terms.values():
        _define(term.type, vocabulary, kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Contracts in the words of {vocabulary.title or vocabulary.name}",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "contract": {**_NAME, "description": "The id of the contract; without it, the name of the file."},
            "vocabulary": {"const": vocabulary.name},
            "assurance": {**_assurance(), "description": "What documents are worth that do not say so themselves."},
            "retrieved": {**_DAY, "description": "The day on which the facts were taken."},
            **dict.fromkeys(("title", "vendor", "source", "url", "notes"), _NAME),
            "context": {"$ref": "#/$defs/context"},
            "terms": {"$ref": "#/$defs/terms"},
            "documents": {
                "type": "array",
                "items": {"$ref": "#/$defs/document"},
                "description": "In order of precedence, highest first.",
            },
            "precedence": _precedence(vocabulary),
        },
        "additionalProperties": False,
        "anyOf": [{"required": [key]} for key in WHOLE],
        "$defs": {
            "order": _order(),
            "document": _document(),
            "context": _mapping(context, fees),
            "terms": _mapping(terms, fees),
            **kinds,
        },
    }


def _assurance() -> Schema:
    return {"enum": [each.value for each in Assurance]}


def _order() -> Schema:
    ways = [each.value for each in Ranking]
    return {
        "anyOf": [
            {"enum": ways},
            {"type": "array", "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}},
            _TEXT,
        ]
    }


def _precedence(vocabulary: Vocabulary) -> Schema:
    return {"anyOf": [_ORDER, _by_topic(*topics_of(vocabulary))]}


def _by_topic(topics: Iterable[str], groups: Iterable[str], prefix: str = "") -> Schema:
    """Return the schema of orders by topic, the topics of a group written out or nested."""
    properties = {each.removeprefix(prefix): _ORDER for each in topics if each.startswith(prefix)}
    for group in groups:
        if group.startswith(prefix):
            name, inner = group.removeprefix(prefix), _by_topic(topics, groups, f"{group}.")
            properties[name] = {"anyOf": [properties[name], inner]} if name in properties else inner
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _document() -> Schema:
    return {
        "type": "object",
        "properties": {
            "id": _NAME,
            "assurance": {**_assurance(), "description": "What the document is worth, from least to most."},
            "effective": _DAY,
            "expires": _DAY,
            "retrieved": _DAY,
            "sha256": {"type": "string", "pattern": "^[0-9A-Fa-f]{64}$"},
            **dict.fromkeys(("title", "version", "source", "url", "notes"), _NAME),
            "terms": {"$ref": "#/$defs/terms"},
        },
        "required": ["id"],
        "additionalProperties": False,
    }


def _mapping(terms: Iterable[Term], annual_fees: str | None) -> Schema:
    """Return the schema of a mapping of terms: dotted, with keys in brackets or behind a dot, and nested."""
    return _level({term.name: term for term in terms}, annual_fees)


def _level(terms: Mapping[str, Term], annual_fees: str | None) -> Schema:
    """`terms` are by what is left of their names at this level."""
    properties: Schema = {}
    groups: dict[str, dict[str, Term]] = {}
    for name, term in terms.items():
        slug = _ANNUAL_FEES if term.name == annual_fees else _slug(term.type)
        properties |= _spellings(name, term, {"$ref": f"#/$defs/{slug}"})
        for at, character in enumerate(name):
            if character == ".":
                groups.setdefault(name[:at], {})[name[at + 1 :]] = term
    for name, members in groups.items():
        inner = _level(members, annual_fees)
        properties[name] = {"anyOf": [properties[name], inner]} if name in properties else inner
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _spellings(name: str, term: Term, said: Schema) -> Schema:
    described = {"description": _description(term)}
    if term.key is None:
        return {name: {**said, **described}}
    by_key = {
        "type": "object",
        "properties": dict.fromkeys(term.key.symbols, said),
        "additionalProperties": False,
    }
    whole = {name: {"anyOf": [said, by_key], **described}}
    spelt = [each for symbol in term.key.symbols for each in (instance(name, symbol), f"{name}.{symbol}")]
    return whole | {each: {**said, **described} for each in spelt}


def _description(term: Term) -> str:
    direction = f" Better {term.prefer.value}." if term.prefer is not None else ""
    return f"{term.ask or term.name} ({name_of(term.type)}){direction}"


def _slug(kind: Type) -> str:
    return name_of(kind).replace(" ", "-")


def _define(kind: Type, vocabulary: Vocabulary, kinds: dict[str, Schema]) -> Schema:
    """Define what may be said of something of a type, and return a reference to it."""
    slug = _slug(kind)
    if slug not in kinds:
        kinds[slug] = {}
        value = _value(kind, vocabulary, kinds)
        kinds[f"{slug}-value"] = value
        kinds[slug] = {"anyOf": [{"$ref": f"#/$defs/{slug}-value"}, _fact({"$ref": f"#/$defs/{slug}-value"}, kind)]}
    return {"$ref": f"#/$defs/{slug}"}


def _fact(value: Schema, kind: Type) -> Schema:
    """Return the schema of a mapping that describes a fact in one of its forms; both ends of bounds are one form."""
    has_bounds = isinstance(kind, SetType) or is_ordered(kind)
    forms: Schema = {"value": value, "vague": _TEXT, "see": _TEXT}
    if has_bounds or isinstance(kind, ListType):
        forms["at_least"] = value
    if has_bounds:
        forms |= {"at_most": value, "between": {"type": "array", "items": value, "minItems": 2, "maxItems": 2}}
    ends = [{"required": [form]} for form in forms if form in ("at_least", "at_most")]
    whole = [{"required": [form]} for form in forms if form not in ("at_least", "at_most")]
    return {
        "type": "object",
        "properties": {**forms, **dict.fromkeys(REMARKS, _TEXT)},
        "additionalProperties": False,
        "oneOf": [*whole, {"anyOf": ends}] if ends else whole,
        "not": {"required": ["wording"], "anyOf": [{"required": ["vague"]}, {"required": ["see"]}]},
    }


def _value(kind: Type, vocabulary: Vocabulary, kinds: dict[str, Schema]) -> Schema:
    match kind:
        case EnumType(symbols=symbols):
            return {"enum": list(symbols)}
        case SetType(element):
            member = _value(element, vocabulary, kinds)
            return {"anyOf": [{"type": "array", "items": member}, member, {"const": "none"}]}
        case ListType(record):
            return {"anyOf": [{"type": "array", "items": _record(record, vocabulary, kinds)}, {"const": "none"}]}
        case RecordType():
            return _record(kind, vocabulary, kinds)
        case Scalar.MONEY | Scalar.FEES if vocabulary.annual_fees is not None:
            return {"anyOf": [_scalar(Scalar.MONEY), _scalar(Scalar.FEES)]}
        case Scalar():
            return _scalar(kind)


def _record(record: RecordType, vocabulary: Vocabulary, kinds: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {name: _define(kind, vocabulary, kinds) for name, kind in record.fields},
        "additionalProperties": False,
    }


def _scalar(kind: Scalar) -> Schema:
    match kind:
        case Scalar.BOOLEAN:
            return {"anyOf": [{"type": "boolean"}, _pattern(_either(("yes", "no", "true", "false")), "yes")]}
        case Scalar.INTEGER:
            return {"anyOf": [{"type": "integer"}, _pattern(rf"[+-]?{_DIGITS}", "3")]}
        case Scalar.NUMBER:
            return {"anyOf": [{"type": "number"}, _pattern(_NUMBER, "0.5")]}
        case Scalar.PERCENT:
            return _pattern(rf"{_SIZE}\s*(%|percent|per cent)", "5%")
        case Scalar.MONEY:
            return _pattern(rf"([A-Z]{{3}}\s+{_SIZE}|{_SIZE}\s+[A-Z]{{3}})", "USD 1,000,000")
        case Scalar.FEES:
            return _pattern(
                rf"{_SIZE}\s*{_either(units.MONTHS)}[sS]?\s+{_either(('of',))}\s+{_either(('fees',))}",
                "12 months of fees",
            )
        case Scalar.DURATION:
            part = rf"{_SIZE}\s*{_either(units.DURATION_UNITS)}[sS]?"
            return _pattern(rf"{part}(\s*\+\s*{part})*", "30 days")
        case Scalar.RATE:
            return _rate()
        case Scalar.DATE:
            return _DAY
        case Scalar.TEXT:
            return _TEXT


def _rate() -> Schema:
    every = _either(units.TIMES_A_YEAR)
    times = rf"({_either(units.COUNT_WORDS)}|{_SIZE}(\s*{_either(('time', 'times'))})?)"
    period = rf"({_SIZE}\s*{every}[sS]?|{every})"
    joint = _either(("per", "every", "each", "a", "an"))
    said = rf"({times}\s+{joint}|{_either(('every',))})\s+{period}"
    return {
        "anyOf": [{"const": "none"}, _pattern(_either(units.RATE_WORDS), "quarterly"), _pattern(said, "4 per year")]
    }


def _pattern(pattern: str, example: str) -> Schema:
    return {"type": "string", "pattern": rf"^\s*({pattern})\s*$", "examples": [example]}


def _either(words: Iterable[str]) -> str:
    """Return the pattern of any of some words, in whichever case they are written."""
    return f"({'|'.join(map(_any_case, sorted(words, key=lambda word: (-len(word), word))))})"


def _any_case(word: str) -> str:
    letters = (f"[{each}{each.upper()}]" if each.isalpha() else r"\s+" if each == " " else each for each in word)
    return "".join(letters)
