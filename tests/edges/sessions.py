"""Sessions at a terminal, as text: the files there are, the commands given, and whatever came of each.

A fenced block with a file name is that file. In a `console` block a line `$ command` is run by the shell; below it
stands what it prints, with `2> ` before what goes to standard error, and its exit code.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from termwise import library

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = Path(sys.executable).parent
_LONGEST = 60
"""Seconds after which a command counts as hanging."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """The same, as a page shows it; what ships is shown without the folder it is installed in."""
        errors = "".join(f"2> {line}".rstrip() + "\n" for line in self.err.splitlines())
        shown = "".join(f"{line.rstrip()}\n" for line in self.out.splitlines())
        return (shown + errors).replace(f"{library.folder('policies')}/", "(shipped)/") + f"exit {self.code}\n"


Command = Callable[..., Ended]
"""The command as a function of its words."""


def shell(command: str, folder: Path, **environment: str) -> Ended:
    """Run a command in a folder, with the installed commands and no taste of the machine's."""
    keep = {name: os.environ[name] for name in ("TMPDIR",) if name in os.environ}
    path = os.pathsep.join((str(_COMMANDS), os.environ["PATH"]))
    home = {"HOME": str(folder), "TERMWISE_CACHE_DIR": os.environ["TERMWISE_CACHE_DIR"]}
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env={**keep, **home, "PATH": path, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_LONGEST,
        check=False,
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)


def played(page: str, folder: Path) -> str:
    """Return a page as it would be if each command printed what it prints now."""

    def block(found: re.Match[str]) -> str:
        kind, name, body = found.groups()
        if name is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(body, "utf-8")
        if kind != "console":
            return found[0]
        commands = re.findall(r"^\$ (.*(?:\\\n.*)*)", body, re.MULTILINE)
        return "```console\n" + "\n".join(f"$ {each}\n{shell(each, folder).text}" for each in commands) + "```"

    return _BLOCK.sub(block, page)
