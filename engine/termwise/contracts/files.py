"""Contract files → raw contracts, and folders → contract files.

What counts as a contract in a folder is decided by its keys, not by its name: a folder may hold anything else beside.
A file that cannot be read at all counts as one, so that it is reported rather than skipped; what is skipped is named.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from termwise.contracts import problems as words
from termwise.contracts.nodes import Fields, Node, RawContract
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.textfile import read_text, unreadable_file

ENDINGS = (".yaml", ".yml", ".json", ".toml")
MARKS = ("contract", "terms", "documents")
"""A mapping with one of these keys is a contract."""

LARGEST = 4 * 1024 * 1024
"""Bytes beyond which a file is no contract that anybody wrote; a long one, quotes and all, has a hundredth of it."""

Reader = Callable[[Source, Problems], Node | None]


def read_contract(path: str, problems: Problems) -> RawContract | None:
    """Read a contract file, or say why it cannot be read."""
    source = read_text(path, problems, LARGEST)
    return None if source is None else read_source(source, ending_of(path), problems)


def read_source(source: Source, ending: str, problems: Problems) -> RawContract | None:
    """Read the text of a contract in the format that an ending of file names stands for."""
    reader = _reader_of(ending)
    if reader is None:
        problems.add(words.unknown_format(source.path, ending))
        return None
    own = Problems()
    root = reader(source, own)
    problems.take(own)
    return None if root is None else RawContract(source.path, root, is_whole=not own.has_errors)


def find_contracts(paths: Iterable[str], problems: Problems) -> list[str]:
    """Return the contract files that paths stand for, each once: files as given, folders searched in sorted order."""
    found: dict[str, str] = {}
    for path in paths:
        for file in _files_of(path, problems):
            folder, name = os.path.split(file)
            found.setdefault(os.path.join(os.path.realpath(folder), name), file)
    return list(found.values())


def _files_of(path: str, problems: Problems) -> list[str]:
    try:
        if not os.path.isdir(path):
            if not os.path.exists(path):
                problems.add(unreadable_file(path, "there is no such file"))
                return []
            return [path]
    except (OSError, ValueError):
        problems.add(unreadable_file(path, "its name is no file name"))
        return []
    linked: list[str] = []
    files = list(_search(path, problems, linked))
    contracts = [file for file in files if _is_contract(file)]
    if not contracts:
        problems.add(words.no_contracts(path))
        return []
    others = sorted({*files} - {*contracts})
    for skipped, said in ((others, words.left_out), (linked, words.not_followed)):
        if skipped:
            problems.add(said(path, [os.path.relpath(each, path) for each in skipped]))
    return contracts


def _search(folder: str, problems: Problems, linked: list[str]) -> Iterator[str]:
    """Yield the files below a folder that could be contracts. Hidden ones are left out; links to folders are noted."""
    try:
        with os.scandir(folder) as inside:
            entries = sorted(inside, key=lambda each: each.name)
    except OSError:
        problems.add(unreadable_file(folder, "the folder may not be opened"))
        return
    for entry in entries:
        path = entry.name if folder == os.curdir else entry.path
        if entry.name.startswith("."):
            continue
        is_named_so = ending_of(path).lower() in ENDINGS
        try:
            if entry.is_dir():
                if entry.is_symlink():
                    linked.append(path)
                else:
                    yield from _search(path, problems, linked)
            elif is_named_so and (entry.is_file() or not os.path.exists(path)):
                yield path  # a pipe or a device is no contract; a broken link is one that cannot be read
        except OSError:  # links that lead nowhere but to one another
            if is_named_so:
                yield path


def _is_contract(path: str) -> bool:
    """Whether a file of a folder has a key that only contracts have, or is too broken to tell."""
    trial = Problems()
    source = read_text(path, trial, LARGEST)
    if source is not None and not any(mark in source.text for mark in MARKS):
        return False
    raw = read_contract(path, trial) if source is not None else None
    return raw is None or (isinstance(raw.root, Fields) and any(mark in raw.root.names for mark in MARKS))


def _reader_of(ending: str) -> Reader | None:
    """Return the reader of a format, imported only now: one run seldom needs more than one. No ending means YAML."""
    match ending.lower():
        case ".yaml" | ".yml" | "":
            from termwise.contracts.yaml_reader import read_yaml

            return read_yaml
        case ".json":
            from termwise.contracts.json_reader import read_json

            return read_json
        case ".toml":
            from termwise.contracts.toml_reader import read_toml

            return read_toml
        case _:
            return None


def ending_of(path: str) -> str:
    """Return the ending of a file's name, which says the format: `.yaml`; empty where it has none."""
    return os.path.splitext(path)[1]
