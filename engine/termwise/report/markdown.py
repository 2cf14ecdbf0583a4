"""A run → Markdown, for the summary of a job, a comment under a pull request, or a page to keep.

It starts with the decision, goes on with what has to be done, by subject, and ends with what is let pass or only worth
knowing. What simply passes is counted and not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.report.entries import Entry, Kind, Run, let_pass, tally
from termwise.report.markdown_words import code, escaped, fenced, marked, row
from termwise.report.places import Places
from termwise.report.printable import listed
from termwise.report.symbols import DECISIONS

_LEFT_OUT = "\n{number} more did not fit here.\n"


def markdown(run: Run, places: Places, *, limit: int | None = None) -> str:
    """Return a run as Markdown, of at most `limit` bytes: what does not fit is counted, beginning with the least."""
    blocks = [_head(run), *_blocks(run, places)]
    if limit is None:
        return "".join(blocks)
    room = limit - len(_LEFT_OUT) - len(str(len(blocks)))
    kept, size = [], 0
    for each in blocks:
        size += len(each.encode("utf-8"))
        if size > room:
            break
        kept.append(each)
    left = len(blocks) - len(kept)
    return "".join(kept) + (_LEFT_OUT.format(number=left) if left else "")


def _head(run: Run) -> str:
    lines = [f"## termwise {run.verb}: {DECISIONS[run.decision].text}", ""]
    by = f", by {listed([code(each) for each in run.scopes])}" if run.scopes and run.noun != "policy" else ""
    day = "" if run.as_of is None else f", as of {run.as_of.isoformat()}"
    lines.append(f"{escaped(tally(run))}{by}{day}.")
    return "\n".join(lines) + "\n"


def _blocks(run: Run, places: Places) -> Iterator[str]:
    """Yield the rest piece by piece; a piece with a heading is not parted from its first row."""
    by_subject: dict[str, list[Entry]] = {}
    for each in run.problems:
        by_subject.setdefault(each.subject, []).append(each)
    several = len(run.scopes) > 1
    for subject, entries in by_subject.items():
        head = [f"\n### {code(subject)}\n", row(["What", "Outcome", "Why", "Where"]), "|---|---|---|---|"]
        yield from _headed("\n".join(head) + "\n", (_row(each, places, several) for each in entries))
        yield from (_proof(each) for each in entries if each.witness is not None)
    excused = [each for each in run.entries if each.excuse is not None]
    yield from _headed("\n### Let pass\n\n", map(_item, excused))
    wanting = [each for each in run.entries if each.kind is Kind.REVIEW]
    yield from _headed("\n### Conceded\n\n", map(_item, wanting))
    yield from _headed("\n### Worth knowing\n\n", (_notice(each, places) for each in run.notices))


def _headed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, the first of them with the heading of all."""
    for each in lines:
        yield f"{heading}{each}\n"
        heading = ""


def _row(entry: Entry, places: Places, several: bool) -> str:
    span = entry.place
    name = code(entry.name) if entry.scope else f"{code(entry.requirement)} {escaped(entry.name)}"
    scope = f" of {code(entry.scope)}" if several and entry.scope else ""
    remarks = [each for each in (entry.remark, "" if entry.counts else "does not count") if each]
    outcome = entry.verdict + (f" ({', '.join(remarks)})" if remarks else "")
    why = escaped(entry.message) if entry.scope else marked(entry.message)
    why += "" if entry.hint is None else f" ({marked(entry.hint)})"
    return row([name + scope, outcome, why, code(f"{places.shown(span.path)}:{span.line}")])


def _proof(entry: Entry) -> str:
    """Return the contract that shows what a finding claims."""
    return (
        f"\n{code(entry.requirement)}: {marked(entry.claim or entry.message)}\n\n{fenced('yaml', entry.witness or '')}"
    )


def _item(entry: Entry) -> str:
    said = let_pass(entry)
    return f"- {code(entry.name)} in {code(entry.subject)}: {escaped(said) if entry.scope else marked(said)}"


def _notice(entry: Entry, places: Places) -> str:
    where = code(f"{places.shown(entry.place.path)}:{entry.place.line}")
    return f"- {entry.verdict} {code(entry.requirement)}, {where}: {marked(entry.message)}"
