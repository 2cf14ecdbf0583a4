"""`termwise fmt`: put policies and vocabularies into their canonical layout."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO

from termwise.cli.arguments import Parser
from termwise.cli.folders import policy_files
from termwise.cli.problems import Misuse, misuse
from termwise.cli.terminal import complain, emit
from termwise.diagnostics import Problems
from termwise.frozen import frozen
from termwise.quantities.numerals import count
from termwise.source import start_of
from termwise.syntax.format import format_source
from termwise.textfile import LARGEST, read_stream, read_text

_STANDARD_INPUT = "-"
_CURRENT = "."


@frozen
class _Formatted:
    """A file, what was in it to the last byte, and what should be."""

    path: str
    before: str
    after: str

    @property
    def has_changed(self) -> bool:
        """Whether it is not as it should be."""
        return self.before != self.after


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "fmt",
        summary,
        "Layout and spelling change, and nothing else: meaning, order and comments stay. A file with a syntax error\n"
        "is reported and left alone. Exit code 1: with --check or --diff, a file is not as it should be. 2: a file\n"
        "cannot be read, understood or written; the others are formatted.",
        "termwise fmt\ntermwise fmt policies/ our_policy.tw --check\ntermwise fmt - < our_policy.tw",
    )
    made.add_argument(
        "files", nargs="*", metavar="FILE", default=[_CURRENT],
        help="a .tw file, a folder of them, or - for standard input (default: the current folder)",
    )  # fmt: skip
    made.add_argument("--check", action="store_true", help="write nothing, and name the files that would change")
    made.add_argument("--diff", action="store_true", help="write nothing, and show what would change")
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Format, report, and return the exit code."""
    given = parser(summary).read(words)
    problems = Problems()
    found = list(_formatted(given.files, problems))
    is_dry = given.check or given.diff
    if given.diff:
        text = "".join(_difference(each) for each in found)
    elif given.files == [_STANDARD_INPUT] and not given.check:
        text = "".join(each.after for each in found)
    else:
        changed = [each for each in found if each.has_changed and (is_dry or _is_written(each, problems))]
        text = _summary([each.path for each in changed], len(found), is_dry=is_dry)
    complain(problems)
    emit(text)
    if problems.has_errors:
        return 2
    return 1 if is_dry and any(each.has_changed for each in found) else 0


def _formatted(paths: Sequence[str], problems: Problems) -> Iterator[_Formatted]:
    """Yield the files that can be formatted."""
    if paths == [_STANDARD_INPUT]:
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST + 1)
        source = read_stream("<stdin>", BytesIO(data), problems)
        if source is not None and (after := format_source(source, problems)) is not None:
            yield _Formatted(source.path, data.decode("utf-8"), after)
        return
    for path in _files(paths, problems):
        source = read_text(path, problems)
        if source is not None and (after := format_source(source, problems)) is not None:
            with open(path, "rb") as file:  # line ends and byte-order mark are not in the source
                yield _Formatted(path, file.read().decode("utf-8"), after)


def _files(paths: Sequence[str], problems: Problems) -> list[str]:
    if _STANDARD_INPUT in paths:
        raise Misuse("-", lambda span: misuse(span, "standard input is formatted alone", "leave out the files"))
    found = policy_files(paths, problems)
    if not found and not problems.has_errors:
        folder = "the current folder" if paths == [_CURRENT] else f"`{paths[-1]}`"
        raise Misuse(paths[-1], lambda span: misuse(span, f"there is no `.tw` file in {folder}"))
    return found


def _is_written(each: _Formatted, problems: Problems) -> bool:
    """Write a file, whole or not at all, with the permissions it had; whether that worked."""
    try:
        emit(each.after, each.path)
    except Misuse as cannot:
        problems.add(cannot.words(start_of(each.path)))
        return False
    return True


def _difference(each: _Formatted) -> str:
    """Return what would change, as a patch."""
    from difflib import unified_diff

    return "".join(unified_diff(_lines(each.before), _lines(each.after), each.path, each.path))


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    if not text.endswith("\n"):
        lines[-1] += "\\ No newline at end of file\n"
    return lines


def _summary(changed: Sequence[str], total: int, *, is_dry: bool) -> str:
    """Return the files that were, or would be, formatted, and how many there are of each sort."""
    done = "would be formatted" if is_dry else "formatted"
    same = total - len(changed)
    sums = [f"{count(len(changed), 'file')} {done}"] if changed else []
    if same:
        sums.append(
            f"{count(same, 'file')} {'is' if same == 1 else 'are'} as {'it' if same == 1 else 'they'} should be"
        )
    return "".join(f"{line}\n" for line in (*changed, ", ".join(sums)) if line)
