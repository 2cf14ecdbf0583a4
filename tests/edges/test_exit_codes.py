"""One meaning for each exit code, whatever the verb and the format."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from sessions import Command

from termwise.cli.app import VERBS
from termwise.report.formats import FORMATS

POLICY = """\
policy own "Our own"
uses ai_procurement
rule notice: major
  require breach.notice <= 72 hours
waive notice for contract "waived" until 2026-12-31 approved by "CPO" because "They move in January."
"""

POLICIES = {
    "own.tw": POLICY,
    "passing.tw": f'{POLICY}test "two days" given breach.notice = 2 days expect notice met\n',
    "failing.tw": f'{POLICY}test "two days" given breach.notice = 2 days expect notice breached\n',
    "wrong.tw": POLICY.replace("72 hours", "72"),
    "tidy.tw": "policy tidy\n",
    "words.tw": "vocabulary words\nterm a.b: boolean\n",
    "wrong_words.tw": "vocabulary words\nterm a.b: bolean\n",
}

CONTRACTS = {
    "met": "terms: {breach.notice: 48 hours}",
    "breached": "terms: {breach.notice: 5 days}",
    "unsecured": "assurance: documented\nterms: {breach.notice: 48 hours}",
    "undecided": "terms: {breach.notice: {vague: promptly}}",
    "silent": "terms: {output.owner: customer}",
    "waived": "terms: {breach.notice: 5 days}",
    "wrong": "terms: {breach.notice: 48}",
    "unreadable": "terms: {",
}

DAY = ("--as-of", "2026-11-24")

CHECK = [
    ("met.yaml --policy own.tw", 0),
    ("waived.yaml --policy own.tw", 0),
    ("breached.yaml --policy own.tw", 1),
    ("unsecured.yaml --policy own.tw", 1),
    ("undecided.yaml --policy own.tw", 3),
    ("silent.yaml --policy own.tw", 3),
    ("undecided.yaml breached.yaml met.yaml --policy own.tw", 1),
    ("undecided.yaml met.yaml --policy own.tw", 3),
    ("breached.yaml --policy own.tw --fail-on major", 1),
    ("breached.yaml --policy own.tw --fail-on dealbreaker", 0),
    ("undecided.yaml --policy own.tw --fail-on dealbreaker", 0),
    ("wrong.yaml --policy own.tw", 2),
    ("wrong.yaml breached.yaml --policy own.tw", 2),
    ("unreadable.yaml --policy own.tw", 2),
    ("gone.yaml --policy own.tw", 2),
    ("empty --policy own.tw", 2),
    ("met.yaml --policy wrong.tw", 2),
    ("met.yaml --policy gone.tw", 2),
    ("met.yaml --policy words.tw", 2),
    ("met.yaml --policy gdpr_artcle_28", 2),
    ("met.yaml --policy own.tw wrong.tw", 2),
    ("met.yaml --policy empty", 2),
    ("met.yaml ./met.yaml --policy own.tw", 0),
]

EXPLAIN = [
    ("met.yaml notice --policy own.tw", 0),
    ("waived.yaml notice --policy own.tw", 0),
    ("breached.yaml notice --policy own.tw", 1),
    ("unsecured.yaml notice --policy own.tw", 1),
    ("undecided.yaml notice --policy own.tw", 3),
    ("breached.yaml notice --policy own.tw --fail-on dealbreaker", 0),
    ("breached.yaml notices --policy own.tw", 2),
    ("wrong.yaml notice --policy own.tw", 2),
    ("gone.yaml notice --policy own.tw", 2),
    ("met.yaml notice --policy wrong.tw", 2),
]

TEST = [
    ("passing.tw", 0),
    ("passing.tw gdpr_article_28", 0),
    ("passing.tw own.tw", 1),
    ("passing.tw empty", 1),
    ("passing.tw --coverage --mutate", 0),
    ("passing.tw --coverage --fail-under 10", 0),
    ("passing.tw --coverage --fail-under 90", 1),
    ("passing.tw --mutants 3 --fail-under 100", 1),
    ("hipaa_baa --coverage --mutate --fail-under 100", 0),
    ("hipaa_baa passing.tw --coverage --fail-under 90", 1),
    ("failing.tw --mutate", 1),
    ("wrong.tw --coverage --mutate", 2),
    ("passing.tw --fail-under 90", 2),
    ("passing.tw --mutants 0", 2),
    ("passing.tw --mutants some", 2),
    ("passing.tw --coverage --fail-under 101", 2),
    ("failing.tw", 1),
    ("passing.tw failing.tw", 1),
    ("own.tw", 1),
    ("empty", 1),
    ("wrong.tw", 2),
    ("failing.tw wrong.tw", 2),
    ("gone.tw", 2),
    (".", 2),
]

GRAPH = [
    ("own.tw", 0),
    ("own.tw --rule notice", 0),
    ("own.tw --term breach.notice", 0),
    ("own.tw --rule notices", 2),
    ("own.tw --term breach.notices", 2),
    ("wrong.tw", 2),
    ("words.tw", 2),
    ("gone.tw", 2),
]

LINT = [
    ("own.tw", 1),
    ("own.tw --fail-on error", 0),
    ("own.tw --select TW744", 0),
    ("own.tw wrong.tw", 2),
    ("wrong.tw", 2),
    ("gone.tw", 2),
    ("empty", 2),
]

FMT = [
    ("own.tw", 1),
    (".", 1),
    ("tidy.tw", 0),
    ("tidy.tw own.tw", 1),
    ("wrong.tw", 1),
    ("met.yaml", 2),
    ("own.tw met.yaml", 2),
    ("gone.tw", 2),
    ("empty", 2),
    ("- own.tw", 2),
]

OTHERS = [
    ("--version", 0),
    ("--help", 0),
    ("", 2),
    ("chek", 2),
    ("explain TW203", 0),
    ("explain wrong-dimension", 0),
    ("explain TW999", 2),
    ("graph own.tw --impact breach.notice", 0),
    ("graph own.tw --impact breach.notice --format json", 0),
    ("graph own.tw --impact breach.notices", 2),
    ("schema ai_procurement", 0),
    ("schema words.tw", 0),
    ("schema own.tw", 0),
    ("schema report", 0),
    ("schema wrong_words.tw", 2),
    ("schema gone.tw", 2),
    ("schema nowhere:Model", 2),
    ("check met.yaml --policy own.tw --output gone/report.txt", 2),
    ("check breached.yaml --policy own.tw --output json=gone/report.json", 2),
    ("check met.yaml --policy own.tw --output nonsense=report", 2),
    ("check met.yaml --policy own.tw --baseline gone.json", 2),
    ("test passing.tw --output sarif=gone/report.sarif", 2),
    ("graph own.tw --output gone/own.dot", 2),
    ("schema words.tw --output empty", 2),
    *((f"{verb} --help", 0) for verb in VERBS),
    *((f"{verb} --nonsense", 2) for verb in VERBS),
]


def in_formats(verb: str, table: list[tuple[str, int]], *formats: str) -> list[tuple[str, int]]:
    """Return the command lines of a verb, each in every format."""
    return [(f"{verb} {line} --format {each}", code) for each in formats for line, code in table]


EVERY = ("text", "json", *FORMATS)
"""Whatever `check`, `test` and `lint` can write."""

MATRIX = [
    *in_formats("check", CHECK, *EVERY),
    *in_formats("explain", EXPLAIN, "text", "json"),
    *in_formats("test", TEST, *EVERY),
    *in_formats("lint", LINT, *EVERY),
    *in_formats("graph", GRAPH, "dot", "mermaid", "json", "svg", "html"),
    *((f"fmt {line} --check", code) for line, code in FMT),
    *((f"fmt {line}", 0 if code == 1 else code) for line, code in FMT),
    *OTHERS,
]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name, text in POLICIES.items():
        (tmp_path / name).write_text(text, "utf-8")
    for name, text in CONTRACTS.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(("line", "code"), MATRIX, ids=[line or "nothing" for line, _ in MATRIX])
def test_the_matrix(line: str, code: int, command: Command) -> None:
    """A code says what it promises; results go to standard output, and what is wrong to standard error."""
    verb = line.partition(" ")[0]
    ended = command(*line.split(), *(DAY if verb in ("check", "explain") and "TW" not in line and "-" in line else ()))
    assert ended.code == code, ended
    assert "Traceback" not in ended.err
    assert ("error TW" in ended.err) == (code == 2), ended.err
    if code in (0, 3):
        assert ended.out
    elif code == 1:
        assert ended.out and not ended.err


@pytest.mark.parametrize(("line", "code"), CHECK)
def test_json_is_there_and_fits_its_schema_whatever_happens(line: str, code: int, command: Command) -> None:
    """Also a run that could judge nothing prints one object, and its decision fits the exit code."""
    ended = command("check", *line.split(), *DAY, "--format", "json")
    report = json.loads(ended.out)
    schema = json.loads(files("termwise.report").joinpath("check.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert bool(report["errors"]) == (code == 2)
    assert code == 2 or {"pass": 0, "fail": 1, "undecided": 3}[report["decision"]] == code
    assert not (code == 2 and report["decision"] == "pass")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("wants_more", [False, True])
def test_a_defect_is_ours_and_says_so(
    verb: str, wants_more: bool, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that nobody expected ends with 4, and shows its traceback only to those who ask for it."""

    def defect(*_: object) -> None:
        raise KeyError("planted\x1b[2J")

    monkeypatch.setattr(import_module(f"termwise.cli.{verb}"), "parser", defect)
    monkeypatch.setenv("TERMWISE_TRACEBACK", "1" if wants_more else "")
    ended = command(verb, "met.yaml")
    assert (ended.code, ended.out) == (4, "")
    assert "please report it" in ended.err
    assert "KeyError" in ended.err
    assert "\x1b" not in ended.err
    assert ("Traceback" in ended.err) == wants_more
