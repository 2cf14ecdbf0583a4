"""Compiled policies and contracts kept between runs, so that a run over the same files parses none of them again.

An entry is found by the text of the file and by the engine that read it. That of a policy names every file that was
looked for on the way, and counts only if looking again finds the same: so an edited parent misses, and so does a file
that now stands before the one that was found. What cannot be kept, found or understood is read anew, without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache

from termwise import library
from termwise.cachefolder import cache_folder, digest, read_entry, write_entry
from termwise.contracts.files import LARGEST, ending_of, read_source
from termwise.contracts.nodes import Fields, Items, Leaf, RawContract
from termwise.core.policy import Policy
from termwise.diagnostics import Diagnostic, Problems
from termwise.frozen import frozen, replace
from termwise.source import Missing, Source, Span
from termwise.textfile import read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.compiler import Finder

_LAYOUT = "2"
"""Raised whenever what an entry consists of changes."""

_FRONT_END = ("", "check", "contracts", "core", "diagnostics", "quantities", "syntax")
"""The folders of the engine that have a say in what a file is read as; beside them, the grammar."""

_TELLING = (".py", ".lark", ".table")
"""The files of theirs that do."""


@frozen
class _Slot:
    """The place of an entry: a folder, and a name that no other text or engine has."""

    folder: str
    name: str


def cached_policy(source: Source, find: Finder, problems: Problems, *, with_tests: bool = True) -> Policy | None:
    """Return what compiling the policy returns, with the same problems, from the cache if it is there.

    Whoever only judges contracts can do without the policy's own tests, which are most of what there is to keep and to
    read. They are kept once somebody asks for them.
    """
    slot = _slot_of(source)
    policy = None if slot is None else _recalled_policy(slot, source, find, problems, with_tests)
    if policy is None:
        policy = _compiled(slot, source, find, problems, with_tests)
    return policy if policy is None or with_tests else replace(policy, tests=())


def cached_contract(path: str, problems: Problems) -> RawContract | None:
    """Return what reading the contract file returns, with the same problems, from the cache if it is there."""
    source = read_text(path, problems, LARGEST)
    if source is None:
        return None
    slot = _slot_of(source)
    contract = None if slot is None else _recalled_contract(slot)
    if contract is None:
        own = Problems()
        contract = read_source(source, ending_of(path), own)
        _report((), own.all, problems)
        if slot is not None and contract is not None and not own.all:
            _keep(slot, [(contract,)])
    return contract


# --------------------------------------------------------------------------------------------------- reading anew


class _Search:
    """A finder that remembers what it was asked and what it found."""

    def __init__(self, find: Finder) -> None:
        self._find = find
        self.found: dict[tuple[str, str], Source | Missing | None] = {}

    def find(self, name: str, asker: str) -> Source | Missing | None:
        self.found[name, asker] = self._find(name, asker)
        return self.found[name, asker]


def _compiled(slot: _Slot | None, source: Source, find: Finder, problems: Problems, with_tests: bool) -> Policy | None:
    from termwise.compiler import compile_policy  # brings the parser with it

    search, own = _Search(find), Problems()
    policy = compile_policy(source, search.find, own)
    _report(own.sources.values(), own.all, problems)
    if slot is not None and policy is not None and not own.has_errors:
        found = tuple((*asked, _fingerprint(each)) for asked, each in search.found.items())
        tests = [(policy.tests,)] if with_tests else []
        _keep(slot, [(found, replace(policy, tests=()), *own.all), *tests])
    return policy


def _report(sources: Iterable[Source], diagnostics: Iterable[Diagnostic], problems: Problems) -> None:
    for source in sources:
        problems.know(source)
    for diagnostic in diagnostics:
        problems.add(diagnostic)


# ------------------------------------------------------------------------ entries, an empty line between two parts


def _keep(slot: _Slot, parts: Iterable[Iterable[object]]) -> None:
    """Write an entry: each part is a few values. A policy comes after what was found on the way, before its tests."""
    from termwise.core.codec import encode

    try:
        content = "\n\n".join(map(encode, parts))
    except RecursionError:  # what is nested so deep is not worth keeping
        return
    write_entry(slot.folder, slot.name, content)


def _recalled_policy(slot: _Slot, source: Source, find: Finder, problems: Problems, with_tests: bool) -> Policy | None:
    """Return the policy of an entry and report its problems; None where there is none, or it no longer counts."""
    from termwise.core.codec import Malformed, decode

    policy: object
    remarks: list[object]
    entry = read_entry(slot.folder, slot.name)
    if entry is None:
        return None
    try:
        first, *tests = entry.split("\n\n")
        found, policy, *remarks = decode(first)
        sources = [source, *_found_again(found, find)]
        if not isinstance(policy, Policy):
            return None
        if with_tests:
            (second,) = tests
            policy = replace(policy, tests=decode(second)[0])
    except (ValueError, LookupError, TypeError, RecursionError, Malformed):
        return None
    diagnostics = [remark for remark in remarks if isinstance(remark, Diagnostic)]
    if len(diagnostics) != len(remarks):
        return None
    _report(sources, diagnostics, problems)
    return policy


def _recalled_contract(slot: _Slot) -> RawContract | None:
    from termwise.core.codec import Malformed, decode

    entry = read_entry(slot.folder, slot.name)
    if entry is None:
        return None
    try:
        found = decode(entry, (Span, Leaf, Fields, Items, RawContract))[0]
    except (LookupError, Malformed):
        return None
    return found if isinstance(found, RawContract) else None


def _found_again(found: Iterable[tuple[str, str, str | None]], find: Finder) -> Iterator[Source]:
    """Yield the sources that were found when the entry was made; ValueError where one is not as it was."""
    for name, asker, fingerprint in found:
        source = find(name, asker)
        if _fingerprint(source) != fingerprint:
            raise ValueError(name)
        if isinstance(source, Source):
            yield source


def _fingerprint(source: Source | Missing | None) -> str | None:
    return digest(source.path, source.text) if isinstance(source, Source) else None


# ------------------------------------------------------------------------------------------------ which entry it is


def _slot_of(source: Source) -> _Slot | None:
    """Return where a text is kept as this engine reads it; None where nothing can be kept."""
    folder, engine = cache_folder(), _engine()
    if folder is None or engine is None:
        return None
    return _Slot(folder, digest(_LAYOUT, engine, source.path, source.text))


@cache
def _engine() -> str | None:
    """Return what tells this engine from every other: its own files, by size and time; None where it has none."""
    here = os.path.dirname(__file__)
    folders = [*(os.path.join(here, folder) for folder in _FRONT_END), library.folder("grammar")]
    try:
        files = [file for folder in folders for file in os.scandir(folder)]
        return "\n".join(sorted([_stamp(file) for file in files if file.name.endswith(_TELLING)]))
    except OSError:
        return None


def _stamp(file: os.DirEntry[str]) -> str:
    status = file.stat()
    return f"{file.path} {status.st_size} {status.st_mtime_ns}"
