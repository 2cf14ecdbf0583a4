"""Cutting a text at the words that start a statement, without parsing it.

Only comments, quoted texts, words and brackets are told apart. That is enough to find where each statement begins,
which is where parsing can take up again after an error.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from termwise.frozen import frozen
from termwise.source import Source, Span
from termwise.syntax.words import STARTERS

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<text>\"\"\"(?:[^"]|"(?!""))*\"\"\" | "(?:[^"\\\n]|\\.)*"(?!"))
      | (?P<open_text>\"\"\"[\s\S]* | "[^\n]*)
      | (?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<other>[^\s])""",
    re.VERBOSE,
)

_DECLARES = re.compile(
    r"(?:(?:tighten\s+|relax\s+)?rule|define|clause|enum|scale|record|term|context)\s+([A-Za-z_]\w*(?:\.\w+)*)"
)
_PASSES_FOLLOWS = re.compile(r"\s+\w+\s*(?:\[[^\]]*\])?\s*passes\b")
_NAME_FOLLOWS = re.compile(r"(?:\s|\#[^\n]*\n)+[A-Za-z_]")
_FORCE_FOLLOWS = re.compile(r"\s+force\b")
_RUNGS = ("prefer", "require", "fallback")

_BEFORE_NAME = frozenset(
    "policy vocabulary define rule tighten relax waive clause enum scale record term context uses extends assurance "
    "each every some no and or not in within includes excludes is set list of "
    "= != ≠ < <= ≤ > >= ≥ ∈ ⊆ { [ ( , + - :".split()
)
"""After these on one line, and between these in brackets, a word that starts statements is meant as a name."""

_RULES = ("rule", "tighten", "relax")
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|\#|$)")
_NAME_ENDS = re.compile(r"\s*[,}\]):<]")

_BEFORE_OPERAND = frozenset(
    "when unless and or not prefer require fallback while ensure given satisfies tighten relax grants ( = , [ {".split()
)
"""After these, `rule` asks about a rule, or belongs to `tighten rule`: it starts no statement."""


@frozen
class Piece:
    """One statement's text, where it starts, and the place of a quotation mark that is never closed, if any."""

    path: str
    text: str
    line: int
    column: int
    unclosed: Span | None

    @property
    def starts_with(self) -> str:
        """The first word of the piece."""
        return self.text.split(maxsplit=1)[0]

    @property
    def declares(self) -> str | None:
        """The name of what the piece declares, or None where it declares nothing that others name."""
        found = _DECLARES.match(self.text)
        return None if found is None else found[1]

    def span(self, line: int, column: int, length: int) -> Span:
        """Return the span in the whole text of a place in the piece."""
        at_line = self.line + line - 1
        at_column = column + (self.column - 1 if line == 1 else 0)
        return Span(self.path, at_line, at_column, at_line, at_column + length)

    def end(self) -> Span:
        """Return the empty span just after the last word of the piece, comments and space left out."""
        last = 0
        for token in _TOKEN.finditer(self.text):
            if token.lastgroup != "comment":
                last = token.end()
        before = self.text[:last]
        line = before.count("\n") + 1
        return self.span(line, last - (before.rfind("\n") + 1) + 1, 1)


def cut(source: Source) -> Iterator[Piece]:
    """Yield the statements of a text, in order; what stands before the first one is a piece too."""
    text = source.text
    places = _Places(source)
    starts = list(_starts(text))
    if not starts or text[: starts[0]].strip():
        starts.insert(0, 0)
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        body = text[start:end]
        if not any(token.lastgroup != "comment" for token in _TOKEN.finditer(body)):
            continue
        line, column = places.of(start)
        yield Piece(source.path, body, line, column, _unclosed(body, start, places))


def comments(source: Source) -> Iterator[Span]:
    """Yield the place of every comment of a text, in order."""
    places = _Places(source)
    for token in _TOKEN.finditer(source.text):
        if token.lastgroup == "comment":
            line, column = places.of(token.start())
            yield Span(source.path, line, column, line, column + len(token.group()))


def deepest_bracket(source: Source, limit: int) -> Span | None:
    """Return the place of the first bracket nested deeper than `limit`, or None."""
    depth = 0
    for token in _TOKEN.finditer(source.text):
        if token.lastgroup == "open":
            depth += 1
            if depth > limit:
                line, column = _Places(source).of(token.start())
                return Span(source.path, line, column, line, column + 1)
        elif token.lastgroup == "close":
            depth = max(depth - 1, 0)
        elif token.lastgroup == "word" and token.group() in STARTERS and token.group() not in ("rule", "text"):
            depth = 0
    return None


def _starts(text: str) -> Iterator[int]:
    before = within = ""
    ended = 0
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "comment":
            continue
        said = token.group()
        in_line = "\n" not in text[ended : token.start()]
        if token.lastgroup == "word" and _begins(token, before, within, in_line):
            ends_head = before == ":" and within in _RULES and not _LINE_ENDS.match(text, token.end())
            if ends_head or not _is_meant_as_name(said, before, in_line, text, token.end()):
                yield token.start()
                within = said
        before, ended = said, token.end()


def _is_meant_as_name(word: str, before: str, in_line: bool, text: str, end: int) -> bool:
    """Whether a word that starts statements stands where only a name makes sense, so that this is what is wrong."""
    if before not in _BEFORE_NAME or (word == "rule" and before in ("tighten", "relax")):
        return False
    return in_line or (before in "{[,<" and _NAME_ENDS.match(text, end) is not None)


def _begins(token: re.Match[str], before: str, within: str, in_line: bool) -> bool:
    """Whether a word starts a statement where it stands; `within` is the word that started the one so far."""
    word, text, end = token.group(), token.string, token.end()
    if word == "in":
        return _FORCE_FOLLOWS.match(text, end) is not None
    if word not in STARTERS:
        return False
    if within == "expect" and word == "because":
        return _NAME_FOLLOWS.match(text, end) is None
    if within == "expect" and word in _RUNGS:
        return before != "at"
    if word == "rule":
        asks = before in ("tighten", "relax") or in_line or _PASSES_FOLLOWS.match(text, end) is not None
        return before not in _BEFORE_OPERAND or not asks
    return not (word == "text" and before in (":", "of"))


def _unclosed(body: str, start: int, places: _Places) -> Span | None:
    for token in _TOKEN.finditer(body):
        if token.lastgroup == "open_text":
            line, column = places.of(start + token.start())
            first = token.group().split("\n", 1)[0]
            return Span(places.path, line, column, line, column + len(first))
    return None


class _Places:
    """Line and column of an offset, found by bisection."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self._lines = [0, *(found.end() for found in re.finditer("\n", source.text))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1
