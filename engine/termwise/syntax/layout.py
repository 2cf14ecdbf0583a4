"""Words and the places where a line may be broken → lines.

A statement is a flat list of pieces: texts, breaks, and the begin and end of groups, which may stand within each other.
A group that fits on the rest of its line has no line broken; of one that does not, every break becomes a new line, or,
in a group that is filled, every break after which the next item would not fit.

A comment forces the break after it. Since a line can only be broken where there is a break, the comments between two
breaks belong to that stretch: the last one stands at its end if it stood at the end of some word of it, and the others
stand above it, in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import TypeAlias

from termwise.frozen import frozen

WIDTH = 120
"""How long a line may be. Reasons, titles and cited sources are sentences, which cannot be broken."""


@frozen
class Text:
    """A word with the space before it, the comments above it, and the one at its end.

    `joins` is whether it is an `and` that begins a line: a comment at its end is about what stands before it.
    """

    text: str
    above: tuple[str, ...] = ()
    note: str | None = None
    joins: bool = False


@frozen
class Break:
    """A place where a line may be broken, and what stands there if it is not.

    The next line is indented by `shift` more than its group. `was_new` is whether the author began a line there.
    """

    flat: str = " "
    shift: int = 0
    was_new: bool = False


@frozen
class Begin:
    """The begin of a group.

    Where it `hangs`, its lines begin where it does, or else where those around it begin. Where it `follows`, it is
    broken if the group around it is, whether it fits or not.
    """

    fills: bool = False
    hangs: bool = True
    follows: bool = False


@frozen
class End:
    """The end of a group."""


Piece: TypeAlias = Text | Break | Begin | End


@frozen
class Line:
    """A line without its comment, and the comment. A line that is a comment has no text but its indentation."""

    text: str
    note: str | None = None


@frozen
class _Group:
    """A group that is being printed: how its lines are broken, and where they begin."""

    is_flat: bool
    fills: bool
    keeps: bool
    margin: int


def laid_out(pieces: Sequence[Piece], indent: int = 0) -> list[Line]:
    """Return a statement as lines; comments above all of it are indented like it is."""
    stretches = _stretches(pieces)
    measures = _Measures(pieces, [bool(each.note or below.above) for each, below in pairwise(stretches)])
    made = [Line(" " * indent, each) for each in stretches[0].above]
    groups = [_Group(is_flat=False, fills=False, keeps=False, margin=indent)]
    starts = [len(made)]  # the line in which the item of each group began
    text = ""
    passed = 0
    for at, piece in enumerate(pieces):
        group = groups[-1]
        match piece:
            case Text(said):
                text += said
            case Begin(fills, hangs, follows):
                is_flat = group.is_flat or (not follows and measures.fits(at, len(text)))
                margin = len(text) if hangs else group.margin
                groups.append(_Group(is_flat, fills, measures.is_forced(at), margin))
                starts.append(len(made))
            case End():
                groups.pop()
                starts.pop()
            case Break(flat, shift):
                passed += 1
                if _is_new(piece, group, measures, at, len(text), is_long=starts[-1] != len(made)):
                    made.append(Line(text, stretches[passed - 1].note))
                    text = " " * (group.margin + shift)
                    made += (Line(text, each) for each in stretches[passed].above)
                else:
                    text += flat
                starts[-1] = len(made)
    return [*made, Line(text, stretches[-1].note)]


def unbroken(pieces: Iterable[Piece]) -> str:
    """Return pieces without comments as one line."""
    return "".join(_flat(piece) for piece in pieces)


def plain(lines: Sequence[Line]) -> list[str]:
    """Return lines with their comments; those at the ends of lines that follow each other stand in one column."""
    made: list[str] = []
    for has_notes, lines_alike in groupby(lines, key=lambda line: line.note is not None and bool(line.text.strip())):
        run = list(lines_alike)
        made += _aligned(run) if has_notes else [line.text + (line.note or "") for line in run]
    return made


def _aligned(lines: Sequence[Line]) -> list[str]:
    longest = max(len(line.text) for line in lines)
    fits = all(longest + 2 + len(line.note or "") <= WIDTH for line in lines)
    return [f"{line.text:<{longest if fits else 0}}  {line.note}" for line in lines]


def _is_new(piece: Break, group: _Group, measures: _Measures, at: int, column: int, *, is_long: bool) -> bool:
    """Whether a line begins at a break. In a list with comments, lines begin where they did: they speak of a line."""
    if group.is_flat:
        return False
    if not group.fills or is_long or measures.is_forced(at) or (group.keeps and piece.was_new):
        return True
    return not measures.fits(at, column)


class _Measures:
    """How much room the groups and items of a statement take, and where a comment forces a break."""

    def __init__(self, pieces: Sequence[Piece], forced: Sequence[bool]) -> None:
        """Measure from behind; `forced` says of each break in turn whether a comment stands there."""
        before = list(accumulate((len(_flat(piece)) for piece in pieces), initial=0))
        left = list(forced)
        self._room = [0] * len(pieces)
        self._is_forced = [False] * len(pieces)
        line = len(pieces)  # where the line can end that a piece stands in
        inside: list[_Inside] = []
        for at in range(len(pieces) - 1, -1, -1):
            match pieces[at]:
                case Text():
                    pass
                case End():
                    inside.append(_Inside(line, line))
                case Break():
                    group = inside[-1]
                    self._room[at] = WIDTH + 1 if group.is_item_forced else before[group.item] - before[at]
                    self._is_forced[at] = left.pop()
                    group.is_forced |= self._is_forced[at]
                    group.is_item_forced = False
                    group.item = line = at
                case Begin():
                    group = inside.pop()
                    self._room[at] = before[group.line] - before[at]
                    self._is_forced[at] = group.is_forced
                    if inside:
                        inside[-1].is_forced |= group.is_forced
                        inside[-1].is_item_forced |= group.is_forced

    def is_forced(self, at: int) -> bool:
        """Whether a line begins at a break, or somewhere in a group, because of a comment."""
        return self._is_forced[at]

    def fits(self, at: int, column: int) -> bool:
        """Whether a group fits on the rest of a line, or the item after a break, with what cannot be parted from it."""
        return not self._is_forced[at] and column + self._room[at] <= WIDTH


@dataclass(slots=True)
class _Inside:
    """A group measured from behind: the break after it, and that after its item; whether one in them is forced."""

    line: int
    item: int
    is_forced: bool = False
    is_item_forced: bool = False


def _flat(piece: Piece) -> str:
    """Return what a piece is on a line that is not broken."""
    match piece:
        case Text(text) | Break(text):
            return text
        case Begin() | End():
            return ""


# --------------------------------------------------------------------------------------------------- comments


@frozen
class _Stretch:
    """What stands between two breaks: the comments above it, and the one at its end."""

    above: tuple[str, ...]
    note: str | None


def _stretches(pieces: Iterable[Piece]) -> list[_Stretch]:
    """Return what comments each stretch of a statement has."""
    made: list[_Stretch] = []
    for texts in _between_breaks(pieces):
        first = texts[0] if texts else Text("")
        if first.joins and first.note is not None and not first.above and made[-1].note is None:
            made[-1] = _Stretch(made[-1].above, first.note)
            texts[0] = Text(first.text)
        comments = [each for text in texts for each in (*text.above, text.note) if each is not None]
        last = next((text for text in reversed(texts) if text.above or text.note is not None), None)
        note = comments.pop() if last is not None and last.note is not None else None
        made.append(_Stretch(tuple(comments), note))
    return made


def _between_breaks(pieces: Iterable[Piece]) -> Iterator[list[Text]]:
    texts: list[Text] = []
    for piece in pieces:
        if isinstance(piece, Break):
            yield texts
            texts = []
        elif isinstance(piece, Text):
            texts.append(piece)
    yield texts
