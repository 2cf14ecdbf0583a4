"""TOML text → nodes. The standard library says whether it is TOML; this module says where everything stands.

The standard parser keeps no positions, and ours may assume text that the standard one has accepted: it only has to
find where keys and values begin and end. Numbers and dates stay as they were written.
"""

from __future__ import annotations

import re
import tomllib

from termwise.contracts import problems as words
from termwise.contracts.nodes import DEEPEST, Fields, Items, Leaf, Node, Places, TooDeep
from termwise.diagnostics import Diagnostic, Problems
from termwise.source import Source, Span
from termwise.textfile import control_character, empty_file

_BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.Z+-]+|[^\s,\]}#]+")
_QUOTED = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*+\'{3,5}|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'',
    re.DOTALL,
)
_SKIPPED = re.compile(r"[^\[\]{}\"'#.]+|#[^\n]*|\.")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(source: Source, problems: Problems) -> Node | None:
    """Read a TOML text, or say why it cannot be read."""
    places = Places(source.path, source.text)
    deep = _first_too_deep(source.text)
    if deep is not None:
        problems.add(words.too_deep(places.span(deep, deep + 1)))
        return None
    try:
        tomllib.loads(source.text)
    except (ValueError, RecursionError) as error:
        problems.add(_given_twice(source, str(error)) or _syntax(source, str(error)))
        return None
    try:
        return _Scanner(source, places, problems).document()
    except TooDeep as error:
        problems.add(words.too_deep(error.span))
        return None


def _first_too_deep(text: str) -> int | None:
    """Return where brackets, or the parts of a dotted key, become too many; the standard parser has no limit."""
    at = depth = dots = 0
    while at < len(text):
        found = _QUOTED.match(text, at) or _SKIPPED.match(text, at)
        if found is None and text[at] in "\"'":
            return None  # a text that is never closed: the standard parser gets no further either
        if found is None:
            depth += 1 if text[at] in "[{" else -1
            if depth > DEEPEST:
                return at
            at += 1
            continue
        if found.group() == ".":
            dots += 1
        elif any(mark in found.group() for mark in "\n,="):
            dots = 0
        if dots > DEEPEST:
            return at
        at = found.end()
    return None


def _given_twice(source: Source, message: str) -> Diagnostic | None:
    """Return what is wrong where the standard parser met a key for the second time, or None where it met none.

    Up to that place the text is TOML, so ours can read it again, and knows where the key was first.
    """
    if not any(fragment in message for fragment in _TWICE):
        return None
    text, found = source.text, _PLACE.search(message)
    if found is not None:
        lines = text.split("\n")[: int(found[1])]
        text = "\n".join((*lines[:-1], lines[-1][: int(found[2]) - 1]))
    try:
        _Scanner(Source(source.path, text), Places(source.path, text), Problems()).document()
    except _Twice as twice:
        return words.duplicate_key(twice.key, twice.first)
    except TooDeep:
        pass
    return None


_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key")


class _Twice(Exception):  # noqa: N818 - it never leaves this module
    """A key is given a second time."""

    def __init__(self, key: Leaf, first: Span) -> None:
        super().__init__()
        self.key = key
        self.first = first


def _syntax(source: Source, message: str) -> Diagnostic:
    found = _PLACE.search(message)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    if "end of document" in message and not found:
        written = source.text.rstrip()
        line, column = written.count("\n") + 1, len(written) - written.rfind("\n")
    span = Span(source.path, line, column, line, column + 1)
    reason = message.partition(" (at ")[0]
    if reason.startswith("Invalid date"):
        return words.impossible_date(span)
    for fragment, said in _REASONS:
        if fragment in reason:
            return words.malformed(span, said, None)
    return words.malformed(span, f"this is no TOML: {reason[:1].lower()}{reason[1:]}", None)


_REASONS = (
    ("Cannot overwrite", "a key is given twice, or is both a value and a table"),
    ("Cannot declare", "a table is declared twice"),
    ("Cannot mutate", "a table is added to after it was closed"),
    ("Duplicate inline table key", "a key is given twice"),
    ("after a key", "a key is not followed by `=`"),
    ("Invalid value", "this is no value of TOML; text stands in quotes"),
    ("Unterminated string", "a text is opened and never closed"),
    ("Unclosed array", "a list is opened and never closed"),
    ("Unclosed inline table", "a table is opened and never closed"),
    ("Expected newline or end of document", "something follows a value on its line; text stands in quotes"),
    ("Unescaped '\\'", "a `\\` is followed by no escape that TOML knows"),
    ("Illegal character", "a text holds a character that has to be escaped"),
    ("Invalid statement", "no key can start like this"),
    ("integer string conversion", "a number has too many digits"),
)


