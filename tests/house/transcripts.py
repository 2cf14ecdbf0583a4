"""Terminal sessions in pages: each command is run, and its output must be what the page shows.

A line `$ command` is run by the shell, in a folder of its own that holds a copy of `examples/`; what stands below it is
what the command prints, both streams together. `$ echo $?` prints the exit code of the command before it. A line `…`
stands for any number of lines, none included.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from repository import ROOT

ELLIPSIS = "…"


@dataclass(frozen=True)
class Step:
    """A command, and what the page says it prints."""

    command: str
    output: str


def steps(block: str) -> list[Step]:
    """Return the commands of a session, in order."""
    made: list[Step] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            made.append(Step(line[2:].rstrip("\n"), ""))
        elif made and not made[-1].output and made[-1].command.endswith("\\"):
            made[-1] = Step(f"{made[-1].command}\n{line.rstrip()}", "")
        else:
            assert made, f"a session starts with a command, not with {line!r}"
            made[-1] = Step(made[-1].command, made[-1].output + line)
    return made


class Terminal:
    """A shell that remembers nothing but its folder and the last exit code."""

    def __init__(self, folder: Path) -> None:
        """Stand in a folder, with a copy of the examples in it."""
        self._folder = folder
        self._status = 0
        shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, command: str) -> str:
        """Run one command; return what it prints, without trailing blanks."""
        found = subprocess.run(
            ["bash", "-c", f"(exit {self._status})\n{command}"],
            cwd=self._folder,
            env=_environment(self._folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self._status = found.returncode
        return "".join(f"{line.rstrip()}\n" for line in found.stdout.splitlines())


def fits(printed: str, shown: str) -> bool:
    """Whether an output is what a page shows, where `…` on a line of its own stands for anything."""
    lines = (line.rstrip() for line in shown.splitlines())
    parts = [r"(?:.*\n)*" if line.strip() == ELLIPSIS else re.escape(f"{line}\n") for line in lines]
    return re.fullmatch("".join(parts), printed) is not None


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment that has the installed commands, and no taste of its own."""
    keep = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    cache = str(folder / ".cache")
    return {**keep, "PATH": path, "HOME": str(folder), "XDG_CACHE_HOME": cache, "COLUMNS": "120", "PYTHONUTF8": "1"}
