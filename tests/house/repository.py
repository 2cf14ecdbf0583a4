"""Where things stand in this repository, for the tests that look at it as files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

_MADE = {"__pycache__", ".hypothesis", ".git", ".venv", "build", "dist"}


def files(folder: str, *suffixes: str) -> Iterator[Path]:
    """Yield the files of a folder that people wrote, sorted, with one of the suffixes if any are named."""
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file() and not _MADE.intersection(path.parts) and (not suffixes or path.name.endswith(suffixes)):
            yield path


def pages() -> list[Path]:
    """Return every page of documentation. The pages of diagnostics and of the language are tests of their own."""
    folders = ("docs", "examples", "grammar", "policies", "benchmarks")
    beside = [path for folder in folders for path in files(folder, ".md")]
    return [*sorted(ROOT.glob("*.md")), *beside, *files("tests", "README.md")]


def shown(path: Path) -> str:
    """Return a path as a person would name it."""
    return path.relative_to(ROOT).as_posix()


def configuration() -> dict[str, Any]:
    """Return what pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
