"""Where in the text of a policy words and statements stand: a core policy knows the places of its parts, not of these.

A mutant is a change of the text as well as of the meaning, so that it can be shown to whoever wrote the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from termwise.diagnostics.finding import Edit
from termwise.source import Source, Span
from termwise.syntax.cut import Piece, comments, cut

_HEADS = frozenset("policy vocabulary define rule tighten relax waive guarantee test enum scale record term".split())
"""The words that start a declaration, save those that can also start a part of one."""


class Places:
    """A text to find places in."""

    def __init__(self, source: Source) -> None:
        """Read a text that parses."""
        self.source = source
        self._starts = [0, *(found.end() for found in re.finditer("\n", source.text))]
        self._words = self._without_comments()
        self._statements: list[Piece] = list(cut(source))
        self._begun = [(each.line, each.column) for each in self._statements]

    def text(self, span: Span) -> str:
        """Return what stands at a place, on one line and without comments."""
        return " ".join(self._words[slice(*self._offsets(span))].split())

    def words(self, span: Span) -> str:
        """Return what stands at a place as it is, comments left out."""
        return self._words[slice(*self._offsets(span))]

    def between(self, pattern: str, one: Span, other: Span) -> Span | None:
        """Return the first place after one and before another where a pattern matches, comments left out."""
        return self._first(pattern, self._offsets(one)[1], self._offsets(other)[0])

    def within(self, pattern: str, span: Span) -> Span | None:
        """Return the first place within another where a pattern matches, comments left out."""
        return self._first(pattern, *self._offsets(span))

    def statement(self, span: Span) -> Span:
        """Return the whole statement that a place is in."""
        return _place_of(self._statements[self._number(span)])

    def below(self, span: Span) -> Iterator[tuple[str, Span]]:
        """Yield the parts below a place in its declaration: the word that each starts with, and where it stands."""
        for each in self._statements[self._number(span) + 1 :]:
            word = each.text.split(maxsplit=1)[0]
            if word in _HEADS:
                return
            yield word, _place_of(each)

    def header(self, word: str) -> Span | None:
        """Return the statement of the header that starts with a word."""
        for each in self._statements:
            first = each.text.split(maxsplit=1)[0]
            if first == word:
                return _place_of(each)
            if first in _HEADS - {"policy"}:
                return None
        return None

    def edited(self, edits: Iterable[Edit]) -> str:
        """Return the text with some changes made that do not overlap."""
        return self._edited(self.source.text, edits)

    def shown(self, edits: Sequence[Edit]) -> tuple[str, str]:
        """Return the statements that some changes touch, as they are and as they would be, each time on one line."""
        touched = [self._offsets(self.statement(each.span)) for each in edits]
        first, rest = min(start for start, _ in touched), len(self._words) - max(end for _, end in touched)
        changed = self._edited(self._words, edits)
        before, after = self._words[first : len(self._words) - rest], changed[first : len(changed) - rest]
        return " ".join(before.split()), " ".join(after.split())

    def _first(self, pattern: str, start: int, end: int) -> Span | None:
        found = re.search(pattern, self._words[start:end])
        return None if found is None else self._span(start + found.start(), start + found.end())

    def _edited(self, text: str, edits: Iterable[Edit]) -> str:
        for edit in sorted(edits, key=lambda each: self._offsets(each.span), reverse=True):
            start, end = self._offsets(edit.span)
            text = text[:start] + edit.text + text[end:]
        return text

    def _without_comments(self) -> str:
        """Return the text with spaces in place of its comments."""
        text = self.source.text
        for each in comments(self.source):
            start, end = self._offsets(each)
            text = text[:start] + " " * (end - start) + text[end:]
        return text

    def _number(self, span: Span) -> int:
        """Return which statement a place is in."""
        return bisect_right(self._begun, (span.line, span.column)) - 1

    def _offsets(self, span: Span) -> tuple[int, int]:
        start = self._starts[span.line - 1] + span.column - 1
        return start, self._starts[span.end_line - 1] + span.end_column - 1

    def _span(self, start: int, end: int) -> Span:
        line, end_line = bisect_right(self._starts, start), bisect_right(self._starts, end)
        column, end_column = start - self._starts[line - 1] + 1, end - self._starts[end_line - 1] + 1
        return Span(self.source.path, line, column, end_line, end_column)


def _place_of(statement: Piece) -> Span:
    end = statement.end()
    return Span(statement.path, statement.line, statement.column, end.line, end.column)
