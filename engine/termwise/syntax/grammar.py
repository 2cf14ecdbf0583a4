"""The grammar as `lark` understands it: what the table is made from, and what knows why a text cannot be read."""

from __future__ import annotations

from functools import cache

from lark import Lark
from lark.lexer import PatternRE, PatternStr, TerminalDef

from termwise.syntax.table import grammar_text
from termwise.syntax.words import ALSO_NAMES

STARTS = ("start", "statement")
"""What can be read: a whole file, or one statement."""


@cache
def parser() -> Lark:
    """Return the parser that `lark` makes of the grammar."""
    return Lark(
        grammar_text(),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        propagate_positions=True,
        maybe_placeholders=True,
        edit_terminals=whole_word,
    )


def whole_word(terminal: TerminalDef) -> None:
    """Let a word of the language end where words end: else `andbad` would be `and bad`, and a slip a condition."""
    pattern = terminal.pattern
    if isinstance(pattern, PatternStr) and pattern.value.isidentifier() and pattern.value not in ALSO_NAMES:
        terminal.pattern = PatternRE(rf"{pattern.value}\b")
