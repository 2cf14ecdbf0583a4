"""A module is named after what it is about; a name that fits everything collects everything."""

from __future__ import annotations

import re

from repository import files, shown

SAYS_NOTHING = re.compile(r"(^|_)(util|utils|helper|helpers|common|misc|manager|handler|base|stuff|shared)(_|$)")


def test_no_name_says_nothing() -> None:
    """No module or folder is a drawer for leftovers."""
    folders = ("engine", "tests", "benchmarks", "examples")
    paths = [path for folder in folders for path in files(folder, ".py")]
    offenders = [shown(path) for path in paths if any(SAYS_NOTHING.search(part) for part in named(shown(path)))]
    assert not offenders


def named(path: str) -> list[str]:
    return path.removesuffix(".py").split("/")


def test_every_module_says_what_it_is_about() -> None:
    """Every module starts with a docstring."""
    silent = [shown(path) for path in files("engine", ".py") if not path.read_text("utf-8").startswith('"""')]
    assert not silent


def test_nothing_is_left_for_later() -> None:
    """No note to do something later stands in the code: it is done, or it is an issue."""
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    paths = [path for folder in ("engine", "benchmarks", "examples") for path in files(folder, ".py")]
    assert [shown(path) for path in paths if later.search(path.read_text("utf-8"))] == []
