"""A file that has to be scrolled through is a file that should be two."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from repository import files, shown

MOST = 400
USUAL = 120


def lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_no_file_is_too_long() -> None:
    """No file of the engine, the grammar, the tests, the benchmarks or the examples has more than 400 lines."""
    folders = ("engine", "grammar", "tests", "benchmarks", "examples", "docs")
    written = [path for folder in folders for path in files(folder, ".py", ".md", ".lark", ".yaml", ".tw")]
    offenders = {shown(path): lines(path) for path in written if lines(path) > MOST}
    assert not offenders
    assert len(written) > 100


def test_most_modules_are_short() -> None:
    """Half of the modules of the engine have at most 120 lines."""
    sizes = sorted(((lines(path), shown(path)) for path in files("engine", ".py")), reverse=True)
    longest = "\n".join(f"{size:5} {name}" for size, name in sizes[:10])
    assert median(size for size, _ in sizes) <= USUAL, f"the longest are\n{longest}"
