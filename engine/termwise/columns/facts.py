"""Contracts → a table of facts: what precedence leaves of each on a day, to be judged in columns ever after.

Every cell is what a contract file would write: a plain text, or JSON for whatever takes more than one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from termwise.contracts.facts import Contract, Disputed, Spoken, Standing
from termwise.contracts.precedence import settle
from termwise.contracts.write import UnwritableError, duration_text
from termwise.core.policy import Assurance
from termwise.core.values import Bounded, Content, Exact, Record, Referred, Symbol, Vague, Value, write_value
from termwise.core.vocabulary import Vocabulary
from termwise.quantities.duration import STANDARD_HOLIDAYS, Duration, Holidays

Data = Any
"""What JSON can hold."""


def facts_table(
    contracts: Iterable[Contract], vocabulary: Vocabulary, as_of: date, holidays: Holidays = STANDARD_HOLIDAYS
) -> pa.Table:
    """Return one row a contract: its id and vendor, and for each term its cell, and its assurance if any states it.

    Raises `UnwritableError` where a value has no exact form in a file, such as a third of a percent.
    """
    rows = [(each, settle(each, vocabulary, as_of, holidays).standings) for each in contracts]
    columns: dict[str, pa.Array] = {
        "contract": pa.array([each.id for each, _ in rows], pa.string()),
        "vendor": pa.array([each.vendor for each, _ in rows], pa.string()),
    }
    words = pa.dictionary(pa.int32(), pa.string())
    for name, term in vocabulary.instances():
        standings = [standings.get(name) for _, standings in rows]
        cells = [None if each is None else cell_text(_said(each)) for each in standings]
        columns[name] = pa.array(cells, pa.string()).cast(words)
        if not term.is_context and any(each is not None for each in standings):
            worth = [None if each is None else _worth(each).value for each in standings]
            columns[f"{name} assurance"] = pa.array(worth, pa.string()).cast(words)
    return pa.table(columns)


def cell_text(said: Content | tuple[Content, ...]) -> str:
    """Return what a cell says: a content, or the several of a dispute."""
    data: Data = {"disputed": [_data(each) for each in said]} if isinstance(said, tuple) else _data(said)
    if isinstance(data, str):
        if data.lstrip()[:1] not in ("{", "["):
            return data
        data = {"value": data}  # a text that looks like JSON is not to be read as such
    return json.dumps(data, ensure_ascii=False)


def _said(standing: Standing) -> Content | tuple[Content, ...]:
    if isinstance(standing, Spoken):
        return standing.fact.content
    return tuple(dict.fromkeys(each.content for each in standing.facts))


def _worth(standing: Standing) -> Assurance:
    """Return what a standing is worth: a dispute is open whatever it is worth."""
    return Assurance.SIGNED if isinstance(standing, Disputed) else standing.fact.assurance


def _data(content: Content) -> Data:
    match content:
        case Exact(value, None):
            return _value(value)
        case Exact(value, wording):
            return {"value": _value(value), "wording": wording}
        case Bounded(low, high, wording):
            ends = {"at_least": low, "at_most": high}
            if low is not None and high is not None:
                said: dict[str, Data] = {"between": [_value(low), _value(high)]}
            else:
                said = {key: _value(end) for key, end in ends.items() if end is not None}
            if not said:
                raise UnwritableError("bounds without an end")
            return said if wording is None else said | {"wording": wording}
        case Vague(text):
            return {"vague": text}
        case Referred(to):
            return {"see": to}


def _value(value: Value) -> Data:
    match value:
        case str():
            return value
        case frozenset():
            members = sorted(value, key=lambda each: (each.rank if isinstance(each, Symbol) else 0, write_value(each)))
            return [_value(each) for each in members]
        case tuple():
            return [_record(each) for each in value]
        case Duration():
            return duration_text(value)
        case _:
            text = write_value(value)
            if "/" in text:
                raise UnwritableError(text)
            return text


def _record(record: Record) -> Mapping[str, Data]:
    return {name: _data(content) for name, content in record.fields.items()}
