"""Files and folders as they are named → the policy files that are meant."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from termwise import library
from termwise.diagnostics import Problems
from termwise.textfile import unreadable_file


def policy_files(paths: Iterable[str], problems: Problems) -> list[str]:
    """Return the `.tw` files that paths stand for, each once: files as given, and those below folders in order."""
    found: dict[str, str] = {}
    for path in paths:
        for file in policies_below(path, problems) if os.path.isdir(path) else [path]:
            folder, name = os.path.split(file)
            found.setdefault(os.path.join(os.path.realpath(folder), name), file)
    return list(found.values())


def policies_below(folder: str, problems: Problems) -> Iterator[str]:
    """Yield the policy files below a folder, in order. Hidden ones, and links to folders, are left out."""

    def refused(error: OSError) -> None:
        problems.add(unreadable_file(error.filename, "the folder may not be opened"))

    for where, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(files):
            if name.endswith(library.SUFFIX) and not name.startswith("."):
                yield os.path.normpath(os.path.join(where, name))


def real(name: str) -> str:
    """Return the file that a name or path of a policy stands for: one that is named twice is one."""
    shipped = library.find(name)
    return os.path.realpath(name if shipped is None else shipped.path)
