"""How thoroughly policies are tested → entries: one for each measure, one for all that no test saw or noticed.

Only a measure that falls short of what is needed decides the run. What is behind it is reported where it stands, so
that it can be mended there, and counts for nothing by itself: how much of it is too much, the measure says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termwise.core.policy import Severity
from termwise.report.coverage import unseen
from termwise.report.entries import Entry, Kind, Requirement
from termwise.report.fingerprint import fingerprint
from termwise.report.thorough import Gauge, Measured, gauges
from termwise.source import start_of
from termwise.testing.places import Places

_FIGURE = re.compile(r"\d[\d,.]*")


def thorough_entries(measured: Sequence[Measured], needed: int | None) -> Iterator[Entry]:
    """Yield the entries of policies of which so many percent are needed, if any."""
    for gauge in gauges(measured, needed):
        yield _measure(gauge)
    for each in measured:
        yield from _unseen(each)
        yield from _unnoticed(each)


def thorough_requirements(measured: Sequence[Measured]) -> Iterator[Requirement]:
    """Yield what is asked of the tests of policies, as far as it was measured."""
    for each in measured:
        if each.coverage is not None:
            yield _requirement(each, "coverage", "is covered", "see all that the policy says")
        if each.mutation is not None:
            yield _requirement(each, "mutants", "is held fast", "notice every small change of the policy")


def _requirement(measured: Measured, name: str, title: str, asked: str) -> Requirement:
    policy = measured.name
    summary = f"The tests of {policy} {asked}, or as much of it as `--fail-under` asks for."
    tags = ("termwise", "policy-as-code", policy)
    return Requirement(
        f"{policy}/{name}", name, f"{policy} {title} by its tests", summary, summary, summary, Severity.MAJOR, tags
    )


def _measure(gauge: Gauge) -> Entry:
    policy = gauge.of.name
    return Entry(
        requirement=f"{policy}/{gauge.requirement}",
        subject=policy,
        scope=policy,
        name=gauge.what,
        kind=Kind.FAIL if gauge.falls_short else Kind.PASS,
        verdict="too low" if gauge.falls_short else "measured",
        severity=Severity.MAJOR,
        counts=gauge.falls_short,
        message=f"it is {gauge.said}",
        place=start_of(gauge.of.source.path),
        fingerprint=fingerprint("thorough", policy, gauge.requirement),
    )


def _unseen(measured: Measured) -> Iterator[Entry]:
    if measured.coverage is None:
        return
    for each in measured.coverage.covered:
        if each.missing:
            text = each.goal.text
            yield Entry(
                requirement=f"{measured.name}/coverage",
                subject=measured.name,
                scope=measured.name,
                name=f"a part of {each.goal.owner}",
                kind=Kind.FAIL,
                verdict="unseen",
                severity=Severity.MINOR,
                counts=False,
                message=f"{text}: {unseen(each)}",
                place=each.goal.span,
                fingerprint=_known_by("unseen", measured.name, each.goal.owner, text, unseen(each)),
            )


def _unnoticed(measured: Measured) -> Iterator[Entry]:
    if measured.mutation is None:
        return
    places = Places(measured.source)
    for each in measured.mutation.survivors:
        before, after = places.shown(each.edits)
        yield Entry(
            requirement=f"{measured.name}/mutants",
            subject=measured.name,
            scope=measured.name,
            name=f"a change of {each.owner}",
            kind=Kind.FAIL,
            verdict="unnoticed",
            severity=Severity.MINOR,
            counts=False,
            message=f"no test fails with: {after} (instead of: {before})"
            if after
            else f"no test fails without: {before}",
            place=each.span,
            fingerprint=_known_by("unnoticed", measured.name, each.owner, each.kind.value, before, after),
        )


def _known_by(*identity: str) -> str:
    """Return what a place is known by: words, without the figures in them."""
    return fingerprint("thorough", *(_FIGURE.sub("#", each) for each in identity))
