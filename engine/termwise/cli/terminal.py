"""Where a command writes: results to standard output or a file, diagnostics to standard error.

A pipe or a file gets UTF-8, the same bytes everywhere. A terminal gets what it can show, in colour if it likes.
"""

from __future__ import annotations

import os
import sys

from termwise.cli.problems import Misuse, unwritable
from termwise.diagnostics import Problems

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_NARROWEST, _USUAL = 40, 100


def has_colour(output: str | None = None) -> bool:
    """Whether a result is seen in colour."""
    return output is None and _has_colour(sys.stdout)


def _has_colour(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal that has colours, and nobody minds them."""
    is_wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return is_wanted and stream is not None and stream.isatty()


def width(output: str | None = None) -> int:
    """Return how many columns there are to write in: as many as the terminal has, and in a file as usual."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given) > 0:
        return max(int(given), _NARROWEST)
    try:
        return _USUAL if output is not None else max(os.get_terminal_size(sys.stdout.fileno()).columns, _NARROWEST)
    except (OSError, ValueError, AttributeError):
        return _USUAL


def emit(text: str, output: str | None = None) -> None:
    """Write a result to standard output, or to a file."""
    if output is not None and output != "-":
        from termwise.cli.files import Output, write_files  # most runs write no files

        write_files([Output(output, text)])
        return
    try:
        _write(sys.stdout, text)
    except BrokenPipeError:
        _drop(sys.stdout)  # who reads has read enough
    except OSError as error:
        from termwise.cli.files import reason

        _drop(sys.stdout)
        why = reason(error)
        raise Misuse(None, lambda span: unwritable(span, None, why)) from error


def complain(problems: Problems) -> None:
    """Write diagnostics to standard error."""
    if problems.all:
        from termwise.report.problems import render  # a sound run has no use for it

        mutter(render(problems, colour=_has_colour(sys.stderr)))


def mutter(text: str) -> None:
    """Write a text to standard error; if nobody listens, there is nobody to tell."""
    try:
        _write(sys.stderr, text)
    except OSError:
        _drop(sys.stderr)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None or not text:
        return
    buffer = getattr(stream, "buffer", None)
    if buffer is None:  # a stream that a test or a notebook put there
        stream.write(text)
        return
    stream.flush()
    buffer.write(_encoded(text, stream))
    buffer.flush()


def _encoded(text: str, stream: TextIO) -> bytes:
    if not stream.isatty():
        return text.encode("utf-8", "backslashreplace")
    try:
        return text.encode(stream.encoding)
    except UnicodeEncodeError:
        from termwise.report.symbols import in_ascii

        return in_ascii(text).encode(stream.encoding, "backslashreplace")


def _drop(stream: TextIO | None) -> None:
    """Let whatever Python still holds for a stream go nowhere, so that it does not complain when it ends."""
    from contextlib import suppress

    with suppress(OSError, ValueError, AttributeError):
        assert stream is not None
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
