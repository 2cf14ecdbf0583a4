"""The words of a text as they were written, with the comments between them.

The surface tree has neither comments nor parentheses, so the formatter lays out words instead of trees: what it prints
then has every word of what it read. The words are those the parser saw. Between two of them stands nothing but white
space and comments, and each comment is kept with a word: at its end, if it stands on the same line, or else above the
next one.
"""

from __future__ import annotations

from collections.abc import Iterable

from termwise.frozen import frozen, replace

END = "END"
"""The kind of the token after the last word, which has the comments at the end of a file above it."""

Read = tuple[str, str, int, int, int]
"""A word as the parser saw it: the name of its terminal, its text, where it starts, and its line and column."""


@frozen
class Comment:
    """A comment on a line of its own, and whether a blank line stands above it."""

    text: str
    column: int
    after_blank: bool


@frozen
class Token:
    """A word, the comments above it, and the one at its end.

    `after_blank` is whether a blank line stands right above it, `begins` whether it is the first word of its line.
    """

    kind: str
    text: str
    line: int
    column: int
    above: tuple[Comment, ...]
    note: str | None
    after_blank: bool
    begins: bool


def tokens_of(text: str, words: Iterable[Read]) -> list[Token]:
    """Return the words of a text with its comments, and the `END`."""
    made: list[Token] = []
    end = 0
    for kind, said, start, line, column in (*words, (END, "", len(text), 0, 0)):
        gap = text[end:start]
        beside, _, below = gap.partition("\n") if made else ("", "", gap)
        if beside.strip():
            made[-1] = replace(made[-1], note=beside.strip())
        above, after_blank = _above(below)
        made.append(Token(kind, said, line, column, above, None, after_blank, not made or "\n" in gap))
        end = start + len(said)
    return made


def _above(gap: str) -> tuple[tuple[Comment, ...], bool]:
    """Return the comments on lines of their own, and whether a blank line stands below the last of them."""
    lines = gap.split("\n")
    if not lines[-1].strip():  # it belongs to the word that follows
        lines.pop()
    comments: list[Comment] = []
    is_blank = False
    for line in lines:
        said = line.strip()
        if said:
            comments.append(Comment(said, len(line) - len(line.lstrip()) + 1, is_blank))
        is_blank = not said
    return tuple(comments), is_blank
