"""The words of a statement → pieces to lay out: where lines may be broken, and how each word is spelt and spaced.

Conditions may be broken before `and` and `or`, after `satisfies`, and within braces and brackets; lists after a comma.
All words are those that were written, in their order. What changes is a spelling that has another (`≤`, `true`), and
what says nothing is left out: a comma before a closing bracket, parentheses around a whole condition or around others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from termwise.syntax.layout import Begin, Break, End, Piece, Text
from termwise.syntax.tokens import Token
from termwise.syntax.words import ASCII

_CLOSING = {"LPAR": "RPAR", "LBRACE": "RBRACE", "LSQB": "RSQB"}
_DEEPER = {**dict.fromkeys(_CLOSING, 1), **dict.fromkeys(_CLOSING.values(), -1)}
_NAMES = ("NAME", "DOTTED")
_OPERANDS = frozenset(("NUMBER", "STRING", "DATE", "PERCENT", "YES", "TRUE", "NO", "FALSE", "PASSES", *_NAMES))
"""The words that end an operand: a minus after one, or after a closing bracket, stands between two."""
_CLINGING = frozenset(("COMMA", "COLON", "PERCENT", "FIELD", *_CLOSING.values()))
"""The words with no space before them."""

_JOINERS = ("OR", "AND", "SATISFIES")

_SPELLING = ASCII | {"true": "yes", "false": "no"}
_FORCE = re.compile(r"force\b")


def spelt(token: Token) -> str:
    """Return a word in the one spelling that is printed."""
    if token.kind in ("STRING", "LONG_TEXT"):
        return token.text
    return "in force" if token.kind == "_IN_FORCE" else _SPELLING.get(token.text, token.text)


class Shape:
    """The pieces of one statement, collected from left to right."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.pieces: list[Piece] = []
        self._before: Token | None = None  # the word before, unless nothing is to be between that and the next
        self._is_sign = False  # whether that is the minus of a negative number
        self._is_spaced = False  # whether the space before the next word has been added

    # ------------------------------------------------------------------------------------------------- words

    def keyword(self, tokens: Sequence[Token], indent: int, column: int) -> None:
        """Add the words a statement starts with, and the space up to the column where the rest begins."""
        self.pieces.append(Text(" " * indent))
        self.words(tokens)
        width = sum(len(piece.text) for piece in self.pieces if isinstance(piece, Text)) - indent
        self.pieces.append(Text(" " * max(column - width, 1)))
        self._before = None

    def words(self, tokens: Sequence[Token]) -> None:
        """Add words that stay on one line."""
        for token in tokens:
            self.word(token)

    def word(self, token: Token, *, joins: bool = False) -> None:
        """Add a word, with a space before it where one belongs."""
        self._space(token)
        before = self._before
        self._is_sign = token.kind == "MINUS" and not (before is not None and _ends_operand(before))
        self.pieces.append(Text(spelt(token), tuple(each.text for each in token.above), token.note, joins))
        self._before = token
        self._is_spaced = False

    def _space(self, token: Token) -> None:
        """Add the space before a word, where one belongs and none is there yet."""
        before = self._before
        if before is not None and not self._is_sign and not self._is_spaced and _is_apart(before, token):
            self.pieces.append(Text(" "))
            self._is_spaced = True

    def below(self, tokens: Sequence[Token]) -> None:
        """Add a condition, on the same line or below it; brackets that end it can as well begin on the same line."""
        if tokens[-1].kind in ("RBRACE", "RSQB") and not any(token.kind in _JOINERS for token in tokens):
            self.condition(tokens)
            return
        self.pieces.append(Begin(hangs=False))
        self._broken(tokens[0], shift=2)
        self.condition(tokens)
        self.pieces.append(End())

    def _omitted(self, token: Token) -> None:
        """Leave a word out, but not its comments."""
        if token.above or token.note is not None:
            self.pieces.append(Text("", tuple(each.text for each in token.above), token.note))

    def _hanging(self, first: Token) -> None:
        """Begin a group whose lines begin where its first word does."""
        self._space(first)
        self.pieces.append(Begin())

    def _broken(self, following: Token, flat: str = " ", shift: int = 0) -> None:
        self.pieces.append(Break(flat, shift, following.begins))
        self._before = None
        self._is_sign = False

    # -------------------------------------------------------------------------------------------- conditions

    def condition(self, tokens: Sequence[Token]) -> None:
        """Add a condition."""
        if _is_enclosed(tokens):
            self._omitted(tokens[0])
            self.condition(tokens[1:-1])
            self._omitted(tokens[-1])
        else:
            self._joined(tokens)

    def _joined(self, tokens: Sequence[Token]) -> None:
        for kind in ("OR", "AND"):
            parts = list(_split(tokens, kind))
            if len(parts) > 1:
                self._hanging(tokens[0])
                for joiner, part in parts:
                    if joiner is not None:
                        self._broken(joiner)
                        self.word(joiner, joins=True)
                    self._joined(part)
                self.pieces.append(End())
                return
        self._single(tokens)

    def _single(self, tokens: Sequence[Token]) -> None:
        """Add a condition that no `and` or `or` joins."""
        nots = next(at for at, token in enumerate(tokens) if token.kind != "NOT")
        self.words(tokens[:nots])
        rest = tokens[nots:]
        if not _is_quantified(rest):
            self.values(rest)
            return
        body = next(at for at, token in enumerate(rest) if token.kind == "SATISFIES") + 1
        self._hanging(rest[0])
        self.words(rest[:body])
        self._broken(rest[body], shift=2)
        self._single(rest[body:])
        self.pieces.append(End())

    def values(self, tokens: Sequence[Token]) -> None:
        """Add values, and whatever compares them."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            end = at + 1
            if token.kind in _CLOSING and not _is_index(self._before, token):
                end = _closed(tokens, at)
                self._bracketed(tokens[at:end])
            elif self._before is not None and spelt(self._before) == "in" and _FORCE.match(token.text):
                end = _closed(tokens, end) if end < len(tokens) and _is_index(token, tokens[end]) else end
                self._parenthesised(tokens[at:end])  # `in force` is something else
            else:
                self.word(token)
            at = end

    def _parenthesised(self, tokens: Sequence[Token]) -> None:
        self.pieces.append(Text(" ("))
        self._before = None
        self.words(tokens)
        self.pieces.append(Text(")"))

    def _bracketed(self, tokens: Sequence[Token]) -> None:
        opening, *inner, closing = tokens
        if opening.kind == "LPAR":
            self.word(opening)
            self.condition(inner)
            self.word(closing)
        elif opening.kind == "LBRACE":
            self.braces(tokens, flat="")
        else:
            self.braces(tokens, flat="", fills=False)

    # ------------------------------------------------------------------------------------------------- lists

    def listed(self, tokens: Sequence[Token], ending: Sequence[Token] = ()) -> None:
        """Add conditions with commas between, as many on a line as fit, and perhaps an ending."""
        self.pieces.append(Begin(fills=True))
        self._items(tokens, self.condition)
        if ending:
            self._broken(ending[0])
            self.words(ending)
        self.pieces.append(End())

    def expectations(self, tokens: Sequence[Token]) -> None:
        """Add what a test expects, with commas between; reasons stand on the same line, or else below."""
        self.pieces.append(Begin(fills=True))
        self._items(tokens, self._expectation)
        self.pieces.append(End())

    def _expectation(self, tokens: Sequence[Token]) -> None:
        at = next((at for at, token in enumerate(tokens) if token.kind == "BECAUSE_OF"), len(tokens))
        self.pieces.append(Begin())
        self.words(tokens[:at])
        if at < len(tokens):
            self._broken(tokens[at], shift=2)
            self.word(tokens[at])
            self._joined(tokens[at + 1 :])
        self.pieces.append(End())

    def braces(self, tokens: Sequence[Token], *, flat: str = " ", fills: bool = True) -> None:
        """Add items in brackets: on the same line, or else on lines of their own, filled or one on each."""
        opening, *inner, closing = tokens
        if not inner:
            self.words(tokens)
            return
        self.pieces.append(Begin(hangs=False))
        self.word(opening)
        self._broken(inner[0], flat, shift=2)
        self.pieces.append(Begin(fills, follows=not fills))
        self._items(inner, self.values)
        self.pieces.append(End())
        self._broken(closing, flat)
        self.word(closing)
        self.pieces.append(End())

    def _items(self, tokens: Sequence[Token], add: Callable[[Sequence[Token]], None]) -> None:
        for comma, item in _split(tokens, "COMMA"):
            if comma is not None and not item:
                self._omitted(comma)
                continue
            if comma is not None:
                self.word(comma)
                self._broken(item[0])
            add(item)

    def scale(self, tokens: Sequence[Token]) -> None:
        """Add the symbols of a scale: on the same line, or else each on its own, the `<` before it."""
        opening, *inner, closing = tokens
        self.pieces.append(Begin(hangs=False))
        self.word(opening)
        for less, symbol in _split(inner, "LESSTHAN"):
            self._broken(symbol[0] if less is None else less, shift=4 if less is None else 2)
            if less is not None:
                self.word(less, joins=True)
            self.words(symbol)
        self._broken(closing)
        self.word(closing)
        self.pieces.append(End())


def _is_apart(before: Token, token: Token) -> bool:
    """Whether a space stands between two words of a line."""
    return not (token.kind in _CLINGING or before.kind in _CLOSING or _is_index(before, token))


def _is_index(before: Token | None, token: Token) -> bool:
    """Whether a bracket opens the key of a name, and not a list."""
    return token.kind == "LSQB" and before is not None and before.kind in _NAMES


def _ends_operand(token: Token) -> bool:
    return token.kind in _OPERANDS or _DEEPER.get(token.kind) == -1


def _is_quantified(tokens: Sequence[Token]) -> bool:
    return tokens[0].kind in ("EVERY", "SOME") or (
        tokens[0].kind == "NO" and len(tokens) > 1 and tokens[1].kind == "NAME"
    )


def _is_enclosed(tokens: Sequence[Token]) -> bool:
    """Whether one pair of parentheses holds everything."""
    return tokens[0].kind == "LPAR" and _closed(tokens, 0) == len(tokens)


def _closed(tokens: Sequence[Token], at: int) -> int:
    """Return where what begins with a bracket has ended."""
    depth = 0
    for end in range(at, len(tokens)):
        depth += _DEEPER.get(tokens[end].kind, 0)
        if depth == 0:
            return end + 1
    raise AssertionError(tokens[at])


def _split(tokens: Sequence[Token], kind: str) -> Iterator[tuple[Token | None, Sequence[Token]]]:
    """Yield what stands between words of a kind that are in no bracket, each with the one before it."""
    depth = start = 0
    before: Token | None = None
    for at, token in enumerate(tokens):
        depth += _DEEPER.get(token.kind, 0)
        if depth == 0 and token.kind == kind:
            yield before, tokens[start:at]
            before, start = token, at + 1
    yield before, tokens[start:]
