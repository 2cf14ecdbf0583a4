"""A contract as a YAML file that reads back as the same contract: the way from facts to a file, for whoever made them.

Written without a YAML library, because so little of YAML is needed, and because the reader takes every scalar for text:
what is quoted and what is not makes no difference but to the eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from termwise.contracts.facts import Contract, Document, Fact, Order, Ranking
from termwise.contracts.orders import EVERYTHING
from termwise.core.reading import read_scalar
from termwise.core.values import Bounded, Content, Exact, Record, Referred, Symbol, Vague, Value, write_value
from termwise.core.vocabulary import Vocabulary
from termwise.quantities.duration import Duration
from termwise.quantities.numerals import count
from termwise.types import Scalar

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.%/+-]*(?: [A-Za-z0-9_.%/+-]+)*\Z")
_NULLS = ("null", "Null", "NULL")
_FINER = (("day", 1), ("hour", 24), ("minute", 1_440), ("second", 86_400))
"""Units that are an exact part of a day, the largest first."""


class UnwritableError(ValueError):
    """A value that no contract file can state, such as a third of a percent."""


def contract_yaml(contract: Contract, vocabulary: Vocabulary) -> str:
    """Return the file of a contract; raises `UnwritableError` where a value has no exact form in a file."""
    return "\n".join(_lines(contract, vocabulary)) + "\n"


def _lines(contract: Contract, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"contract: {_scalar(contract.id)}"
    if contract.vendor is not None:
        yield f"vendor: {_scalar(contract.vendor)}"
    yield f"vocabulary: {_scalar(vocabulary.name)}"
    if contract.retrieved is not None:
        yield f"retrieved: {contract.retrieved}"
    if contract.context:
        yield "context:"
        yield from (f"  {line}" for line in _facts(contract.context))
    if not contract.documents:
        yield "documents: []"
    else:
        yield "documents:"
        for document in contract.documents:
            yield from _document(document)
    yield from _precedence(contract)


def _document(document: Document) -> Iterator[str]:
    yield f"  - id: {_scalar(document.id)}"
    if document.title != document.id:
        yield f"    title: {_scalar(document.title)}"
    yield f"    assurance: {document.assurance.value}"
    dates = (("effective", document.effective), ("expires", document.expires), ("retrieved", document.retrieved))
    yield from (f"    {key}: {day}" for key, day in dates if day is not None)
    texts = (("version", document.version), ("url", document.url), ("sha256", document.sha256))
    yield from (f"    {key}: {_scalar(text)}" for key, text in texts if text is not None)
    if document.facts:
        yield "    terms:"
        yield from (f"      {line}" for line in _facts(document.facts))


def _facts(facts: Mapping[str, Fact]) -> Iterator[str]:
    for name, fact in facts.items():
        remarks = (("at", fact.at), ("quote", fact.quote), ("note", fact.note))
        yield f"{name}: {_content(fact.content, {key: _scalar(text) for key, text in remarks if text is not None})}"


def _content(content: Content, remarks: Mapping[str, str]) -> str:
    match content:
        case Exact(value, None) if not remarks:
            return _value(value)
        case Exact(value, wording):
            said = {"value": _value(value)} | _wording(wording)
        case Bounded(low, high, wording) if low is not None and high is not None:
            said = {"between": f"[{_value(low)}, {_value(high)}]"} | _wording(wording)
        case Bounded(low, high, wording):
            ends = {"at_least": low, "at_most": high}
            said = {key: _value(end) for key, end in ends.items() if end is not None} | _wording(wording)
            if not said:
                raise UnwritableError("bounds without an end")
        case Vague(text):
            said = {"vague": _scalar(text)}
        case Referred(to):
            said = {"see": _scalar(to)}
    return "{" + ", ".join(f"{key}: {text}" for key, text in (said | dict(remarks)).items()) + "}"


def _wording(text: str | None) -> dict[str, str]:
    return {} if text is None else {"wording": _scalar(text)}


def _value(value: Value) -> str:
    match value:
        case str():
            return _scalar(value)
        case frozenset():
            members = sorted(value, key=lambda each: (each.rank if isinstance(each, Symbol) else 0, write_value(each)))
            return f"[{', '.join(_value(each) for each in members)}]"
        case tuple():
            return f"[{', '.join(_record(each) for each in value)}]"
        case Duration():
            return _scalar(duration_text(value))
        case _:
            text = write_value(value)
            if "/" in text:
                raise UnwritableError(text)
            return _scalar(text)


def _record(record: Record) -> str:
    fields = (f"{name}: {_content(content, {})}" for name, content in record.fields.items())
    return "{" + ", ".join(fields) + "}"


def duration_text(value: Duration) -> str:
    """Return a duration in the words it was read from, or in the largest units that it is an even number of.

    Raises `UnwritableError` where no file can state it exactly.
    """
    if value.wording is not None and read_scalar(value.wording, Scalar.DURATION) == value:
        return value.wording
    parts = [count(value.months, "month")] if value.months else []
    if value.days or not (value.months or value.business_days):
        for unit, in_a_day in _FINER:
            text = count(value.days * in_a_day, unit)
            if "/" not in text:
                break
        else:
            raise UnwritableError(str(value))
        parts.append(text)
    parts += [count(value.business_days, "business day")] if value.business_days else []
    return " + ".join(parts)


def _precedence(contract: Contract) -> Iterator[str]:
    listed: Order = tuple((each.id,) for each in contract.documents)
    precedence = contract.precedence
    orders = dict(precedence.topics)
    if precedence.default != listed:
        if not orders:
            yield f"precedence: {_order(precedence.default)}"
            return
        orders.setdefault(EVERYTHING, precedence.default)
    if orders:
        yield "precedence:"
        yield from (f"  {_key(topic)}: {_order(order)}" for topic, order in orders.items())


def _order(order: Order) -> str:
    if isinstance(order, Ranking):
        return order.value
    groups = []
    for group in order:
        names = ", ".join(_scalar(each) for each in group)
        groups.append(names if len(group) == 1 else f"[{names}]")
    return f"[{', '.join(groups)}]"


def _key(topic: str) -> str:
    return _quoted(topic) if "*" in topic else topic


def _scalar(text: str) -> str:
    return text if _PLAIN.match(text) and text not in _NULLS else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(each) for each in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == " " or (character.isprintable() and character <= "\uffff"):
        return character
    return f"\\u{ord(character):04x}" if character <= "\uffff" else f"\\U{ord(character):08x}"
