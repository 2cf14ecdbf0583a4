"""Compiled policies kept between runs, so that a run that changes no policy neither parses nor checks one.

An entry is found by the text of the policy and by the engine that compiled it. It names every file that was looked for
on the way, and counts only if looking again finds the same: so an edited parent misses, and so does a file that now
stands before the one that was found. What cannot be kept, found or understood is compiled, without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from termwise import library
from termwise.cachefolder import cache_folder, digest, read_entry, write_entry
from termwise.core.policy import Policy
from termwise.diagnostics import Diagnostic, Problems
from termwise.frozen import replace
from termwise.source import Source

if TYPE_CHECKING:
    from termwise.compiler import Finder

_LAYOUT = "1"
"""Raised whenever what an entry consists of changes."""

_FRONT_END = ("", "check", "core", "diagnostics", "quantities", "syntax")
"""The folders of the engine that have a say in what a policy compiles to; beside them, the grammar."""


def cached_policy(source: Source, find: Finder, problems: Problems, *, with_tests: bool = True) -> Policy | None:
    """Return what compiling the policy returns, with the same problems, from the cache if it is there.

    Whoever only judges contracts can do without the policy's own tests, which are most of what there is to read.
    """
    policy = _whole_or_without_tests(source, find, problems, with_tests)
    return policy if policy is None or with_tests else replace(policy, tests=())


def _whole_or_without_tests(source: Source, find: Finder, problems: Problems, with_tests: bool) -> Policy | None:
    folder, engine = cache_folder(), _engine()
    if folder is None or engine is None:
        return _compiled(source, find, problems)
    name = digest(_LAYOUT, engine, source.path, source.text)
    entry = read_entry(folder, name)
    kept = None if entry is None else _recalled(entry, source, find, problems, with_tests)
    if kept is not None:
        return kept
    search = _Search(find)
    own = Problems()
    policy = _compiled(source, search.find, own)
    _report(own.sources.values(), own.all, problems)
    if policy is not None and not own.has_errors:
        _keep(folder, name, policy, own.all, search)
    return policy


class _Search:
    """A finder that remembers what it was asked and what it found."""

    def __init__(self, find: Finder) -> None:
        self._find = find
        self.found: dict[tuple[str, str], Source | None] = {}

    def find(self, name: str, asker: str) -> Source | None:
        self.found[name, asker] = self._find(name, asker)
        return self.found[name, asker]


def _compiled(source: Source, find: Finder, problems: Problems) -> Policy | None:
    from termwise.compiler import compile_policy  # brings the parser with it

    return compile_policy(source, find, problems)


def _keep(folder: str, name: str, policy: Policy, remarks: tuple[Diagnostic, ...], search: _Search) -> None:
    import json

    from termwise.core.codec import encode

    try:
        parts = {
            "found": [[*asked, _fingerprint(source)] for asked, source in search.found.items()],
            "policy": encode((replace(policy, tests=()), *remarks)),
        }
        tests = encode((policy.tests,))
    except RecursionError:
        return
    lines = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (parts, tests))
    write_entry(folder, name, "\n".join(lines))


def _recalled(entry: str, source: Source, find: Finder, problems: Problems, with_tests: bool) -> Policy | None:
    """Return the policy of an entry and report its problems; None where the entry no longer counts."""
    import json

    from termwise.core.codec import Malformed, decode

    policy: object
    remarks: list[object]
    try:
        parts, tests = entry.split("\n")
        data = json.loads(parts)
        sources = [source, *_found_again(data["found"], find)]
        policy, *remarks = decode(data["policy"])
        if not isinstance(policy, Policy):
            return None
        if with_tests:
            policy = replace(policy, tests=decode(json.loads(tests))[0])
    except (ValueError, LookupError, TypeError, RecursionError, Malformed):
        return None
    diagnostics = [remark for remark in remarks if isinstance(remark, Diagnostic)]
    if len(diagnostics) != len(remarks):
        return None
    _report(sources, diagnostics, problems)
    return policy


def _report(sources: Iterable[Source], diagnostics: Iterable[Diagnostic], problems: Problems) -> None:
    for source in sources:
        problems.know(source)
    for diagnostic in diagnostics:
        problems.add(diagnostic)


def _found_again(found: list[Any], find: Finder) -> Iterator[Source]:
    """Yield the sources that were found when the entry was made; ValueError where one is not as it was."""
    for name, asker, fingerprint in found:
        source = find(name, asker)
        if _fingerprint(source) != fingerprint:
            raise ValueError(name)
        if source is not None:
            yield source


def _fingerprint(source: Source | None) -> str | None:
    return None if source is None else digest(source.path, source.text)


def _engine() -> str | None:
    """Return what tells this engine from every other: its own files, by size and time; None where it has none."""
    here = os.path.dirname(__file__)
    folders = [*(os.path.join(here, folder) for folder in _FRONT_END), library.folder("grammar")]
    try:
        files = [file for folder in folders for file in os.scandir(folder) if file.name.endswith((".py", ".lark"))]
        return "\n".join(sorted(_stamp(file) for file in files))
    except OSError:
        return None


def _stamp(file: os.DirEntry[str]) -> str:
    status = file.stat()
    return f"{file.path} {status.st_size} {status.st_mtime_ns}"
