"""The settings files of a project → settings: found from the current folder upwards, and joined with what is asked for.

The nearest folder with a file that has something to say to lint is the project; both of its files are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from termwise.cli.arguments import Options
from termwise.cli.problems import Misuse, misuse
from termwise.diagnostics import Problems
from termwise.frozen import frozen, replace
from termwise.lint.codes import meant
from termwise.lint.config import OWN, PYPROJECT, code_hint, read_settings, says_something
from termwise.lint.settings import Settings
from termwise.source import Source
from termwise.textfile import read_text

_LONGEST_BLANK = 4096


@frozen
class Project:
    """A folder, and how policies in it are linted."""

    folder: str
    settings: Settings

    def leaves_out(self, path: str) -> bool:
        """Whether a file is not to be linted."""
        return self.settings.leaves_out(os.path.relpath(os.path.realpath(path), self.folder).replace(os.sep, "/"))


def project(given: Options, problems: Problems) -> Project:
    """Return the project of the current folder, with what a command line says instead."""
    folder, sources = next(_projects(problems), (os.getcwd(), []))
    settings = read_settings(sources, problems)
    if given.select:
        settings = replace(settings, select=_joined(given.select))
    if given.ignore:
        settings = replace(settings, ignore=(*settings.ignore, *_joined(given.ignore)))
    if given.fail_on is not None:
        settings = replace(settings, fail_on=given.fail_on)
    return Project(os.path.realpath(folder), settings)


def codes(text: str) -> tuple[str, ...]:
    """Read the codes of a command line, apart by commas."""
    return _joined([_meant(word) for word in text.split(",")])


def _meant(word: str) -> tuple[str, ...]:
    found = meant(word)
    if not found:
        raise Misuse(word, lambda span: misuse(span, f"`{word}` is no code of lint", code_hint(word)))
    return found


def _joined(several: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for each in several for code in each))


def _projects(problems: Problems) -> Iterator[tuple[str, list[tuple[str, Source]]]]:
    """Yield the folders with settings, the nearest first, as paths from the current one."""
    folder, here = os.curdir, os.getcwd()
    while True:
        own = list(_sources(folder, problems))
        if own:
            yield folder, own
        above = os.path.dirname(here)
        if above == here:
            return
        folder, here = os.path.join(folder, os.pardir) if folder != os.curdir else os.pardir, above


def _sources(folder: str, problems: Problems) -> Iterator[tuple[str, Source]]:
    """Yield the settings files of a folder that say something, the one that wins last."""
    for kind in (PYPROJECT, OWN):
        path = kind if folder == os.curdir else os.path.join(folder, kind)
        if not os.path.isfile(path) or _is_blank(path):
            continue
        source = read_text(path, problems)
        if source is not None and says_something(kind, source.text):
            yield kind, source


def _is_blank(path: str) -> bool:
    """Whether nothing at all stands in a file: it has no settings, and no fault."""
    try:
        with open(path, "rb") as file:
            return not file.read(_LONGEST_BLANK).strip()
    except OSError:
        return False  # whoever reads it will say why it cannot be read
