"""What the wheel will hold is what the tree holds: an editable install would hide what is missing."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from repository import ROOT, configuration, files, shown

SETUPTOOLS = configuration()["tool"]["setuptools"]
FOLDERS: dict[str, str] = SETUPTOOLS["package-dir"]


def folder(package: str) -> Path:
    """Return where a package stands: its own entry in `package-dir`, or under that of its parent."""
    if package in FOLDERS:
        return ROOT / FOLDERS[package]
    parent, _, name = package.rpartition(".")
    return folder(parent) / name


def test_every_package_of_the_tree_is_listed() -> None:
    """A package that is not listed imports from a checkout and is missing from the wheel."""
    in_tree = {path.parent for top in FOLDERS.values() for path in files(top, "__init__.py")}
    listed = [folder(package) for package in SETUPTOOLS["packages"]]
    assert {shown(path) for path in listed} == {shown(path) for path in in_tree}
    assert len(listed) == len(set(listed))


def test_every_module_stands_in_a_package() -> None:
    """A folder without `__init__.py` would not be installed."""
    listed = {folder(package) for package in SETUPTOOLS["packages"]}
    assert [shown(path) for path in files("engine", ".py") if path.parent not in listed] == []


def test_every_data_file_is_packaged() -> None:
    """Grammar, policies, pages and schemas are read at run time; what no pattern names would be missing."""
    patterns: dict[str, list[str]] = SETUPTOOLS["package-data"]
    packaged = {
        path
        for package, globs in patterns.items()
        for path in folder(package).rglob("*")
        if any(fnmatch(path.relative_to(folder(package)).as_posix(), glob) for glob in globs)
    }
    data = {path for top in FOLDERS.values() for path in files(top) if path.suffix != ".py"}
    only_for_readers = {ROOT / "grammar/README.md"}
    assert {shown(path) for path in data - only_for_readers - packaged} == set()
    kinds = {path.suffix for path in packaged}
    assert {".lark", ".tw", ".md", ".json"} <= kinds


def test_no_pattern_is_empty() -> None:
    """A pattern that names nothing is a leftover."""
    for package, globs in SETUPTOOLS["package-data"].items():
        for glob in globs:
            assert list(folder(package).glob(glob)), f"{package}: {glob}"
