"""`--baseline` and `--write-baseline`: what is known is neither reported nor counted.

A baseline that is written is taken at its word at once: the run that writes it has nothing new to report.
"""

from __future__ import annotations

from collections.abc import Sequence

from termwise.cli import problems as words
from termwise.cli.arguments import Options
from termwise.cli.files import Output
from termwise.cli.outputs import places
from termwise.diagnostics import Problems
from termwise.report.baseline import Baseline, Fault, covered, gone, read_baseline, updated
from termwise.report.entries import Entry
from termwise.source import Span
from termwise.textfile import read_text


def sifted(
    given: Options, verb: str, entries: Sequence[Entry], looked_at: Sequence[tuple[str, str]], problems: Problems
) -> tuple[frozenset[str], tuple[Output, ...]]:
    """Return the fingerprints of what is known, and the file to write, if any. What is known and gone is a note.

    `looked_at` are the subjects of the run, each with the policy that looked at it. Nothing is written while anything
    that was given cannot be used: what could not be looked at would seem to be gone.
    """
    baseline = _read(given.baseline, verb, problems)
    for each in gone(entries, looked_at, baseline):
        span = Span(given.baseline, each.line, 1, each.line, 1)
        problems.add(words.no_longer_there(span, each.requirement, each.name, each.subject))
    if given.write_baseline is None or problems.has_errors:
        return covered(entries, baseline), ()
    text = updated(entries, looked_at, baseline, places().shown)
    made = read_baseline(text, verb)
    assert isinstance(made, Baseline)
    return covered(entries, made), (Output(given.write_baseline, text),)


def _read(path: str | None, verb: str, problems: Problems) -> Baseline:
    if path is None:
        return Baseline(verb)
    source = read_text(path, problems)
    if source is None:
        return Baseline(verb)
    found = read_baseline(source.text, verb)
    if isinstance(found, Fault):
        problems.add(words.no_baseline(Span(path, found.line, found.column, found.line, found.column), found.message))
        return Baseline(verb)
    return found
