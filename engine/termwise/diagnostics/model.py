"""A diagnostic is data: a code, one sentence, a place, at most one hint. How it is shown is another module's business.

User mistakes are diagnostics, collected in `Problems`; exceptions are for defects of Termwise. `PolicyError` is the
one exception at the public edge, for callers who want a value or an error.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import Enum, unique

from termwise.diagnostics.quoting import bounded
from termwise.frozen import frozen
from termwise.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.diagnostics.catalogue import Entry

_TALLY = "TW021"


@unique
class Level(Enum):
    """How much a diagnostic weighs. Only an error makes the input unusable."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Label:
    """A place, and a few words to put under it."""

    span: Span
    text: str = ""


@frozen
class Diagnostic:
    """One thing that is wrong, or worth knowing, about a text.

    `weight` is the level that a project gives the code in its settings, where it gives one.
    """

    code: str
    message: str
    primary: Label
    related: tuple[Label, ...] = ()
    hint: str | None = None
    weight: Level | None = None

    @property
    def level(self) -> Level:
        """How much it weighs: as the project has it, or else as the catalogue."""
        return Level(_entry(self.code).level) if self.weight is None else self.weight

    @property
    def is_tally(self) -> bool:
        """Whether it is no problem itself, but says how many more there are."""
        return self.code == _TALLY

    @property
    def slug(self) -> str:
        """The readable name of the code."""
        return _entry(self.code).slug


def _entry(code: str) -> Entry:
    from termwise.diagnostics.catalogue import entry  # most runs find nothing to say

    return entry(code)


def problem(
    code: str, span: Span, message: str, *, label: str = "", hint: str | None = None, related: tuple[Label, ...] = ()
) -> Diagnostic:
    """Build a diagnostic; the words are the caller's: one constructor per problem, in `<stage>/problems.py`."""
    return Diagnostic(code, bounded(message), Label(span, label), related, None if hint is None else bounded(hint))


MOST = 100
"""How many problems of one level are kept of one file. Who has more has one mistake many times, or another file."""


class Problems:
    """The collector that every pass takes last.

    It also remembers the sources it has seen, so that whoever shows a diagnostic can show the line it speaks of. Of
    one file it keeps the first `MOST` problems of a level and counts the others, so that no file, however large or
    hostile, makes much to print.
    """

    __slots__ = ("_found", "_kept", "_surplus", "sources")

    def __init__(self) -> None:
        """Start with nothing found and no source seen."""
        self.sources: dict[str, Source] = {}
        self._found: dict[Diagnostic, None] = {}
        self._kept: dict[tuple[str, Level], int] = {}
        self._surplus: dict[tuple[str, Level], dict[Span, None]] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Note one problem; saying the same twice counts once."""
        if diagnostic.is_tally:  # of another collector, whose problems went over one by one
            self._found.setdefault(diagnostic)
        elif diagnostic not in self._found and self._has_room(diagnostic.primary.span, diagnostic.level):
            self._found[diagnostic] = None
            key = (diagnostic.primary.span.path, diagnostic.level)
            self._kept[key] = self._kept.get(key, 0) + 1

    def add_costly(self, span: Span, worded: Callable[[], Diagnostic]) -> None:
        """Note an error whose words take a while to find; they are not looked for where it will only be counted."""
        if self._has_room(span, Level.ERROR):
            self.add(worded())

    def take(self, other: Problems) -> None:
        """Note all that another collector has noted, with what it counted and the sources it knows."""
        self.sources |= other.sources
        for diagnostic in other._found:
            self.add(diagnostic)
        for (path, level), counted in other._surplus.items():
            self._surplus.setdefault((path, level), {}).update(counted)

    def _has_room(self, span: Span, level: Level) -> bool:
        """Whether a problem is to be kept; one that is not is counted, by its place."""
        key = (span.path, level)
        if self._kept.get(key, 0) < MOST:
            return True
        self._surplus.setdefault(key, {})[span] = None
        return False

    def know(self, source: Source) -> None:
        """Remember a source for showing its lines."""
        self.sources[source.path] = source

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        """Every diagnostic, by path, place and code, so that the order in which passes ran does not show."""

        def place(found: Diagnostic) -> tuple[str, int, int, str, str]:
            span = found.primary.span
            return (span.path, span.line, span.column, found.code, found.message)

        counted = [_surplus(level, found) for (_, level), found in self._surplus.items()]
        return tuple(sorted((*self._found, *counted), key=place))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that make the input unusable."""
        return tuple(found for found in self.all if found.level is Level.ERROR)

    @property
    def has_errors(self) -> bool:
        """Whether anything found makes the input unusable."""
        return any(found.level is Level.ERROR for found in self._found)


def _surplus(level: Level, spans: Collection[Span]) -> Diagnostic:
    """Say how many problems of a file are not shown, at the first of them."""
    said = f"{len(spans):,} more {level.value}{'s are' if len(spans) > 1 else ' is'} not shown"
    first = min(spans, key=lambda each: (each.line, each.column))
    return Diagnostic(_TALLY, said, Label(first), hint="mend what is shown first", weight=level)


def _lines(found: Diagnostic) -> Iterator[str]:
    at = found.primary.span
    yield f"{at.path}:{at.line}:{at.column}: {found.code} {found.message}"
    if found.hint is not None:
        yield f"  = hint: {found.hint}"


class PolicyError(Exception):
    """Text that cannot be used, with every diagnostic that says why. Raised by the public API only."""

    def __init__(self, problems: Problems) -> None:
        """Keep the problems; the message is their list, one a line, each with its hint below it."""
        self.problems = problems
        self.diagnostics = problems.all
        super().__init__("\n".join(line for each in problems.errors for line in _lines(each)))
