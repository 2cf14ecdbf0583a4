"""What a run may import: the command starts on every commit, so it loads nothing that the run at hand does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from termwise.report.formats import FORMATS

HEAVY = {"lark", "pydantic", "networkx", "z3"}
"""What takes longer to import than a check takes."""

NEEDLESS = HEAVY | {"asyncio", "email", "importlib.metadata", "importlib.resources", "inspect", "unittest", "xml"}
"""And what a check has no use for, but is easily brought along."""

CONTRACT = "contract: c\nterms: {breach.notice: 5 days, output.owner: {quote: Customer owns it, value: customer}}\n"
POLICY = "policy p\nuses ai_procurement\nrule r: minor\n  require breach.notice <= 72 hours\n"

RUN = """\
import json, sys
from termwise.cli.app import main
code = main(json.loads(sys.argv[1]))
json.dump([code, sorted(sys.modules)], sys.stderr)
"""


def imported(folder: Path, *words: str) -> tuple[int, set[str]]:
    """Return the exit code of a command line, and the modules it imported."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(words)], cwd=folder, capture_output=True, text=True, check=True
    )
    code, modules = json.loads(ran.stderr)
    return code, set(modules)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.tw").write_text(POLICY, "utf-8")
    (tmp_path / "c.yaml").write_text(CONTRACT, "utf-8")
    (tmp_path / "c.json").write_text('{"terms": {"breach.notice": "2 days"}}', "utf-8")
    return tmp_path


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["check", "--help"]])
def test_help_imports_nothing_heavy(words: list[str], folder: Path) -> None:
    code, modules = imported(folder, *words)
    assert code == 0
    assert not modules & (HEAVY | {"yaml"})


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_check_by_a_cached_policy_imports_nothing_heavy(form: str, folder: Path) -> None:
    """The first run compiles; neither that nor the second needs the parser generator, models or graph."""
    (folder / "p.tw").write_text(f"{POLICY}# {form}\n", "utf-8")
    words = ("check", "c.yaml", "--policy", "p.tw", "--as-of", "2026-11-24", "--format", form)
    code, modules = imported(folder, *words)
    assert code == 1
    assert "termwise.syntax.read" in modules
    assert not modules & HEAVY
    code, modules = imported(folder, *words)
    assert code == 1
    assert not modules & (NEEDLESS | {"termwise.syntax.read"})


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_brings_what_it_needs_and_nothing_heavy(form: str, folder: Path) -> None:
    """With a warm cache no format needs parser, models or graph; text and JSON need nothing of the shared formats."""
    words = ("check", "c.json", "--policy", "p.tw", "--as-of", "2026-11-24")
    imported(folder, *words)
    _, modules = imported(folder, *words, "--format", form)
    assert not modules & HEAVY
    assert "termwise.report.entries" in modules
    _, modules = imported(folder, *words, "--output", "json=report.json")
    assert not {"termwise.report.entries", "termwise.report.markdown", "termwise.report.baseline"} & modules


def test_a_check_of_json_does_not_import_yaml(folder: Path) -> None:
    imported(folder, "check", "c.json", "--policy", "p.tw")
    code, modules = imported(folder, "check", "c.json", "--policy", "p.tw")
    assert code == 0
    assert not modules & (NEEDLESS | {"yaml"})


def test_each_verb_imports_its_own_module_only(folder: Path) -> None:
    _, modules = imported(folder, "check", "c.json", "--policy", "p.tw")
    verbs = {"explain", "test", "lint", "prove", "diff", "graph", "schema"}
    assert not modules & {f"termwise.cli.{verb}" for verb in verbs}


def test_the_package_is_empty_until_something_is_asked_of_it() -> None:
    code = "import sys, termwise; print(*sorted(each for each in sys.modules if each.startswith('termwise.')))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
