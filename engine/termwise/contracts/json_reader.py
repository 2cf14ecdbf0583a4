"""JSON text → nodes: strictly JSON, with the place of every key and value, and numbers kept as they were written."""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined] # in no stub, though it is public by name

from termwise.contracts import problems as words
from termwise.contracts.nodes import DEEPEST, Fields, Items, Leaf, Node, Places, TooDeep
from termwise.diagnostics import Diagnostic, Problems
from termwise.source import Source, Span
from termwise.textfile import control_character

_SPACE = re.compile(r"[ \t\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_CONSTANTS = ("true", "false", "null")


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__()
        self.diagnostic = diagnostic


def read_json(source: Source, problems: Problems) -> Node | None:
    """Read the one value of a JSON text, or say why it cannot be read."""
    reader = _Reader(source, problems)
    try:
        return reader.document()
    except TooDeep as error:
        problems.add(words.too_deep(error.span))
    except _Refused as refused:
        problems.add(refused.diagnostic)
    return None


class _Reader:
    """One pass over the text; `_at` is always the next character that matters."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self._text = source.text
        self._places = Places(source.path, source.text)
        self._problems = problems
        self._at = 0

    def document(self) -> Node:
        """Return the root."""
        self._skip()
        root = self._value(0)
        if self._next() != "":
            raise self._unexpected("the end of the file")
        return root

    def _value(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise TooDeep(self._places.span(self._at, self._at + 1))
        match self._text[self._at : self._at + 1]:
            case "{":
                return self._fields(depth)
            case "[":
                return self._items(depth)
            case '"':
                return self._string()
            case _:
                return self._plain()

    def _plain(self) -> Leaf:
        start = self._at
        number = _NUMBER.match(self._text, start)
        found = number or _WORD.match(self._text, start)
        if found is None or (number is None and found.group() not in _CONSTANTS):
            raise self._unexpected("a value")
        self._at = found.end()
        self._skip()
        return Leaf(found.group(), self._places.span(start, found.end()), found.group() == "null")

    def _string(self) -> Leaf:
        start = self._at
        try:
            text, end = scanstring(self._text, start + 1, True)
        except JSONDecodeError as error:
            raise _Refused(self._bad_string(error)) from None
        span = self._places.span(start, end)
        bad = control_character(text)
        if bad is not None:
            raise _Refused(words.forbidden_character(span, text[bad]))
        surrogate = next((each for each in text if "\ud800" <= each <= "\udfff"), None)
        if surrogate is not None:
            raise _Refused(words.forbidden_character(span, surrogate))
        self._at = end
        self._skip()
        return Leaf(text, span)

    def _items(self, depth: int) -> Items:
        start = self._at
        items: list[Node] = []
        self._advance()
        while self._next() != "]":
            if items:
                self._expect(",", "`,` or `]`")
            items.append(self._value(depth + 1))
        return Items(tuple(items), self._closed(start))

    def _fields(self, depth: int) -> Fields:
        start = self._at
        entries: dict[str, tuple[Leaf, Node]] = {}
        self._advance()
        while self._next() != "}":
            if entries:
                self._expect(",", "`,` or `}`")
            if self._next() != '"':
                raise self._unexpected("a key in double quotes")
            key = self._string()
            self._expect(":", "`:`")
            value = self._value(depth + 1)
            if key.text in entries:
                self._problems.add(words.duplicate_key(key, entries[key.text][0].span))
            else:
                entries[key.text] = (key, value)
        return Fields(tuple(entries.values()), self._closed(start))

    def _closed(self, start: int) -> Span:
        span = self._places.span(start, self._at + 1)
        self._advance()
        return span

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _advance(self) -> None:
        self._at += 1
        self._skip()

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        assert found is not None
        self._at = found.end()

    def _expect(self, mark: str, wanted: str) -> None:
        if self._next() != mark:
            raise self._unexpected(wanted)
        self._advance()

    def _unexpected(self, wanted: str) -> _Refused:
        found = _WORD.match(self._text, self._at)
        shown = found.group()[:40] if found else self._next()
        span = self._places.span(self._at, self._at + len(shown))
        return _Refused(words.unexpected_json(span, shown, wanted))

    def _bad_string(self, error: JSONDecodeError) -> Diagnostic:
        at = min(error.pos, len(self._text))
        span = self._places.span(at, min(at + 1, len(self._text)))
        if error.msg.startswith("Unterminated"):
            return words.malformed(
                self._places.span(self._at, self._at + 1), "a text is opened here and never closed", None
            )
        if error.msg.startswith("Invalid control"):
            return words.malformed(span, "a text holds a line break or a tab", "write it as `\\n` or `\\t`")
        return words.malformed(span, "a `\\` is followed by no escape that JSON knows", "write `\\\\` for one `\\`")
