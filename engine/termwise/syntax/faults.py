"""Why a statement cannot be read: what `lark` stumbles over, in the words of the language.

Only faulty statements come here; reading a sound one does not load `lark`.
"""

from __future__ import annotations

import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from termwise.diagnostics import Problems
from termwise.source import Span
from termwise.syntax import problems as words
from termwise.syntax.cut import Piece
from termwise.syntax.grammar import parser

_COMMENT = re.compile(r"#[^\n]*")


def report_fault(piece: Piece, problems: Problems) -> None:
    """Report the first thing in a piece that is not well formed."""
    try:
        parser().parse(piece.text, start="statement")
    except UnexpectedInput as error:
        _report(error, piece, problems)
    else:
        raise AssertionError("the table does not have all of the grammar")


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
