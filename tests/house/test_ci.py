"""What is copied for servers runs as it stands, as far as a machine without the hosts can tell.

Every file is parsed and held against the keys that its host knows; every script is run by the shell, in a repository
laid out as the examples suppose it, with the variables and expressions that the host would have put there.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml
from repository import ROOT
from sarif_kit.validate import validation_errors
from transcripts import Terminal

CI = ROOT / "examples/ci"
SHELL = "bash --noprofile --norc -eo pipefail"
"""How the hosts run the script of a step."""


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


WORKFLOW = parsed(CI / "contracts.yml")
ACTION = parsed(CI / "action/action.yml")
GITLAB = parsed(CI / "gitlab.yml")
OFFERED = parsed(ROOT / ".pre-commit-hooks.yaml")
(LOCAL,) = parsed(CI / ".pre-commit-config.yaml")["repos"]
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["termwise"]["steps"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository as the examples suppose it: a policy at the top, and a folder of contracts.

    Servers judge by the day at hand, so the approval in the policy has to last; how long it does, lint has a say in.
    """
    shutil.copytree(ROOT / "examples/policy", tmp_path, dirs_exist_ok=True)
    policy, until = tmp_path / "acme_ai.tw", date.today() + timedelta(days=90)
    text = policy.read_text("utf-8").replace("2027-03-31", until.isoformat())
    policy.write_text(text.replace("2027-04-01", (until + timedelta(days=1)).isoformat()), "utf-8")
    return tmp_path


class Runner:
    """A host that runs scripts, and remembers what they say in the files it gives them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._terminal = Terminal(folder)
        shutil.rmtree(folder / "examples")  # what users have is the repository alone
        self.summary, self._outputs = folder / ".host/summary", folder / ".host/outputs"
        self.summary.parent.mkdir()

    def run(self, script: str, variables: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run a script, and return its exit code and what it printed."""
        (self._folder / ".host/script").write_text(script, "utf-8")
        self._outputs.write_text("", "utf-8")
        told = {"GITHUB_OUTPUT": self._outputs, "GITHUB_STEP_SUMMARY": self.summary, **(variables or {})}
        assignments = " ".join(f"{name}={shlex.quote(str(value))}" for name, value in told.items())
        printed = self._terminal.run(f"env {assignments} {SHELL} .host/script")
        return int(self._terminal.run("echo $?")), printed

    @property
    def outputs(self) -> dict[str, str]:
        """What the last script handed on to later steps."""
        return dict(line.split("=", 1) for line in self._outputs.read_text("utf-8").splitlines())


@pytest.fixture
def runner(project: Path) -> Runner:
    return Runner(project)


