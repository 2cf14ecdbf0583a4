"""A cell of a table, read as a contract file would be: each distinct one once, whatever the number of rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from termwise.compiled.cells import DISPUTED, SILENT, Cell, Cells, Unreadable
from termwise.core.vocabulary import Term
from termwise.diagnostics.quoting import quoted
from termwise.types import Scalar


def read_cell(value: object, term: Term, cells: Cells) -> Cell:
    """Return what a cell says of a term, or raise `Unreadable`. None is silence.

    Text that begins with `{` or `[` is JSON, as a contract in JSON would have it there; of a term that is text itself,
    only where it describes a fact. `{"disputed": [...]}` are things that documents of one rank say.
    """
    if value is None:
        return SILENT
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        value = _json(value, is_text=term.type is Scalar.TEXT)
    if isinstance(value, Mapping) and set(value) == {"disputed"}:
        said = value["disputed"]
        if not isinstance(said, list) or len({id(cells.read(each, term)) for each in said}) < 2:
            raise Unreadable("a dispute is a list of two or more different things")
        return DISPUTED
    return cells.read(value, term)


def _json(text: str, *, is_text: bool) -> object:
    try:
        found: object = json.loads(text, parse_float=Decimal, object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError):
        if is_text:
            return text
        raise Unreadable(f"{quoted(text)} is no JSON, as what begins with a bracket has to be") from None
    return text if is_text and not isinstance(found, dict) else found


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _refuse(word: str) -> object:
    raise ValueError(f"{word} is no number")
