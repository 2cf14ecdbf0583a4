"""Text → policy: the page that calls every pass in order, and finds the files that a file names.

Nothing here reads a file: whoever compiles says where `uses` and `extends` are looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from termwise import library
from termwise.check import problems as words
from termwise.check.policy import Checked, check_policy
from termwise.check.vocabulary import check_vocabulary, lost_terms
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Diagnostic, Problems
from termwise.source import Missing, Source, Span
from termwise.syntax.parse import parse
from termwise.syntax.tree import File, Header, Lost, Word

Finder = Callable[[str, str], Source | Missing | None]
"""The source of a name, as the file of a path would have it; None where there is none, or what is known of that."""


_Words = Callable[[Span, str, Iterable[str]], Diagnostic]


def compile_policy(source: Source, find: Finder, problems: Problems) -> Policy | None:
    """Return the policy that a text declares, or None where it is no policy or lacks what it builds on.

    A policy may come back beside errors; it is whole only where `problems` has none.
    """
    file = parse(source, problems)
    if file.header is None:
        return None
    if file.header.kind != "policy":
        problems.add(words.not_a_policy(file.header.name.span, file.header.name.text))
        return None
    checked = _Compilation(find, problems).policy(file, file.header)
    return None if checked is None else checked.policy


def compile_vocabulary(source: Source, problems: Problems) -> Vocabulary | None:
    """Return the vocabulary that a text declares, or None where it is none."""
    file = parse(source, problems)
    if file.header is None:
        return None
    if file.header.kind != "vocabulary":
        problems.add(words.not_a_vocabulary(file.header.name.span, file.header.name.text))
        return None
    return check_vocabulary(file, problems)


class _Compilation:
    """One policy with everything it builds on.

    `trail` are the policies being compiled, the outermost first; `outermost` is the place in that one that led here,
    which is where its author can do something. `ways` are those inherited from, with the way there. `lost` is what the
    vocabularies declare unreadably.
    """

    def __init__(self, find: Finder, problems: Problems) -> None:
        self.find = find
        self.problems = problems
        self.trail: list[tuple[str, str]] = []
        self.outermost: Span | None = None
        self.ways: dict[str, list[str]] = {}
        self.lost: frozenset[Lost] = frozenset()

    def policy(self, file: File, header: Header) -> Checked | None:
        self.trail.append((file.path, header.name.text))
        parents = [self._parent(word, file.path) for word in header.extends]
        self.trail.pop()
        vocabulary = self._vocabulary_of(file, header, [each for each in parents if each is not None])
        if vocabulary is None or None in parents:
            return None
        inherited = [each for each in parents if each is not None]
        return check_policy(file, vocabulary, inherited, self.problems, self.lost)

    def _parent(self, word: Word, path: str) -> Checked | None:
        if len(self.trail) == 1:
            self.outermost = word.span
        place = self.outermost or word.span
        source = self.find(word.text, path)
        if not isinstance(source, Source):
            self._report_missing(source, words.unknown_policy, word)
            return None
        way = [name for _, name in self.trail] + [word.text]
        paths = [each for each, _ in self.trail]
        if source.path in paths:
            self.problems.add(words.extends_cycle(place, way[paths.index(source.path) :]))
            return None
        if source.path in self.ways:
            self.problems.add(words.extends_diamond(place, self.ways[source.path], way))
            return None
        self.ways[source.path] = way
        file = parse(source, self.problems)
        if file.header is None:
            return None
        if file.header.kind != "policy":
            self.problems.add(words.not_a_policy(word.span, word.text))
            return None
        return self.policy(file, file.header)

    def _vocabulary_of(self, file: File, header: Header, parents: list[Checked]) -> Vocabulary | None:
        inherited = parents[0].policy.vocabulary if parents else None
        used = self._vocabulary(header.uses, file.path) if header.uses is not None else inherited
        for parent, word in zip(parents, header.extends, strict=False):
            if used is not None and parent.policy.vocabulary != used:
                place = header.uses.span if header.uses is not None else word.span
                self.problems.add(words.other_vocabulary(place, used.name, parent.policy.vocabulary.name))
                return None
        if header.uses is None and not header.extends:
            self.problems.add(words.no_vocabulary(header.name.span))
        return used

    def _vocabulary(self, word: Word, path: str) -> Vocabulary | None:
        source = self.find(word.text, path)
        if not isinstance(source, Source):
            self._report_missing(source, words.unknown_vocabulary, word)
            return None
        file = parse(source, self.problems)
        if file.header is None:
            return None
        if file.header.kind != "vocabulary":
            self.problems.add(words.not_a_vocabulary(word.span, word.text))
            return None
        made = check_vocabulary(file, self.problems)
        self.lost |= file.lost | lost_terms(file, made)
        return made

    def _report_missing(self, found: Missing | None, unknown: _Words, word: Word) -> None:
        missing = found or Missing()
        if not missing.is_reported:
            self.problems.add(unknown(word.span, word.text, [*library.names(), *missing.near]))
