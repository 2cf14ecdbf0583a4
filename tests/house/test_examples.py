"""What a newcomer copies works as it stands: policy, contract, workflow, hooks and Python."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown import blocks
from repository import ROOT, files, shown
from transcripts import Terminal

EXAMPLES = ROOT / "examples"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository as the examples suppose it: a policy at the top, and a folder of contracts."""
    shutil.copytree(EXAMPLES / "policy", tmp_path, dirs_exist_ok=True)
    return tmp_path


def workflow() -> Any:
    return yaml.safe_load((EXAMPLES / "ci/contracts.yml").read_text("utf-8"))


def hooks() -> Any:
    (local,) = yaml.safe_load((EXAMPLES / "ci/.pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert local["repo"] == "local"
    return local["hooks"]


def test_every_example_is_shown_at_work() -> None:
    """No policy, contract, script or workflow is in the folder without a session or a test that uses it."""
    page = (EXAMPLES / "README.md").read_text("utf-8")
    sessions = "".join(block.text for block in blocks(page, "console"))
    for path in files("examples", ".py", ".tw"):
        assert shown(path) in sessions, shown(path)
    for path in files("examples", ".yaml", ".yml"):
        folder = shown(path.parent)
        assert folder in sessions or f"({path.relative_to(EXAMPLES).as_posix()})" in page, shown(path)


def test_the_workflow_runs(project: Path) -> None:
    """Each command of the workflow ends well on a fresh copy of the example policy, in order."""
    steps = workflow()["jobs"]["termwise"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands[0] == "pip install termwise"
    terminal = Terminal(project)
    for command in commands[1:]:
        printed = terminal.run(command)
        assert terminal.run("echo $?") == "0\n", printed
    assert (project / "report.json").stat().st_size > 1000
    (uploaded,) = (step["with"]["path"] for step in steps if "upload" in step.get("uses", ""))
    assert uploaded == "report.json"


def test_the_workflow_stops_a_bad_contract(project: Path) -> None:
    """A contract that breaks a dealbreaker ends the job."""
    contract = project / "contracts/northwind.yaml"
    contract.write_text(contract.read_text("utf-8").replace("value: 48 hours", "value: 49 hours"), "utf-8")
    (command,) = (
        step["run"] for step in workflow()["jobs"]["termwise"]["steps"] if "dealbreaker" in step.get("name", "")
    )
    terminal = Terminal(project)
    assert "breach_notice" in terminal.run(command)
    assert terminal.run("echo $?") == "1\n"


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
def test_a_hook_runs_on_the_files_it_names(hook: dict[str, Any], project: Path) -> None:
    """Each hook takes the files it is given, as pre-commit gives them, and lets the example pass."""
    names = [path.relative_to(project).as_posix() for path in sorted(project.rglob("*")) if path.is_file()]
    given = [name for name in names if re.search(hook["files"], name)]
    assert given
    terminal = Terminal(project)
    printed = terminal.run(" ".join((hook["entry"], *given)))
    assert terminal.run("echo $?") == "0\n", printed


def test_no_example_names_a_host() -> None:
    """What is copied reaches only what the copier reaches anyway."""
    for path in files("examples"):
        assert not re.search(r"https?://|index-url|extra-index", path.read_text("utf-8")), shown(path)
