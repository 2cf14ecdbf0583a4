"""YAML text → nodes, from the parser's events alone.

None of YAML 1.1's guesses is ever applied: every scalar stays text, and only a plain `null`, `~` or nothing at all is
null. Depth is checked before anything recurses, and aliases are shared rather than copied, with their expanded size
bounded, so that no small file becomes a large one.
"""

from __future__ import annotations

import yaml

from termwise.contracts import problems as words
from termwise.contracts.nodes import DEEPEST, Fields, Items, Leaf, Node, Places, TooDeep
from termwise.diagnostics import Diagnostic, Problems
from termwise.source import Source, Span
from termwise.textfile import control_character, empty_file

MOST_NODES = 100_000
"""How many nodes a file may have once its aliases are written out."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TEXT_TAGS = ("!", "tag:yaml.org,2002:str")
_PLAIN_TAGS = (None, *_TEXT_TAGS, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """The file cannot be read any further, for the reason that is its argument."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__()
        self.diagnostic = diagnostic


def read_yaml(source: Source, problems: Problems) -> Node | None:
    """Read the one document of a YAML text, or say why it cannot be read."""
    places = Places(source.path, source.text)
    try:
        return _Reader(source, places, problems).document()
    except TooDeep as error:
        problems.add(words.too_deep(error.span))
    except _Refused as refused:
        problems.add(refused.diagnostic)
    except yaml.MarkedYAMLError as error:
        problems.add(_syntax(error, source.text, places))
    except yaml.reader.ReaderError:
        found = yaml.reader.Reader.NON_PRINTABLE.search(source.text)
        at = found.start() if found else 0
        problems.add(words.forbidden_character(places.span(at, at + 1), source.text[at : at + 1]))
    return None


class _Reader:
    """Walks the events of one stream."""

    def __init__(self, source: Source, places: Places, problems: Problems) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is missing from some builds
        self._events = loader(source.text)
        self._path = source.path
        self._places = places
        self._problems = problems
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._open: set[str] = set()
        self._count = 0

    def document(self) -> Node | None:
        """Return the root of the only document."""
        self._events.get_event()
        if isinstance(self._events.get_event(), yaml.StreamEndEvent):
            self._problems.add(empty_file(self._path))
            return None
        root = self._node(self._events.get_event(), 0)
        self._events.get_event()
        after = self._events.get_event()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refused(words.second_document(self._span(after)))
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.NodeEvent)
        if depth > DEEPEST:
            raise TooDeep(self._span(event))
        before, anchor = self._count, event.anchor
        if anchor is not None:
            self._open.add(anchor)
        self._count += 1
        node = self._fresh(event, depth)
        if anchor is not None:
            self._open.discard(anchor)
            self._anchors[anchor] = (node, self._count - before)
        return node

    def _fresh(self, event: yaml.NodeEvent, depth: int) -> Node:
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.tag not in _PLAIN_TAGS:
            raise _Refused(words.tag(self._span(event), str(event.tag).replace("tag:yaml.org,2002:", "!!")))
        if isinstance(event, yaml.ScalarEvent):
            return self._leaf(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, depth)
        return self._fields(event, depth)

    def _alias(self, event: yaml.AliasEvent) -> Node:
        anchor = str(event.anchor)
        if anchor in self._open:
            raise _Refused(words.alias_of_itself(self._span(event), anchor))
        if anchor not in self._anchors:
            raise _Refused(words.unknown_anchor(self._span(event), anchor, tuple(self._anchors)))
        node, size = self._anchors[anchor]
        self._count += size
        if self._count > MOST_NODES:
            raise _Refused(words.too_many_aliases(self._span(event), MOST_NODES))
        return node

    def _leaf(self, event: yaml.ScalarEvent) -> Leaf:
        span = self._span(event)
        control = control_character(event.value)
        if control is not None:
            raise _Refused(words.forbidden_character(span, event.value[control]))
        is_plain = event.implicit[0] and event.tag is None
        return Leaf(event.value, span, is_plain and event.value in _NULLS)

    def _items(self, start: yaml.NodeEvent, depth: int) -> Items:
        items = []
        event = self._events.get_event()
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
            event = self._events.get_event()
        return Items(tuple(items), self._collection(start, event, items))

    def _fields(self, start: yaml.NodeEvent, depth: int) -> Fields:
        entries: dict[str, tuple[Leaf, Node]] = {}
        event = self._events.get_event()
        while not isinstance(event, yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Leaf):
                raise _Refused(words.key_is_no_text(key.span))
            value = self._node(self._events.get_event(), depth + 1)
            if key.text in entries:
                self._problems.add(words.duplicate_key(key, entries[key.text][0].span))
            else:
                entries[key.text] = (key, value)
            event = self._events.get_event()
        return Fields(tuple(entries.values()), self._collection(start, event, [each for _, each in entries.values()]))

    def _collection(self, start: yaml.NodeEvent, end: yaml.Event, inside: list[Node]) -> Span:
        """Return the span of a collection; one without brackets ends with its last value, not where the next starts."""
        if getattr(start, "flow_style", False) or not inside:
            return self._span(start).to(self._span(end))
        first, last = self._span(start), inside[-1].span
        is_after = (first.line, first.column) <= (last.end_line, last.end_column)
        return first.to(last) if is_after else first

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None
        return self._places.span(start.index, end.index)


