"""A run → SARIF 2.1.0, for code scanning and whatever else reads the standard.

Two things that the standard has, GitHub does not read: it shows a result that passes as an alert, and a suppressed one
too. So `sarif` leaves out what passes, does not apply or only has to be approved; `sarif-full` is the whole record.
Waived results are suppressed in both. What only is worth knowing is a notification in both.
"""

from __future__ import annotations

from collections.abc import Sequence

from termwise.core.policy import Severity
from termwise.diagnostics import Label, Level
from termwise.report.entries import Entry, Excuse, Kind, Requirement, Run, level_of
from termwise.report.json import Json
from termwise.report.places import Places
from termwise.report.printable import on_one_line
from termwise.report.sarif_places import BASES, artifact, linked, location, prose, region

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST = 1000
"""Characters of a description; code scanning takes 1,024."""

_KINDS = {
    Kind.UNUSABLE: "fail",
    Kind.FAIL: "fail",
    Kind.OPEN: "open",
    Kind.REVIEW: "review",
    Kind.PASS: "pass",
    Kind.NOT_APPLICABLE: "notApplicable",
}
_RESULTS = tuple(_KINDS)
_PROBLEMS = (Kind.UNUSABLE, Kind.FAIL, Kind.OPEN)
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}
_SCORES = {Severity.DEALBREAKER: "9.5", Severity.MAJOR: "7.5", Severity.MINOR: "5.0", Severity.ADVICE: "2.0"}
"""What code scanning shows as critical, high, medium and low."""

_PROBLEM_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def sarif(run: Run, places: Places, *, is_full: bool = False) -> dict[str, Json]:
    """Return a run as a SARIF log."""
    requirements = run.requirements()
    index = {each.id: number for number, each in enumerate(requirements)}
    found = [each for each in run.entries if each.kind in (_RESULTS if is_full else _PROBLEMS)]
    driver: dict[str, Json] = {
        "name": "Termwise",
        "version": run.version,
        "semanticVersion": run.version,
        "rules": [_rule(each) for each in requirements],
    }
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "automationDetails": {"id": f"{'/'.join(('termwise', run.verb, *run.scopes))}/"},
                "invocations": [_invocation(run, index, places)],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {name: {"description": {"text": said}} for name, said in BASES.items()},
                "results": [_result(each, index, places) for each in found],
            }
        ],
    }


def _rule(requirement: Requirement) -> Json:
    level = level_of(requirement.severity)
    tags: list[Json] = [*requirement.tags]
    properties: dict[str, Json] = {
        "tags": tags,
        "precision": "very-high",
        "problem.severity": _PROBLEM_SEVERITIES[level],
    }
    if "security" in requirement.tags:
        properties["security-severity"] = _SCORES[requirement.severity]
    return {
        "id": requirement.id,
        "name": requirement.name,
        "shortDescription": {"text": _cut(requirement.title)},
        "fullDescription": {"text": _cut(requirement.summary)},
        "help": {"text": requirement.text, "markdown": requirement.page},
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": properties,
    }


def _cut(text: str) -> str:
    return prose(on_one_line(text, _LONGEST))


def _invocation(run: Run, index: dict[str, int], places: Places) -> Json:
    return {
        "executionSuccessful": run.exit_code in (0, 1, 3),
        "exitCode": run.exit_code,
        "toolExecutionNotifications": [_notification(each, index, places) for each in run.notices],
    }


def _notification(entry: Entry, index: dict[str, int], places: Places) -> Json:
    return {
        "descriptor": {"id": entry.requirement},
        "associatedRule": {"id": entry.requirement, "index": index[entry.requirement]},
        "level": _LEVELS[level_of(entry.severity)],
        "message": {"text": prose(_sentence(entry))},
        "locations": [location(Label(entry.place), places)],
    }


def _result(entry: Entry, index: dict[str, int], places: Places) -> Json:
    related = [(number, each) for number, each in enumerate(entry.related, 1)]
    return {
        "ruleId": entry.requirement,
        "ruleIndex": index[entry.requirement],
        "kind": _KINDS[entry.kind],
        "level": _LEVELS[level_of(entry.severity)] if _KINDS[entry.kind] == "fail" else "none",
        "message": {"text": _message(entry, related)},
        "locations": [location(Label(entry.place), places, name=_full_name(entry))],
        "relatedLocations": [location(each, places, number=number) for number, each in related],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{entry.fingerprint[:16]}:1",
            "termwiseIdentity/v1": entry.fingerprint,
        },
        "suppressions": [] if entry.excuse is None else [_suppression(entry.excuse)],
        "properties": {
            "subject": entry.subject,
            "name": entry.name,
            "verdict": entry.verdict,
            "severity": entry.severity.value,
            "counts": entry.counts,
            "because": entry.message,
            "hint": entry.hint,
            "claim": entry.claim,
            "witness": entry.witness,
        },
        **({"fixes": [_fix(entry, places)]} if entry.fixes else {}),
    }


def _fix(entry: Entry, places: Places) -> Json:
    """Return the edits that mend a finding, by file."""
    by_path: dict[str, list[Json]] = {}
    for each in entry.fixes:
        made: Json = {"deletedRegion": region(each.span, is_exact=True), "insertedContent": {"text": each.text}}
        by_path.setdefault(each.span.path, []).append(made)
    changes: list[Json] = [
        {"artifactLocation": artifact(path, places), "replacements": made} for path, made in by_path.items()
    ]
    return {"description": {"text": prose(_hint(entry))}, "artifactChanges": changes}


def _hint(entry: Entry) -> str:
    return on_one_line(entry.hint or entry.message)


def _full_name(entry: Entry) -> str:
    return ".".join(each for each in (entry.subject, entry.scope, entry.name) if each)


def _message(entry: Entry, related: Sequence[tuple[int, Label]]) -> str:
    """Return what there is to say, and after it links to the related places: unlinked ones GitHub does not show."""
    said = prose(_sentence(entry))
    links = [linked(number, each.text or "here") for number, each in related]
    return f"{said} See {', '.join(links)}." if links else said


def _sentence(entry: Entry) -> str:
    head = f"{entry.name} is {entry.verdict}" if entry.scope else entry.name
    hint = "" if entry.hint is None else f" ({on_one_line(entry.hint)})"
    claim = "" if entry.claim is None else f" Proof: {on_one_line(entry.claim)}."
    return f"{head}: {on_one_line(entry.message)}{hint}.{claim}"


def _suppression(excuse: Excuse) -> Json:
    until = None if excuse.until is None else excuse.until.isoformat()
    return {
        "kind": "inSource" if excuse.is_comment else "external",
        "status": "accepted",
        "justification": prose(on_one_line(excuse.because)),
        "properties": {"until": until, "approvedBy": excuse.approved_by},
    }
