"""What ships with Termwise: the grammar and the policies, read as package resources wherever it is installed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from termwise.source import Source

SUFFIX = ".tw"


@cache
def grammar() -> str:
    """Return the text of the grammar."""
    return files("termwise.grammar").joinpath("termwise.lark").read_text("utf-8")


def names() -> tuple[str, ...]:
    """Return the names of the shipped policies and vocabularies, sorted."""
    listed = (entry.name for entry in files("termwise.policies").iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in listed if name.endswith(SUFFIX)))


def find(name: str) -> Source | None:
    """Return the shipped policy or vocabulary of this name, or None."""
    if not name.isidentifier():
        return None
    entry = files("termwise.policies").joinpath(name + SUFFIX)
    return Source(str(entry), entry.read_text("utf-8")) if entry.is_file() else None
