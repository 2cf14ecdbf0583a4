"""Annotations of GitHub workflows, read back the way its runner reads them, and the summary of a job."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from outputs_scene import CHECK, CHECK_BROKEN, CODES, RUNS, write_scene
from sessions import Command


@dataclass(frozen=True)
class Annotation:
    """A command of a log, as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def runner_reads(line: str) -> Annotation | None:
    """Read a line of a log: `::name key=value,key=value::message`, or None where it is no command.

    Percent signs are undone last, as the runner does; what was escaped twice would come out escaped once.
    """
    if not line.lstrip().startswith("::"):
        return None
    head, separator, message = line.lstrip()[2:].partition("::")
    assert separator, line
    name, _, rest = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in rest.split(",") if pair.strip())
    properties = {key.strip(): _undone(value, (("%3A", ":"), ("%2C", ","))) for key, value in pairs}
    return Annotation(name, properties, _undone(message, ()))


def _undone(text: str, more: tuple[tuple[str, str], ...]) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        text = text.replace(code, sign)
    return text


def annotations(command: Command, *words: str) -> list[Annotation]:
    lines = command(*words, "--format", "github").out.splitlines()
    return [found for line in lines if (found := runner_reads(line)) is not None]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    write_scene(tmp_path)


@pytest.mark.parametrize("name", RUNS)
def test_every_line_but_the_last_is_an_annotation_of_a_file(name: str, command: Command, tmp_path: Path) -> None:
    ended = command(*RUNS[name], "--format", "github")
    *lines, last = ended.out.splitlines()
    assert ended.code == CODES[name]
    assert runner_reads(last) is None and last.startswith(f"termwise {RUNS[name][0]}: ")
    for line in lines:
        found = runner_reads(line)
        assert found is not None
        assert found.name in ("error", "warning", "notice")
        assert set(found.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert (tmp_path / found.properties["file"]).is_file()
        assert int(found.properties["line"]) >= 1
        assert found.properties["title"] and found.message


def test_what_decides_the_run_comes_first_and_the_heaviest_of_it(command: Command) -> None:
    """The host shows ten of a kind, so the order decides what is seen."""
    found = [(each.name, each.properties["title"]) for each in annotations(command, *CHECK)]
    assert found == [
        ("error", "deletion_deadline[request] is breached (acme-2026)"),
        ("error", "regions is unsecured (acme-2026)"),
        ("error", "breach_notice is undecided (acme-2026)"),
        ("notice", "output_owner is breached (acme-2026)"),
        ("warning", "TW513 no-assurance"),
    ]


def test_nothing_is_an_error_that_the_run_does_not_end_with(command: Command) -> None:
    found = annotations(command, *CHECK, "--fail-on", "dealbreaker")
    assert [each.name for each in found] == ["error", "warning", "notice", "warning", "warning"]


def test_the_text_of_others_cannot_end_a_command_or_begin_one(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "contracts/acme.yaml"
    hostile = "x, y: 100%0A::error file=a::b ::stop-commands::t %25"
    path.write_text(path.read_text("utf-8").replace("promptly", hostile), "utf-8")
    path.rename(tmp_path / "contracts/a,b: 1%2C.yaml")
    found = annotations(command, "check", "contracts/a,b: 1%2C.yaml", *CHECK[2:])
    (notice,) = (each for each in found if each.properties["title"].startswith("breach_notice"))
    assert notice.properties["file"] == "contracts/a,b: 1%2C.yaml"
    assert hostile in notice.message
    assert len(found) == 5


def test_a_hint_stands_on_a_line_of_its_own(command: Command) -> None:
    (first, *_) = annotations(command, *CHECK_BROKEN)
    assert first.message.endswith("\ndid you mean `breach.notice`?")


def test_the_job_gets_a_summary_after_those_of_other_steps(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    command(*CHECK)
    assert summary.read_text("utf-8") == "# before\n", "it belongs to the format, not to the environment"
    command(*CHECK, "--output", "github=log.txt")
    command(*RUNS["test"], "--format", "github")
    headings = re.findall(r"^#+ .*$", summary.read_text("utf-8"), re.MULTILINE)
    assert [each for each in headings if each.startswith(("# ", "## "))] == [
        "# before",
        "## termwise check: ✗ fail",
        "## termwise test: ✗ fail",
    ]
    assert command(*CHECK, "--format", "markdown").out in summary.read_text("utf-8")


def test_a_summary_that_cannot_be_written_is_said(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "gone/summary.md"))
    ended = command(*CHECK, "--format", "github", "--output", "json=report.json")
    assert (ended.code, ended.out) == (2, "")
    assert "error TW008 [unwritable-result]" in ended.err
    assert not (tmp_path / "report.json").exists()


def test_a_summary_stays_within_what_the_host_takes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a mebibyte is refused whole, so what is least is left out, and counted."""
    rules = "\n".join(
        f"rule r{each}_{'x' * 200}: minor\n  require breach.notice <= {each} days\n" for each in range(3000)
    )
    (tmp_path / "long.tw").write_text(f"policy long\nuses ai_procurement\n{rules}", "utf-8")
    (tmp_path / "c.yaml").write_text(f"terms: {{breach.notice: {{vague: {'promptly ' * 40}}}}}\n", "utf-8")
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    command("check", "c.yaml", "--policy", "long.tw", "--format", "github")
    text = summary.read_text("utf-8")
    assert 900_000 < len(text.encode("utf-8")) <= 1_000_000
    left = re.search(r"\n(\d+) more did not fit here\.\n\Z", text)
    assert left is not None
    assert len(re.findall(r"^\| `r\d+_", text, re.MULTILINE)) + int(left[1]) == 3000
