"""Changes to a contract that the laws speak of: more information, a safer value, more assurance, another order."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn
from hypothesis.vendor.pretty import RepresentationPrinter

from strategies.case import Case, show
from strategies.contract import ASSURANCES, Data, Said, said, values
from strategies.values import ascending, texts
from strategies.vocabulary import Known, Terms
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type


@dataclass(frozen=True, slots=True)
class Changed:
    """A contract after a change, and the one term it was about where it was about one. A failure shows the file."""

    contract: Data
    term: str | None = None

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(f"\n# {self.term or 'changed'}\n{show(self.contract)}")


Place = tuple[Data, str, Known]
"""A mapping of what is said, the key under which something stands in it, and the term it speaks of."""


def speakers(contract: Data) -> list[Data]:
    """Return every mapping of terms in a contract, the context aside."""
    return [contract["terms"]] if "terms" in contract else [each["terms"] for each in contract["documents"]]


def places(terms: Terms, mapping: Data) -> Iterator[Place]:
    """Yield where each fact of a mapping stands."""
    for term in terms.terms:
        if term.name not in mapping:
            continue
        if _is_by_key(term, mapping[term.name]):
            yield from ((mapping[term.name], key, term) for key in mapping[term.name])
        else:
            yield mapping, term.name, term


def _is_by_key(term: Known, stated: Said) -> bool:
    return term.key is not None and isinstance(stated, dict) and set(stated) <= set(term.key.symbols)


# ------------------------------------------------------------------------------------------------ information


@st.composite
def informed(draw: DrawFn, case: Case) -> Changed:
    """The contract with some facts narrowed, and some that no document states filled in."""
    contract = deepcopy(case.contract)
    context = contract.setdefault("context", {})
    silent = list(_silent(case.terms, contract))
    for mapping in (*speakers(contract), context):
        for place, name, term in list(places(case.terms, mapping)):
            if _can_narrow(term.kind, place[name]) and draw(st.booleans()):
                place[name] = draw(narrowed(term.kind, place[name]))
    for term, key in silent:
        if draw(st.booleans()):
            speaker = context if term.is_context else draw(st.sampled_from(speakers(contract)))
            stated = draw(values(term.kind) if term.is_context else said(term.kind))
            if key is None:
                speaker[term.name] = stated
            else:
                speaker.setdefault(term.name, {})[key] = stated
    return Changed(contract)


def _silent(terms: Terms, contract: Data) -> Iterator[tuple[Known, str | None]]:
    for term in terms.terms:
        mappings = [contract["context"]] if term.is_context else speakers(contract)
        said_here = [each[term.name] for each in mappings if term.name in each]
        if term.key is None:
            if not said_here:
                yield term, None
        elif all(_is_by_key(term, each) for each in said_here):
            yield from ((term, key) for key in term.key.symbols if not any(key in each for each in said_here))


def _can_narrow(kind: Type, stated: Said) -> bool:
    if isinstance(kind, ListType) and isinstance(stated, list):
        return any(True for row in stated for _ in _open_fields(kind.record, row))
    return isinstance(stated, dict) and "value" not in stated


def _open_fields(record: RecordType, row: Data) -> Iterator[tuple[str, Type]]:
    for name, kind in record.fields:
        if name not in row or _can_narrow(kind, row[name]):
            yield name, kind


@st.composite
def narrowed(draw: DrawFn, kind: Type, stated: Said) -> Said:
    """What leaves fewer possibilities than what is stated, and no other ones."""
    if isinstance(kind, ListType) and isinstance(stated, list):
        rows = deepcopy(stated)
        row = draw(st.sampled_from([each for each in rows if any(True for _ in _open_fields(kind.record, each))]))
        name, field = draw(st.sampled_from(list(_open_fields(kind.record, row))))
        row[name] = draw(narrowed(field, row[name])) if name in row else draw(said(field))
        return rows
    match stated:
        case {"at_least": list(least)} if isinstance(kind, SetType):
            others = [each for each in texts(kind.element) if each not in least]
            more = [*least, *draw(st.lists(st.sampled_from(others), unique=True))] if others else least
            return draw(st.sampled_from([more, {"at_least": more}]))
        case {"at_most": list(most)} if isinstance(kind, SetType):
            less = draw(st.lists(st.sampled_from(most), unique=True)) if most else []
            return draw(st.sampled_from([less, {"at_most": less}]))
        case {"vague": _} | {"see": _}:
            return draw(said(kind))
        case _:
            assert isinstance(kind, Scalar | EnumType)
            return draw(_within(kind, stated))


@st.composite
def _within(draw: DrawFn, kind: Scalar | EnumType, stated: Said) -> Said:
    known = ascending(kind)
    low, high = stated.get("between", (stated.get("at_least", known[0]), stated.get("at_most", known[-1])))
    first, last = known.index(low), known.index(high)
    if draw(st.booleans()):
        return draw(st.sampled_from(known[first : last + 1]))
    low, high = (known[each] for each in sorted(draw(st.tuples(*[st.integers(first, last)] * 2))))
    halves = [{bound: value} for bound, value in (("at_least", low), ("at_most", high)) if bound in stated]
    return draw(st.sampled_from([{"between": [low, high]}, *halves]))


# ----------------------------------------------------------------------------------------- safety and assurance


@st.composite
def safer(draw: DrawFn, case: Case) -> Changed:
    """The contract with one exact value moved in its `prefer` direction, if there is one to move."""
    contract = deepcopy(case.contract)
    directions = {
        each.name.text: each.prefer.text
        for each in case.terms.file.declarations
        if isinstance(each, tree.TermDecl) and each.prefer is not None
    }
    movable = [
        (place, better)
        for mapping in speakers(contract)
        for place in places(case.terms, mapping)
        if place[2].name in directions
        and (better := _better(place[2].kind, place[0][place[1]], directions[place[2].name]))
    ]
    if not movable:
        return Changed(contract)
    (mapping, name, term), better = draw(st.sampled_from(movable))
    mapping[name] = draw(st.sampled_from(better))
    return Changed(contract, term.name)


def _better(kind: Type, stated: Said, direction: str) -> list[Any]:
    """Return the values that are better than an exact one."""
    if isinstance(stated, dict):
        return _better(kind, stated["value"], direction) if "value" in stated else []
    match kind:
        case SetType(element):
            if direction == "lower":
                return [stated[:count] for count in range(len(stated))]
            return [[*stated, each] for each in texts(element) if each not in stated]
        case Scalar.BOOLEAN:
            better = direction == "higher"
            return [] if stated is better else [better]
        case Scalar() | EnumType():
            known = ascending(kind)
            if stated not in known:
                return []
            at = known.index(stated)
            return list(known[:at] if direction == "lower" else known[at + 1 :])
        case RecordType() | ListType():
            return []


@st.composite
def assured(draw: DrawFn, case: Case) -> Changed:
    """The contract with the assurance of some documents raised."""
    contract = deepcopy(case.contract)
    for document in contract.get("documents", ()):
        above = ASSURANCES[ASSURANCES.index(document["assurance"]) :]
        document["assurance"] = draw(st.sampled_from(above))
    return Changed(contract)


# ------------------------------------------------------------------------------------------------------ order


@st.composite
def shuffled(draw: DrawFn, case: Case) -> Case:
    """The case with declarations, keys, and documents of equal rank in another order."""
    policy = _shuffled_file(draw, case.policy)
    vocabulary = _shuffled_file(draw, case.terms.file)
    contract = _shuffled_keys(draw, case.contract)
    if contract.get("precedence") in ("none", "strictest"):
        contract["documents"] = draw(st.permutations(contract["documents"]))
    terms = Terms(vocabulary, case.terms.enums, case.terms.record, case.terms.terms, case.terms.annual_fees)
    return Case(terms, policy, contract)


def _shuffled_file(draw: DrawFn, file: tree.File) -> tree.File:
    return tree.File(file.path, file.header, tuple(draw(st.permutations(file.declarations))))


def _shuffled_keys(draw: DrawFn, node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _shuffled_keys(draw, node[key]) for key in draw(st.permutations(list(node)))}
    if isinstance(node, list):
        return [_shuffled_keys(draw, each) for each in node]
    return node
