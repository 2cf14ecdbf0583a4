"""What `termwise lint` reads and writes: the user's own files, each once, and as they were but for the edits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sessions import Command

from termwise import library

POLICY = """\
policy own
version 1
owner "Security"
uses ai_procurement

rule processing: major
  require not not regulatory.dpa
  because "The law asks for it."

test "signed"
  given regulatory.dpa
  expect processing met

test "unsigned"
  given not regulatory.dpa
  expect processing breached
"""
PLAIN = POLICY.replace("not not ", "")


@pytest.mark.parametrize(
    ("mark", "end"), [(b"", "\n"), (b"\xef\xbb\xbf", "\n"), (b"\xef\xbb\xbf", "\r\n"), (b"", "\r\n")]
)
def test_a_fix_keeps_line_ends_and_mark(mark: bytes, end: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.tw").write_bytes(mark + POLICY.replace("\n", end).encode())
    ended = command("lint", "own.tw", "--fix")
    assert (ended.code, ended.out) == (0, "nothing to say about 1 file, 1 fixed\n")
    assert (tmp_path / "own.tw").read_bytes() == mark + PLAIN.replace("\n", end).encode()


def test_a_file_with_nothing_to_mend_is_not_written(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "own.tw"
    path.write_text(PLAIN, "utf-8")
    os.utime(path, (1, 1))
    assert command("lint", "own.tw", "--fix").code == 0
    assert path.stat().st_mtime == 1


def test_what_ships_is_never_written(command: Command, tmp_path: Path) -> None:
    """A name is linted like a file; only a path is the user's own."""
    shipped = library.find("healthcare")
    assert shipped is not None
    before = Path(shipped.path).stat().st_mtime_ns
    assert command("lint", "healthcare", "--fix").code == 0
    assert Path(shipped.path).stat().st_mtime_ns == before
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_reported(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "locked" / "own.tw"
    path.parent.mkdir()
    path.write_text(POLICY, "utf-8")
    path.parent.chmod(0o500)
    if os.access(path.parent, os.W_OK):
        pytest.skip("nothing is forbidden to this user")
    ended = command("lint", "locked", "--fix")
    path.parent.chmod(0o700)
    assert ended.code == 2
    assert "TW008" in ended.err
    assert path.read_text("utf-8") == POLICY


def test_a_broken_neighbour_does_not_stop_a_fix(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    (tmp_path / "broken.tw").write_text("policy broken\nrule\n", "utf-8")
    ended = command("lint", ".", "--fix")
    assert ended.code == 2
    assert "broken.tw:2:5: error" in ended.err
    assert (tmp_path / "own.tw").read_text("utf-8") == PLAIN


def test_every_error_of_a_file_is_said_in_one_run(command: Command, tmp_path: Path) -> None:
    """What cannot be read does not hide what is read and means nothing."""
    (tmp_path / "own.tw").write_text(
        POLICY.replace("not not ", "=") + "rule b\n  require breach.notice <= 30d\n", "utf-8"
    )
    (tmp_path / "words.tw").write_text("vocabulary words\nterm a b\nterm c: days\n", "utf-8")
    ended = command("lint", "own.tw", "words.tw")
    assert ended.code == 2
    found = [line.split(" [")[0] for line in ended.err.splitlines() if ": error " in line]
    assert found == [
        "own.tw:7:11: error TW010",
        "own.tw:18:28: error TW204",
        "words.tw:2:8: error TW010",
        "words.tw:3:9: error TW104",
    ]


def test_an_edit_of_a_parent_leaves_its_heirs_as_they_are(command: Command, tmp_path: Path) -> None:
    heir = 'policy heir\nversion 1\nowner "Security"\nextends own\n'
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    (tmp_path / "heir.tw").write_text(heir, "utf-8")
    assert command("lint", ".", "--fix").code == 0
    assert (tmp_path / "own.tw").read_text("utf-8") == PLAIN
    assert (tmp_path / "heir.tw").read_text("utf-8") == heir


def test_a_file_is_linted_once_however_often_it_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    (tmp_path / "again.tw").symlink_to("own.tw")
    ended = command("lint", "own.tw", ".", "./own.tw", "again.tw", "--format", "json")
    report = json.loads(ended.out)
    assert len(report["files"]) == 1
    assert [each["code"] for each in report["findings"]] == ["TW731"]
    (fix,) = report["findings"][0]["fixes"]
    assert fix == {
        "text": "regulatory.dpa",
        "file": report["files"][0],
        "line": 7,
        "column": 11,
        "end_line": 7,
        "end_column": 33,
    }


def test_what_is_left_out_is_left_out_even_when_it_is_named(command: Command, tmp_path: Path) -> None:
    """A hook names the files that changed, so a pattern that only counted in folders would not count at all."""
    (tmp_path / "termwise.toml").write_text('[lint]\nexclude = ["drafts/*"]\n', "utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "own.tw").write_text("policy own\nrule\n", "utf-8")
    (tmp_path / "own.tw").write_text(PLAIN, "utf-8")
    assert command("lint", "drafts/own.tw", "own.tw").out == "nothing to say about 1 file\n"
    assert command("lint", "drafts").code == 0


def test_the_nearest_settings_count(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pyproject.toml without a table of ours belongs to somebody else, and the search goes on above it."""
    (tmp_path / "termwise.toml").write_text('[lint]\nfail-on = "note"\n', "utf-8")
    inner = tmp_path / "service" / "policies"
    inner.mkdir(parents=True)
    (tmp_path / "service" / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n", "utf-8")
    (inner / "own.tw").write_text(POLICY, "utf-8")
    monkeypatch.chdir(inner)
    assert command("lint").code == 1
    (inner / "termwise.toml").write_text("[lint]\nstale-days = 3\n", "utf-8")
    assert command("lint").code == 0
    (inner / "termwise.toml").write_text("", "utf-8")
    assert command("lint").code == 1
    (inner / "pyproject.toml").write_text("[tool.termwise.lint\n", "utf-8")
    ended = command("lint")
    assert ended.code == 2
    assert "pyproject.toml:1:" in ended.err


def test_an_option_says_more_than_a_setting(command: Command, tmp_path: Path) -> None:
    (tmp_path / "termwise.toml").write_text(
        '[lint]\nselect = ["TW707"]\nignore = ["TW731"]\nfail-on = "error"\n', "utf-8"
    )
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    assert command("lint", "own.tw").code == 0
    assert "TW731" not in command("lint", "own.tw", "--select", "TW731").out
    (tmp_path / "termwise.toml").write_text('[lint]\nselect = ["TW707"]\nfail-on = "error"\n', "utf-8")
    ended = command("lint", "own.tw", "--select", "TW731", "--fail-on", "note")
    assert ended.code == 1
    assert "TW731" in ended.out
