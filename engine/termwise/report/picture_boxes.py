"""The boxes of a picture: what each says, wrapped and measured without a font at hand.

Names are set in a monospaced face, so that their width is known everywhere; what does not fit ends in an ellipsis and
stands whole in the tooltip.
"""

from __future__ import annotations

import re

from termwise.frozen import frozen
from termwise.graph.nodes import Kind
from termwise.report.printable import width_of

LINE, NOTE_LINE = 15.0, 13.0
"""The height of a line of a name, and of a note below it."""
CHARACTER, NOTE_CHARACTER = 7.45, 6.2
"""The widest a character gets, in the faces and sizes of the style."""
PAD_X, PAD_Y = 10.0, 7.0
MOST_LINES = 5

_SPACE = re.compile(r"[ \t\r\n]+")
"""Where lines may break; a no-break space is not among them."""


@frozen
class Box:
    """One box. `paint` names its colours, `text` is a name or a condition, `note` says what it is, in smaller type.

    `whole` is the tooltip, `columns` how many characters a line has. Boxes with an `order` (rungs and rules) stand in
    that order, whatever they are linked to.
    """

    key: str
    kind: Kind
    paint: str
    text: str
    note: str
    whole: str
    columns: int = 30
    order: int | None = None
    href: str | None = None


@frozen
class Measured:
    """A box with its lines and its size."""

    box: Box
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    width: float
    height: float


def measured(box: Box) -> Measured:
    """Wrap the text of a box and measure it."""
    lines = wrapped(box.text, box.columns)
    notes = wrapped(box.note, int(box.columns * CHARACTER / NOTE_CHARACTER)) if box.note else ()
    width = max(
        *(CHARACTER * width_of(each) for each in lines), *(NOTE_CHARACTER * width_of(each) for each in notes), 2 * PAD_X
    )
    height = LINE * len(lines) + NOTE_LINE * len(notes) + 2 * PAD_Y
    return Measured(box, lines, notes, width + 2 * PAD_X, height - 6 if box.kind is Kind.CONNECTIVE else height)


def wrapped(text: str, columns: int) -> tuple[str, ...]:
    """Return a text in lines of so many columns, broken at spaces, else within names, and cut after the last line."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, columns):
        if line and width_of(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip())
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    last = _cut(lines[MOST_LINES - 1], columns - 1)
    return (*lines[: MOST_LINES - 1], f"{last.rstrip()}…")


def _pieces(text: str, columns: int) -> list[str]:
    """Return the stretches of a text that a line may end after: words, and the parts of those longer than a line."""
    pieces: list[str] = []
    for word in _SPACE.split(text.strip()):
        parts = [word] if width_of(word) <= columns else _parts(word, columns)
        pieces += [*parts[:-1], f"{parts[-1]} "]
    return pieces


def _parts(word: str, columns: int) -> list[str]:
    """Return a long word in parts that end at a dot or an underscore, none longer than a line."""
    parts: list[str] = []
    part = ""
    for each in word:
        if width_of(part + each) > columns:
            parts.append(part)
            part = ""
        part += each
        if each in "._":
            parts.append(part)
            part = ""
    return [*parts, part] if part else parts


def _cut(text: str, columns: int) -> str:
    while width_of(text) > columns:
        text = text[:-1]
    return text
