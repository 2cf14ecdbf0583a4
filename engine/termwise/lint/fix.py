"""Findings → a text with the safe edits of them made, or as many as can be shown to keep the meaning.

An edit is never trusted: the edited text is compiled again and has to mean what the text before it meant. Where all
edits together do not, each is tried by itself on top of those before it, and what does not pass is left alone. Edits
never overlap, and none goes over a comment, because a comment has no meaning that could be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from termwise.diagnostics.finding import Edit, Finding
from termwise.frozen import frozen
from termwise.source import Source, Span
from termwise.syntax.cut import comments

Check = Callable[[Source], bool]
"""Whether a text still means what it meant."""


@frozen
class Fixed:
    """A text, and the findings of which it has the edits."""

    source: Source
    findings: tuple[Finding, ...]


def fixed(source: Source, findings: Iterable[Finding], keeps_meaning: Check) -> Fixed:
    """Make the edits of findings in a text, as far as they are safe."""
    chosen = _apart(source, findings)
    if not chosen:
        return Fixed(source, ())
    whole = _edited(source, [edit for each in chosen for edit in each.fixes])
    if keeps_meaning(whole):
        return Fixed(whole, tuple(chosen))
    made: list[Finding] = []
    for each in chosen:
        trial = [edit for kept in (*made, each) for edit in kept.fixes]
        if keeps_meaning(_edited(source, trial)):
            made.append(each)
    return Fixed(_edited(source, [edit for each in made for edit in each.fixes]), tuple(made))


def _apart(source: Source, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with edits of this file, those left out that touch a comment or an edit before them."""
    remarks = tuple(comments(source))
    taken: list[Span] = []
    chosen: list[Finding] = []
    for each in findings:
        places = [edit.span for edit in each.fixes]
        if not places or any(place.path != source.path for place in places):
            continue
        if any(_meet(place, other) for place in places for other in (*taken, *remarks)):
            continue
        taken += places
        chosen.append(each)
    return chosen


def _meet(one: Span, other: Span) -> bool:
    """Whether two places share a character, or are the same place between two."""
    if _start(one) == _start(other):
        return True
    return _start(one) < _end(other) and _start(other) < _end(one)


def _edited(source: Source, edits: Sequence[Edit]) -> Source:
    lines = source.text.split("\n")
    for edit in sorted(edits, key=lambda each: _start(each.span), reverse=True):
        span = edit.span
        before, after = lines[span.line - 1][: span.column - 1], lines[span.end_line - 1][span.end_column - 1 :]
        lines[span.line - 1 : span.end_line] = f"{before}{edit.text}{after}".split("\n")
    return Source(source.path, "\n".join(lines))


def _start(span: Span) -> tuple[int, int]:
    return span.line, span.column


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column
