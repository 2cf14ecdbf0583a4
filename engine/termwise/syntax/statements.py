"""A statement as the parser leaves it: its kind, its pieces, its place. `group` makes declarations of them."""

from __future__ import annotations

from termwise.frozen import frozen
from termwise.source import Span
from termwise.syntax.tree import Expr, HolidaysDecl, TypeName, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Piece: TypeAlias = Word | Expr | TypeName | HolidaysDecl | tuple["Piece", ...] | None
"""What a statement is made of; None stands for a piece that was left out."""


@frozen
class Statement:
    """One statement. `kind` is its name in the grammar."""

    kind: str
    pieces: tuple[Piece, ...]
    span: Span
