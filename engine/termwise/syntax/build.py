"""The parser's tree → statements of the surface tree, one method a production of the grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lark import Token, Transformer_NonRecursive, Tree, v_args

from termwise.source import Span
from termwise.syntax import problems as words
from termwise.syntax.assemble import BROKEN
from termwise.syntax.nesting import depth
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

if TYPE_CHECKING:
    from lark.tree import Meta

    from termwise.diagnostics import Problems

_GROUPED = re.compile(r"-?\d+,\d")
"""How a number begins that has separators between its thousands, and no currency before it."""

_ESCAPES = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}


@v_args(meta=True)
class Builder(Transformer_NonRecursive[Token, Any]):
    """Turns productions into nodes. Method names are the grammar's; places are shifted to where the text began."""

    def __init__(self, path: str, line: int, column: int, problems: Problems) -> None:
        """Build from a text that began at this line and column of its file."""
        super().__init__()
        self._path = path
        self._line = line - 1
        self._column = column - 1
        self._problems = problems

    def file(self, tree: Tree[Token]) -> list[Statement]:
        """Return the statements of a file; those nested too deep are broken ones."""
        return [self._readable(each) for each in self.transform(tree).children]

    def statement(self, tree: Tree[Token]) -> list[Statement]:
        """Return the one statement of a piece; a broken one if it is nested too deep."""
        return [self._readable(self.transform(tree))]

    def _readable(self, statement: Statement) -> Statement:
        for piece in statement.pieces:
            for each in piece if isinstance(piece, tuple) else (piece,):
                if isinstance(each, Expr) and depth(each) > words.DEEPEST:
                    self._problems.add(words.too_deep(statement.span))
                    declared = [each for each in statement.pieces[:1] if isinstance(each, Word)]
                    return Statement(BROKEN, (Word(statement.kind, statement.span), *declared), statement.span)
        return statement

    # ---------------------------------------------------------------------------------------------- places

    def _span(self, meta: Meta | Token) -> Span:
        line, end_line = meta.line or 1, meta.end_line or 1
        column = (meta.column or 1) + (self._column if line == 1 else 0)
        end_column = (meta.end_column or 1) + (self._column if end_line == 1 else 0)
        return Span(self._path, line + self._line, column, end_line + self._line, end_column)

    def _word(self, token: Token) -> Word:
        if token.type in ("STRING", "LONG_TEXT"):
            said = _unquoted(token)
            if not said.strip():
                self._problems.add(words.empty_text(self._span(token)))
            return Word(said, self._span(token))
        return Word(str(token), self._span(token))

    def _piece(self, child: Token | Piece) -> Piece:
        return self._word(child) if isinstance(child, Token) else child

    def __default__(self, data: str, children: list[Any], meta: Meta) -> Statement | Tree[Any]:
        """Make a statement of every production without a method of its own."""
        if data == "start":
            return Tree(data, children)
        return Statement(data, tuple(self._piece(child) for child in children), self._span(meta))

    # ---------------------------------------------------------------------------------------------- pieces

    def each(self, _meta: Meta, children: list[Token]) -> Piece:
        return tuple(self._word(child) for child in children)

    def level(self, _meta: Meta, children: list[Token]) -> Piece:
        return self._word(children[0])

    for_contract = as_of = symbol = key = path = type_name = level

    def index(self, _meta: Meta, children: list[Token]) -> Piece:
        return self._word(children[0])

    def plain_type(self, _meta: Meta, children: list[Word]) -> Piece:
        return TypeName("", children[0])

    def set_type(self, _meta: Meta, children: list[Word]) -> Piece:
        return TypeName("set", children[0])

    def list_type(self, _meta: Meta, children: list[Word]) -> Piece:
        return TypeName("list", children[0])

    def member(self, _meta: Meta, children: list[Any]) -> Piece:
        return (self._word(children[0]), children[1])

    def expected(self, _meta: Meta, children: list[Any]) -> Piece:
        return (self._word(children[0]), children[1], self._word(children[2]), *children[3:])

    def would_be(self, _meta: Meta, children: list[Token]) -> Piece:
        return self._word(children[0])

    def landing(self, _meta: Meta, children: list[Word]) -> Piece:
        return children[0]

    def rung(self, meta: Meta, children: list[Token]) -> Piece:
        return Word(" ".join(children), self._span(meta))

    def reasons(self, _meta: Meta, children: list[Any]) -> Piece:
        return tuple(children[1:])

    def reason(self, _meta: Meta, children: list[Any]) -> Piece:
        path, place, state = children
        key, part = place or (None, None)
        return (path, key, part, self._word(state))

    def place(self, _meta: Meta, children: list[Word]) -> Piece:
        return (children[0], None)

    def in_record(self, meta: Meta, children: list[Token]) -> Piece:
        number, name = children
        return (None, Word(f"[{number}]{name}", self._span(meta)))

    def operator(self, _meta: Meta, children: list[Token]) -> str:
        return ASCII.get(str(children[0]), str(children[0]))

    def wording(self, meta: Meta, children: list[Token]) -> Statement:
        written = children[0]
        for found in NO_PLACEHOLDER.finditer(PLACEHOLDER.sub(lambda sound: " " * len(sound[0]), written)):
            before = written[: found.start()]
            line = (written.line or 1) + before.count("\n")
            at = found.start() - (before.rfind("\n") + 1) + (1 if "\n" in before else written.column or 1)
            column = at + (self._column if line == 1 else 0)
            place = Span(self._path, line + self._line, column, line + self._line, column + len(found[0]))
            self._problems.add(words.no_placeholder(found[0], place))
        return Statement("wording", (self._word(written),), self._span(meta))

    def holidays(self, meta: Meta, children: list[Token]) -> Statement:
        days, every, unit, noun = (str(child) for child in children)
        span = self._span(meta)
        allowance = HolidaysDecl(int(days), int(every), span) if days.isdigit() and every.isdigit() else None
        if allowance is None or allowance.every == 0 or (unit, noun) != ("business", "days"):
            self._problems.add(words.malformed_holidays(span))
            allowance = HolidaysDecl(1, 5, span)
        return Statement("holidays", (allowance,), span)

    # ----------------------------------------------------------------------------------------- expressions

    def any_of(self, meta: Meta, children: list[Expr]) -> Expr:
        return Disjunction(tuple(children), self._span(meta))

    def all_of(self, meta: Meta, children: list[Expr]) -> Expr:
        return Conjunction(tuple(children), self._span(meta))

    def not_(self, meta: Meta, children: list[Expr]) -> Expr:
        return Negation(children[0], self._span(meta))

    def quantified(self, meta: Meta, children: list[Any]) -> Expr:
        quantifier, variable, records, body = children
        return Quantification(str(quantifier), self._word(variable), records, body, self._span(meta))

    def compare(self, meta: Meta, children: list[Any]) -> Expr:
        left, operator, right = children
        return Comparison(operator, left, right, self._span(meta))

    def is_state(self, meta: Meta, children: list[Any]) -> Expr:
        return IsState(children[0], self._word(children[1]), self._span(meta))

    def add(self, meta: Meta, children: list[Expr]) -> Expr:
        return Sum(children[0], children[1], False, self._span(meta))

    def subtract(self, meta: Meta, children: list[Any]) -> Expr:
        return Sum(children[0], children[-1], True, self._span(meta))

    def reference(self, meta: Meta, children: list[Word | None]) -> Expr:
        path, key = children
        assert path is not None
        return Name(path.text, key.text if key is not None else None, self._span(meta))

    def quoted(self, meta: Meta, children: list[Token]) -> Expr:
        return Quoted(_unquoted(children[0]), self._span(meta))

    def yes(self, meta: Meta, _children: list[Token]) -> Expr:
        return Flag(True, self._span(meta))

    def no(self, meta: Meta, _children: list[Token]) -> Expr:
        return Flag(False, self._span(meta))

    def quantity(self, meta: Meta, children: list[Token]) -> Expr:
        text = " ".join(str(child) for child in children)
        return Quantity(text.replace("- ", "-").replace(" %", "%"), self._span(meta))

    def set_of(self, meta: Meta, children: list[Expr]) -> Expr:
        for member in children:
            if isinstance(member, Quantity) and _GROUPED.match(member.text):
                self._problems.add(words.ambiguous_number(member.text, member.span))
        return SetOf(tuple(children), self._span(meta))

    def rows(self, meta: Meta, children: list[Row]) -> Expr:
        return Rows(tuple(children), self._span(meta))

    def row(self, meta: Meta, children: list[tuple[Word, Expr]]) -> Row:
        return Row(tuple(children), self._span(meta))

    def cell(self, _meta: Meta, children: list[Any]) -> tuple[Word, Expr]:
        return (self._word(children[0]), children[1])

    def passes(self, meta: Meta, children: list[Any]) -> Expr:
        rule, key = children
        return RulePasses(str(rule), key.text if key is not None else None, self._span(meta))

    def group(self, _meta: Meta, children: list[Expr]) -> Expr:
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
