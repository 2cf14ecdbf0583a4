"""What the parser reads → statements of the surface tree, one method a production of the grammar."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from termwise.diagnostics import Diagnostic, Problems
from termwise.source import Span
from termwise.syntax import problems as words
from termwise.syntax.assemble import BROKEN
from termwise.syntax.nesting import depth
from termwise.syntax.read import Place, Token
from termwise.syntax.statements import Piece, Statement
from termwise.syntax.tree import (
    Comparison,
    Conjunction,
    Disjunction,
    Expr,
    Flag,
    HolidaysDecl,
    IsState,
    Name,
    Negation,
    Quantification,
    Quantity,
    Quoted,
    Row,
    Rows,
    RulePasses,
    SetOf,
    Sum,
    TypeName,
    Word,
)
from termwise.syntax.words import ASCII, NO_PLACEHOLDER, PLACEHOLDER, without_layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_GROUPED = re.compile(r"-?\d+,\d")
"""How a number begins that has separators between its thousands, and no currency before it."""

_ESCAPES = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}


class Builder:
    """Turns productions into nodes. Method names are the grammar's; places are shifted to where the text began."""

    def __init__(self, path: str, line: int, column: int, text: str) -> None:
        """Build from a text that began at this line and column of its file."""
        self._path = path
        self._line = line - 1
        self._column = column - 1
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._found: list[Diagnostic] = []

    def build(self, name: str, place: Place, children: list[Any]) -> Any:  # noqa: ANN401 - each production its own
        """Return what a production stands for; without a method of its own, it is a statement."""
        if name == "start":
            return children
        method: Callable[[Place, list[Any]], Any] | None = getattr(self, name, None)
        if method is None:
            return Statement(name, tuple(self._piece(child) for child in children), self.span(place))
        return method(place, children)

    def file(self, statements: list[Statement], problems: Problems) -> list[Statement]:
        """Return the statements of a text that is well formed; those nested too deep are broken ones."""
        for each in self._found:
            problems.add(each)
        return [self._readable(each, problems) for each in statements]

    def _readable(self, statement: Statement, problems: Problems) -> Statement:
        for piece in statement.pieces:
            for each in piece if isinstance(piece, tuple) else (piece,):
                if isinstance(each, Expr) and depth(each) > words.DEEPEST:
                    problems.add(words.too_deep(statement.span))
                    declared = [each for each in statement.pieces[:1] if isinstance(each, Word)]
                    return Statement(BROKEN, (Word(statement.kind, statement.span), *declared), statement.span)
        return statement

    # ---------------------------------------------------------------------------------------------- places

    def span(self, place: Place) -> Span:
        """Return the place in the file of a place in the text."""
        start, end = place
        first = last = bisect_right(self._lines, start)
        if last < len(self._lines) and end >= self._lines[last]:
            last = bisect_right(self._lines, end)
        column, end_column = start - self._lines[first - 1] + 1, end - self._lines[last - 1] + 1
        if first == 1:
            column += self._column
        if last == 1:
            end_column += self._column
        return Span(self._path, first + self._line, column, last + self._line, end_column)

    def _word(self, token: Token) -> Word:
        if token.type in ("STRING", "LONG_TEXT"):
            said = _unquoted(token)
            if not said.strip():
                self._found.append(words.empty_text(self.span(token.place)))
            return Word(said, self.span(token.place))
        return Word(str(token), self.span(token.place))

    def _piece(self, child: Token | Piece) -> Piece:
        return self._word(child) if isinstance(child, Token) else child

    # ---------------------------------------------------------------------------------------------- pieces

    def each(self, _place: Place, children: list[Token]) -> Piece:
        return tuple(self._word(child) for child in children)

    def level(self, _place: Place, children: list[Token]) -> Piece:
        return self._word(children[0])

    for_contract = as_of = symbol = key = path = type_name = level

    def index(self, _place: Place, children: list[Token]) -> Piece:
        return self._word(children[0])

    def plain_type(self, _place: Place, children: list[Word]) -> Piece:
        return TypeName("", children[0])

    def set_type(self, _place: Place, children: list[Word]) -> Piece:
        return TypeName("set", children[0])

    def list_type(self, _place: Place, children: list[Word]) -> Piece:
        return TypeName("list", children[0])

    def member(self, _place: Place, children: list[Any]) -> Piece:
        return (self._word(children[0]), children[1])

    def expected(self, _place: Place, children: list[Any]) -> Piece:
        return (self._word(children[0]), children[1], self._word(children[2]), *children[3:])

    def would_be(self, _place: Place, children: list[Token]) -> Piece:
        return self._word(children[0])

    def landing(self, _place: Place, children: list[Word]) -> Piece:
        return children[0]

    def rung(self, place: Place, children: list[Token]) -> Piece:
        return Word(" ".join(children), self.span(place))

    def reasons(self, _place: Place, children: list[Any]) -> Piece:
        return tuple(children[1:])

    def reason(self, _place: Place, children: list[Any]) -> Piece:
        path, place, state = children
        key, part = place or (None, None)
        return (path, key, part, self._word(state))

    def place(self, _place: Place, children: list[Word]) -> Piece:
        return (children[0], None)

    def in_record(self, place: Place, children: list[Token]) -> Piece:
        number, name = children
        return (None, Word(f"[{number}]{name}", self.span(place)))

    def operator(self, _place: Place, children: list[Token]) -> str:
        return ASCII.get(str(children[0]), str(children[0]))

    def wording(self, place: Place, children: list[Token]) -> Statement:
        written = children[0]
        for found in NO_PLACEHOLDER.finditer(PLACEHOLDER.sub(lambda sound: " " * len(sound[0]), written)):
            at = written.start + found.start()
            self._found.append(words.no_placeholder(found[0], self.span((at, at + len(found[0])))))
        return Statement("wording", (self._word(written),), self.span(place))

    def holidays(self, place: Place, children: list[Token]) -> Statement:
        days, every, unit, noun = (str(child) for child in children)
        span = self.span(place)
        allowance = HolidaysDecl(int(days), int(every), span) if days.isdigit() and every.isdigit() else None
        if allowance is None or allowance.every == 0 or (unit, noun) != ("business", "days"):
            self._found.append(words.malformed_holidays(span))
            allowance = HolidaysDecl(1, 5, span)
        return Statement("holidays", (allowance,), span)

    # ----------------------------------------------------------------------------------------- expressions

    def any_of(self, place: Place, children: list[Expr]) -> Expr:
        return Disjunction(tuple(children), self.span(place))

    def all_of(self, place: Place, children: list[Expr]) -> Expr:
        return Conjunction(tuple(children), self.span(place))

    def not_(self, place: Place, children: list[Expr]) -> Expr:
        return Negation(children[0], self.span(place))

    def quantified(self, place: Place, children: list[Any]) -> Expr:
        quantifier, variable, records, body = children
        return Quantification(str(quantifier), self._word(variable), records, body, self.span(place))

    def compare(self, place: Place, children: list[Any]) -> Expr:
        left, operator, right = children
        return Comparison(operator, left, right, self.span(place))

    def is_state(self, place: Place, children: list[Any]) -> Expr:
        return IsState(children[0], self._word(children[1]), self.span(place))

    def add(self, place: Place, children: list[Expr]) -> Expr:
        return Sum(children[0], children[1], False, self.span(place))

    def subtract(self, place: Place, children: list[Any]) -> Expr:
        return Sum(children[0], children[-1], True, self.span(place))

    def reference(self, place: Place, children: list[Word | None]) -> Expr:
        path, key = children
        assert path is not None
        return Name(path.text, key.text if key is not None else None, self.span(place))

    def quoted(self, place: Place, children: list[Token]) -> Expr:
        return Quoted(_unquoted(children[0]), self.span(place))

    def yes(self, place: Place, _children: list[Token]) -> Expr:
        return Flag(True, self.span(place))

    def no(self, place: Place, _children: list[Token]) -> Expr:
        return Flag(False, self.span(place))

    def quantity(self, place: Place, children: list[Token]) -> Expr:
        text = " ".join(str(child) for child in children)
        return Quantity(text.replace("- ", "-").replace(" %", "%"), self.span(place))

    def set_of(self, place: Place, children: list[Expr]) -> Expr:
        for member in children:
            if isinstance(member, Quantity) and _GROUPED.match(member.text):
                self._found.append(words.ambiguous_number(member.text, member.span))
        return SetOf(tuple(children), self.span(place))

    def rows(self, place: Place, children: list[Row]) -> Expr:
        return Rows(tuple(children), self.span(place))

    def row(self, place: Place, children: list[tuple[Word, Expr]]) -> Row:
        return Row(tuple(children), self.span(place))

    def cell(self, _place: Place, children: list[Any]) -> tuple[Word, Expr]:
        return (self._word(children[0]), children[1])

    def passes(self, place: Place, children: list[Any]) -> Expr:
        rule, key = children
        return RulePasses(str(rule), key.text if key is not None else None, self.span(place))

    def group(self, _place: Place, children: list[Expr]) -> Expr:
        return children[0]


def _unquoted(token: Token) -> str:
    """Return what a quoted text says."""
    text = str(token).replace("\r\n", "\n")
    if token.type == "LONG_TEXT":
        return without_layout(text)
    inner = text[1:-1]
    if "\\" not in inner:
        return inner
    parts = []
    position = 0
    while position < len(inner):
        escape = inner[position : position + 2]
        parts.append(_ESCAPES.get(escape, inner[position]))
        position += 2 if escape in _ESCAPES else 1
    return "".join(parts)
