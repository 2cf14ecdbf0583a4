"""A run → commands for the log of a GitHub workflow, which shows each as an annotation of the line it speaks of.

GitHub shows ten errors and ten warnings of a step, so what decides the run and weighs most comes first.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.diagnostics import Level
from termwise.report.entries import Entry, Run, level_of, tally
from termwise.report.places import Places
from termwise.report.printable import on_one_line
from termwise.report.symbols import DECISIONS

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def github(run: Run, places: Places) -> str:
    """Return the annotations of a run, and a line that says what it comes to."""
    lines = [_command(each, places) for each in (*run.problems, *run.notices)]
    return "\n".join([*lines, f"termwise {run.verb}: {DECISIONS[run.decision].text} ({tally(run)})"]) + "\n"


def _command(entry: Entry, places: Places) -> str:
    span = entry.place
    title = f"{entry.name} is {entry.verdict} ({entry.subject})" if entry.scope else f"{entry.requirement} {entry.name}"
    properties = {"file": places.shown(span.path), "line": span.line, **dict(_end(entry)), "title": on_one_line(title)}
    said = ",".join(f"{name}={_replaced(str(value), _PROPERTY)}" for name, value in properties.items())
    return f"::{_name(entry)} {said}::{_replaced(_message(entry), _DATA)}"


def _name(entry: Entry) -> str:
    """Return the command: no error where the run does not end because of it."""
    name = _COMMANDS[level_of(entry.severity)]
    return "warning" if name == "error" and not entry.counts else name


def _end(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield where an annotation ends. GitHub takes columns only within one line."""
    span = entry.place
    if span.end_line == span.line:
        yield "col", span.column
        if span.end_column > span.column:
            yield "endColumn", span.end_column
    else:
        yield "endLine", span.end_line


def _message(entry: Entry) -> str:
    return "\n".join(on_one_line(each) for each in (entry.message, entry.hint, entry.claim) if each is not None)


def _replaced(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(each, each) for each in text)
