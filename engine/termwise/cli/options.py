"""The options that verbs share, spelt and read alike everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from termwise.cli.arguments import Parser
from termwise.cli.problems import Misuse, misuse
from termwise.core.policy import Severity
from termwise.core.reading import Misread, read_scalar
from termwise.types import Scalar


def add_policies(parser: Parser, several: str | int = "+") -> None:
    """Add `--policy`, which may be given several times, and where that is clear several policies at once."""
    parser.add_argument(
        "--policy", "-p", nargs=several, action="append", metavar="NAME", default=[],
        help="a shipped policy by name, or the path of a .tw file; more than one may be given",
    )  # fmt: skip


def add_as_of(parser: Parser) -> None:
    """Add `--as-of`."""
    parser.add_argument(
        "--as-of", metavar="DATE", type=day, help="judge as of this day, as in 2026-11-24 (default: today)"
    )


def add_fail_on(parser: Parser) -> None:
    """Add `--fail-on`."""
    parser.add_argument(
        "--fail-on", metavar="SEVERITY", type=severity, default=Severity.MINOR,
        help="the least severity that counts: dealbreaker, major, minor or advice (default: minor)",
    )  # fmt: skip


def add_format(parser: Parser, formats: Sequence[str]) -> None:
    """Add `--format`; the first is the default."""
    parser.add_argument(
        "--format", metavar="FORMAT", type=choice("format", formats), default=formats[0],
        help=f"{', '.join(formats[:-1])} or {formats[-1]} (default: {formats[0]})",
    )  # fmt: skip


def add_output(parser: Parser) -> None:
    """Add `--output`."""
    parser.add_argument(
        "--output", "-o", metavar="FILE", help="write the result to a file, whole or not at all, and nothing else there"
    )


def add_baseline(parser: Parser) -> None:
    """Add `--baseline` and `--write-baseline`."""
    parser.add_argument(
        "--baseline", metavar="FILE", type=file, help="report, and count, only what this file does not know"
    )
    parser.add_argument(
        "--write-baseline", metavar="FILE", type=file,
        help="write a file that knows whatever is found now, and report none of that",
    )  # fmt: skip


def file(text: str) -> str:
    """Read the name of a file that cannot be a standard stream."""
    if text in ("", "-"):
        raise Misuse(text, lambda span: misuse(span, "the name of a file is needed here"))
    return text


def day(text: str) -> date:
    """Read a date."""
    found = read_scalar(text, Scalar.DATE)
    if isinstance(found, Misread):
        from termwise.check import problems as words

        raise Misuse(text, lambda span: words.misread(found, span))
    assert isinstance(found, date)
    return found


def severity(text: str) -> Severity:
    """Read a severity."""
    return Severity(choice("severity", [each.value for each in Severity])(text))


def choice(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """Return the function that reads one of a few words."""

    def read(text: str) -> str:
        if text not in known:
            from termwise.check import problems as words

            raise Misuse(text, lambda span: words.unknown_word(span, text, what, known))
        return text

    return read
