"""What the tests of a policy have seen of it → text and data: how much, and whatever they have not, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from termwise.report.colour import Paint, Tone
from termwise.report.json import Json
from termwise.report.printable import listed, on_one_line, wrapped
from termwise.report.problems import place_in_text
from termwise.report.share import Share, share_data
from termwise.testing.coverage import Coverage, Covered
from termwise.testing.goals import Kind


def share_of(coverage: Coverage, kind: Kind | None = None) -> Share:
    """Return how much was seen, of one kind of goals or of all."""
    return Share(*coverage.count(kind))


def coverage_lines(coverage: Coverage, width: int, paint: Paint) -> Iterator[str]:
    """Yield how much of a policy its tests have seen, and below each declaration what they have not."""
    share = share_of(coverage)
    tone = Tone.GOOD if share.part == share.whole else Tone.WARN
    yield f"{coverage.policy.name}: {paint(f'{share} covered', tone)}"
    kinds = [(kind, share_of(coverage, kind)) for kind in Kind]
    counts = [f"{kind.value} {each.part:,} of {each.whole:,}" for kind, each in kinds if each.whole]
    if counts:
        yield from wrapped(", ".join(counts), width, "  ")
    missing = (each for each in coverage.covered if each.missing)
    for owner, goals in groupby(missing, key=lambda each: each.goal.owner):
        yield f"  {paint(owner, Tone.STRONG)}"
        for each in goals:
            said = f"{place_in_text(each.goal.span)}: {on_one_line(each.goal.text)}: {unseen(each)}"
            yield from wrapped(said, width, " " * 4, " " * 6)


def unseen(covered: Covered) -> str:
    """Return what no test has seen of a goal, in words."""
    match covered.goal.kind:
        case Kind.RUNG:
            return f"never landed on ({covered.goal.place[2]})"
        case Kind.WAIVER:
            return "never used"
        case Kind.ATOM | Kind.GUARD | Kind.LIST:
            return f"never {listed(covered.missing, 'or')}"


def coverage_data(coverage: Coverage) -> dict[str, Json]:
    """Return the same as data."""
    return {
        **share_data(share_of(coverage), "seen", "wanted"),
        "kinds": {kind.value: share_data(share_of(coverage, kind), "seen", "wanted") for kind in Kind},
        "missing": [
            {
                "owner": each.goal.owner,
                "kind": each.goal.kind.value,
                "text": each.goal.text,
                "rung": each.goal.place[2] if each.goal.kind is Kind.RUNG else None,
                "unseen": list(each.missing),
                "file": each.goal.span.path,
                "line": each.goal.span.line,
                "column": each.goal.span.column,
            }
            for each in coverage.covered
            if each.missing
        ],
    }
