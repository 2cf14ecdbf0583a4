"""What of a command line is not plain: help pages, mistakes, and whatever else `argparse` knows how to read."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from functools import partial

from termwise.cli.arguments import Options, Parser
from termwise.cli.problems import Misuse, misuse, unknown_option
from termwise.cli.terminal import emit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_HELP_WIDTH = 78
"""Asking the terminal would have `argparse` load `shutil`, and what that loads."""


def read(parser: Parser, words: Sequence[str]) -> Options:
    """Return the options of any command line; what is wrong with it is raised as `Misuse`."""
    full = _Parser(
        prog=f"termwise {parser.verb}",
        description=parser.about,
        epilog="example:\n" + "\n".join(f"  {line}" for line in parser.example.splitlines()),
        formatter_class=partial(RawDescriptionHelpFormatter, max_help_position=30, width=_HELP_WIDTH),
        allow_abbrev=False,
    )
    for names, settings in parser.declared:
        full.add_argument(*names, **settings)
    found, rest = full.parse_known_intermixed_args(words)
    option = next((word for word in rest if word.startswith("-") and word != "-"), None)
    if option is not None:
        raise Misuse(option, lambda span: unknown_option(span, option, full._option_string_actions))
    if rest:
        raise Misuse(rest[0], lambda span: misuse(span, f"`{rest[0]}` is one word too many", "see `--help`"))
    return Options(**vars(found))


class _Parser(ArgumentParser):
    def print_help(self, file: object = None) -> None:  # noqa: ARG002 - help is a result like any other
        """Write the help page to standard output."""
        emit(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Report what `argparse` found wrong."""
        raise Misuse(None, lambda span: misuse(span, message, "see `--help`"))
