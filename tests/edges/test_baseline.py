"""Baselines: what is known is neither reported nor counted, what is worse is new, and what is gone is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from outputs_scene import CHECK, CHECK_BROKEN, CONTRACT, LINT, LINTED, OUTCOMES, write_scene
from sessions import Command

PROBLEMS = {name for name, verdict in OUTCOMES.items() if verdict in ("breached", "unsecured", "undecided")}
FORMATS = ("json", "sarif", "junit", "github", "gitlab", "markdown")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    write_scene(tmp_path)


@pytest.fixture
def baseline(command: Command) -> str:
    """The name of a baseline that knows every problem of the scene."""
    ended = command(*CHECK, "--write-baseline", "known.json")
    assert ended.code == 0
    return "known.json"


def known(folder: Path, name: str = "known.json") -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / name).read_text("utf-8"))["known"]
    return found


def rules(command: Command, *words: str) -> dict[str, str]:
    report = json.loads(command(*words, "--format", "json").out)
    return {rule["rule"]: rule["outcome"] for contract in report["contracts"] for rule in contract["rules"]}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_a_baseline_knows_the_problems_and_nothing_else(baseline: str, tmp_path: Path) -> None:
    entries = known(tmp_path)
    assert {each["name"] for each in entries} == PROBLEMS
    assert [tuple(each.values()) for each in entries] == sorted(tuple(each.values()) for each in entries)
    lines = (tmp_path / baseline).read_text("utf-8").splitlines()
    assert sum('"fingerprint"' in line for line in lines) == len(entries), "one line each, to be reviewed and merged"


def test_what_is_known_is_neither_reported_nor_counted(baseline: str, command: Command) -> None:
    ended = command(*CHECK, "--baseline", baseline)
    assert ended.code == 0
    assert f"{len(PROBLEMS)} known results left out" in ended.out
    assert set(rules(command, *CHECK, "--baseline", baseline)) == set(OUTCOMES) - PROBLEMS
    assert json.loads(command(*CHECK, "--baseline", baseline, "--format", "json").out)["known"] == len(PROBLEMS)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_what_is_known_and_every_one_shows_what_is_new(
    form: str, baseline: str, command: Command, tmp_path: Path
) -> None:
    words = (*CHECK, "--baseline", baseline, "--format", form)
    quiet = command(*words)
    assert quiet.code == 0
    edit(tmp_path / "contracts/acme.yaml", "termination: 60 days", "termination: 95 days")
    loud = command(*words)
    assert loud.code == 1
    assert "95 days" in loud.out and "95 days" not in quiet.out
    assert "120 days" not in loud.out + quiet.out


def test_the_exit_code_is_that_of_what_is_new(baseline: str, command: Command, tmp_path: Path) -> None:
    edit(tmp_path / "contracts/acme.yaml", "audit.rate: quarterly", "audit.rate: {vague: often}")
    assert command(*CHECK, "--baseline", baseline).code == 3
    edit(tmp_path / "contracts/acme.yaml", "audit.rate: {vague: often}", "audit.rate: once per 2 years")
    assert command(*CHECK, "--baseline", baseline).code == 1
    assert command(*CHECK, "--baseline", baseline, "--fail-on", "major").code == 0


def test_a_problem_that_got_worse_is_new_and_one_that_got_better_is_known(
    baseline: str, command: Command, tmp_path: Path
) -> None:
    contract = tmp_path / "contracts/acme.yaml"
    edit(contract, 'breach.notice: {vague: "promptly | @acme/lawyers"}', "breach.notice: 5 days")
    edit(contract, 'request: {value: 120 days, at: "4.2"', 'request: {vague: soon, at: "4.2"')
    found = rules(command, *CHECK, "--baseline", baseline)
    assert found["breach_notice"] == "breached"
    assert "deletion_deadline[request]" not in found


def test_a_fingerprint_stays_when_lines_move_values_change_and_files_are_renamed(
    baseline: str, command: Command, tmp_path: Path
) -> None:
    """A contract is known by its id, a rule by its name; neither by where they stand nor by what they say."""
    contract, policy = tmp_path / "contracts/acme.yaml", tmp_path / "own.tw"
    edit(contract, "120 days, at", "130 days, at")
    contract.write_text("# moved\n\n" + contract.read_text("utf-8"), "utf-8")
    policy.write_text("# moved\n" + policy.read_text("utf-8").replace("<= 72 hours", "<= 71 hours"), "utf-8")
    (tmp_path / "elsewhere").mkdir()
    contract.rename(tmp_path / "elsewhere/renamed.yaml")
    policy.rename(tmp_path / "elsewhere/policy.tw")
    words = ("check", "elsewhere/renamed.yaml", "--policy", "elsewhere/policy.tw", *CHECK[-2:])
    ended = command(*words, "--baseline", baseline)
    assert ended.code == 0, ended.out
    assert "TW018" not in ended.err


def test_another_contract_is_not_known(baseline: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "contracts/acme.yaml").write_text(CONTRACT.replace("contract: acme-2026", "contract: acme-2027"))
    assert command(*CHECK, "--baseline", baseline).code == 1


def test_what_no_longer_occurs_is_said_and_changes_no_code(baseline: str, command: Command, tmp_path: Path) -> None:
    """A note at the line of the baseline, and where a format has notes, there too."""
    edit(tmp_path / "contracts/acme.yaml", 'breach.notice: {vague: "promptly | @acme/lawyers"}', "breach.notice: 1 day")
    ended = command(*CHECK, "--baseline", baseline, "--format", "github")
    assert ended.code == 0
    assert "known.json:5:1: note TW018 [outdated-baseline]: `breach_notice` of `acme-2026`" in ended.err
    assert "::notice file=known.json,line=5" in ended.out
    command(*CHECK, "--baseline", baseline, "--write-baseline", baseline)
    assert {each["name"] for each in known(tmp_path)} == PROBLEMS - {"breach_notice"}


def test_of_a_contract_that_was_not_looked_at_nothing_is_said(baseline: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("contract: other\nterms: {audit.rate: quarterly}\n")
    ended = command("check", "other.yaml", "--policy", "own.tw", "--baseline", baseline, "--write-baseline", "new.json")
    assert "TW018" not in ended.err
    assert {each["subject"] for each in known(tmp_path, "new.json")} == {"acme-2026", "other"}


def test_a_baseline_is_written_the_same_whatever_the_order(command: Command, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("contract: other\nterms: {audit.rate: quarterly}\n")
    order = ("other.yaml", "contracts/acme.yaml")
    for name, contracts in (("a.json", order), ("b.json", order[::-1])):
        command("check", *contracts, *CHECK[2:], "--write-baseline", name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_no_baseline_is_written_while_something_cannot_be_used(command: Command, tmp_path: Path) -> None:
    """What could not be looked at would seem to be gone."""
    assert command(*CHECK_BROKEN, "--write-baseline", "known.json").code == 2
    assert not (tmp_path / "known.json").exists()


def test_a_baseline_goes_with_the_other_files_all_or_none(command: Command, tmp_path: Path) -> None:
    assert command(*CHECK, "--write-baseline", "known.json", "--output", "json=gone/x.json").code == 2
    assert not (tmp_path / "known.json").exists()
    assert command(*CHECK, "--write-baseline", "gone/known.json", "--output", "json=x.json").code == 2
    assert not (tmp_path / "x.json").exists()


def test_a_baseline_and_a_report_cannot_be_one_file(command: Command, tmp_path: Path) -> None:
    ended = command(*CHECK, "--write-baseline", "x.json", "--output", "json=./x.json")
    assert (ended.code, ended.out) == (2, "")
    assert "cannot hold two results" in ended.err
    assert not (tmp_path / "x.json").exists()


ENTRY = {
    "subject": "a",
    "scope": "b",
    "requirement": "b/c",
    "name": "c",
    "verdict": "breached",
    "fingerprint": "0" * 32,
}
WHOLE = {"termwise_baseline": 1, "verb": "check", "known": [ENTRY]}

BAD: dict[str, Any] = {
    "no JSON": "{",
    "cut off": '{"termwise_baseline": 1,\n "known": [',
    "deep": "[" * 200_000,
    "a number": "1" * 5000,
    "another thing": [],
    "a report": {"termwise": "0.1.0", "contracts": []},
    "a later form": {**WHOLE, "termwise_baseline": 2},
    "another verb": {**WHOLE, "verb": "lint"},
    "no list": {**WHOLE, "known": {}},
    "no entry": {**WHOLE, "known": ["a"]},
    "half an entry": {**WHOLE, "known": [{"fingerprint": "0" * 32}]},
    "a wrong fingerprint": {**WHOLE, "known": [{**ENTRY, "fingerprint": "x"}]},
    "a wrong verdict": {**WHOLE, "known": [{**ENTRY, "verdict": "met"}]},
    "a wrong type": {**WHOLE, "known": [{**ENTRY, "name": 1}]},
}


@pytest.mark.parametrize("what", BAD)
def test_a_baseline_that_cannot_be_used_is_said(what: str, command: Command, tmp_path: Path) -> None:
    """With its place; the contracts are judged all the same, with nothing known of them."""
    text = BAD[what] if isinstance(BAD[what], str) else json.dumps(BAD[what])
    (tmp_path / "known.json").write_text(text)
    ended = command(*CHECK, "--baseline", "known.json")
    assert ended.code == 2
    assert "known.json:" in ended.err and "error TW017 [unusable-baseline]" in ended.err
    assert "120 days" in ended.out


def test_a_sound_baseline_of_the_same_form_is_used(command: Command, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(json.dumps(WHOLE))
    ended = command(*CHECK, "--baseline", "known.json")
    assert (ended.code, "TW017" in ended.err) == (1, False)


def test_a_baseline_that_is_not_there_is_said(command: Command) -> None:
    ended = command(*CHECK, "--baseline", "gone.json")
    assert ended.code == 2
    assert "error TW001 [unreadable-file]" in ended.err


def test_lint_has_baselines_too(command: Command, tmp_path: Path) -> None:
    """A finding is known by its code, its file, its rules and its words without figures; of several alike, by count."""
    assert command(*LINT).code == 1
    assert command(*LINT, "--write-baseline", "lint.json").code == 0
    codes = [each["requirement"] for each in known(tmp_path, "lint.json")]
    assert codes.count("TW718") == 2
    moved = LINTED.replace("60 days", "61 days").replace("72 hours", "73 hours").replace("= 3 days", "= 73 hours")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/linted.tw").write_text(f"# moved\n\n{moved}", "utf-8")
    (tmp_path / "linted.tw").unlink()
    words = ("lint", "sub/linted.tw", *LINT[2:], "--baseline", "lint.json")
    ended = command(*words)
    assert (ended.code, "TW018" in ended.err) == (0, False), ended
    assert f"{len(codes)} known and left out" in ended.out
    added = "rule data: major\n  require remedies.cure_period <= 5 days\n\nrule audits: major"
    edit(tmp_path / "sub/linted.tw", "rule audits: major", added)
    found = json.loads(command(*words, "--format", "json").out)
    assert found["known"] == len(codes)
    assert {rule for each in found["findings"] for rule in each["rules"]} == {"data"}
    (tmp_path / "sub/linted.tw").rename(tmp_path / "sub/renamed.tw")
    assert command("lint", "sub/renamed.tw", *words[2:]).code == 1, "a policy is known by its file"


def test_lint_says_what_is_gone(command: Command, tmp_path: Path) -> None:
    command(*LINT, "--write-baseline", "lint.json")
    edit(tmp_path / "linted.tw", "define unused = breach.notice <= 24 hours\n", "")
    ended = command(*LINT, "--baseline", "lint.json")
    assert ended.code == 0
    assert "TW018 [outdated-baseline]: `unused-definition` of `linted.tw` (TW701)" in ended.err


def test_verbs_do_not_share_a_baseline(baseline: str, command: Command) -> None:
    ended = command(*LINT, "--baseline", baseline)
    assert ended.code == 2
    assert "this baseline is not one of `lint`" in ended.err
