"""Diagnostics → text for a terminal: what is wrong, where, and the line it stands on with a caret under it.

The text of a user's file is shown as it stands, but a control character is written out, so that no contract can move
the cursor or turn text around. Columns are those that the terminal shows, so that the caret stands under the right
letter also after tabs, accents and wide letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from unicodedata import category

from termwise.diagnostics import Diagnostic, Label, Level, Problems
from termwise.frozen import frozen
from termwise.quantities.numerals import count
from termwise.report.colour import Paint, Tone
from termwise.report.printable import width_of
from termwise.source import Source, Span

_WIDEST = 100
"""How much of a line is shown, in columns."""
_TAB = 4
_TONES = {Level.ERROR: Tone.BAD, Level.WARNING: Tone.WARN, Level.NOTE: Tone.OPEN}


def render(problems: Problems, *, colour: bool = False) -> str:
    """Return every diagnostic with the line it speaks of, and how many there are; nothing where there is none."""
    found = problems.all
    if not found:
        return ""
    page = Page(problems.sources, Paint(colour))
    return "\n\n".join([*("\n".join(page.lines_of(each)) for each in found), summary(found)]) + "\n"


def summary(found: Sequence[Diagnostic]) -> str:
    """Return how many diagnostics there are of each level: `3 errors, 1 warning`."""
    shown = [each for each in found if not each.is_tally]
    sums = [(sum(each.level is level for each in shown), level.value) for level in Level]
    said = ", ".join(count(number, word) for number, word in sums if number)
    return said if len(shown) == len(found) else f"{said}, and more that are not shown"


def visible(text: str) -> str:
    """Return a text with whatever a terminal would obey, rather than show, written out."""
    return text if text.isprintable() else "".join(_shown(each) for each in text)


@frozen
class _Excerpt:
    """The part of a line that is shown, and which of its columns are marked."""

    text: str
    before: int
    width: int


class Page:
    """Writes diagnostics, with the sources at hand."""

    def __init__(self, sources: Mapping[str, Source], paint: Paint) -> None:
        """Write with these sources, in colour or without."""
        self._sources = sources
        self._paint = paint
        self._split: dict[str, list[str]] = {}

    def lines_of(self, found: Diagnostic) -> Iterator[str]:
        """Yield the lines of one diagnostic."""
        tone = _TONES[found.level]
        level = self._paint(f"{found.level.value} {found.code}", tone)
        place, message = (
            self._paint(each, Tone.STRONG) for each in (place_in_text(found.primary.span), visible(found.message))
        )
        yield f"{place}: {level} [{found.slug}]: {message}"
        yield from self._excerpt(found.primary, "^", tone)
        for each in found.related:
            yield f"  {place_in_text(each.span)}: {visible(each.text)}"
            yield from self._excerpt(Label(each.span), "-", Tone.FAINT)
        if found.hint is not None:
            yield f"  = hint: {visible(found.hint)}"

    def _excerpt(self, label: Label, mark: str, tone: Tone) -> Iterator[str]:
        line = self._line(label.span)
        if line is None:
            return
        shown = _cut(line, label.span)
        number = str(label.span.line)
        remark = f" {visible(label.text)}" if label.text else ""
        yield f"  {self._paint(f'{number} |', Tone.FAINT)} {shown.text}".rstrip()
        gutter = self._paint(f"{' ' * len(number)} |", Tone.FAINT)
        yield f"  {gutter} {' ' * shown.before}{self._paint(mark * shown.width + remark, tone)}"

    def _line(self, span: Span) -> str | None:
        """Return the line a span starts on, where its source is known and has one."""
        if span.path not in self._sources:
            return None
        if span.path not in self._split:
            self._split[span.path] = self._sources[span.path].text.split("\n")
        lines = self._split[span.path]
        return lines[span.line - 1] if span.line <= len(lines) else None


def place_in_text(span: Span) -> str:
    """Return where a span starts, as `path:line:column`, which terminals and editors make a link of."""
    return f"{visible(span.path)}:{span.line}:{span.column}"


def _cut(line: str, span: Span) -> _Excerpt:
    """Return what to show of the line a span starts on: all of it, or what stands around the start of the span."""
    first = max(0, min(span.column - 1, len(line)) - _WIDEST)
    cells = _cells(line[first : span.column + _WIDEST])  # a line can be a whole file long; what is shown cannot
    start = min(span.column - 1, len(line)) - first
    end = span.end_column - 1 - first if span.end_line == span.line else len(cells)
    left, right, room = start, start, _WIDEST
    while room > 0 and (left > 0 or right < len(cells)):  # grow around the start, twice as far to the right
        for _ in range(2):
            if right < len(cells):
                room -= width_of(cells[right])
                right += 1
        if left > 0:
            left -= 1
            room -= width_of(cells[left])
    opening, closing = "…" * (first + left > 0), "…" * (first + right < len(line))
    before = width_of(opening + "".join(cells[left:start]))
    marked = width_of("".join(cells[start : min(end, right)]).rstrip())
    return _Excerpt(opening + "".join(cells[left:right]) + closing, before, max(marked, 1))


def _cells(line: str) -> list[str]:
    """Return what is shown for each character of a line; a tab by as many spaces as reach the next stop."""
    cells: list[str] = []
    column = 0
    for character in line:
        cell = " " * (_TAB - column % _TAB) if character == "\t" else _shown(character)
        column += width_of(cell)
        cells.append(cell)
    return cells


def _shown(character: str) -> str:
    """Return a character itself, or its number where a terminal would obey it, or show nothing at all."""
    if character.isprintable() or category(character) == "Zs":
        return character
    return f"<U+{ord(character):04X}>"
