"""Where text came from, and where in it: the one notion of place that every stage shares.

A span carries lines and columns rather than offsets, because it outlives the text: it is kept in the compiled
policy, printed in reports and sent to editors, long after the file was read. Lines and columns count from 1, columns
in characters (code points), a byte-order mark not counted.
"""

from __future__ import annotations

from termwise.frozen import frozen


@frozen
class Source:
    """A text and the name it is shown under, which is the user's own path where there is one."""

    path: str
    text: str


@frozen
class Missing:
    """No source, where a name led to none: names like it that would have, and whether what is wrong has been said."""

    near: tuple[str, ...] = ()
    is_reported: bool = False


@frozen
class Span:
    """A stretch of one source: from (line, column) up to, and not including, (end_line, end_column)."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, other: Span) -> Span:
        """Return the stretch from the start of this span to the end of the other."""
        return Span(self.path, self.line, self.column, other.end_line, other.end_column)


def start_of(path: str) -> Span:
    """Return the empty span at the start of a source, for a problem of the whole file."""
    return Span(path, 1, 1, 1, 1)
