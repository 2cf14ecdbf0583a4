"""What findings carry beyond a sentence reaches the formats: proofs with their contracts, and edits that mend."""

from __future__ import annotations

import json
from typing import Any

from junitparser import JUnitXml
from markdown_it import MarkdownIt
from sarif_kit.validate import validation_errors

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.frozen import replace
from termwise.report.decision import Decision
from termwise.report.entries import Entry, Run, tally
from termwise.report.entries_codes import code_entry
from termwise.report.formats import written
from termwise.report.places import Places
from termwise.report.requirements import code_of
from termwise.source import Span

PLACES = Places("/project/here", "/project")
WITNESS = "contract: witness\nterms:\n  breach.notice: {vague: '```'}\n  audit.rate: 4 per year\n"
SPAN = Span("own.tw", 3, 8, 3, 12)
FINDING = Finding(
    problem("TW701", SPAN, "nothing uses the definition `x`", hint="remove it"),
    rules=("r",),
    witness=WITNESS,
    claim="this contract passes, and `x` is nowhere asked",
    fixes=(Edit(SPAN, ""), Edit(Span("own.tw", 5, 1, 5, 1), "new {text}\n")),
)


def entry_of(found: Finding) -> Entry:
    made = code_entry(found.diagnostic, counts=True, rules=found.rules)
    return replace(made, claim=found.claim, witness=found.witness, fixes=found.fixes)


def run_of(*entries: Entry, known: int = 0) -> Run:
    return Run(
        "lint", "0.1.0", "file", ("own.tw",), (), lambda: (code_of("TW701"),), entries, Decision.FAIL, 1, known=known
    )


def in_format(form: str) -> str:
    return written(run_of(entry_of(FINDING)), form, PLACES)


def test_sarif_has_the_proof_and_the_edits() -> None:
    log = json.loads(in_format("sarif"))
    assert validation_errors(log) == []
    result: Any = log["runs"][0]["results"][0]
    assert result["message"]["text"].endswith("Proof: this contract passes, and `x` is nowhere asked.")
    assert result["properties"]["witness"] == WITNESS
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "here/own.tw", "uriBaseId": "%SRCROOT%"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 12},
            "insertedContent": {"text": ""},
        },
        {
            "deletedRegion": {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 1},
            "insertedContent": {"text": "new {text}\n"},
        },
    ]


def test_junit_has_the_contract_line_by_line() -> None:
    found = JUnitXml.fromstring(in_format("junit").encode("utf-8"))
    (failure,) = next(iter(next(iter(found)))).result
    assert failure.text.endswith(f"{FINDING.claim}\n{WITNESS.rstrip()}")


def test_markdown_has_the_contract_as_a_block_that_it_cannot_end() -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(in_format("markdown"))
    (fence,) = (each for each in tokens if each.type == "fence")
    assert (fence.info, fence.content) == ("yaml", WITNESS)


def test_an_annotation_has_the_claim_on_a_line_of_its_own() -> None:
    line = in_format("github").splitlines()[0]
    assert line.endswith("`x`%0Aremove it%0Athis contract passes, and `x` is nowhere asked")


def test_numbers_are_said_as_people_say_them() -> None:
    one = replace(entry_of(FINDING), excuse=None)
    assert tally(run_of(one)) == "1 file: 1 warning"
    assert tally(run_of(one, one, known=2)) == "1 file: 2 warnings, 2 known and left out"
    assert tally(run_of()) == "1 file"
    assert tally(replace(run_of(), noun="policy", subjects=("a", "b"))) == "2 policies"


def test_paths_start_at_the_root_or_are_whole() -> None:
    assert PLACES.from_root("own.tw") == "here/own.tw"
    assert PLACES.from_root("../a/./b.yaml") == "a/b.yaml"
    assert PLACES.from_root("/project/a") == "a"
    assert PLACES.from_root("../../a") is None
    assert PLACES.from_root("/projects/a") is None
    assert PLACES.shown("../../a") == "../../a"
    assert PLACES.absolute("../../a") == "/a"
    assert Places("/", "/").from_root("a") == "a"