def _syntax(error: yaml.MarkedYAMLError, text: str, places: Places) -> Diagnostic:
    mark, reason = error.problem_mark or error.context_mark, error.problem or ""
    at = min(mark.index, len(text)) if mark is not None else 0
    if "nesting depth" in reason:  # newer parsers have a limit of their own, and look ahead of the events
        return words.too_deep(places.span(at, min(at + 1, len(text))))
    if text[at : at + 1] == "\t":
        return words.malformed(places.span(at, at + 1), "a tab stands where only spaces may", "indent with spaces")
    unknown = ("", f"this is no YAML: {reason}".replace("{", "{{").replace("}", "}}"), None)
    fragment, said, hint = next((each for each in _REASONS if each[0] in reason), unknown)
    if fragment in _BRACKETS and text[at:].strip():
        said, hint = f"{_BRACKETS[fragment]} is missing before `{{}}`", _KEY_IN_BRACKETS if text[at] == "[" else None
    elif fragment in _UNCLOSED and error.context_mark is not None:
        at = min(error.context_mark.index, len(text))
    character = text[at : at + 1].strip() or "the end of the line"
    return words.malformed(places.span(at, min(at + 1, len(text))), said.format(character), hint)


_BRACKETS = {"',' or ']'": "a `,` or the closing `]`", "',' or '}'": "a `,` or the closing `}}`"}
_UNCLOSED = ("unexpected end of stream", *_BRACKETS)

_KEY_IN_BRACKETS = "within `{ }`, put a key that holds brackets in quotes"

_OTHER_QUOTES = "a text that holds quotes needs quotes of the other kind around it"

_REASONS: tuple[tuple[str, str, str | None], ...] = (
    ("mapping values are not allowed", "a `:` stands where no key can be", "put text that holds `: ` in quotes"),
    ("unexpected end of stream", "a quoted text is opened here and never closed", None),
    ("',' or ']'", "a `[` is opened here and never closed", None),
    ("',' or '}'", "a `{{` is opened here and never closed", None),
    ("cannot start any token", "no value can start with `{}`", "put the text in quotes"),
    ("escape character", "a `\\` in double quotes is followed by no escape of YAML", "write `\\\\` for one `\\`"),
    ("escape code", "a `\\u` in double quotes names no character", None),
    ("<document start>", "something stands before or after the one value a file holds", None),
    ("expected key", "this belongs to no key", _OTHER_QUOTES),
    ("but found '<scalar>'", "this belongs to no key", _OTHER_QUOTES),
    ("'-' indicator", "a key stands where a list item, with its `-`, is expected", None),
    ("<block end>", "the indentation fits nothing above it", "what belongs together starts in one column"),
    ("expected node content", "a value is missing before `{}`", None),
    ("expected the node content", "a value is missing before `{}`", None),
    ("expected ':'", "a key is not followed by `:`", None),
    ("alphabetic or numeric", "`*` and `&` at the start of a value have a meaning in YAML", "put the text in quotes"),
    ("tag", "a value that starts with `!` has a meaning in YAML", "put the text in quotes"),
)
"""What PyYAML says, in the words of either of its parsers, and what to say instead; the first that fits is taken."""
