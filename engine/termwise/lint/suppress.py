"""Comments that let a finding pass: `# lint: ignore TW707 because "counsel has it in writing" until 2027-01-01`.

A comment beside a statement speaks of that statement, one on a line of its own of the statement that follows. It needs
a reason, because the finding is still true and whoever reads the policy next has to know why it may stay. In a contract
file, where there are no statements, it speaks of its line, or of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from termwise.diagnostics import Diagnostic, did_you_mean, problem
from termwise.diagnostics.finding import Finding
from termwise.frozen import field, frozen
from termwise.lint.codes import names, one_code
from termwise.source import Source, Span
from termwise.syntax.cut import comments

_MARK = re.compile(r"#\s*lint:\s*(?P<said>.*?)\s*$")
_FORM = re.compile(
    r'ignore\s+(?P<codes>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+because\s+"(?P<reason>[^"]*)")?'
    r"(?:\s+until\s+(?P<until>[\d-]+))?"
)
_IN_DATA = re.compile(r"(?:^|\s)(#\s*lint:.*)$")


@frozen
class Suppression:
    """A comment that can be read. `places` are what it speaks of."""

    codes: tuple[str, ...]
    reason: str
    until: date | None
    span: Span
    places: tuple[Span, ...] = field(repr=False)

    def holds(self, as_of: date) -> bool:
        """Whether it still counts, its last day included, and has a reason."""
        return bool(self.reason.strip()) and (self.until is None or as_of <= self.until)

    def covers(self, found: Finding) -> bool:
        """Whether it speaks of a finding."""
        place = found.diagnostic.primary.span
        return found.diagnostic.code in self.codes and any(_is_within(place, each) for each in self.places)


@frozen
class Read:
    """The suppressions of a file, and what is wrong with those that cannot be read."""

    suppressions: tuple[Suppression, ...]
    faults: tuple[Finding, ...]


def in_policy(source: Source, statements: Sequence[Span]) -> Read:
    """Return the suppressions of a policy or vocabulary file."""
    lines = source.text.split("\n")
    return _read(source, ((span, _statements_meant(span, lines, statements)) for span in comments(source)))


def in_contract(source: Source) -> Read:
    """Return the suppressions of a contract file."""
    lines = source.text.split("\n")
    marked = (
        Span(source.path, number, found.start(1) + 1, number, found.end(1) + 1)
        for number, line in enumerate(lines, 1)
        if (found := _IN_DATA.search(line)) is not None
    )
    return _read(source, ((span, (_whole(_line_meant(span, lines), lines, source.path),)) for span in marked))


def _read(source: Source, commented: Iterable[tuple[Span, tuple[Span, ...]]]) -> Read:
    made: list[Suppression] = []
    faults: list[Finding] = []
    lines = source.text.split("\n")
    for span, places in commented:
        found = _MARK.match(lines[span.line - 1][span.column - 1 : span.end_column - 1])
        if found is None:
            continue
        suppression = _suppression(found["said"], span, places)
        if isinstance(suppression, Suppression):
            made.append(suppression)
        else:
            faults.append(Finding(suppression))
    return Read(tuple(made), tuple(faults))


def _suppression(said: str, span: Span, places: tuple[Span, ...]) -> Suppression | Diagnostic:
    form = _FORM.fullmatch(said)
    if form is None:
        return _unreadable(span)
    codes: list[str] = []
    for word in re.split(r"\s*,\s*", form["codes"]):
        code = one_code(word)
        if code is None:
            return _unknown_code(span, word)
        codes.append(code)
    until = None
    if form["until"] is not None:
        try:
            until = date.fromisoformat(form["until"])
        except ValueError:
            return _no_date(span, form["until"])
    return Suppression(tuple(dict.fromkeys(codes)), form["reason"] or "", until, span, places)


# ------------------------------------------------------------------------------------------------------- places


def _statements_meant(comment: Span, lines: Sequence[str], statements: Sequence[Span]) -> tuple[Span, ...]:
    """Return the statements on the line a comment speaks of; above those that begin there, it speaks of them alone."""
    line = _line_meant(comment, lines)
    begun = tuple(each for each in statements if each.line == line)
    is_beside = line == comment.line
    if begun and not is_beside:
        return begun
    return tuple(each for each in statements if each.line <= line <= each.end_line)


def _line_meant(comment: Span, lines: Sequence[str]) -> int:
    """Return the line of a comment where something stands before it, else the next one on which something stands."""
    if lines[comment.line - 1][: comment.column - 1].strip():
        return comment.line
    following = (
        number
        for number, line in enumerate(lines[comment.line :], comment.line + 1)
        if line.strip() and not line.strip().startswith("#")
    )
    return next(following, comment.line)


def _whole(line: int, lines: Sequence[str], path: str) -> Span:
    return Span(path, line, 1, line, len(lines[line - 1]) + 1)


def _is_within(place: Span, whole: Span) -> bool:
    begin, at, end = (whole.line, whole.column), (place.line, place.column), (whole.end_line, whole.end_column)
    return place.path == whole.path and begin <= at <= end


# ----------------------------------------------------------------------------------------------------- verdicts


def amiss(
    suppressions: Iterable[Suppression], covered: Iterable[Finding], ran: frozenset[str], as_of: date
) -> Iterator[Finding]:
    """Yield what is amiss with suppressions: no reason given, over, or nothing there that they let pass.

    Whatever `ran` does not name was not looked for, so that nothing can be said of it.
    """
    found = tuple(covered)
    for each in suppressions:
        if not each.reason.strip():
            yield Finding(_no_reason(each))
        elif not each.holds(as_of):
            yield Finding(_expired(each, as_of))
        else:
            idle = [code for code in each.codes if code in ran and not _lets_pass(each, code, found)]
            if idle:
                yield Finding(_unused(each, idle))


def _lets_pass(suppression: Suppression, code: str, found: tuple[Finding, ...]) -> bool:
    return any(each.diagnostic.code == code and suppression.covers(each) for each in found)


def _unreadable(span: Span) -> Diagnostic:
    return problem(
        "TW741",
        span,
        "this comment is meant for lint, and lint cannot read it",
        hint='write `# lint: ignore TW707 because "…"`, with `until 2027-01-01` behind it if it is to end',
    )


def _unknown_code(span: Span, word: str) -> Diagnostic:
    return problem("TW741", span, f"`{word}` is no code of lint", hint=did_you_mean(word, names()))


def _no_date(span: Span, text: str) -> Diagnostic:
    return problem("TW741", span, f"the calendar has no `{text}`", hint="write the date as in 2027-01-01")


def _no_reason(each: Suppression) -> Diagnostic:
    return problem(
        "TW742",
        each.span,
        f"the suppression of {_listed(each.codes)} gives no reason, so it suppresses nothing",
        hint='add `because "…"`',
    )


def _expired(each: Suppression, as_of: date) -> Diagnostic:
    return problem(
        "TW743", each.span, f"the suppression of {_listed(each.codes)} ended on {each.until}, before {as_of}"
    )


def _unused(each: Suppression, idle: Sequence[str]) -> Diagnostic:
    verb = "find" if len(idle) > 1 else "finds"
    return problem("TW744", each.span, f"{_listed(idle)} {verb} nothing here that would have to be suppressed")


def _listed(codes: Sequence[str]) -> str:
    shown = [f"`{code}`" for code in codes]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