class _Table:
    """A table that later statements may still add to."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.entries: dict[str, tuple[Leaf, _Table | list[_Table] | Node]] = {}
        self.header: Leaf | None = None

    def inner(self, key: Leaf) -> _Table:
        """Return the table under a key, the last of them where there are several, made if need be."""
        first, found = self.entries.setdefault(key.text, (key, _Table(key.span)))
        if isinstance(found, list):
            return found[-1]
        if not isinstance(found, _Table):
            raise _Twice(key, first.span)
        return found

    def put(self, key: Leaf, value: Node) -> None:
        """Give a key its value."""
        if key.text in self.entries:
            raise _Twice(key, self.entries[key.text][0].span)
        self.entries[key.text] = (key, value)

    def declared(self, key: Leaf) -> _Table:
        """Return the table under a key that a header of its own declares."""
        found = self.inner(key)
        if found.header is not None or isinstance(self.entries[key.text][1], list):
            raise _Twice(key, (found.header or self.entries[key.text][0]).span)
        found.header = key
        return found

    def frozen(self, depth: int = 0) -> Fields:
        """Return the table as it stands."""
        if depth > DEEPEST:
            raise TooDeep(self.span)
        entries = tuple((key, _frozen(value, depth + 1)) for key, value in self.entries.values())
        return Fields(entries, self.span.to(entries[-1][1].span) if entries else self.span)


def _frozen(value: _Table | list[_Table] | Node, depth: int) -> Node:
    if isinstance(value, _Table):
        return value.frozen(depth)
    if isinstance(value, list):
        tables = tuple(each.frozen(depth + 1) for each in value)
        return Items(tables, tables[0].span.to(tables[-1].span))
    return value


class _Scanner:
    """One pass over text that is known to be TOML."""

    def __init__(self, source: Source, places: Places, problems: Problems) -> None:
        self._path, self._text = source.path, source.text
        self._places = places
        self._problems = problems
        self._at = 0

    def document(self) -> Fields | None:
        """Return the root table."""
        root = table = _Table(self._places.span(0, 0))
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header(root)
            else:
                self._pair(table)
            self._skip(_BLANK)
        if not root.entries:
            self._problems.add(empty_file(self._path))
        return root.frozen() if root.entries else None

    def _header(self, root: _Table) -> _Table:
        start, is_list = self._at, self._text.startswith("[[", self._at)
        self._at += 2 if is_list else 1
        *outer, last = self._key()
        self._at += 2 if is_list else 1
        table = root
        for key in outer:
            table = table.inner(key)
        if not is_list:
            return table.declared(last)
        made = _Table(self._places.span(start, self._at))
        first, tables = table.entries.setdefault(last.text, (last, []))
        if not isinstance(tables, list):
            raise _Twice(last, first.span)
        tables.append(made)
        return made

    def _pair(self, table: _Table) -> None:
        *outer, last = self._key()
        self._at += 1
        for key in outer:
            table = table.inner(key)
        self._skip(_SPACE)
        table.put(last, self._value(0))

    def _key(self) -> list[Leaf]:
        parts = []
        while True:
            self._skip(_SPACE)
            found = _QUOTED.match(self._text, self._at) or _BARE.match(self._text, self._at)
            assert found is not None
            parts.append(self._leaf(found, found.group()))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise TooDeep(self._places.span(self._at, self._at + 1))
        match self._text[self._at]:
            case "[":
                return self._array(depth)
            case "{":
                return self._inline(depth)
            case _:
                found = _QUOTED.match(self._text, self._at) or _PLAIN.match(self._text, self._at)
                assert found is not None
                return self._value_leaf(found)

    def _array(self, depth: int) -> Items:
        start, items = self._at, []
        self._at += 1
        self._skip(_BLANK)
        while not self._text.startswith("]", self._at):
            items.append(self._value(depth + 1))
            self._skip(_BLANK)
            if self._text.startswith(",", self._at):
                self._at += 1
                self._skip(_BLANK)
        self._at += 1
        return Items(tuple(items), self._places.span(start, self._at))

    def _inline(self, depth: int) -> Fields:
        start, table = self._at, _Table(self._places.span(self._at, self._at + 1))
        self._at += 1
        self._skip(_BLANK)
        while not self._text.startswith("}", self._at):
            *outer, last = self._key()
            self._at += 1
            inner = table
            for key in outer:
                inner = inner.inner(key)
            self._skip(_SPACE)
            inner.put(last, self._value(depth + 1))
            self._skip(_BLANK)
            if self._text.startswith(",", self._at):
                self._at += 1
                self._skip(_BLANK)
        self._at += 1
        return Fields(table.frozen(depth).entries, self._places.span(start, self._at))

    def _value_leaf(self, found: re.Match[str]) -> Leaf:
        written = found.group()
        if written[:2] in ("0x", "0o", "0b"):
            return self._leaf(found, str(int(written, 0)))
        return self._leaf(found, written.replace("_", "") if written[0] in "+-0123456789" else written)

    def _leaf(self, found: re.Match[str], plain: str) -> Leaf:
        """Return what was written, unquoted where it is quoted, else as `plain`."""
        self._at = found.end()
        span, written = self._places.span(found.start(), found.end()), found.group()
        text = str(tomllib.loads(f"text = {written}")["text"]) if written[0] in "\"'" else plain
        bad = control_character(text)
        if bad is not None:
            self._problems.add(words.forbidden_character(span, text[bad]))
        return Leaf(text, span)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
