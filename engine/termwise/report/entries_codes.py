"""Diagnostics → entries.

What has a code has no name of its own, so it is known by its code, by its file without the folder, by the rules that
take part, and by its words without the figures in them: it stays known when lines move, when a figure changes and when
the file goes to another folder. A file that is renamed is another file: policies name each other by their files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from termwise.diagnostics import Diagnostic, Level
from termwise.report.entries import Entry, Excuse, Kind, severity_of
from termwise.report.fingerprint import fingerprint

_FIGURE = re.compile(r"\d[\d,.]*")


def remarks(found: Iterable[Diagnostic]) -> Iterator[Entry]:
    """Yield what was found on the way: an error makes something unusable, the rest is worth knowing."""
    for each in found:
        is_error = each.level is Level.ERROR
        yield code_entry(each, counts=is_error, kind=Kind.UNUSABLE if is_error else Kind.NOTICE)


def code_entry(
    found: Diagnostic,
    *,
    counts: bool,
    kind: Kind = Kind.FAIL,
    rules: tuple[str, ...] = (),
    excuse: Excuse | None = None,
) -> Entry:
    """Return a diagnostic as an entry."""
    path = found.primary.span.path
    words = _FIGURE.sub("#", found.message)
    return Entry(
        requirement=found.code,
        subject=path,
        scope="",
        name=found.slug,
        kind=kind,
        verdict=found.level.value,
        severity=severity_of(found.level),
        counts=counts,
        message=found.message,
        place=found.primary.span,
        fingerprint=fingerprint(kind.value, found.code, PurePath(path).name, *rules, words),
        related=found.related,
        hint=found.hint,
        excuse=excuse,
    )