def filled(text: str, known: Mapping[str, str]) -> str:
    """Return a text with its expressions replaced, each of which has to be known."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: known[found[1]], text)


def act(runner: Runner, given: Mapping[str, str]) -> tuple[int, str, dict[str, str]]:
    """Run the composite action with some inputs; return its exit code, its log, and its outputs."""
    inputs = {f"inputs.{name}": str(given.get(name, each.get("default"))) for name, each in ACTION["inputs"].items()}
    (step,) = (each for each in ACTION["runs"]["steps"] if each.get("id") == "check")
    variables = {name: filled(value, inputs) for name, value in step["env"].items()}
    code, log = runner.run(step["run"], variables)
    told = {f"steps.check.outputs.{name}": value for name, value in runner.outputs.items()}
    outputs = {name: filled(each["value"], told) for name, each in ACTION["outputs"].items() if told}
    return code, log, outputs


# ----------------------------------------------------------------------------------------------- what hosts know


def test_the_files_have_only_keys_that_their_hosts_know() -> None:
    """A key that is misspelt does nothing, and looks as if it did."""
    assert set(WORKFLOW) <= {"name", True, "permissions", "jobs"}, "YAML reads `on` as a truth value"
    assert set(WORKFLOW["permissions"]) <= {"contents", "security-events"}
    for job in WORKFLOW["jobs"].values():
        assert set(job) <= {"runs-on", "steps"}
    for step in STEPS:
        assert set(step) <= {"name", "id", "if", "uses", "with", "run"}
        assert ("uses" in step) != ("run" in step)
        if step.get("uses") == "./.github/actions/termwise":
            required = {name for name, each in ACTION["inputs"].items() if each.get("required")}
            assert required <= set(step["with"]) <= set(ACTION["inputs"])
    assert set(ACTION) == {"name", "description", "inputs", "outputs", "runs"}
    assert ACTION["runs"]["using"] == "composite"
    for name, each in ACTION["inputs"].items():
        assert set(each) <= {"description", "required", "default"}, name
        assert each["description"] and (each.get("required") or "default" in each), name
    for step in ACTION["runs"]["steps"]:
        assert set(step) <= {"name", "id", "uses", "with", "shell", "env", "run"}
        assert ("run" in step) == (step.get("shell") == "bash"), "a composite action has no shell of its own"
    jobs = {name: each for name, each in GITLAB.items() if name != "variables"}
    for name, job in jobs.items():
        assert set(job) <= {
            "image",
            "before_script",
            "extends",
            "stage",
            "rules",
            "script",
            "artifacts",
            "allow_failure",
        }
        assert job.get("extends", ".termwise") in jobs, name
        assert set(job.get("artifacts", {}).get("reports", {})) <= {"codequality", "junit"}
    keys = {"id", "name", "description", "language", "entry", "args", "files", "pass_filenames", "require_serial"}
    for hook in (*OFFERED, *LOCAL["hooks"]):
        assert {"id", "name", "language", "entry"} <= set(hook) <= keys
        assert re.compile(hook["files"])
    assert [hook["id"] for hook in OFFERED] == [hook["id"] for hook in LOCAL["hooks"]]
    assert {hook["language"] for hook in OFFERED} == {"python"}


def test_inputs_never_become_text_of_a_script() -> None:
    """An expression in a script is pasted before the shell reads it: whoever names a file could write commands."""
    for step in (*ACTION["runs"]["steps"], *STEPS):
        assert "${{" not in step.get("run", "")


# --------------------------------------------------------------------------------------------------------- GitHub


def test_the_workflow_runs(runner: Runner, project: Path) -> None:
    """Each step ends well on a fresh copy of the example policy, in order, and hands on what later ones take."""
    known: dict[str, str] = {}
    uploaded: list[str] = []
    for step in STEPS:
        if "run" in step and step["run"] != "pip install termwise":
            code, log = runner.run(step["run"])
            assert code == 0, log
        elif step.get("uses") == "./.github/actions/termwise":
            code, log, outputs = act(runner, step["with"])
            assert code == 0, log
            known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
        elif "upload" in step.get("uses", ""):
            with_ = {name: filled(value, known) for name, value in step["with"].items()}
            uploaded += (with_.get("sarif_file") or with_["path"]).split()
    assert uploaded == ["termwise.sarif", "report.json", "report.md"]
    assert validation_errors(json.loads((project / "termwise.sarif").read_text("utf-8"))) == []
    assert json.loads((project / "report.json").read_text("utf-8"))["contracts"]
    headings = re.findall(r"^## termwise (\w+)", runner.summary.read_text("utf-8"), re.MULTILINE)
    assert headings == ["lint", "test", "check"], "each step that annotates has its part in the summary of the job"


def test_the_action_stops_a_bad_contract_and_says_where(runner: Runner, project: Path) -> None:
    contract = project / "contracts/northwind.yaml"
    contract.write_text(contract.read_text("utf-8").replace("value: 48 hours", "value: 49 hours"), "utf-8")
    given = {"contracts": "contracts", "policy": "acme_ai.tw", "fail-on": "dealbreaker", "junit": "j.xml"}
    code, log, outputs = act(runner, given)
    assert code == 1
    assert re.search(r"^::error file=contracts/northwind.yaml,line=\d+,.*title=breach_notice is breached", log, re.M)
    assert outputs == {"sarif": "termwise.sarif", "exit-code": "1"}
    assert JUnitXml.fromfile(str(project / "j.xml")).failures == 1


def test_the_action_takes_several_contracts_and_policies_and_a_baseline(runner: Runner, project: Path) -> None:
    shutil.copy(project / "contracts/northwind.yaml", project / "second.yaml")
    text = (project / "second.yaml").read_text("utf-8").replace("northwind-2026", "second")
    (project / "second.yaml").write_text(text, "utf-8")
    given = {"contracts": "contracts second.yaml", "policy": "acme_ai.tw gdpr_article_28"}
    code, log, _ = act(runner, given)
    assert code in (1, 3) and "(2 contracts: " in log
    runner.run("termwise check contracts second.yaml -p acme_ai.tw gdpr_article_28 --write-baseline known.json")
    code, log, _ = act(runner, {**given, "baseline": "known.json"})
    assert code == 0 and "known and left out" in log


def test_the_action_fails_where_nothing_could_be_judged(runner: Runner, project: Path) -> None:
    code, log, outputs = act(runner, {"contracts": "gone", "policy": "acme_ai.tw"})
    assert code == 2
    assert "::error file=gone" in log and outputs["exit-code"] == "2"
    hostile = "contracts; touch hacked $(touch hacked)"
    code, _, _ = act(runner, {"contracts": hostile, "policy": "acme_ai.tw"})
    assert code == 2
    assert not (project / "hacked").exists()


# --------------------------------------------------------------------------------------------------------- GitLab


def test_the_jobs_of_gitlab_run_and_leave_what_they_promise(runner: Runner, project: Path) -> None:
    """Every line of every job ends well, and the files that the host picks up are there, each of its kind."""
    variables = {**GITLAB["variables"], "TERMWISE_POLICY": "acme_ai.tw"}
    for job in (each for name, each in GITLAB.items() if name.startswith("termwise-")):
        for line in job["script"]:
            code, log = runner.run(line, variables)
            assert code == 0, log
        reports = job["artifacts"]["reports"]
        assert isinstance(json.loads((project / reports["codequality"]).read_text("utf-8")), list)
        for name in [reports["junit"]] if isinstance(reports["junit"], str) else reports["junit"]:
            assert JUnitXml.fromfile(str(project / name)).tests > 0
        assert all((project / name).is_file() for name in job["artifacts"].get("paths", []))


def test_a_job_of_gitlab_fails_but_for_what_is_open(runner: Runner, project: Path) -> None:
    job = GITLAB["termwise-contracts"]
    (line,) = job["script"]
    contract = project / "contracts/northwind.yaml"
    text = contract.read_text("utf-8")
    for value, wanted in (("value: 49 hours", 1), ("vague: promptly", 3)):
        contract.write_text(text.replace("value: 48 hours", value), "utf-8")
        code, log = runner.run(line, {**GITLAB["variables"], "TERMWISE_POLICY": "acme_ai.tw"})
        assert code == wanted, log
    assert job["allow_failure"] == {"exit_codes": [3]}


# ------------------------------------------------------------------------------------------------------ pre-commit


def taken(hook: dict[str, Any], project: Path) -> list[str]:
    """Return the files of a repository that a hook is for; there has to be one."""
    names = [path.relative_to(project).as_posix() for path in sorted(project.rglob("*")) if path.is_file()]
    found = [name for name in names if re.search(hook["files"], name)]
    assert found
    return found


def command(hook: dict[str, Any], project: Path, args: list[str] | None = None) -> str:
    """Return what pre-commit would run: the entry, its arguments, and the files unless it wants none."""
    words = [*shlex.split(hook["entry"]), *(hook.get("args", []) if args is None else args)]
    return shlex.join([*words, *(taken(hook, project) if hook.get("pass_filenames", True) else [])])


@pytest.mark.parametrize("hook", LOCAL["hooks"], ids=lambda hook: hook["id"])
def test_a_hook_of_the_example_lets_the_example_pass(hook: dict[str, Any], project: Path, runner: Runner) -> None:
    code, log = runner.run(command(hook, project))
    assert code == 0, log


OWN = {"termwise-check": ["contracts", "--policy=acme_ai.tw", "--fail-on=dealbreaker"]}
"""The arguments that a repository laid out like the example gives."""

DEFECTS = {
    "termwise-fmt": ("acme_ai.tw", "  require   breach.notice", "  require breach.notice"),
    "termwise-lint": ("acme_ai.tw", "# `relax` is", "define unused = breach.notice <= 24 hours\n\n# `relax` is"),
    "termwise-test": ("acme_ai.tw", "expect breach_notice breached", "expect breach_notice met"),
    "termwise-check": ("contracts/northwind.yaml", "value: 48 hours", "value: 49 hours"),
}
"""A file, and what to change in it for a hook to mind."""


@pytest.mark.parametrize("hook", OFFERED, ids=lambda hook: hook["id"])
def test_a_hook_that_is_offered_passes_what_is_sound_and_stops_what_is_not(
    hook: dict[str, Any], project: Path, runner: Runner
) -> None:
    """The formatter stops a commit by changing a file, which pre-commit minds; the others by their exit code."""
    line = command(hook, project, OWN.get(hook["id"]))
    code, log = runner.run(line)
    assert code == 0, log
    name, before, after = DEFECTS[hook["id"]]
    text = (project / name).read_text("utf-8")
    assert before in text
    (project / name).write_text(text.replace(before, after, 1), "utf-8")
    code, log = runner.run(line)
    if hook["id"] == "termwise-fmt":
        assert (project / name).read_text("utf-8") == text
    else:
        assert code == 1, log


def test_the_arguments_that_are_offered_judge_something(project: Path, runner: Runner) -> None:
    """Without arguments of its own a repository gets the shipped baseline, and an honest answer."""
    (check,) = (hook for hook in OFFERED if hook["id"] == "termwise-check")
    code, log = runner.run(command(check, project))
    assert code in (0, 1, 3)
    assert "northwind-2026" in log and "ai_data_protection" in log
