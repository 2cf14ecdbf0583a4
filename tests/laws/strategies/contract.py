"""Random contracts as the data of a contract file: documents, assurance, precedence, and facts in every state."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from strategies.values import ascending, rarely, subsets, texts
from strategies.vocabulary import NAME, Known, Terms
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type

CONTRACT = "c"
ASSURANCES = ("claimed", "documented", "agreed", "signed")

Data = dict[str, Any]
Said = Any
"""What a file says of one term: a bare value, or a mapping that says how it is meant."""


@st.composite
def contracts(draw: DrawFn, terms: Terms, *, orders_only: bool = False) -> Data:
    """A contract over a vocabulary. With `orders_only`, documents disagree in no way but by their order."""
    made: Data = {"contract": CONTRACT, "vendor": "Vendor", "vocabulary": NAME}
    context = _stated(draw, [each for each in terms.terms if each.is_context], exact=True)
    if context:
        made["context"] = context
    negotiated = [each for each in terms.terms if not each.is_context]
    if draw(rarely(4)):
        made["terms"] = _stated(draw, negotiated)
        return made
    ids = ["first", "second", "third"][: draw(st.sampled_from([1, 2, 2, 3]))]
    made["documents"] = [_document(draw, each, negotiated) for each in ids]
    if len(ids) > 1 and draw(st.booleans()):
        made["precedence"] = _precedence(draw, ids, negotiated, orders_only)
    return made


def _document(draw: DrawFn, name: str, terms: list[Known]) -> Data:
    made: Data = {"id": name, "assurance": draw(st.sampled_from((*ASSURANCES, "signed")))}
    if draw(rarely(8)):
        made["effective"] = draw(st.sampled_from(["2026-11-24", "2026-11-25"]))
    elif draw(rarely(8)):
        made["expires"] = draw(st.sampled_from(["2026-11-24", "2026-11-23"]))
    made["terms"] = _stated(draw, terms)
    return made


def _precedence(draw: DrawFn, ids: list[str], terms: list[Known], orders_only: bool) -> Any:
    ways: list[Any] = [draw(st.permutations(ids))]
    if not orders_only:
        ways += ["strictest", "none"]
        if draw(st.booleans()):
            return draw(st.sampled_from(["strictest", "none"]))
    topics = [
        "*",
        *(each.name for each in terms),
        *(f"{each.name.split('.')[0]}.*" for each in terms if "." in each.name),
    ]
    chosen = draw(st.lists(st.sampled_from(topics), unique=True, min_size=1, max_size=2))
    return {topic: draw(st.sampled_from(ways)) for topic in chosen}


def _stated(draw: DrawFn, terms: list[Known], *, exact: bool = False) -> Data:
    made: Data = {}
    for term in terms:
        if draw(rarely(4)):
            continue
        if term.key is None or draw(rarely(3)):
            made[term.name] = draw(said(term.kind, exact=exact))
        else:
            keys = draw(st.lists(st.sampled_from(term.key.symbols), unique=True, min_size=1))
            made[term.name] = {key: draw(said(term.kind, exact=exact)) for key in keys}
    return made


@st.composite
def said(draw: DrawFn, kind: Type, *, exact: bool = False) -> Said:
    """What one document says of a term of a type, in any state."""
    state = 0 if exact else draw(st.integers(0, 9))
    match state:
        case 7 | 8:
            return {"vague": "promptly"}
        case 9:
            return {"see": "Another document"}
        case 5 | 6:
            bounded = _bounded(draw, kind)
            return draw(values(kind)) if bounded is None else bounded
        case 4:
            return {"value": draw(values(kind)), "at": "12.1", "quote": "as agreed"}
        case _:
            return draw(values(kind))


@st.composite
def values(draw: DrawFn, kind: Type) -> Any:
    """An exact value of a type, as a file writes it."""
    match kind:
        case SetType(element):
            return draw(subsets(element))
        case ListType(record):
            return [_row(draw, record) for _ in range(draw(st.integers(0, 2)))]
        case Scalar.BOOLEAN:
            return draw(st.booleans())
        case Scalar() | EnumType():
            return draw(st.sampled_from(texts(kind)))
        case RecordType():
            return _row(draw, kind)


def _row(draw: DrawFn, record: RecordType) -> Data:
    made: Data = {}
    for name, kind in record.fields:
        if not draw(rarely(5)):
            made[name] = draw(said(kind)) if draw(rarely(3)) else draw(values(kind))
    return made


def _bounded(draw: DrawFn, kind: Type) -> Said | None:
    """Return bounds, or None for a type that has none."""
    if isinstance(kind, SetType):
        return {draw(st.sampled_from(["at_least", "at_most"])): draw(subsets(kind.element))}
    if not isinstance(kind, Scalar | EnumType) or not ascending(kind):
        return None
    return _limits(draw, ascending(kind))


def _limits(draw: DrawFn, known: tuple[str, ...]) -> Data:
    form = draw(st.sampled_from(["between", "at_most", "at_least"]))
    if form == "between":
        first, last = sorted(draw(st.tuples(*[st.integers(0, len(known) - 1)] * 2)))
        return {"between": [known[first], known[last]]}
    limit: Data = {form: draw(st.sampled_from(known))}
    return limit | ({"wording": "without undue delay"} if draw(rarely(3)) else {})
