"""How long `termwise check` takes from nothing to its verdict, beside how long Python takes to start and do nothing.

Processor time of whole processes, measured as users have it: from a wheel, with byte-code, in an environment with
nothing else in it, far from the sources. Runs of the commands take turns, so that a machine that slows down slows down
all of them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ("engine", "grammar", "policies", "pyproject.toml", "README.md", "LICENSE")
CONTRACT = "examples/vendors/aws-bedrock.yaml"
POLICY = "ai_data_protection"
RUNS = 40


def main() -> None:
    """Install, warm, measure, and print medians and ratios."""
    with tempfile.TemporaryDirectory(prefix="cold-start-") as folder:
        home = Path(folder)
        binaries = _installed(home)
        text = (ROOT / CONTRACT).read_text("utf-8")
        policy = (ROOT / f"policies/{POLICY}.tw").read_text("utf-8")
        (home / "contract.yaml").write_text(text, "utf-8")
        bare = [str(binaries / "python"), "-c", "pass"]
        check, edited = (
            [str(binaries / "termwise"), "check", "--policy", name, "--as-of", "2026-11-24", "--"]
            for name in (POLICY, "./edited.tw")
        )
        warm = _environment(home)
        cold = {**warm, "TERMWISE_CACHE_DIR": os.devnull}
        _seconds([*check, "contract.yaml"], home, warm)
        rounds = []
        for number in range(RUNS):
            (home / "edited.yaml").write_text(f"{text}# edited {number}\n", "utf-8")
            (home / "edited.tw").write_text(f"{policy}# edited {number}\n", "utf-8")
            rounds.append((
                _seconds(bare, home, warm),
                _seconds([*check, "contract.yaml"], home, warm),
                _seconds([*check, "edited.yaml"], home, warm),
                _seconds([*edited, "contract.yaml"], home, warm),
                _seconds([*check, "contract.yaml"], home, cold),
            ))  # fmt: skip
    columns = list(zip(*rounds, strict=True))
    print(f"{RUNS} rounds, whole processes, medians; in brackets the quarters of the rounds around them")
    names = ("python -c pass", "check", "check, contract edited", "check, policy edited", "check, no cache")
    for name, taken in zip(names, columns, strict=True):
        _show(name, taken, columns[0])


def _show(name: str, taken: Sequence[float], starts: Sequence[float]) -> None:
    low, middle, high = (each * 1000 for each in statistics.quantiles(taken, n=4))
    ratio = statistics.median(mine / bare for mine, bare in zip(taken, starts, strict=True))
    print(f"  {name:<24} {middle:7.1f} ms  [{low:6.1f} {high:6.1f}]  {ratio:5.1f} times the bare interpreter")


def _installed(home: Path) -> Path:
    """Build a wheel, install it into an environment of its own, and return where its commands are."""
    sources, wheels, environment = home / "sources", home / "wheels", home / "environment"
    sources.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, sources / name)
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels)], sources)
    venv.create(environment, with_pip=True)
    python = str(environment / "bin/python")
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", *(str(wheel) for wheel in wheels.glob("*.whl"))], home)
    _run([*pip, "uninstall", "--yes", "pip", "setuptools"], home)
    _run([python, "-m", "compileall", "-q", str(environment / "lib")], home)
    return environment / "bin"


def _environment(home: Path) -> dict[str, str]:
    """Return our environment without what would change how Python starts, or whether it may keep byte-code."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**clean, "HOME": str(home), "TERMWISE_CACHE_DIR": str(home / "cache")}


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""}, capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout.decode()}\n{done.stderr.decode()}")


def _seconds(command: list[str], folder: Path, environment: Mapping[str, str]) -> float:
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    with contextlib.chdir(folder):
        child = os.posix_spawn(command[0], command, environment, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1, 3):
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime
