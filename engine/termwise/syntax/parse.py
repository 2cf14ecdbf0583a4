"""Text → surface tree, and its problems. The only module that knows the parser generator.

A file without errors is parsed in one go. Otherwise it is cut at the words that start a statement, and each statement
is parsed alone: so each faulty one is reported once, at its own place, and none of the sound ones is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.lexer import PatternRE, PatternStr, TerminalDef

from termwise import library
from termwise.diagnostics import Problems
from termwise.source import Source, Span
from termwise.syntax import problems as words
from termwise.syntax.assemble import BROKEN
from termwise.syntax.build import Builder
from termwise.syntax.cut import Piece, cut, deepest_bracket
from termwise.syntax.group import group
from termwise.syntax.statements import Statement
from termwise.syntax.tokens import Token, tokens_of
from termwise.syntax.tree import File, Word
from termwise.syntax.words import ALSO_NAMES, RESERVED

_COMMENT = re.compile(r"#[^\n]*")


def parse(source: Source, problems: Problems) -> File:
    """Return the tree of a text. Always returns one; `problems` says what of the text is not in it."""
    problems.know(source)
    deep = deepest_bracket(source, words.DEEPEST)
    if deep is not None:
        problems.add(words.too_deep(deep))
        return File(source.path, None, ())
    return group(source.path, _statements(source, problems), problems)


def parse_words(source: Source, problems: Problems) -> tuple[list[Statement], list[Token]] | None:
    """Return the statements of a text, and its words with the comments between; None where it is not well formed."""
    if deepest_bracket(source, words.DEEPEST) is None:
        reading = _parser().parse_interactive(source.text, start="start")
        try:
            found = list(reading.iter_parse())
            tree = reading.feed_eof()  # type: ignore[no-untyped-call]  # lark says nothing of it
        except UnexpectedInput:
            pass
        else:
            problems.know(source)
            read = ((each.type, str(each), each.start_pos or 0, each.line or 0, each.column or 0) for each in found)
            return Builder(source.path, 1, 1, problems).file(tree), tokens_of(source.text, read)
    parse(source, problems)
    return None


def _statements(source: Source, problems: Problems) -> list[Statement]:
    try:
        tree = _parser().parse(source.text, start="start")
    except UnexpectedInput:
        return [each for piece in cut(source) for each in _alone(piece, problems)]
    return Builder(source.path, 1, 1, problems).file(tree)


def _alone(piece: Piece, problems: Problems) -> Iterator[Statement]:
    """Parse one statement by itself; yield a broken one, and one problem, if it is faulty."""
    declared = () if piece.declares is None else (Word(piece.declares, piece.end()),)
    broken = Statement(BROKEN, (Word(piece.starts_with, piece.end()), *declared), piece.end())
    if piece.unclosed is not None:
        problems.add(words.unclosed_text(piece.unclosed))
        yield broken
        return
    try:
        tree = _parser().parse(piece.text, start="statement")
    except UnexpectedInput as error:
        _report(error, piece, problems)
        yield broken
        return
    yield from Builder(piece.path, piece.line, piece.column, problems).statement(tree)


def _report(error: UnexpectedInput, piece: Piece, problems: Problems) -> None:
    match error:
        case UnexpectedToken() if _promises_severity(piece, error):
            found = "" if error.token.type == "$END" else str(error.token)
            span = piece.span(error.line, error.column, len(found)) if found else piece.end()
            problems.add(words.severity_expected(found, span))
        case UnexpectedCharacters():
            span = piece.span(error.line, error.column, 1)
            problems.add(words.stray_character(error.char, span, _before(piece, error.line, error.column)))
        case UnexpectedToken() if error.token.type != "$END":
            span = piece.span(error.line, error.column, len(error.token))
            _unexpected(error, str(error.token), span, _before(piece, error.line, error.column), problems)
        case UnexpectedToken():
            _unexpected(error, "", piece.end(), "", problems)
        case _:
            raise error


def _promises_severity(piece: Piece, error: UnexpectedToken) -> bool:
    """Whether what cannot be read comes right after `rule NAME:`."""
    read = piece.text if error.token.type == "$END" else piece.text[: error.pos_in_stream]
    return piece.starts_with in ("rule", "tighten", "relax") and _COMMENT.sub("", read).rstrip().endswith(":")


def _before(piece: Piece, line: int, column: int) -> str:
    """Return the character before a place in a piece, or nothing at the start of a line."""
    return piece.text.split("\n")[line - 1][max(column - 2, 0) : column - 1]


def _unexpected(error: UnexpectedToken, found: str, span: Span, before: str, problems: Problems) -> None:
    expected = set(error.accepts or error.expected)  # what the parser accepts is not known where its lexer gave up
    wants_operand = {"LPAR", "LBRACE", "NUMBER"} <= expected
    problems.add(words.unexpected(found, span, expected, before, wants_operand))


@cache
def _parser() -> Lark:
    reserved = "|".join(sorted(RESERVED))
    return Lark(
        library.grammar().replace("{reserved}", reserved),
        parser="lalr",
        lexer="contextual",
        start=["start", "statement"],
        propagate_positions=True,
        maybe_placeholders=True,
        edit_terminals=whole_word,
    )


def whole_word(terminal: TerminalDef) -> None:
    """Let a word of the language end where words end: else `andbad` would be `and bad`, and a slip a condition."""
    pattern = terminal.pattern
    if isinstance(pattern, PatternStr) and pattern.value.isidentifier() and pattern.value not in ALSO_NAMES:
        terminal.pattern = PatternRE(rf"{pattern.value}\b")
