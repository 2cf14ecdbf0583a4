"""A run → a code quality report, which GitLab shows in merge requests: one object for each problem."""

from __future__ import annotations

from termwise.core.policy import Severity
from termwise.report.entries import Entry, Run
from termwise.report.json import Json
from termwise.report.places import Places
from termwise.report.printable import on_one_line

_SEVERITIES = {
    Severity.DEALBREAKER: "blocker",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.ADVICE: "info",
}


def gitlab(run: Run, places: Places) -> list[Json]:
    """Return the problems of a run, what decides it first."""
    return [_issue(each, places) for each in run.problems]


def _issue(entry: Entry, places: Places) -> Json:
    about = f"{entry.subject}: {entry.name} is {entry.verdict}" if entry.scope else entry.name
    return {
        "description": on_one_line(f"{about}: {entry.message}"),
        "check_name": entry.requirement,
        "fingerprint": entry.fingerprint,
        "severity": _SEVERITIES[entry.severity],
        "location": {"path": places.shown(entry.place.path), "lines": {"begin": entry.place.line}},
    }
