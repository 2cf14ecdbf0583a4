"""A run of `termwise portfolio`, to its end or until somebody ends it: files whole or absent, and memory bounded."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sessions import Command

import termwise
from termwise.cli.progress import line

POLICY = """\
policy own
uses ai_procurement
rule notice: major
  require breach.notice <= 72 hours
rule deletion: minor
  require deletion.deadline[request] <= 30 days
"""
_ROWS = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    return tmp_path


def written(path: Path, rows: int) -> None:
    """Write a table of contracts, a piece at a time."""
    schema = pa.schema(
        [("contract", pa.string()), ("breach.notice in hours", pa.int16()), ("deletion.deadline[request]", pa.string())]
    )
    with pq.ParquetWriter(path, schema) as file:
        for start in range(0, rows, _ROWS):
            count = min(_ROWS, rows - start)
            ids = pa.array([f"contract-{start + each}" for each in range(count)])
            hours = pa.array([24 + each % 96 for each in range(count)], pa.int16())
            words = pa.array([f"{each % 60} days" for each in range(count)])
            file.write_table(pa.table([ids, hours, words], schema=schema))


@pytest.mark.parametrize("ending", ["parquet", "arrow", "feather", "csv", "jsonl", "ndjson"])
def test_rows_are_written_in_every_format(folder: Path, command: Command, ending: str) -> None:
    """What is read back is what the table in memory has; a file that was there keeps its permissions."""
    written(folder / "a.parquet", 300)
    target = folder / f"rows.{ending}"
    target.write_text("before", "utf-8")
    target.chmod(0o640)
    (folder / f"link.{ending}").symlink_to(target.name)
    ended = command("portfolio", "a.parquet", "--policy", "own.tw", "--rows", f"link.{ending}")
    assert ended.code == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (folder / f"link.{ending}").is_symlink()
    policy = termwise.load_policy(folder / "own.tw")
    expected = policy.evaluate_table(pq.read_table(folder / "a.parquet")).table
    assert _read(target).to_pylist() == expected.to_pylist()


def _read(path: Path) -> pa.Table:
    match path.suffix:
        case ".parquet":
            return pq.read_table(path)
        case ".csv":
            from pyarrow import csv

            return csv.read_csv(path, convert_options=csv.ConvertOptions(strings_can_be_null=True))
        case ".jsonl" | ".ndjson":
            from pyarrow import json

            return json.read_json(path)
        case _:
            return pa.ipc.open_file(path).read_all()


@pytest.mark.parametrize("target", ["gone/rows.csv", "folder.csv", "a.parquet", "/dev/full.csv/x.csv"])
def test_rows_that_cannot_be_written_are_an_error(folder: Path, command: Command, target: str) -> None:
    written(folder / "a.parquet", 30)
    (folder / "folder.csv").mkdir()
    before = sorted(each.name for each in folder.iterdir())
    ended = command("portfolio", "a.parquet", "--policy", "own.tw", "--rows", target)
    assert (ended.code, ended.out, "TW008" in ended.err) == (2, "", True), ended
    assert sorted(each.name for each in folder.iterdir()) == before


def test_a_full_disk_leaves_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it is noticed: while rows are written, or when the last of them are."""
    written(folder / "a.parquet", 3 * _ROWS)
    (folder / "rows.csv").write_text("before", "utf-8")
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "from termwise.cli.app import main; sys.exit(main())"
    )
    words = ["portfolio", "a.parquet", "--policy", "own.tw", "--rows", "rows.csv"]
    ran = subprocess.run(
        [sys.executable, "-c", limited, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, "TW008" in ran.stderr) == (2, "", True), ran
    assert (folder / "rows.csv").read_text("utf-8") == "before"
    assert not list(folder.glob("*.tmp"))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_leaves_nothing_under_the_name(folder: Path, how: signal.Signals) -> None:
    """Killed while rows are being written, it has written none; interrupted, it also takes away what it had begun."""
    written(folder / "a.parquet", 500_000)
    os.mkfifo(folder / "more.jsonl")  # it never ends, so that the run is still at work when it is ended
    words = ["portfolio", "a.parquet", "more.jsonl", "--policy", "own.tw", "--rows", "rows.csv"]
    code = (  # whoever runs the tests in the background has told their children to ignore SIGINT
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from termwise.cli.app import main; sys.exit(main())"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(lambda: any(each.stat().st_size > 1_000_000 for each in folder.glob("rows.csv.*")))
        assert not (folder / "rows.csv").exists()
    finally:
        run.send_signal(how)
        code = run.wait(30)
    assert code == (-signal.SIGKILL if how is signal.SIGKILL else 130)
    assert not (folder / "rows.csv").exists()
    assert bool(list(folder.glob("rows.csv.*"))) == (how is signal.SIGKILL)


def _wait_for(happened: object, seconds: float = 30.0) -> None:
    assert callable(happened)
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process takes at most is read from /proc")
def test_memory_does_not_grow_with_the_rows(folder: Path) -> None:
    """Eight times the rows take no more memory than a batch or two."""
    taken = {}
    for rows in (500_000, 4_000_000):
        written(folder / "a.parquet", rows)
        code = (
            "import sys; from termwise.cli.app import main; ended = main(sys.argv[1:])\n"
            "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
        )
        words = ["portfolio", "a.parquet", "--policy", "own.tw", "--rows", "rows.parquet", "--output", "report.txt"]
        ran = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, text=True, check=True
        )
        taken[rows] = int(ran.stdout) // 1024
        assert f"{rows:,} contracts" in (folder / "report.txt").read_text("utf-8")
    few, many = taken.values()
    assert many < few + 100, taken


def test_progress_says_how_far_a_run_has_come() -> None:
    assert line(500, 1000, 10.0) == "████████████░░░░░░░░░░░░  50%  500 rows, 50 a second, 10 s left"
    assert line(500, None, 10.0) == "500 rows, 50 a second"
    assert "100%" in line(2000, 1000, 10.0)
