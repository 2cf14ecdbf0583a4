"""What lint found → entries: one for each finding, those that a comment lets pass included."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.diagnostics import Diagnostic
from termwise.diagnostics.finding import Finding
from termwise.frozen import replace
from termwise.lint.codes import codes
from termwise.lint.run import Linted
from termwise.lint.sift import Suppressed
from termwise.report.decision import Decision
from termwise.report.entries import Entry, Excuse, Requirement, Run, numbered
from termwise.report.entries_codes import code_entry, remarks
from termwise.report.requirements import code_of, once


def lint_run(
    linted: Linted,
    entries: Sequence[Entry],
    *,
    version: str,
    decision: Decision,
    exit_code: int,
    known: int = 0,
    found: Sequence[Diagnostic] = (),
) -> Run:
    """Return a run of `lint`; `entries` are those of the findings, without the `known` ones of a baseline.

    `found` are the diagnostics of whatever was given.
    """
    subject = linted.subject
    let_pass = [_suppressed(each) for each in linted.suppressed]
    asked = [each for each in codes() if subject.settings.has(each)]
    asked += [each.code for each in found]

    def requirements() -> tuple[Requirement, ...]:
        return once(map(code_of, asked))

    return Run(
        verb="lint",
        version=version,
        noun="file",
        subjects=tuple(looked_at(linted)),
        scopes=(),
        requirements=requirements,
        entries=numbered([*entries, *let_pass, *remarks(found)]),
        decision=decision,
        exit_code=exit_code,
        as_of=subject.as_of,
        known=known,
    )


def looked_at(linted: Linted) -> list[str]:
    """Return the files that lint looked at, policies first."""
    subject = linted.subject
    paths = [each.source.path for each in subject.policies]
    paths += [each.source.path for each in subject.vocabularies]
    paths += [each.contract.path for each in subject.contracts]
    return list(dict.fromkeys(paths))


def lint_entries(linted: Linted) -> tuple[Entry, ...]:
    """Return what lint found, in its order."""
    fails = linted.subject.settings.fails
    return numbered(_finding(each, counts=fails(each.diagnostic)) for each in linted.findings)


def _finding(found: Finding, *, counts: bool, excuse: Excuse | None = None) -> Entry:
    entry = code_entry(found.diagnostic, counts=counts, rules=found.rules, excuse=excuse)
    return replace(entry, claim=found.claim, witness=found.witness, fixes=found.fixes)


def _suppressed(each: Suppressed) -> Entry:
    excuse = Excuse(each.by.reason, each.by.until, None, is_comment=True)
    return _finding(each.finding, counts=False, excuse=excuse)
