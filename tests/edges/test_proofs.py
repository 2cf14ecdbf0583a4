"""Proofs at the command line: what is said where there is no solver, and that nothing else needs one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from sessions import Command

POLICY = """\
policy own
version 1
owner "Security"
uses ai_procurement

# lint: ignore TW606 because "counsel wants to read it in as many words"
rule latest: major
  require breach.notice <= 96 hours
  because "It is the law."

rule notice: major
  require breach.notice <= 72 hours
  because "We cannot warn about what nobody has told us."

test "72 hours" given breach.notice = 72 hours expect notice met, latest met
test "73 hours" given breach.notice = 73 hours expect notice breached
test "96 hours" given breach.notice = 96 hours expect latest met
test "97 hours" given breach.notice = 97 hours expect latest breached
"""
CLASH = "rule clash: major\n  require breach.notice <= 1 day and breach.notice >= 2 days\n"
NOT_MADE = "termwise lint: proofs were not made, because no solver is installed"


@pytest.fixture
def policy(tmp_path: Path) -> str:
    """A policy of which there is nothing to say."""
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    return "own.tw"


@pytest.fixture
def _no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the solver were not installed."""
    monkeypatch.setitem(sys.modules, "z3", None)


def test_lint_proves(command: Command, policy: str, tmp_path: Path) -> None:
    ended = command("lint", policy)
    assert (ended.code, ended.out, ended.err) == (0, "nothing to say about 1 file, 1 suppressed\n", "")
    (tmp_path / policy).write_text(POLICY + CLASH, "utf-8")
    found = json.loads(command("lint", policy, "--select", "TW6", "--format", "json").out)
    assert found["proofs"] == "made"
    assert [(each["code"], each["rules"]) for each in found["findings"]] == [("TW601", ["clash"]), ("TW607", ["clash"])]


def test_what_lint_shows_is_replayed_by_check(command: Command, policy: str, tmp_path: Path) -> None:
    """The contract of a finding is a file like any other, and comes to what the finding says of it."""
    (tmp_path / policy).write_text(POLICY + CLASH, "utf-8")
    found = json.loads(command("lint", policy, "--select", "TW601", "--format", "json").out)
    (finding,) = found["findings"]
    assert finding["claim"] == "`clash` is breached."
    (tmp_path / "witness.yaml").write_text(finding["witness"], "utf-8")
    checked = json.loads(command("check", "witness.yaml", "--policy", policy, "--format", "json").out)
    outcomes = {each["rule"]: each["outcome"] for each in checked["contracts"][0]["rules"]}
    assert outcomes["clash"] == "breached"


@pytest.mark.usefixtures("_no_solver")
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "markdown"])
def test_lint_says_that_proofs_were_not_made(form: str, command: Command, policy: str, tmp_path: Path) -> None:
    """In every format, with the exit code that everything else calls for; and nothing untried is called unused."""
    ended = command("lint", policy, "--format", form)
    assert ended.code == 0
    assert ended.err.startswith(NOT_MADE)
    if form == "text":
        assert ended.out == "nothing to say about 1 file, proofs not made\n"
    if form == "json":
        assert json.loads(ended.out)["proofs"] == "no_solver"
    (tmp_path / policy).write_text(POLICY + "define idle = regulatory.dpa\n", "utf-8")
    ended = command("lint", policy, "--format", form)
    assert (ended.code, ended.err.startswith(NOT_MADE)) == (1, True)


@pytest.mark.usefixtures("_no_solver")
def test_lint_says_nothing_of_proofs_that_nobody_wants(command: Command, policy: str) -> None:
    for words in (("--no-proofs",), ("--select", "TW7"), ("--ignore", "TW6")):
        ended = command("lint", policy, *words, "--format", "json")
        assert (ended.code, ended.err) == (0, "")
        assert json.loads(ended.out)["proofs"] == "off"


@pytest.mark.usefixtures("_no_solver")
@pytest.mark.parametrize("words", [("prove", "own.tw", "implies", "own.tw"), ("diff", "own.tw", "own.tw")])
def test_prove_and_diff_ask_for_a_solver(words: tuple[str, ...], command: Command, policy: str) -> None:
    assert policy in words
    ended = command(*words)
    assert (ended.code, ended.out) == (2, "")
    assert f"error TW007 [usage]: `{words[0]}` needs a solver" in ended.err
    assert "= hint: python3 -m pip install 'termwise[analyze]'" in ended.err
    assert command(words[0], "--help").code == 0


@pytest.mark.usefixtures("_no_solver")
def test_every_other_verb_works_without_a_solver(command: Command, policy: str, tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("contract: acme\nterms: {breach.notice: 48 hours}\n", "utf-8")
    for words in (
        ("check", "acme.yaml", "--policy", policy),
        ("explain", "acme.yaml", "notice", "--policy", policy),
        ("explain", "TW605"),
        ("test", policy),
        ("graph", policy),
        ("schema", "ai_procurement"),
        ("fmt", "--check", policy),
    ):
        ended = command(*words)
        assert "solver" not in ended.err and ended.code in (0, 1), (words, ended)
