"""A vocabulary → the JSON Schema of contracts that speak it, so that any editor completes and checks them.

The schema is a little more forgiving than Termwise: it checks the form of a quantity, not whether bounds leave
anything between them. It never refuses what Termwise accepts in the spellings that it offers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from termwise.contracts.facts import Ranking
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term, Vocabulary, instance
from termwise.quantities import units
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered, name_of

Schema: TypeAlias = dict[str, Any]

_NUMBER = r"[+-]?[0-9][0-9,]*(\.[0-9]+)?"
_SIZE = r"\+?[0-9][0-9,]*(\.[0-9]+)?"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def contract_schema(vocabulary: Vocabulary) -> Schema:
    """Return the JSON Schema of the contracts that speak a vocabulary."""
    terms = [each for each in vocabulary.terms.values() if not each.is_context]
    context = [each for each in vocabulary.terms.values() if each.is_context]
    kinds: dict[str, Schema] = {}
    for term in vocabulary.terms.values():
        _define(term.type, vocabulary, kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Contracts in the words of {vocabulary.title or vocabulary.name}",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "contract": {**_TEXT, "description": "The id of the contract; without it, the name of the file."},
            "vocabulary": {"const": vocabulary.name},
            "assurance": {**_assurance(), "description": "What documents are worth that do not say so themselves."},
            "retrieved": {**_DAY, "description": "The day on which the facts were taken."},
            **dict.fromkeys(("title", "vendor", "source", "url", "notes"), _TEXT),
            "context": {"$ref": "#/$defs/context"},
            "terms": {"$ref": "#/$defs/terms"},
            "documents": {
                "type": "array",
                "items": {"$ref": "#/$defs/document"},
                "description": "In order of precedence, highest first.",
            },
            "precedence": _precedence(),
        },
        "additionalProperties": False,
        "$defs": {"document": _document(), "context": _mapping(context), "terms": _mapping(terms), **kinds},
    }


def _assurance() -> Schema:
    return {"enum": [each.value for each in Assurance]}


def _precedence() -> Schema:
    ways = [each.value for each in Ranking]
    order = {
        "anyOf": [
            {"enum": ways},
            {"type": "array", "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}},
            {"type": "string"},
        ]
    }
    return {"anyOf": [order, {"type": "object", "additionalProperties": {"anyOf": [order, {"type": "object"}]}}]}


def _document() -> Schema:
    return {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "assurance": {**_assurance(), "description": "What the document is worth, from least to most."},
            "effective": _DAY,
            "expires": _DAY,
            "retrieved": _DAY,
            "sha256": {"type": "string", "pattern": "^[0-9A-Fa-f]{64}$"},
            **dict.fromkeys(("title", "version", "source", "url", "notes"), _TEXT),
            "terms": {"$ref": "#/$defs/terms"},
        },
        "required": ["id"],
        "additionalProperties": False,
    }


def _mapping(terms: Iterable[Term]) -> Schema:
    """Return the schema of a mapping of terms: dotted, with keys in brackets, and nested."""
    return _level({term.name: term for term in terms})


def _level(terms: Mapping[str, Term]) -> Schema:
    """`terms` are by what is left of their names at this level."""
    properties: Schema = {}
    groups: dict[str, dict[str, Term]] = {}
    for name, term in terms.items():
        properties |= _spellings(name, term)
        for at, character in enumerate(name):
            if character == ".":
                groups.setdefault(name[:at], {})[name[at + 1 :]] = term
    for name, members in groups.items():
        inner = _level(members)
        properties[name] = {"anyOf": [properties[name], inner]} if name in properties else inner
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _spellings(name: str, term: Term) -> Schema:
    said: Schema = {"$ref": f"#/$defs/{_slug(term.type)}"}
    described = {"description": _description(term)}
    if term.key is None:
        return {name: {**said, **described}}
    by_key = {
        "type": "object",
        "properties": dict.fromkeys(term.key.symbols, said),
        "additionalProperties": False,
    }
    whole = {name: {"anyOf": [said, by_key], **described}}
    return whole | {instance(name, symbol): {**said, **described} for symbol in term.key.symbols}


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
        kinds[slug] = {"anyOf": [{"$ref": f"#/$defs/{slug}-value"}, _fact(kind, slug)]}
    return {"$ref": f"#/$defs/{slug}"}


def _fact(kind: Type, slug: str) -> Schema:
    """Return the schema of a mapping that describes a fact."""
    value = {"$ref": f"#/$defs/{slug}-value"}
    has_bounds = isinstance(kind, SetType) or is_ordered(kind)
    forms: Schema = {"value": value, "vague": _TEXT, "see": _TEXT}
    if has_bounds or isinstance(kind, ListType):
        forms["at_least"] = value
    if has_bounds:
        forms |= {"at_most": value, "between": {"type": "array", "items": value, "minItems": 2, "maxItems": 2}}
    return {
        "type": "object",
        "properties": {**forms, **dict.fromkeys(("wording", "at", "quote", "note"), _TEXT)},
        "additionalProperties": False,
        "anyOf": [{"required": [form]} for form in forms],
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
            return {"enum": [True, False, "yes", "no", "true", "false"]}
        case Scalar.INTEGER:
            return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[+-]?[0-9][0-9,]*$"}]}
        case Scalar.NUMBER:
            return {"anyOf": [{"type": "number"}, _pattern(_NUMBER, "0.5")]}
        case Scalar.PERCENT:
            return _pattern(rf"{_SIZE} *(%|percent|per cent)", "5%")
        case Scalar.MONEY:
            return _pattern(rf"([A-Z]{{3}} +{_SIZE}|{_SIZE} +[A-Z]{{3}})", "USD 1,000,000")
        case Scalar.FEES:
            return _pattern(rf"{_SIZE} *({_either(units.MONTHS)})s? of fees", "12 months of fees")
        case Scalar.DURATION:
            part = rf"{_SIZE} *({_either(units.DURATION_UNITS)})s?"
            return _pattern(rf"{part}( *\+ *{part})*", "30 days")
        case Scalar.RATE:
            return _rate()
        case Scalar.DATE:
            return _DAY
        case Scalar.TEXT:
            return _TEXT


def _rate() -> Schema:
    every = _either(units.TIMES_A_YEAR)
    times = rf"({_either(units.COUNT_WORDS)}|{_SIZE}( times?)?)"
    period = rf"({_SIZE} *({every})s?|{every})"
    said = rf"({times} +(per|every|each|an?)|every) +{period}"
    words = {"enum": [*units.RATE_WORDS, "none"]}
    return {"anyOf": [words, _pattern(said, "4 per year")]}


def _pattern(pattern: str, example: str) -> Schema:
    return {"type": "string", "pattern": f"^ *{pattern} *$", "examples": [example]}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
