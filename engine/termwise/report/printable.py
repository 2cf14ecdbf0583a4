"""Text from contracts and policies, made safe to print on one line, and how wide it then is.

Contract text is written by others: a newline would break a table, an escape sequence would drive the terminal, and a
bidirectional mark would show other words than those that stand there. None of them reaches a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category, combining, east_asian_width

WIDEST_TEXT = 100
"""Columns beyond which a sentence is hard to read; tables may be wider."""

_JOINERS = "\u200c\u200d"
"""Characters without a shape of their own that some scripts cannot be written without."""


def on_one_line(text: str, longest: int | None = None) -> str:
    """Return text without control characters, white space folded, cut with `…` after `longest` characters."""
    shown = text if text.isascii() and text.isprintable() else "".join(_shown(each) for each in text)
    said = " ".join(shown.split())
    return said if longest is None or len(said) <= longest else said[: longest - 1].rstrip() + "…"


def quoted(text: str, longest: int | None = None) -> str:
    """Return somebody's words in quotation marks, on one line."""
    return f'"{on_one_line(text, longest)}"'


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Return several things as a sentence names them: "a, b and c"."""
    return f" {word} ".join(each for each in (", ".join(parts[:-1]), *parts[-1:]) if each)


def width_of(text: str) -> int:
    """Return how many columns of a terminal a printable text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(each) for each in text)


def padded(text: str, width: int) -> str:
    """Return text filled with spaces up to a width."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """Return text as lines of at most `width` columns, broken at spaces, and within a word only if it must be."""
    later = indent if hanging is None else hanging
    lines: list[str] = []
    line, is_empty = indent, True
    for word in text.split(" "):
        if not is_empty and width_of(line) + 1 + width_of(word) > width:
            lines.append(line)
            line, is_empty = later, True
        pieces = _pieces(word, max(width - width_of(line), 1)) if is_empty else [word]
        for piece in pieces[:-1]:
            lines.append(line + piece)
            line = later
        line += pieces[-1] if is_empty else f" {pieces[-1]}"
        is_empty = False
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """Return a word cut into pieces that fit; one that fits is left whole."""
    if width_of(word) <= width:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if piece and width_of(piece) + _width(character) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def _shown(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else " "
    match category(character):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf":
            return character if character in _JOINERS else ""
        case "Cs":
            return "\ufffd"
        case _:
            return character


def _width(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
