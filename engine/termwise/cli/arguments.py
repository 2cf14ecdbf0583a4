"""Words of a command line → options, and the place in the line of whatever is wrong with them.

`argparse` does the reading. Its complaints become diagnostics like all others, with the command line as the text they
speak of.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from functools import partial

from termwise.cli.problems import Misuse, misuse, unknown_option
from termwise.cli.terminal import emit
from termwise.diagnostics import Problems
from termwise.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_HELP_WIDTH = 78
"""Asking the terminal would have `argparse` load `shutil`, and what that loads, in every run."""

LINE = "<command line>"
"""What the source of a command line is called."""


def report(misuse: Misuse, words: Sequence[str]) -> Problems:
    """Return what is wrong with a command line, as a problem in it."""
    problems = Problems()
    problems.know(command_line(words))
    problems.add(misuse.words(place_of(misuse.word, words)))
    return problems


class Parser(ArgumentParser):
    """The options of one verb."""

    def __init__(self, verb: str, summary: str, details: str, example: str) -> None:
        """Set up a help page: what the verb does, its options, and an example."""
        super().__init__(
            prog=f"termwise {verb}",
            description=f"{summary}\n\n{details}",
            epilog="example:\n" + "\n".join(f"  {line}" for line in example.splitlines()),
            formatter_class=partial(RawDescriptionHelpFormatter, max_help_position=30, width=_HELP_WIDTH),
            allow_abbrev=False,
        )

    def read(self, words: Sequence[str]) -> Namespace:
        """Return the options of a command line."""
        found, rest = self.parse_known_intermixed_args(words)
        option = next((word for word in rest if word.startswith("-") and word != "-"), None)
        if option is not None:
            raise Misuse(option, lambda span: unknown_option(span, option, self._option_string_actions))
        if rest:
            raise Misuse(rest[0], lambda span: misuse(span, f"`{rest[0]}` is one word too many", "see `--help`"))
        return found

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 - help is a result like any other
        """Write the help page to standard output."""
        emit(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Report what `argparse` found wrong."""
        raise Misuse(None, lambda span: misuse(span, message, "see `--help`"))


def command_line(words: Sequence[str]) -> Source:
    """Return a command line as a text to point into."""
    return Source(LINE, " ".join(["termwise", *(_quoted(word) for word in words)]))


def place_of(word: str | None, words: Sequence[str]) -> Span:
    """Return where in a command line a word stands, the last time that it does; without a word, the end of the line."""
    start = len("termwise") + 2
    found = None
    for each in words:
        length = len(_quoted(each))
        if word is not None and (each == word or each.endswith(f"={word}")):
            found = Span(LINE, 1, start + length - len(_quoted(word)), 1, start + length)
        start += length + 1
    return found or Span(LINE, 1, start, 1, start)


def _quoted(word: str) -> str:
    """Return a word as a shell would have it written."""
    from shlex import quote  # only ever needed once something is wrong

    return quote(word)
