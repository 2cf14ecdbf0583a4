"""What the command owes to terminals, pipes and files: colours where they are seen, whole files, a quiet end."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sessions import Command, shell

POLICY = """\
policy p "P"
uses ai_procurement
rule r: minor
  require breach.notice <= 72 hours
test "one"
  given breach.notice = 1 day
  expect r met
"""
CHECK = "termwise check c.yaml --policy p.tw --as-of 2026-11-24"


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    (tmp_path / "p.tw").write_text(POLICY, "utf-8")
    (tmp_path / "c.yaml").write_text("terms: {breach.notice: 48 hours}\n", "utf-8")
    (tmp_path / "bad.yaml").write_text("terms: {breach.notcie: 48 hours}\n", "utf-8")


def on_a_terminal(command: str, folder: Path, **environment: str) -> str:
    """Return what a terminal is sent when a command runs on it."""
    ours, theirs = pty.openpty()
    environment = {
        "TERM": "xterm",
        "PYTHONIOENCODING": "",
        **os.environ,
        "NO_COLOR": "",
        "COLUMNS": "100",
        **environment,
    }
    bin_first = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    ran = subprocess.Popen(
        ["bash", "-c", command], cwd=folder, env={**environment, "PATH": bin_first}, stdin=theirs, stdout=theirs,
        stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    sent = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody is left at the other end
            break
        if not part:
            break
        sent += part
    ran.wait(60)
    os.close(ours)
    return sent.decode("utf-8")


@pytest.mark.parametrize("command", [CHECK, "termwise test p.tw", "termwise explain c.yaml r -p p.tw"])
def test_results_are_coloured_on_a_terminal_and_nowhere_else(command: str, tmp_path: Path) -> None:
    assert "\x1b[" in on_a_terminal(command, tmp_path)
    assert "\x1b[" not in on_a_terminal(command, tmp_path, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(command, tmp_path, TERM="dumb")
    assert "\x1b[" not in on_a_terminal(f"{command} | cat", tmp_path)
    assert "\x1b[" not in shell(command, tmp_path).out


def test_diagnostics_are_coloured_on_a_terminal_and_nowhere_else(tmp_path: Path) -> None:
    command = "termwise check bad.yaml --policy p.tw"
    assert "\x1b[1;31merror TW101\x1b[0m" in on_a_terminal(command, tmp_path)
    assert "\x1b[" not in on_a_terminal(command, tmp_path, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(f"{command} 2>&1 | cat", tmp_path)


def test_a_file_is_never_coloured(tmp_path: Path) -> None:
    on_a_terminal(f"{CHECK} --output report.txt", tmp_path)
    assert "\x1b[" not in (tmp_path / "report.txt").read_text("utf-8")


def test_a_terminal_that_cannot_show_a_character_gets_another(tmp_path: Path) -> None:
    sent = on_a_terminal(CHECK, tmp_path, NO_COLOR="1", PYTHONIOENCODING="ascii")
    assert sent.isascii()
    assert "Decision: + pass" in sent


def test_a_pipe_gets_utf_8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    plain = shell(CHECK, tmp_path)
    assert "Decision: ✓ pass" in plain.out
    assert shell(CHECK, tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii") == plain
    assert shell(f"{CHECK} --output r.txt; cat r.txt", tmp_path, LC_ALL="C").out == plain.out


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for form in ("text", "json"):
        command = f"{CHECK} --format {form}"
        first = shell(command, tmp_path, PYTHONHASHSEED="1")
        assert first.out
        assert shell(command, tmp_path, PYTHONHASHSEED="2") == first
        assert shell(command, tmp_path, TERMWISE_CACHE_DIR=os.devnull) == first


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """`head` may leave early: nothing is said, and the exit code is what it would have been."""
    command = "termwise graph ai_data_protection --format html | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}"
    assert shell(command, tmp_path).text == "0\nexit 0\n"
    assert shell(f"{CHECK} > >(true); echo $?", tmp_path).text == "0\nexit 0\n"
    assert shell("termwise --help > >(true)", tmp_path).text == "exit 0\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_streams_that_are_closed_change_nothing(closed: str, tmp_path: Path) -> None:
    ended = shell(f"{CHECK} {closed}", tmp_path)
    assert (ended.code, ended.err) == (0, "")


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    for line in (f"{CHECK} >/dev/full", f"{CHECK} --output /dev/full"):
        ended = shell(line, tmp_path)
        assert ended.code == 2
        assert "error TW008 [unwritable-result]" in ended.err
        assert "no space left on device" in ended.err
        assert "Traceback" not in ended.err
    assert shell("termwise check bad.yaml --policy p.tw 2>/dev/full", tmp_path).text == "exit 2\n"


def test_an_interrupt_ends_quietly(tmp_path: Path) -> None:
    """It comes while a contract is being read: more has been taken from the pipe than the pipe itself can hold."""
    ran = subprocess.Popen(
        [sys.executable, "-m", "termwise", "check", "-", "--policy", "p.tw"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert ran.stdin is not None
    ran.stdin.write(b"# nothing yet\n" * 100_000)
    ran.stdin.flush()
    ran.send_signal(signal.SIGINT)
    out, err = ran.communicate(timeout=60)
    assert (ran.returncode, out, err) == (130, b"", b"")


def test_output_replaces_a_file_at_once_and_keeps_what_it_was(command: Command, tmp_path: Path) -> None:
    """A link stays a link, permissions stay, and nothing else is left in the folder."""
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to("real.txt")
    before = sorted(tmp_path.iterdir())
    ended = command("check", "c.yaml", "--policy", "p.tw", "--output", "link.txt")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert link.is_symlink()
    assert "Decision" in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(tmp_path.iterdir()) == before


def test_an_output_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    """A process may be forbidden to write files as large as the report."""
    (tmp_path / "own.html").write_text("old")
    before = sorted(tmp_path.iterdir())
    limit = "import resource as r, signal as s; s.signal(s.SIGXFSZ, s.SIG_IGN); r.setrlimit(r.RLIMIT_FSIZE, (100, 100))"
    start = f"{limit}; import sys; sys.dont_write_bytecode = True; from termwise.cli.app import main"
    start += "; sys.exit(main(sys.argv[1:]))"
    shell("termwise test p.tw", tmp_path)
    ended = shell(f'python -B -c "{start}" graph p.tw --format html --output own.html', tmp_path)
    assert ended.code == 2
    assert "error TW008 [unwritable-result]: `own.html` cannot be written: file too large" in ended.err
    assert (tmp_path / "own.html").read_text() == "old"
    assert sorted(tmp_path.iterdir()) == before


def test_output_to_a_device_writes_to_the_device(tmp_path: Path) -> None:
    ended = shell(
        f"{CHECK} --output /dev/stdout | tail -1; {CHECK} --output - | tail -1; {CHECK} -o /dev/null", tmp_path
    )
    assert ended.out == "Decision: ✓ pass (1 contract; rules from minor up count)\n" * 2
    assert Path("/dev/null").is_char_device()


def test_a_new_output_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    shell(f"umask 027; {CHECK} --output report.txt", tmp_path)
    assert stat.S_IMODE((tmp_path / "report.txt").stat().st_mode) == 0o640


def test_policies_that_need_different_assurance_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("terms: {breach.notice: 1 day}\n", "utf-8")
    ended = shell("termwise check acme.yaml --policy ai_data_protection gdpr_article_28 hipaa_baa", tmp_path)
    heading = " ".join(ended.out.split("─")[0].split())
    assert heading.endswith(
        "a promise counts if it is signed for ai_data_protection and hipaa_baa, agreed or better for gdpr_article_28"
    )
