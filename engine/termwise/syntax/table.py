"""The grammar as a table, which ships ready-made: to compute it takes longer than everything else a run does.

`termwise.table` beside the grammar says of what text it was made. Where that is not the grammar at hand, which only
happens to whoever changes the grammar, the table is computed anew. It holds numbers and patterns, and names no code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from termwise import library
from termwise.cachefolder import digest
from termwise.frozen import frozen
from termwise.syntax.words import RESERVED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LAYOUT = "1"
"""Raised whenever what the file consists of changes."""

END = 0
"""The symbol of the end of a text."""

NOTHING = -1
"""No symbol, and nothing that could be done."""


@frozen
class Context:
    """What may come next in some states: terminals to try in this order, the first that matches is it.

    A word stands by itself; a sign is whatever the text goes on with. Of a pattern that names match, `instead` are the
    words that are terminals of their own here.
    """

    patterns: tuple[tuple[int, Callable[[str, int], re.Match[str] | None]], ...]
    words: Mapping[str, int]
    signs: tuple[tuple[str, int], ...]
    instead: Mapping[int, Mapping[str, int]]


@frozen
class Production:
    """What symbols become, and which of what they stand for it is made of.

    `name` is what is made of `size` symbols; without a name they are a list that belongs to whatever it becomes a part
    of. `parts` are their numbers, from 0; a number below -1 is such a list (-2 is that at 0), and -1 stands for
    something that was left out. `is_passed_on` is whether a single part is taken for the whole; where that is all there
    can be, it is one of a chain of names for one thing. A plain one has no lists among its parts, and nothing left out.
    """

    symbol: int
    size: int
    name: str | None
    parts: tuple[int, ...]
    is_passed_on: bool
    is_chained: bool
    is_plain: bool


class Table:
    """An LALR table. What belongs to a state is worked out when the state is first reached: most never are."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take what `tabulate` returned."""
        self.names: Sequence[str] = data["symbols"]
        self.starts: Mapping[str, int] = data["starts"]
        self.ends: Mapping[str, int] = data["ends"]
        self.productions = [
            Production(
                symbol,
                size,
                name,
                tuple(parts),
                is_passed_on,
                is_chained=is_passed_on and size == 1 and parts == [0],
                is_plain=min(parts, default=0) >= 0,
            )
            for symbol, size, name, parts, is_passed_on in data["productions"]
        ]
        self.skip = re.compile(data["ignored"]).match
        self._rows: Sequence[str] = data["states"]
        self._patterns: Mapping[str, str] = data["patterns"]
        self._data: Sequence[Mapping[str, Any]] = data["contexts"]
        self._contexts: dict[int, Context] = {}
        self._chains: dict[tuple[int, int, int], tuple[int, int]] = {}
        self._states: list[tuple[Context, dict[int, int]] | None] = [None] * len(self._rows)

    def state(self, number: int) -> tuple[Context, dict[int, int]]:
        """Return what may come next in a state, and what each symbol then does.

        An even number is twice the state that follows; an odd one is twice the production that is complete, plus 1.
        """
        found = self._states[number]
        if found is None:
            context, *rest = map(int, self._rows[number].split(" "))
            found = self._states[number] = (self._context(context), dict(zip(rest[::2], rest[1::2], strict=True)))
        return found

    def end_of_chain(self, before: int, action: int, symbol: int) -> tuple[int, int]:
        """Return the state after all of a chain, which began after a state, and what is to be done in it.

        An operand is a primary, a sum, a comparison, and so on up to an expression: half of all there is to do.
        """
        key = (before, action, symbol)
        found = self._chains.get(key)
        if found is None:
            state = before
            while action != NOTHING and action & 1 and self.productions[action >> 1].is_chained:
                state = self.state(before)[1][self.productions[action >> 1].symbol] >> 1
                action = self.state(state)[1].get(symbol, NOTHING)
            found = self._chains[key] = (state, action)
        return found

    def _context(self, number: int) -> Context:
        found = self._contexts.get(number)
        if found is None:
            data = self._data[number]
            found = self._contexts[number] = Context(
                tuple((each, re.compile(self._patterns[str(each)]).match) for each in data["patterns"]),
                data["words"],
                tuple((sign, symbol) for sign, symbol in data["signs"]),
                {int(symbol): instead for symbol, instead in data["instead"].items()},
            )
        return found


@cache
def table() -> Table:
    """Return the table of the grammar."""
    data = _shipped()
    if data is None:
        from termwise.syntax.tabulate import tabulate

        data = tabulate()
    return Table(data)


def grammar_text() -> str:
    """Return the text of the grammar with the reserved words in their place."""
    return library.grammar().replace("{reserved}", "|".join(sorted(RESERVED)))


def made_of() -> str:
    """Return what tells this grammar from every other."""
    return digest(_LAYOUT, grammar_text())


def _shipped() -> Mapping[str, Any] | None:
    """Return the table that ships, or None where there is none of this grammar."""
    import json

    try:
        data: Mapping[str, Any] = json.loads(library.table() or "null")
    except ValueError:
        return None
    return data if isinstance(data, dict) and data.get("made_of") == made_of() else None
