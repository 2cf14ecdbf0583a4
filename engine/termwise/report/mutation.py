"""What came of the mutants of a policy → text and data: the score, and every mutant that no test noticed, as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from termwise.report.colour import Paint, Tone
from termwise.report.json import Json
from termwise.report.printable import on_one_line, wrapped
from termwise.report.problems import place_in_text
from termwise.report.share import Share, share_data
from termwise.source import Source
from termwise.testing.mutate import Mutation
from termwise.testing.places import Places


def score_of(mutation: Mutation) -> Share:
    """Return how many mutants the tests noticed, of those that can be."""
    return Share(len(mutation.killed), mutation.tried)


def mutation_lines(mutation: Mutation, source: Source, width: int, paint: Paint) -> Iterator[str]:
    """Yield the score of a policy, whose text this is, and below each declaration the mutants that survived."""
    score = score_of(mutation)
    said = f"{score} of its mutants noticed" if score.whole else "nothing of it could be mutated"
    alike = len(mutation.equivalent)
    asides = [f"{alike:,} more mean{'s' if alike == 1 else ''} the same"] if alike else []
    asides += [f"{mutation.left_out:,} left out"] if mutation.left_out else []
    tone = Tone.GOOD if score.part == score.whole else Tone.WARN
    yield ", ".join((f"{mutation.policy.name}: {paint(said, tone)}", *asides))
    places = Places(source)
    for owner, mutants in groupby(mutation.survivors, key=lambda each: each.owner):
        yield f"  {paint(owner, Tone.STRONG)}"
        for each in mutants:
            before, after = places.shown(each.edits)
            yield f"    {place_in_text(each.span)}: {each.kind.value}"
            yield from wrapped(f"- {on_one_line(before)}", width, " " * 6, " " * 8)
            yield from wrapped(f"+ {on_one_line(after) or '(nothing)'}", width, " " * 6, " " * 8)


def mutation_data(mutation: Mutation, source: Source) -> dict[str, Json]:
    """Return the same as data."""
    places = Places(source)
    survivors: list[Json] = []
    for each in mutation.survivors:
        before, after = places.shown(each.edits)
        place: dict[str, Json] = {"file": each.span.path, "line": each.span.line, "column": each.span.column}
        survivors.append(
            {"owner": each.owner, "kind": each.kind.value, "original": before, "mutant": after or None, **place}
        )
    return {
        **share_data(score_of(mutation), "noticed", "tried"),
        "equivalent": len(mutation.equivalent),
        "left_out": mutation.left_out,
        "survivors": survivors,
    }
