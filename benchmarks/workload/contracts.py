"""Contracts for the workload, any number of them: the same ones for the same seed, as mappings and as columns.

What a contract says of a term is a function of the seed, the term and the number of the contract alone, computed with
integers of 64 bits, in Python one at a time or in NumPy a column at a time. So a million rows are made in seconds, and
any of them can be had as a mapping to try an evaluator against the reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from benchmarks.workload.facts import CONTEXT, FACTS, Plain, Spec, text

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Facts: TypeAlias = dict[str, Any]
"""A contract as a plain mapping: a value for each term it states, by instance name."""

_STEPS = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0x8CB92BA72F3D8DD7)
_ALL = 2**64 - 1
_SILENT = 100
"""Of a thousand facts, how many are not stated."""


def contracts(count: int, seed: int = 0) -> list[Facts]:
    """Return contracts as whoever calls Termwise has them: quantities as text, silent terms left out."""
    return [{spec.term: text(spec, value) for spec, value in _stated(seed, row)} for row in range(count)]


def plain(count: int, seed: int = 0) -> list[Facts]:
    """Return the same contracts as rules written by hand would have them: quantities as integers."""
    return [{spec.term: value for spec, value in _stated(seed, row)} for row in range(count)]


def _stated(seed: int, row: int) -> Iterator[tuple[Spec, Plain]]:
    for place, spec in enumerate(FACTS):
        draw = (seed * _STEPS[0] + place * _STEPS[1] + row * _STEPS[2] + _STEPS[0]) & _ALL
        draw = ((draw ^ (draw >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        draw = ((draw ^ (draw >> 27)) * 0x94D049BB133111EB) & _ALL
        draw ^= draw >> 31
        if draw % 1000 >= _SILENT:
            yield spec, spec.values[(draw >> 32) % len(spec.values)]


class Column(NamedTuple):
    """One fact of many contracts: values, and where there is one; of symbols and sets, places in `names`."""

    values: np.ndarray
    valid: np.ndarray
    names: tuple[str | frozenset[str], ...] = ()


def columns(count: int, seed: int = 0) -> dict[str, Column]:
    """Return the same contracts in compact columns, under the names that `Spec.column` gives."""
    import numpy as np

    rows = np.arange(count, dtype=np.uint64) * np.uint64(_STEPS[2])
    made = {}
    for place, spec in enumerate(FACTS):
        draw = rows + np.uint64((seed * _STEPS[0] + place * _STEPS[1] + _STEPS[0]) & _ALL)
        draw = (draw ^ (draw >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        draw = (draw ^ (draw >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        draw ^= draw >> np.uint64(31)
        valid = draw % np.uint64(1000) >= np.uint64(_SILENT)
        names = tuple(dict.fromkeys(spec.names or spec.values)) if spec.kind in ("symbol", "set") else ()
        held = [names.index(value) if names else value for value in spec.values]
        values = np.array(held, _width(spec))[(draw >> np.uint64(32)) % np.uint64(len(held))]
        made[spec.column] = Column(np.where(valid, values, values.dtype.type(0)), valid, names)
    return made


def _width(spec: Spec) -> str:
    match spec.kind:
        case "boolean":
            return "bool"
        case "symbol" | "set":
            return "int8"
        case "money":
            return "int32"
        case "duration" | "rate" | "percent" | "fees":
            return "int16"


def table(given: Mapping[str, Column]) -> pa.Table:
    """Return columns as an Arrow table: symbols and sets encoded by a dictionary, of texts or of lists of texts."""
    import pyarrow as pa

    arrays = {}
    for name, column in given.items():
        array = pa.array(column.values, mask=~column.valid)
        if column.names:
            known = [sorted(each) if isinstance(each, frozenset) else each for each in column.names]
            array = pa.DictionaryArray.from_arrays(array, pa.array(known))
        arrays[name] = array
    return pa.table(arrays)


# ------------------------------------------------------------------------------------------------- as documents


_RANGES = {
    "duration": "{} days",
    "rate": "{} per year",
    "percent": "{}%",
    "money": "USD {:,}",
    "fees": "{} months of fees",
}
_CALENDAR = ("1 week", "1 month", "2 months", "1 quarter", "10 business days", "1 year")
_VAGUE = ("as soon as reasonably practicable", "promptly", "industry standard", "as described in the documentation")


def mixed(count: int, seed: int = 0) -> list[dict[str, Any]]:
    """Return contracts of three documents that differ in assurance, with ranges, months, vague words and references."""
    return [_of_documents(Random(f"{seed}/{number}"), number) for number in range(count)]


def _of_documents(random: Random, number: int) -> dict[str, Any]:
    context: Facts = {}
    amendment: Facts = {}
    service: Facts = {}
    page: Facts = {}
    for spec in FACTS:
        draw = random.random()
        if spec.term in CONTEXT:
            if draw > 0.05:
                context[spec.term] = text(spec, random.choice(spec.values))
        elif draw < 0.9:
            first = amendment if draw < 0.45 else service if draw < 0.75 else page
            first[spec.term] = _content(random, spec)
            if first is not page and random.random() < 0.25:
                page[spec.term] = text(spec, random.choice(spec.values))
    documents = (("amendment", "signed", amendment), ("service-terms", "agreed", service), ("page", "documented", page))
    return {
        "contract": f"mixed-{number}",
        "context": context,
        "documents": [
            {"id": name, "title": name, "assurance": assurance, "terms": terms} for name, assurance, terms in documents
        ],
    }


def _content(random: Random, spec: Spec) -> object:
    """Return what a document says of a term: four times in five plainly."""
    draw = random.random()
    if draw < 0.08:
        return {"vague": random.choice(_VAGUE)}
    if draw < 0.12:
        return {"see": "Service-Specific Terms"}
    if draw < 0.2 and spec.kind == "duration":
        return random.choice(_CALENDAR)
    if draw < 0.3 and spec.kind in _RANGES:
        low, high = sorted(value for value in random.sample(spec.values, 2) if isinstance(value, int))
        return {"between": [_RANGES[spec.kind].format(low), _RANGES[spec.kind].format(high)]}
    return text(spec, random.choice(spec.values))
