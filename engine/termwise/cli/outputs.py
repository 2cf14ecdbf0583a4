"""`--format` and `--output`: in which formats a result is wanted, and where each of them goes.

Standard output gets the format of `--format`, unless `--output FILE` sends that to a file; `--output FORMAT=FILE`
writes another one beside it, as often as it is given. Whatever the formats, the exit code is the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from termwise.cli.arguments import Options, Parser
from termwise.cli.options import choice
from termwise.cli.problems import Misuse, misuse
from termwise.cli.terminal import emit
from termwise.diagnostics import did_you_mean
from termwise.frozen import frozen
from termwise.report.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn, Protocol

    from termwise.cli.files import Output
    from termwise.report.entries import Run
    from termwise.report.places import Places

    class Result(Protocol):
        """What came of a verb."""

        @property
        def beside(self) -> Sequence[Output]:
            """Files that go with the result, all of them or none."""

        def own(self, form: str, path: str | None) -> str | None:
            """Return the text of one of the verb's own formats for a file, or None where there is nothing to say."""

        @property
        def run(self) -> Run:
            """The run in the shape that the shared formats write."""


OWN = ("text", "json")
"""The formats that each verb writes itself."""

_KNOWN = (*OWN, *FORMATS)
_STANDARD_OUTPUT = "-"

_SUMMARY = "GITHUB_STEP_SUMMARY"
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where hosts say that a job's summary belongs, and where the repository is."""

_LARGEST_SUMMARY = 1_000_000
"""Bytes; GitHub refuses a summary of more than a mebibyte, whole."""


@frozen
class Wanted:
    """A format, and the file it is to be written to; None is standard output."""

    form: str
    path: str | None


def add_outputs(parser: Parser) -> None:
    """Add `--format` and `--output`."""
    parser.add_argument(
        "--format", metavar="FORMAT", type=choice("format", _KNOWN), default=OWN[0],
        help=f"{', '.join(_KNOWN[:-1])} or {_KNOWN[-1]} (default: {OWN[0]})",
    )  # fmt: skip
    parser.add_argument(
        "--output", "-o", metavar="[FORMAT=]FILE", action="append", type=_destination, default=[],
        help="write the result to a file, whole or not at all; with a format, beside what goes to standard output. "
        "May be given several times",
    )  # fmt: skip


def wanted(given: Options) -> tuple[Wanted, ...]:
    """Return every format that is wanted, the one of `--format` first; no file can hold two."""
    named: Sequence[tuple[str | None, str]] = given.output
    plain = [None if path == _STANDARD_OUTPUT else path for form, path in named if form is None] or [None]
    found = [Wanted(given.format, path) for path in dict.fromkeys(plain)]
    found += [Wanted(form, path) for form, path in named if form is not None]
    beside: str | None = getattr(given, "write_baseline", None)
    seen = set() if beside is None else {_target(beside)}
    for each in found:
        if each.path is not None:
            target = _target(each.path)
            if target in seen and not _is_device(target):
                _refuse(each.path, f"`{each.path}` cannot hold two results")
            seen.add(target)
    return tuple(found)


def deliver(wanted: Sequence[Wanted], result: Result) -> None:
    """Write a result in every format that is wanted, to files first: where one cannot be written, none is."""
    texts = dict(_texts(wanted, result))
    files = [(each.path, text) for each, text in texts.items() if each.path is not None]
    summary = os.environ.get(_SUMMARY) if any(each.form == "github" for each in wanted) else None
    if files or summary or result.beside:
        from termwise.cli.files import Output, write_files  # most runs write none

        made = [Output(path, text) for path, text in files]
        if summary:
            from termwise.report.markdown import markdown

            text = markdown(result.run, places(), limit=_LARGEST_SUMMARY)
            made.append(Output(summary, text, is_appended=True))
        write_files([*made, *result.beside])
    for each, text in texts.items():
        if each.path is None:
            emit(text)


def _texts(wanted: Sequence[Wanted], result: Result) -> Iterator[tuple[Wanted, str]]:
    for each in wanted:
        if each.form in OWN:
            text = result.own(each.form, each.path)
        else:
            from termwise.report.formats import written

            text = written(result.run, each.form, places())
        if text is not None:
            yield each, text


def places() -> Places:
    """Return where paths start: in the repository around the current folder, as the host or its own folder tells."""
    from termwise.report.places import Places

    here = os.path.realpath(os.curdir)
    told = (os.path.realpath(path) for name in _ROOTS if (path := os.environ.get(name)))
    around = next((each for each in told if _is_within(here, each)), None)
    return Places(here, around or _repository(here) or here)


def _target(path: str) -> str:
    """Return the file that a path leads to; what is no path at all is refused when it is written."""
    try:
        return os.path.realpath(path)
    except ValueError:
        return path


def _is_device(path: str) -> bool:
    """Whether a path is no file: a device, or a pipe, takes whatever it is sent."""
    return os.path.exists(path) and not os.path.isfile(path)


def _is_within(folder: str, root: str) -> bool:
    return os.path.join(folder, "").startswith(os.path.join(root, ""))


def _repository(folder: str) -> str | None:
    """Return the nearest folder upwards that git keeps."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def _destination(text: str) -> tuple[str | None, str]:
    """Read where a result is to go: the format, where one is named, and the file."""
    form, equals, path = text.partition("=")
    if not equals or not form.replace("-", "").isalpha():
        return None, text
    if form not in _KNOWN:
        hint = did_you_mean(form, _KNOWN) or f"the formats are {', '.join(_KNOWN)}"
        _refuse(text, f"`{form}` is no format", f"{hint}; a file of this name is `./{text}`")
    if path in ("", _STANDARD_OUTPUT):
        _refuse(text, f"a file is missing after `{form}=`", f"`--format {form}` writes it to standard output")
    return form, path


def _refuse(word: str, message: str, hint: str | None = None) -> NoReturn:
    raise Misuse(word, lambda span: misuse(span, message, hint))
