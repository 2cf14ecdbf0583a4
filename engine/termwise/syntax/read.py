"""Text → what the builder makes of it, by the table: an LALR parser and its lexer, in one loop.

It reads what is well formed, and of everything else only says that it is not; why not is for `faults` to say. What may
come next depends on the state of the parser, so words that are reserved in one place are names in another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from termwise.syntax.table import END, NOTHING, Context, Production, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Place: TypeAlias = tuple[int, int]
"""Where something starts in its text, and where it ends."""

Build: TypeAlias = "Callable[[str, Place, list[Any]], Any]"
"""What makes something of a production, by its name."""

_WORD = re.compile(r"\w+").match


class Token(str):
    """A word of a text: the name of its terminal, and where it starts."""

    __slots__ = ("start", "type")

    start: int
    type: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.start + len(self)


def read(table: Table, text: str, start: str, build: Build, seen: list[Token] | None = None) -> Any:  # noqa: ANN401
    """Return what is built of a text, or None where it is not well formed; `seen` gets every word of it."""
    states = [table.starts[start]]
    values: list[Any] = []
    begins: list[int] = []
    ends: list[int] = []
    last, productions, skip, size = table.ends[start], table.productions, table.skip, len(text)
    at = 0
    while True:
        context, actions = table.state(states[-1])
        skipped = skip(text, at)
        at = at if skipped is None else skipped.end()
        symbol, end = _next(context, text, at) if at < size else (END, at)
        action = actions.get(symbol, NOTHING)
        while action & 1 and action != NOTHING:
            made = productions[action >> 1]
            if made.is_chained:
                states[-1], action = table.end_of_chain(states[-2], action, symbol)
            else:
                count = made.size
                place = (begins[-count], ends[-1]) if count else (at, at)
                parts = _parts(made, values[len(values) - count :])
                if count:
                    del states[-count:], values[-count:], begins[-count:], ends[-count:]
                is_one = made.is_passed_on and len(parts) == 1
                values.append(parts[0] if is_one else parts if made.name is None else build(made.name, place, parts))
                begins.append(place[0])
                ends.append(place[1])
                states.append(table.state(states[-1])[1][made.symbol] >> 1)
                action = table.state(states[-1])[1].get(symbol, NOTHING)
            if symbol == END and states[-1] == last:
                return values[-1]
        if action == NOTHING:
            return None
        token = Token(text[at:end])
        token.type, token.start = table.names[symbol], at
        if seen is not None:
            seen.append(token)
        states.append(action >> 1)
        values.append(token)
        begins.append(at)
        ends.append(end)
        at = end


def _parts(made: Production, given: list[Any]) -> list[Any]:
    """Return what a production is made of, of what its symbols stand for."""
    numbers = made.parts
    if made.is_plain:
        return [given[number] for number in numbers]
    parts: list[Any] = []
    for number in numbers:
        if number >= 0:
            parts.append(given[number])
        elif number == -1:
            parts.append(None)
        elif parts:
            parts += given[-2 - number]
        else:  # a list that grows by one at a time is not copied each time
            parts = given[-2 - number]
    return parts


def _next(context: Context, text: str, at: int) -> tuple[int, int]:
    """Return the terminal that a text goes on with, and where it ends; no terminal where none of the context fits."""
    for symbol, match in context.patterns:
        found = match(text, at)
        if found is not None:
            instead = context.instead.get(symbol)
            return symbol if instead is None else instead.get(found[0], symbol), found.end()
    word = _WORD(text, at) if context.words else None
    if word is not None and word[0] in context.words:
        return context.words[word[0]], word.end()
    for sign, symbol in context.signs:
        if text.startswith(sign, at):
            return symbol, at + len(sign)
    return NOTHING, at
