"""What is known already: problems that were there when a baseline was written, by their fingerprints.

A baseline is a JSON file with a line for each problem, sorted, so that it can be reviewed and merged like any other
file. A problem is known if it is there and has not become worse: an undecided rule that turns out breached is new.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from termwise.frozen import frozen
from termwise.report.entries import Entry, Kind
from termwise.report.json import Json

_FORM = "termwise_baseline"
_VERSION = 1
_FIELDS = ("subject", "scope", "requirement", "name", "verdict", "fingerprint")
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")

_BETTER_FIRST = ("note", "undecided", "warning", "unsecured", "error", "breached")
"""The verdicts of problems. Those of results and those of diagnostics are never compared with each other."""

Shown: TypeAlias = Callable[[str], str]
"""How the path of a subject that is a file is written down, wherever the command runs."""


@frozen
class Known:
    """One problem that is known. `line` is where the file says so."""

    subject: str
    scope: str
    requirement: str
    name: str
    verdict: str
    fingerprint: str
    line: int = 1


@frozen
class Baseline:
    """The problems that are known to a verb."""

    verb: str
    known: tuple[Known, ...] = ()


@frozen
class Fault:
    """Why a text is no baseline, and where that shows."""

    message: str
    line: int = 1
    column: int = 1


def covered(entries: Iterable[Entry], baseline: Baseline) -> frozenset[str]:
    """Return the fingerprints of the problems that are known and were as bad."""
    worst: dict[str, int] = {}
    for each in baseline.known:
        worst[each.fingerprint] = max(worst.get(each.fingerprint, 0), _badness(each.verdict))
    return frozenset(
        each.fingerprint
        for each in entries
        if _can_be_known(each) and _badness(each.verdict) <= worst.get(each.fingerprint, -1)
    )


def gone(entries: Iterable[Entry], looked_at: Iterable[tuple[str, str]], baseline: Baseline) -> tuple[Known, ...]:
    """Return what is known and no longer there; of a subject and scope that were not looked at, nothing is said."""
    here = set(looked_at)
    found = {each.fingerprint for each in entries if _can_be_known(each)}
    return tuple(
        each for each in baseline.known if (each.subject, each.scope) in here and each.fingerprint not in found
    )


def updated(entries: Iterable[Entry], looked_at: Iterable[tuple[str, str]], baseline: Baseline, shown: Shown) -> str:
    """Return the text of a baseline with the problems of a run, and what was known of whatever it did not look at."""
    here = set(looked_at)
    kept = [_fields(each) for each in baseline.known if (each.subject, each.scope) not in here]
    made = [_fields(_known_as(each, shown)) for each in entries if _can_be_known(each)]
    lines = [json.dumps(dict(zip(_FIELDS, each, strict=True)), ensure_ascii=False) for each in sorted({*kept, *made})]
    body = "".join(f"\n    {line}," for line in lines).removesuffix(",") + ("\n  " if lines else "")
    return f'{{\n  "{_FORM}": {_VERSION},\n  "verb": "{baseline.verb}",\n  "known": [{body}]\n}}\n'


def read_baseline(text: str, verb: str) -> Baseline | Fault:
    """Read a baseline that was written for a verb."""
    try:
        data: Json = json.loads(text)
    except json.JSONDecodeError as error:
        return Fault(f"this is no JSON: {error.msg.lower()}", error.lineno, error.colno)
    except (RecursionError, ValueError):
        return Fault("this is no JSON that Termwise wrote")
    if not isinstance(data, dict) or not isinstance(data.get("known"), list):
        return Fault("this is no baseline; `--write-baseline` writes one")
    if data.get(_FORM) != _VERSION:
        return Fault(f"this baseline is not of the form that this version reads, which is {_VERSION}")
    if data.get("verb") != verb:
        return Fault(f"this baseline is not one of `{verb}`; each verb has its own")
    known: list[Known] = []
    listed = data["known"]
    assert isinstance(listed, list)
    for number, each in enumerate(listed, 1):
        found = _known(each, text)
        if found is None:
            return Fault(f"entry {number} of this baseline cannot be read; `--write-baseline` writes it anew")
        known.append(found)
    return Baseline(verb, tuple(known))


def _known(data: Json, text: str) -> Known | None:
    """Return an entry of the file, or None where it is not as it was written."""
    if not isinstance(data, dict):
        return None
    fields = [value for name in _FIELDS if isinstance(value := data.get(name), str)]
    if len(fields) != len(_FIELDS):
        return None
    subject, scope, requirement, name, verdict, found = fields
    if verdict not in _BETTER_FIRST or not _FINGERPRINT.fullmatch(found):
        return None
    return Known(subject, scope, requirement, name, verdict, found, text.count("\n", 0, max(text.find(found), 0)) + 1)


def _known_as(entry: Entry, shown: Shown) -> Known:
    """Return how a problem is written down; a subject with no policy to it is a file."""
    subject = entry.subject if entry.scope else shown(entry.subject)
    return Known(subject, entry.scope, entry.requirement, entry.name, entry.verdict, entry.fingerprint)


def _fields(known: Known) -> tuple[str, ...]:
    return known.subject, known.scope, known.requirement, known.name, known.verdict, known.fingerprint


def _can_be_known(entry: Entry) -> bool:
    return entry.is_problem and entry.kind is not Kind.UNUSABLE


def _badness(verdict: str) -> int:
    return _BETTER_FIRST.index(verdict)
