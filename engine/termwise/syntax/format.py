"""Text → the same text in its canonical layout, comments included.

What is laid out are the words that were written, in their order, and not the surface tree, which has no comments. So a
formatted text means what it meant, and nothing of it is lost. Parts of a declaration stand in columns, declarations are
a blank line apart, and short ones, which have no parts, stand as close together as their author put them.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.diagnostics import Problems
from termwise.frozen import frozen, replace
from termwise.source import Source
from termwise.syntax.columns import INDENT, Written, declared
from termwise.syntax.group import blocks, group
from termwise.syntax.layout import Line, plain
from termwise.syntax.parse import parse_words
from termwise.syntax.statements import Statement
from termwise.syntax.tokens import END, Comment, Token


@frozen
class _Declared:
    """A declaration as it was written, its head first."""

    statements: tuple[Written, ...]

    @property
    def first(self) -> Token:
        """Its first word, with the comments above it."""
        return self.statements[0].tokens[0]

    @property
    def is_header(self) -> bool:
        """Whether it is the header, whose parts are not indented."""
        return self.statements[0].kind in ("policy", "vocabulary")

    @property
    def is_short(self) -> bool:
        """Whether it may stand right above or below another one."""
        return len(self.statements) == 1 and not self.is_header


def format_source(source: Source, problems: Problems) -> str | None:
    """Return a text in its canonical layout; None, and what is wrong with it, where it is not well formed."""
    text = source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = Problems()
    read = parse_words(Source(source.path, text), found)
    if read is not None:
        group(source.path, read[0], found)
    problems.take(found)
    return None if read is None or found.has_errors else _formatted(*read)


def _formatted(statements: list[Statement], tokens: list[Token]) -> str:
    lines: list[Line] = []
    before: _Declared | None = None
    for each in _declarations(statements, tokens):
        is_apart = before is not None and not (before.is_short and each.is_short)
        lines += _between(before, each.first, is_apart=is_apart)
        lines += declared(_without_comments_above(each))
        before = each
    lines += _between(before, tokens[-1], is_apart=before is not None and not before.is_short)
    return "\n".join(plain(lines)) + "\n"


def _declarations(statements: list[Statement], tokens: list[Token]) -> Iterator[_Declared]:
    """Yield declarations, each with the words of its statements."""
    starts = {(each.span.line, each.span.column) for each in statements}
    words: dict[tuple[int, int], list[Token]] = {}
    for token in tokens[:-1]:
        place = (token.line, token.column)
        if place in starts:
            words[place] = here = []
        here.append(token)
    for block in blocks(statements, Problems()):
        yield _Declared(
            tuple(
                Written(each.kind, tuple(words[each.span.line, each.span.column]))
                for each in (block.head, *block.parts)
            )
        )


def _without_comments_above(each: _Declared) -> tuple[Written, ...]:
    """Return the statements of a declaration without the comments above it, which stand between two of them."""
    head, *parts = each.statements
    return (Written(head.kind, (replace(each.first, above=()), *head.tokens[1:])), *parts)


def _between(before: _Declared | None, token: Token, *, is_apart: bool) -> Iterator[Line]:
    """Yield what stands between two declarations: comments of the first, a blank line, comments of the second."""
    own = _own(before, token)
    indent = 0 if before is None or before.is_header else INDENT
    yield from (Line(" " * indent, each.text) for each in token.above[:own])
    below: list[Comment | Token] = [*token.above[own:], *([token] if token.kind != END else [])]
    for number, each in enumerate(below):
        if (is_apart and number == 0) or (each.after_blank and (before is not None or number > 0)):
            yield Line("")
        if isinstance(each, Comment):
            yield Line("", each.text)


def _own(before: _Declared | None, token: Token) -> int:
    """Return how many comments above a word are about the declaration before it.

    It is those that are indented more than both declarations. The parts of a header are not indented, so its own are
    also those right below it, if a blank line follows.
    """
    if before is None:
        return 0
    margin = max(before.first.column, token.column)
    blanks = [*(each.after_blank for each in token.above), token.after_blank or token.kind == END]
    indented = next((at for at, each in enumerate(token.above) if each.column <= margin), len(token.above))
    if indented or not before.is_header or blanks[0]:
        return indented
    return blanks.index(True) if True in blanks else 0
