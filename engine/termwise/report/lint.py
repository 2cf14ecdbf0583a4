"""What lint found → text and data: each finding with its place, and with the contract that proves it, if one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from termwise.diagnostics import Diagnostic, Label
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.run import Linted
from termwise.lint.sift import Suppressed
from termwise.quantities.numerals import count
from termwise.report.colour import Paint, Tone
from termwise.report.json import Json, diagnostic_data
from termwise.report.printable import wrapped
from termwise.report.problems import Page, summary, visible
from termwise.source import Source, Span


def lint_text(
    linted: Linted,
    sources: Mapping[str, Source],
    *,
    fixed: int = 0,
    known: int = 0,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return findings as text: a block each, then how many there are.

    `known` is how many were left out, because a baseline knows them.
    """
    paint = Paint(colour)
    page = Page(sources, paint)
    blocks = ["\n".join((*page.lines_of(each.diagnostic), *_witness(each, width, paint))) for each in linted.findings]
    sums = summary([each.diagnostic for each in linted.findings]) or _nothing_found(linted)
    remarks = [f"{len(linted.suppressed)} suppressed"] if linted.suppressed else []
    remarks += [f"{known} known and left out"] if known else []
    remarks += [f"{fixed} fixed"] if fixed else []
    remarks += ["proofs not made"] if linted.is_proved is False else []
    return "\n\n".join((*blocks, ", ".join((sums, *remarks)))) + "\n"


def _nothing_found(linted: Linted) -> str:
    subject = linted.subject
    return f"nothing to say about {count(len(subject.policies) + len(subject.vocabularies), 'file')}"


def _witness(found: Finding, width: int, paint: Paint) -> Iterator[str]:
    """Yield what proves a finding: a sentence, and a contract to replay it with."""
    if found.claim is not None:
        yield from wrapped(f"= proof: {visible(found.claim)}", width, "  ", "    ")
    if found.witness is not None:
        for line in found.witness.rstrip("\n").split("\n"):
            yield f"    {paint(visible(line), Tone.FAINT)}".rstrip()


# --------------------------------------------------------------------------------------------------------- data


def lint_data(
    linted: Linted, *, version: str, fails: bool, fixed: int, errors: Sequence[Diagnostic], known: int = 0
) -> dict[str, Json]:
    """Return findings as data; `errors` are what was wrong with files that could not be linted."""
    subject = linted.subject
    return {
        "termwise": version,
        "as_of": subject.as_of.isoformat(),
        "decision": "undecided" if errors else "fail" if fails else "pass",
        "fail_on": subject.settings.fail_on.value,
        "fixed": fixed,
        "files": [each.source.path for each in (*subject.policies, *subject.vocabularies)],
        "findings": [finding_data(each) for each in linted.findings],
        "suppressed": [_suppressed(each) for each in linted.suppressed],
        "errors": [diagnostic_data(each) for each in errors],
        "known": known,
        "proofs": {True: "made", False: "no_solver", None: "off"}[linted.is_proved],
    }


def finding_data(found: Finding) -> dict[str, Json]:
    """Return a finding as data."""
    diagnostic = found.diagnostic
    return {
        "code": diagnostic.code,
        "name": diagnostic.slug,
        "level": diagnostic.level.value,
        "message": diagnostic.message,
        **_place(diagnostic.primary.span),
        "hint": diagnostic.hint,
        "rules": list(found.rules),
        "related": [_label(each) for each in diagnostic.related],
        "claim": found.claim,
        "witness": found.witness,
        "fixes": [_edit(each) for each in found.fixes],
    }


def _suppressed(each: Suppressed) -> Json:
    until = each.by.until
    by: dict[str, Json] = {"because": each.by.reason, "until": None if until is None else until.isoformat()}
    return {**finding_data(each.finding), "suppressed": {**by, **_place(each.by.span)}}


def _label(label: Label) -> Json:
    return {"text": label.text, **_place(label.span)}


def _edit(edit: Edit) -> Json:
    return {"text": edit.text, **_place(edit.span)}


def _place(span: Span) -> dict[str, Json]:
    return {
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
