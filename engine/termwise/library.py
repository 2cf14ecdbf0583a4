"""What ships with Termwise: the grammar and the policies, read as package data wherever it is installed.

The two folders are packages, so that Python finds them in a checkout and in a wheel alike. They are read as plain
files: `importlib.resources` would bring the means to read ZIP archives with it, at the cost of half a start of Python.
"""

from __future__ import annotations

import os
import sys
from functools import cache

from termwise.source import Source

SUFFIX = ".tw"


@cache
def grammar() -> str:
    """Return the text of the grammar."""
    return _text(os.path.join(folder("grammar"), "termwise.lark"))


def table() -> str | None:
    """Return the text of the table that was made of the grammar, or None where it is missing."""
    try:
        return _text(table_path())
    except (OSError, ValueError):
        return None


def table_path() -> str:
    """Return where the table of the grammar is."""
    return os.path.join(folder("grammar"), "termwise.table")


def names() -> tuple[str, ...]:
    """Return the names of the shipped policies and vocabularies, sorted."""
    return tuple(sorted(each.removesuffix(SUFFIX) for each in os.listdir(folder("policies")) if each.endswith(SUFFIX)))


def find(name: str) -> Source | None:
    """Return the shipped policy or vocabulary of this name, or None."""
    if not name.isidentifier():
        return None
    path = os.path.join(folder("policies"), name + SUFFIX)
    return Source(path, _text(path)) if os.path.isfile(path) else None


def folder(package: str) -> str:
    """Return where a package of data is: `grammar` or `policies`."""
    name = f"termwise.{package}"
    __import__(name)
    return sys.modules[name].__path__[0]


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()
