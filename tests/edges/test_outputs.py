"""Results in several formats at once: each as it would be alone, all of them or none, and one exit code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from outputs_scene import CHECK, CODES, RUNS, write_scene
from sessions import Command, shell

FORMATS = ("text", "json", "sarif", "sarif-full", "junit", "github", "gitlab", "markdown")
FILES = [f"--output={form}={form}.out" for form in FORMATS]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    write_scene(tmp_path)


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.mark.parametrize("name", RUNS)
def test_a_file_holds_what_standard_output_would(name: str, command: Command, tmp_path: Path) -> None:
    """Every format at once, beside the one of `--format`; the exit code is that of the run."""
    ended = command(*RUNS[name], *FILES)
    assert ended.code == CODES[name]
    for form in FORMATS:
        alone = command(*RUNS[name], "--format", form)
        assert alone.code == CODES[name], form
        assert (tmp_path / f"{form}.out").read_text("utf-8") == alone.out
    assert ended.out == command(*RUNS[name]).out


def test_a_plain_file_takes_the_format_asked_for(command: Command, tmp_path: Path) -> None:
    ended = command(*CHECK, "--format", "gitlab", "--output", "a", "-o", "b", "--output", "json=c")
    assert ended.out == ""
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != (tmp_path / "c").read_bytes()
    assert command(*CHECK, "--format", "gitlab", "--output", "-").out == (tmp_path / "a").read_text("utf-8")


@pytest.mark.parametrize("last", ["gone/x", "contracts", "own.tw/x", "bad\0name"])
def test_where_one_file_cannot_be_written_none_is(last: str, command: Command, tmp_path: Path) -> None:
    """Neither a new file, nor half of one, nor a word on standard output; what was there stays."""
    (tmp_path / "old.json").write_text("old")
    before = listing(tmp_path)
    ended = command(*CHECK, "--output", "json=old.json", "--output", "sarif=new.sarif", "--output", f"junit={last}")
    assert (ended.code, ended.out) == (2, "")
    assert "error TW008 [unwritable-result]" in ended.err
    assert listing(tmp_path) == before


def test_a_full_disk_leaves_no_file_behind(tmp_path: Path) -> None:
    """A process may be forbidden to write files as large as the reports; the first of them still fits."""
    (tmp_path / "a.md").write_text("old")
    limit = (
        "import resource as r, signal as s; s.signal(s.SIGXFSZ, s.SIG_IGN); r.setrlimit(r.RLIMIT_FSIZE, (4000, 4000))"
    )
    start = f"{limit}; import sys; sys.dont_write_bytecode = True; from termwise.cli import app; sys.exit(app.main())"
    words = "check contracts/acme.yaml --policy own.tw --as-of 2026-11-24 --output gitlab=a.md --output sarif=b.sarif"
    shell(f"termwise {words.partition(' --output')[0]}", tmp_path)
    before = listing(tmp_path)
    ended = shell(f'python -B -c "{start}" {words}', tmp_path)
    assert ended.code == 2
    assert "`b.sarif` cannot be written: file too large" in ended.err
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output", "srif=a"], "`srif` is no format"),
        (["--output", "json="], "a file is missing after `json=`"),
        (["--output", "json=-"], "a file is missing after `json=`"),
        (["--output", "json=a", "--output", "sarif=a"], "`a` cannot hold two results"),
        (["--output", "a", "--output", "sarif=./a"], "`./a` cannot hold two results"),
        (["--format", "yaml"], "`yaml` is no format"),
    ],
)
def test_what_cannot_be_meant_is_said(words: list[str], said: str, command: Command, tmp_path: Path) -> None:
    before = listing(tmp_path)
    ended = command(*CHECK, *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert listing(tmp_path) == before


def test_a_misspelt_format_is_told_from_a_file(command: Command, tmp_path: Path) -> None:
    ended = command(*CHECK, "--output", "srif=a")
    assert "hint: did you mean `sarif`?; a file of this name is `./srif=a`" in ended.err
    command(*CHECK, "--output", "./srif=a")
    assert (tmp_path / "srif=a").is_file()


def test_several_results_may_go_to_one_device(command: Command) -> None:
    assert command(*CHECK, "--output", "json=/dev/null", "--output", "sarif=/dev/null").code == 1


@pytest.mark.parametrize("name", RUNS)
def test_the_same_input_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Whatever the seed of hashes, and with or without a cache."""
    words = "' '".join((*RUNS[name], *FILES))
    seen = set()
    for environment in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"TERMWISE_CACHE_DIR": os.devnull}):
        ended = shell(f"termwise '{words}'", tmp_path, **environment)
        files = tuple((form, (tmp_path / f"{form}.out").read_bytes()) for form in FORMATS)
        seen.add((ended.text, files))
    assert len(seen) == 1
