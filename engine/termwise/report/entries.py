"""Whatever a run has to say, in one shape: what was asked, what came of it, where, and what that weighs.

Judgements, findings and tests are turned into entries once, and each format is written once, for all verbs alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum, unique

from termwise.core.policy import Severity
from termwise.diagnostics import Label, Level
from termwise.diagnostics.finding import Edit
from termwise.frozen import frozen, replace
from termwise.quantities.numerals import count
from termwise.report.decision import Decision
from termwise.report.fingerprint import fingerprint
from termwise.report.printable import quoted
from termwise.source import Span


@unique
class Kind(Enum):
    """What an entry says of its requirement, worst first: `UNUSABLE` is what could not even be looked at."""

    UNUSABLE = "unusable"
    FAIL = "fail"
    OPEN = "open"
    REVIEW = "review"
    PASS = "pass"
    NOT_APPLICABLE = "not applicable"
    NOTICE = "notice"


@frozen
class Requirement:
    """What is asked of whatever a run looks at: a rule of a policy at all its keys, or a code of the catalogue.

    `page` explains it in Markdown, and `text` without.
    """

    id: str
    name: str
    title: str
    summary: str
    text: str
    page: str
    severity: Severity
    tags: tuple[str, ...]


@frozen
class Excuse:
    """Why something that fails is let pass: by a waiver of the policy, or by a comment beside what is found."""

    because: str
    until: date | None
    approved_by: str | None
    is_comment: bool = False


@frozen
class Entry:
    """What came of one requirement at one place.

    `subject` is what was looked at (a contract, a policy, a file) and `scope` the policy that looked; `name` is what
    the entry is called among those of its subject, and `verdict` what came of it, in a word. `counts` tells whether
    it decides how the run ends, and `remark` what else there is to say of what it weighs. The fingerprint stays the
    same when lines move and values change. A `witness` is a contract that shows what the `claim` says.
    """

    requirement: str
    subject: str
    scope: str
    name: str
    kind: Kind
    verdict: str
    severity: Severity
    counts: bool
    message: str
    place: Span
    fingerprint: str
    related: tuple[Label, ...] = ()
    hint: str | None = None
    excuse: Excuse | None = None
    remark: str = ""
    claim: str | None = None
    witness: str | None = None
    fixes: tuple[Edit, ...] = ()

    @property
    def is_problem(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.kind in (Kind.UNUSABLE, Kind.FAIL, Kind.OPEN) and self.excuse is None


@frozen
class Run:
    """What a verb did: what was asked, what came of it, and what it comes to.

    `subjects` is everything that was looked at, `noun` what such a thing is called, and `scopes` the policies; `known`
    is how many problems a baseline knows, which are no entries. The requirements are made when they are asked for: few
    formats explain them, and their pages are many.
    """

    verb: str
    version: str
    noun: str
    subjects: tuple[str, ...]
    scopes: tuple[str, ...]
    requirements: Callable[[], tuple[Requirement, ...]]
    entries: tuple[Entry, ...]
    decision: Decision
    exit_code: int
    as_of: date | None = None
    known: int = 0

    @property
    def problems(self) -> tuple[Entry, ...]:
        """What somebody has to do something about: what decides the run first, then the worst, then the heaviest."""

        def place(entry: Entry) -> tuple[bool, int, int]:
            return (not entry.counts, _KINDS.index(entry.kind), _SEVERITIES.index(entry.severity))

        return tuple(sorted((each for each in self.entries if each.is_problem), key=place))

    @property
    def notices(self) -> tuple[Entry, ...]:
        """What is worth knowing, and decides nothing."""
        return tuple(each for each in self.entries if each.kind is Kind.NOTICE)


_LEVELS = tuple(each.value for each in Level)
_KINDS = tuple(Kind)
_SEVERITIES = tuple(Severity)
"""Worst and heaviest first."""


def numbered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries with fingerprints that are unique: the second of several alike is known as the second."""
    seen: Counter[str] = Counter()
    made = []
    for each in entries:
        seen[each.fingerprint] += 1
        again = seen[each.fingerprint]
        made.append(each if again == 1 else replace(each, fingerprint=fingerprint(each.fingerprint, str(again))))
    return tuple(made)


def severity_of(level: Level) -> Severity:
    """Return what a diagnostic of a level weighs beside the rules of policies."""
    match level:
        case Level.ERROR:
            return Severity.MAJOR
        case Level.WARNING:
            return Severity.MINOR
        case Level.NOTE:
            return Severity.ADVICE


def level_of(severity: Severity) -> Level:
    """Return the level that tools with three of them know a severity by."""
    match severity:
        case Severity.DEALBREAKER | Severity.MAJOR:
            return Level.ERROR
        case Severity.MINOR:
            return Level.WARNING
        case Severity.ADVICE:
            return Level.NOTE


def tally(run: Run) -> str:
    """Return what a run comes to, in numbers: `2 contracts: 3 breached, 12 met`."""
    verdicts = Counter(each.verdict for each in run.entries if each.kind is not Kind.NOTICE)
    ranked = sorted(verdicts, key=lambda each: _rank(each, run.entries))
    parts = [_some(verdicts[each], each) for each in ranked]
    parts += [f"{run.known} known and left out"] if run.known else []
    return counted(len(run.subjects), run.noun) + (f": {', '.join(parts)}" if parts else "")


def counted(number: int, noun: str) -> str:
    """Return a number of things: `1 policy`, `2 policies`."""
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") and number != 1 else count(number, noun)


def _some(number: int, verdict: str) -> str:
    """Return how many there are of a verdict; those of diagnostics are things, and can be several."""
    return count(number, verdict) if verdict in _LEVELS else f"{number} {verdict}"


def _rank(verdict: str, entries: Sequence[Entry]) -> tuple[bool, int]:
    """Return how bad a verdict is at its worst; what is excused goes last."""
    return min((each.excuse is not None, _KINDS.index(each.kind)) for each in entries if each.verdict == verdict)


def let_pass(entry: Entry) -> str:
    """Return why an entry is let pass; the sentence about a rule that is waived says so already."""
    if entry.excuse is None or not entry.excuse.is_comment:
        return entry.message
    until = "" if entry.excuse.until is None else f" until {entry.excuse.until.isoformat()}"
    return f"{entry.message}; let pass{until}, because {quoted(entry.excuse.because)}"
