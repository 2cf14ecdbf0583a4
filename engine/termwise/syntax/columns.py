"""A declaration, statement by statement → lines, its keywords in one column and what follows them in the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.frozen import frozen, replace
from termwise.syntax.layout import WIDTH, Begin, End, Line, laid_out
from termwise.syntax.shape import Shape
from termwise.syntax.tokens import Token
from termwise.syntax.words import without_layout

INDENT = 2
"""How far the parts of a declaration are indented."""

_COLUMNS = {
    **dict.fromkeys(("policy", "vocabulary"), 11),
    **dict.fromkeys(("rule", "tighten", "relax", "guarantee"), 10),
    **dict.fromkeys(("clause", "test"), 7),
    **dict.fromkeys(("term", "context"), 8),
    "waive": 13,
}
"""How wide the column of keywords is in the declarations that have parts."""

_NAMES = 8
"""How wide the column of keywords is that stands before the names of enums, scales and records."""

_CONDITIONS = frozenset("when unless prefer require fallback while_ ensure".split())
_LISTS = frozenset("given grants extends".split())
_TEXTS = frozenset("because lever wording".split())


@frozen
class Written:
    """A statement, and its words."""

    kind: str
    tokens: tuple[Token, ...]


def declared(statements: Sequence[Written]) -> Iterator[Line]:
    """Yield the lines of a declaration, whose head comes first."""
    head = statements[0]
    yield from _head(head)
    before = head
    for part in _with_ends(statements[1:]):
        yield from _part(head.kind, part, before)
        before = part


def _with_ends(parts: Sequence[Written]) -> Iterator[Written]:
    """Yield parts; `until` stands on the line of the `in force` right before it."""
    left = list(parts)
    while left:
        part = left.pop(0)
        if left and (part.kind, left[0].kind) == ("in_force", "until"):
            has_comment = part.tokens[-1].note is not None or left[0].tokens[0].above
            yield part if has_comment else Written("in_force", part.tokens + left.pop(0).tokens)
        else:
            yield part


def _head(head: Written) -> list[Line]:
    shape = Shape()
    match head.kind:
        case "define":
            shape.words(head.tokens[:3])
            shape.below(head.tokens[3:])
        case "enum" | "scale" | "record":
            shape.keyword(head.tokens[:1], 0, _NAMES)
            shape.pieces.append(Begin())
            shape.word(head.tokens[1])
            if head.kind == "scale":
                shape.scale(head.tokens[2:])
            else:
                shape.braces(head.tokens[2:], fills=head.kind == "enum")
            shape.pieces.append(End())
        case _:
            shape.words(head.tokens)
    return laid_out(shape.pieces)


def _part(home: str, part: Written, before: Written) -> list[Line]:
    indent = 0 if home in ("policy", "vocabulary") else INDENT
    column = _COLUMNS[home]
    tokens = part.tokens
    if part.kind in _TEXTS and tokens[1].kind == "LONG_TEXT":
        return _long_text(part, indent)
    shape = Shape()
    if part.kind == "in_force":
        shape.keyword(tokens[:1], indent, 0)
        shape.words(tokens[1:])
        return laid_out(shape.pieces, indent)
    words = 2 if part.kind == "approved_by" else 1
    if part.kind == "approved_by" and before.kind == "fallback":
        indent += column
    shape.keyword(tokens[:words], indent, column)
    shape.pieces.append(Begin())
    _rest(shape, part.kind, tokens[words:])
    shape.pieces.append(End())
    return laid_out(shape.pieces, indent)


def _rest(shape: Shape, kind: str, tokens: Sequence[Token]) -> None:
    """Add what stands after the keyword."""
    if kind in _CONDITIONS:
        shape.condition(tokens)
    elif kind == "expect":
        shape.expectations(tokens)
    elif kind in _LISTS:
        ending = 2 if len(tokens) > 2 and tokens[-2].kind == "AT" else 0
        shape.listed(tokens[: len(tokens) - ending], tokens[len(tokens) - ending :])
    else:
        shape.values(tokens)


def _long_text(part: Written, indent: int) -> list[Line]:
    """Return a text in triple quotes, its lines indented more than the quotes."""
    keyword, text = part.tokens
    said = without_layout(text.text).split("\n")
    margin = " " * indent
    is_long = len(said) > 1 or said[0].endswith('"') or len(f'{margin}{keyword.text} """{said[0]}"""') > WIDTH
    shape = Shape()
    shape.keyword((keyword,), indent, 0)
    shape.word(replace(text, text='"""' if is_long else f'"""{said[0]}"""'))
    *above, first = laid_out(shape.pieces, indent)
    if not is_long:
        return [*above, first]
    lines = (Line(margin + " " * INDENT + line if line else "") for line in said)
    return [*above, Line(first.text), *lines, Line(f'{margin}"""', first.note)]
