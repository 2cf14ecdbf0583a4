"""Policies by name, by path, or as they were at a revision: `HEAD~1:policies/own.tw`, with all that they build on.

What a policy of a revision names is looked for beside it at that revision, and then among those that ship.
"""

from __future__ import annotations

import os
import subprocess

from termwise import library, lookup
from termwise.compiler import Finder, compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.textfile import unreadable_file

_MARK = ":"


def load(name: str, problems: Problems) -> Policy | None:
    """Return the policy of a name, a path, or a path at a revision."""
    if not is_of_revision(name):
        return lookup.load_policy(name, problems, with_tests=False)
    source = _source(name, problems)
    return None if source is None else compile_policy(source, _finder(problems), problems)


def is_of_revision(name: str) -> bool:
    """Whether a name means a file at a revision: `REVISION:PATH`, and no file that is called so."""
    revision, mark, path = name.partition(_MARK)
    return bool(mark and path and len(revision) > 1) and not os.path.lexists(name)


def _source(name: str, problems: Problems) -> Source | None:
    text = _shown(name)
    if isinstance(text, Source):
        problems.know(text)
        return text
    problems.add(unreadable_file(name, text))
    return None


def _finder(problems: Problems) -> Finder:
    def find(name: str, asker: str) -> Source | None:
        revision, mark, path = asker.partition(_MARK)
        if not mark:
            return library.find(name)
        beside = os.path.join(os.path.dirname(path), name + library.SUFFIX)
        found = _shown(f"{revision}{_MARK}{beside}")
        if isinstance(found, Source):
            problems.know(found)
            return found
        return library.find(name)

    return find


def _shown(name: str) -> Source | str:
    """Return the text of a file at a revision, or why git does not show it."""
    if name.startswith("-"):
        return "a revision does not start with `-`"
    revision, _, path = name.partition(_MARK)
    relative = path if path.startswith(("./", "../", "/")) else f"./{path}"
    try:
        shown = subprocess.run(
            ["git", "show", "--no-textconv", "--end-of-options", f"{revision}{_MARK}{relative}"],
            capture_output=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return "git is not installed"
    if shown.returncode != 0:
        return _reason(shown.stderr.decode("utf-8", "replace"))
    try:
        return Source(name, shown.stdout.decode("utf-8").replace("\r\n", "\n").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return "it is not UTF-8 text"


def _reason(said: str) -> str:
    first = next((line for line in said.splitlines() if line.strip()), "it does not say why")
    return " ".join(first.removeprefix("fatal:").split())
