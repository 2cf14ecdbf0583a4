"""What `termwise fmt` does to files: whole or not at all, nothing but the text, and never more than it has to."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from sessions import Command, shell

UNTIDY = 'policy   p "P" # why\nuses v\nrule r require a≤3 days\n'
TIDY = 'policy p "P"  # why\nuses       v\n\nrule r\n  require   a <= 3 days\n'
FAULTY = "policy p\nrule r require\n"

RUN = """\
import json, sys
from termwise.cli.app import main
code = main(json.loads(sys.argv[1]))
json.dump([code, sorted(sys.modules)], sys.stderr)
"""

FRONT_END = {
    "cachefolder", "cli", "diagnostics", "frozen", "grammar", "library", "quantities", "source", "syntax", "textfile",
}  # fmt: skip
"""What of Termwise formatting may import, beside that which shows diagnostics."""
SHOWING = {"termwise.report", "termwise.report.colour", "termwise.report.printable", "termwise.report.problems"}
HEAVY = {"asyncio", "email", "lark", "networkx", "pydantic", "sqlite3", "unittest", "xml", "yaml", "z3"}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    (tmp_path / "a.tw").write_text(UNTIDY, "utf-8")
    (tmp_path / "b.tw").write_text(TIDY, "utf-8")


@pytest.mark.parametrize("options", [(), ("--check",), ("--diff",)])
def test_only_the_parser_is_imported(options: tuple[str, ...], tmp_path: Path) -> None:
    """Formatting runs at every save and before every commit, so it loads no evaluator, report, model or graph."""
    words = json.dumps(["fmt", *options])
    ran = subprocess.run([sys.executable, "-c", RUN, words], cwd=tmp_path, capture_output=True, text=True, check=True)
    code, modules = json.loads(ran.stderr)
    assert code == len(options)
    assert not HEAVY.intersection(modules)
    own = {each for each in modules if each.startswith("termwise.")} - SHOWING
    assert {each.split(".")[1] for each in own} <= FRONT_END
    assert {each for each in own if each.startswith("termwise.quantities.")} <= {"termwise.quantities.numerals"}


def test_a_file_keeps_its_permissions_and_a_link_stays_one(command: Command, tmp_path: Path) -> None:
    file, link = tmp_path / "a.tw", tmp_path / "sub" / "link.tw"
    file.chmod(0o640)
    link.parent.mkdir()
    link.symlink_to("../a.tw")
    before = sorted(tmp_path.iterdir())
    assert command("fmt", "sub").code == 0
    assert file.read_text("utf-8") == TIDY
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_as_it_should_be_is_not_touched(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "b.tw"
    os.utime(file, (1, 1))
    node = file.stat().st_ino
    assert command("fmt", "b.tw").code == 0
    assert (file.stat().st_mtime, file.stat().st_ino) == (1, node)


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_dry_run_writes_nothing(option: str, command: Command, tmp_path: Path) -> None:
    assert command("fmt", option).code == 1
    assert (tmp_path / "a.tw").read_text("utf-8") == UNTIDY


@pytest.mark.parametrize("data", [TIDY.replace("\n", "\r\n"), TIDY.replace("\n", "\r"), "\ufeff" + TIDY, TIDY[:-1]])
def test_what_no_source_shows_is_found_too(data: str, command: Command, tmp_path: Path) -> None:
    """Line ends, byte-order mark and the line end of the last line are part of the layout."""
    file = tmp_path / "b.tw"
    file.write_bytes(data.encode("utf-8"))
    assert command("fmt", "--check", "b.tw").code == 1
    assert command("fmt", "--diff", "b.tw").out
    assert command("fmt", "b.tw").code == 0
    assert file.read_bytes() == TIDY.encode("utf-8")


@pytest.mark.skipif(which("patch") is None, reason="there is no patch on this machine")
@pytest.mark.parametrize("data", [UNTIDY, UNTIDY.rstrip("\n"), "\ufeff" + UNTIDY.replace("\n", "\r\n")])
def test_a_difference_is_a_patch(data: str, tmp_path: Path) -> None:
    """`patch` makes of a file what the formatter would."""
    file = tmp_path / "a.tw"
    file.write_bytes(data.encode("utf-8"))
    ended = shell("termwise fmt --diff > a.patch; patch --binary --strip 0 --silent < a.patch", tmp_path)
    assert (ended.code, ended.text) == (0, "exit 0\n")
    assert file.read_bytes() == TIDY.encode("utf-8")


def test_a_faulty_file_is_left_alone_and_the_others_are_formatted(command: Command, tmp_path: Path) -> None:
    (tmp_path / "faulty.tw").write_text(FAULTY, "utf-8")
    (tmp_path / "latin.tw").write_bytes(b"policy p \xe9\n")
    ended = command("fmt")
    assert ended.code == 2
    assert "faulty.tw:2:15: error TW010" in ended.err
    assert "latin.tw:1:10: error TW002" in ended.err
    assert ended.out == "a.tw\n1 file formatted, 1 file is as it should be\n"
    assert (tmp_path / "faulty.tw").read_text("utf-8") == FAULTY
    assert (tmp_path / "a.tw").read_text("utf-8") == TIDY


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_said(command: Command, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "c.tw").write_text(UNTIDY, "utf-8")
    closed.chmod(0o500)
    ended = command("fmt")
    closed.chmod(0o700)
    assert ended.code == 2
    assert "error TW008 [unwritable-result]: `closed/c.tw` cannot be written: it may not be written" in ended.err
    assert (tmp_path / "a.tw").read_text("utf-8") == TIDY


def test_a_file_that_cannot_be_replaced_keeps_what_it_had(tmp_path: Path) -> None:
    """A process may be forbidden to write files as large as the text; the others are written all the same.

    Python does not notice when such a limit cuts short the bytecode that it keeps, so it is told to keep none.
    """
    long = f"policy p\ndefine {'x' * 200} = a≤3 days\n"
    (tmp_path / "a.tw").write_text(long, "utf-8")
    (tmp_path / "c.tw").write_text(UNTIDY, "utf-8")
    before = sorted(tmp_path.iterdir())
    limit = "import resource as r, signal as s; s.signal(s.SIGXFSZ, s.SIG_IGN); r.setrlimit(r.RLIMIT_FSIZE, (150, 150))"
    start = f"{limit}; import sys; from termwise.cli.app import main; sys.exit(main(sys.argv[1:]))"
    ended = shell(f'python -B -c "{start}" fmt | cat', tmp_path)
    assert "error TW008 [unwritable-result]: `a.tw` cannot be written: file too large" in ended.err
    assert (tmp_path / "a.tw").read_text("utf-8") == long
    assert (tmp_path / "c.tw").read_text("utf-8") == TIDY
    assert sorted(tmp_path.iterdir()) == before


def test_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    assert shell("termwise fmt - < a.tw", tmp_path).text == f"{TIDY}exit 0\n"
    assert shell("termwise fmt - --check < a.tw", tmp_path).code == 1
    assert shell("termwise fmt - --check < b.tw", tmp_path).code == 0
    assert shell("termwise fmt - --diff < a.tw", tmp_path).out.startswith("--- <stdin>\n+++ <stdin>\n@@ -1,3 +1,5 @@\n")
    assert (tmp_path / "a.tw").read_text("utf-8") == UNTIDY
    for line in (
        "printf 'policy' | termwise fmt -",
        "termwise fmt - <&-",
        "head -c 20000000 /dev/zero | termwise fmt -",
    ):
        ended = shell(line, tmp_path)
        assert (ended.code, ended.out) == (2, ""), line
        assert "<stdin>:1:" in ended.err and "error TW0" in ended.err


def test_hidden_files_and_links_to_folders_are_passed_over(command: Command, tmp_path: Path) -> None:
    for name in (".hidden/c.tw", ".d.tw", "sub/e.tw", "sub/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(UNTIDY, "utf-8")
    (tmp_path / "loop").symlink_to(".")
    ended = command("fmt", "--check", ".", "sub", "sub/../a.tw")
    assert ended.out == "a.tw\nsub/e.tw\n2 files would be formatted, 1 file is as it should be\n"
