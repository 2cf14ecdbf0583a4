"""Diagnostics → text for a terminal, and → data for programs.

The text of a user's file is shown as it stands, but a control character is written out, so that no contract can move
the cursor or turn text around. Columns are those that the terminal shows, so that the caret stands under the right
letter also after tabs, accents and wide letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from termwise.diagnostics import Diagnostic, Label, Level, Problems
from termwise.source import Source, Span

Data: TypeAlias = dict[str, Any]

_WIDEST = 100
"""How much of a line is shown, in columns."""
_TAB = 4
_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_BOLD, _FAINT = "1", "2"


def render(problems: Problems, *, colour: bool = False) -> str:
    """Return every diagnostic with the line it speaks of, and how many there are; nothing where there is none."""
    found = problems.all
    if not found:
        return ""
    page = _Page(problems.sources, colour)
    return "\n\n".join(["\n".join(page.diagnostic(each)) for each in found] + [count(problems)]) + "\n"


def count(problems: Problems) -> str:
    """Return how many diagnostics there are of each level: `3 errors, 1 warning`."""
    found = problems.all
    sums = [(sum(each.level is level for each in found), level.value) for level in Level]
    return ", ".join(f"{many:,} {word}{'' if many == 1 else 's'}" for many, word in sums if many)


def data(problems: Problems) -> list[Data]:
    """Return every diagnostic as data, in the order in which they are shown."""
    return [_data(each) for each in problems.all]


def visible(text: str) -> str:
    """Return a text with whatever a terminal would obey, rather than show, written out."""
    return text if text.isprintable() else "".join(_shown(each) for each in text)


def _data(found: Diagnostic) -> Data:
    return {
        "code": found.code,
        "slug": found.slug,
        "severity": found.level.value,
        "message": found.message,
        **_place(found.primary.span),
        "hint": found.hint,
        "related": [{**_place(each.span), "text": each.text} for each in found.related],
    }


def _place(span: Span) -> Data:
    return {
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """The part of a line that is shown, and where in it the marks go, in columns."""

    text: str
    before: int
    width: int


class _Page:
    """Writes diagnostics, with the sources at hand."""

    def __init__(self, sources: Mapping[str, Source], colour: bool) -> None:
        self._sources = sources
        self._lines: dict[str, list[str]] = {}
        self._colour = colour

    def diagnostic(self, found: Diagnostic) -> Iterator[str]:
        """Yield the lines of one diagnostic."""
        severity = self._painted(f"{found.level.value} {found.code}", _BOLD, _COLOURS[found.level])
        place = self._painted(_where(found.primary.span), _BOLD)
        yield f"{place}: {severity} [{found.slug}]: {self._painted(visible(found.message), _BOLD)}"
        yield from self._excerpt(found.primary, "^", _COLOURS[found.level])
        for each in found.related:
            yield f"  {_where(each.span)}: {visible(each.text)}"
            yield from self._excerpt(Label(each.span), "-", _COLOURS[Level.NOTE])
        if found.hint is not None:
            yield f"  = {self._painted('hint', _BOLD)}: {visible(found.hint)}"

    def _excerpt(self, label: Label, mark: str, colour: str) -> Iterator[str]:
        line = self._line(label.span)
        if line is None:
            return
        shown = _cut(line, label.span)
        margin = " " * len(str(label.span.line))
        number = self._painted(f"{label.span.line} |", _FAINT)
        marks = self._painted(mark * shown.width + (f" {visible(label.text)}" if label.text else ""), colour)
        yield f"  {number} {shown.text}".rstrip()
        yield f"  {self._painted(f'{margin} |', _FAINT)} {' ' * shown.before}{marks}"

    def _line(self, span: Span) -> str | None:
        """Return the line a span starts on, where its source is known and has one."""
        if span.path not in self._sources:
            return None
        if span.path not in self._lines:
            self._lines[span.path] = self._sources[span.path].text.split("\n")
        lines = self._lines[span.path]
        return lines[span.line - 1] if span.line <= len(lines) else None

    def _painted(self, text: str, *styles: str) -> str:
        return f"\x1b[{';'.join(styles)}m{text}\x1b[0m" if self._colour else text


def _where(span: Span) -> str:
    return f"{visible(span.path)}:{span.line}:{span.column}"


def _cut(line: str, span: Span) -> _Excerpt:
    """Return what to show of the line a span starts on: all of it, or what stands around the start of the span."""
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line.rstrip())
    first = max(0, start - _WIDEST)
    cells = _cells(line[first : start + _WIDEST])  # a line can be a whole file long; what is shown cannot
    start, end = start - first, end - first
    left, right, room = start, start, _WIDEST
    while room > 0 and (left > 0 or right < len(cells)):  # grow around the start, twice as far to the right
        for _ in range(2):
            if right < len(cells):
                room -= _width(cells[right])
                right += 1
        if left > 0:
            left -= 1
            room -= _width(cells[left])
    opening, closing = "…" * (first + left > 0), "…" * (first + right < len(line))
    before = _width(opening) + sum(map(_width, cells[left:start]))
    marked = sum(map(_width, cells[start : min(max(end, start), right)]))
    return _Excerpt(opening + "".join(cells[left:right]) + closing, before, max(marked, 1))


def _cells(line: str) -> list[str]:
    """Return what is shown for each character of a line; a tab by as many spaces as reach the next stop."""
    cells: list[str] = []
    column = 0
    for character in line:
        cell = " " * (_TAB - column % _TAB) if character == "\t" else _shown(character)
        column += _width(cell)
        cells.append(cell)
    return cells


def _shown(character: str) -> str:
    """Return a character itself, or its number where a terminal would obey it, or show nothing at all."""
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return f"<U+{ord(character):04X}>"


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
