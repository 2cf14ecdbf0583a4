"""Text → surface tree, and its problems.

A file without errors is parsed in one go. Otherwise it is cut at the words that start a statement, and each statement
is parsed alone: so each faulty one is reported once, at its own place, and none of the sound ones is lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax import problems as words
from termwise.syntax.assemble import BROKEN
from termwise.syntax.build import Builder
from termwise.syntax.cut import Piece, cut, deepest_bracket
from termwise.syntax.group import group
from termwise.syntax.read import Token as Seen
from termwise.syntax.read import read
from termwise.syntax.statements import Statement
from termwise.syntax.table import table
from termwise.syntax.tokens import Token, tokens_of
from termwise.syntax.tree import File, Word


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
        seen: list[Seen] = []
        builder = Builder(source.path, 1, 1, source.text)
        found = read(table(), source.text, "start", builder.build, seen)
        if found is not None:
            problems.know(source)
            statements = builder.file(found, problems)
            spans = ((each, builder.span(each.place)) for each in seen)
            listed = ((each.type, str(each), each.start, span.line, span.column) for each, span in spans)
            return statements, tokens_of(source.text, listed)
    parse(source, problems)
    return None


def _statements(source: Source, problems: Problems) -> list[Statement]:
    builder = Builder(source.path, 1, 1, source.text)
    found = read(table(), source.text, "start", builder.build)
    if found is None:
        return [each for piece in cut(source) for each in _alone(piece, problems)]
    return builder.file(found, problems)


def _alone(piece: Piece, problems: Problems) -> Iterator[Statement]:
    """Parse one statement by itself; yield a broken one, and one problem, if it is faulty."""
    declared = () if piece.declares is None else (Word(piece.declares, piece.end()),)
    broken = Statement(BROKEN, (Word(piece.starts_with, piece.end()), *declared), piece.end())
    if piece.unclosed is not None:
        problems.add(words.unclosed_text(piece.unclosed))
        yield broken
        return
    builder = Builder(piece.path, piece.line, piece.column, piece.text)
    found = read(table(), piece.text, "statement", builder.build)
    if found is None:
        from termwise.syntax.faults import report_fault  # brings the parser generator

        report_fault(piece, problems)
        yield broken
        return
    yield from builder.file([found], problems)
