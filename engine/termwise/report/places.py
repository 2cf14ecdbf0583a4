"""Paths as they were given → paths as a host of repositories knows them: from the root, with slashes.

Where the root is, the edge knows; nothing here looks at a disk.
"""

from __future__ import annotations

import os

from termwise import library
from termwise.frozen import frozen


@frozen
class Places:
    """Where paths start: the folder a command runs in, and the root of the repository around it, both absolute."""

    here: str
    root: str

    def shipped(self, path: str) -> str | None:
        """Return the name of a file that ships with Termwise, or None of any other."""
        folder, name = os.path.split(path)
        return name if folder == library.folder("policies") else None

    def from_root(self, path: str) -> str | None:
        """Return a path from the root, or None where it leads out of it."""
        whole = os.path.normpath(os.path.join(self.here, path))
        inside = os.path.join(self.root, "")
        return whole.removeprefix(inside).replace(os.sep, "/") if whole.startswith(inside) else None

    def absolute(self, path: str) -> str:
        """Return a path from the root of the disk, with slashes."""
        return os.path.normpath(os.path.join(self.here, path)).replace(os.sep, "/")

    def shown(self, path: str) -> str:
        """Return a path as short as a reader understands it."""
        return self.shipped(path) or self.from_root(path) or path
