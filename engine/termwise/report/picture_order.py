"""Which column each box stands in, and in which order the boxes of a column stand: as few crossings as are found."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

from termwise.frozen import frozen
from termwise.graph.nodes import Kind
from termwise.report.picture_boxes import Box

_SWEEPS = 12


@frozen
class Columns:
    """The keys of each column from top to bottom, boxes and the links that pass alike.

    `chains` are the links, each with the places it holds on its way; `before` and `after` are what a place is joined
    to in the columns beside it; `level` is the column of a place, and `passing` are the places that hold no box.
    """

    rows: tuple[tuple[str, ...], ...]
    level: Mapping[str, int]
    chains: tuple[tuple[str, ...], ...]
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]
    passing: frozenset[str]


def ordered(boxes: Sequence[Box], links: Sequence[tuple[str, str]]) -> Columns:
    """Put boxes into columns, and the boxes of each column in order."""
    level = _levels(boxes, links)
    chains: list[tuple[str, ...]] = []
    for number, (source, target) in enumerate(links):
        passed = [f"{number} {at}" for at in range(level[source] + 1, level[target])]
        level |= {key: at for at, key in enumerate(passed, start=level[source] + 1)}
        chains.append((source, *passed, target))
    before: dict[str, list[str]] = {key: [] for key in level}
    after: dict[str, list[str]] = {key: [] for key in level}
    for chain in chains:
        for here, there in pairwise(chain):
            before[there].append(here)
            after[here].append(there)
    start = _as_read(boxes, before, level)
    order = {each.key: each.order for each in boxes if each.order is not None}
    rows = _fewest_crossings(start, before, after, order)
    return Columns(
        tuple(tuple(row) for row in rows),
        level,
        tuple(chains),
        {key: tuple(value) for key, value in before.items()},
        {key: tuple(value) for key, value in after.items()},
        frozenset(key for chain in chains for key in chain[1:-1]),
    )


def _levels(boxes: Sequence[Box], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each box: behind all that feeds it, the rungs of a stage in one column, its rules next."""
    inputs: dict[str, list[str]] = {each.key: [] for each in boxes}
    for source, target in links:
        inputs[target].append(source)
    ends = {each.key for each in boxes if each.kind is Kind.RULE and inputs[each.key]}
    stage = _stages(boxes, inputs, ends)
    level: dict[str, int] = {}
    first = 0
    for number in range(max(stage.values(), default=0) + 1):
        members = [each for each in boxes if stage[each.key] == number]
        last = first
        for each in members:
            if each.kind is not Kind.RUNG and each.key not in ends:
                least = first + 1 if inputs[each.key] else first
                level[each.key] = max((level[key] + 1 for key in inputs[each.key]), default=first)
                level[each.key] = max(level[each.key], least)
                last = max(last, level[each.key])
        level |= {each.key: last + 1 for each in members if each.kind is Kind.RUNG}
        level |= {each.key: last + 2 for each in members if each.key in ends}
        first = last + 2
    return level


def _stages(boxes: Sequence[Box], inputs: Mapping[str, list[str]], ends: set[str]) -> dict[str, int]:
    """Return how many rules ask about each other before each box, everything counted with the rule that reads it first.

    A stage starts in the column of the rules that it asks about, as if they were its terms.
    """
    stage: dict[str, int] = {}
    for each in boxes:
        stage[each.key] = max((stage[key] + (key in ends) for key in inputs[each.key]), default=0)
    for each in boxes:
        if each.key in ends:
            stage |= dict.fromkeys(inputs[each.key], stage[each.key])
    readers: dict[str, list[int]] = {each.key: [] for each in boxes}
    for each in reversed(boxes):
        if readers[each.key] and each.kind is not Kind.RUNG and each.key not in ends:
            stage[each.key] = min(readers[each.key])
        for key in inputs[each.key]:
            readers[key].append(stage[each.key])
    return stage


def _as_read(boxes: Sequence[Box], before: Mapping[str, list[str]], level: Mapping[str, int]) -> list[list[str]]:
    """Return the columns in the order in which somebody meets their boxes who reads the rules from the top."""
    rows: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    seen: set[str] = set()

    def visit(key: str) -> None:
        if key not in seen:
            seen.add(key)
            rows[level[key]].append(key)
            for each in before[key]:
                visit(each)

    for box in sorted(boxes, key=lambda each: (-level[each.key], each.order or 0)):
        visit(box.key)
    return rows


def _fewest_crossings(
    rows: list[list[str]],
    before: Mapping[str, list[str]],
    after: Mapping[str, list[str]],
    order: Mapping[str, int],
) -> list[list[str]]:
    """Sweep to and fro, sorting each column by the column beside it; return the best order met on the way."""
    best, least = [list(row) for row in rows], _crossings(rows, after)
    for sweep in range(_SWEEPS):
        if least == 0:
            break
        is_forward = sweep % 2 == 1
        beside = before if is_forward else after
        for at in range(len(rows)) if is_forward else reversed(range(len(rows))):
            near = at - 1 if is_forward else at + 1
            if 0 <= near < len(rows):
                rows[at] = _sorted(rows[at], rows[near], beside, order)
        crossings = _crossings(rows, after)
        if crossings < least:
            best, least = [list(row) for row in rows], crossings
    return best


def _sorted(
    row: Sequence[str], near: Sequence[str], beside: Mapping[str, list[str]], order: Mapping[str, int]
) -> list[str]:
    """Return a column by the middle of what each place is joined to; places with an order keep it among themselves."""
    place = {key: at for at, key in enumerate(near)}
    here = {key: at * len(near) / max(len(row), 1) for at, key in enumerate(row)}

    def middle(key: str) -> float:
        joined = [place[each] for each in beside[key]]
        return sum(joined) / len(joined) if joined else here[key]

    found = sorted(row, key=middle)
    pinned = iter(sorted((key for key in found if key in order), key=order.__getitem__))
    return [next(pinned) if key in order else key for key in found]


def _crossings(rows: Sequence[Sequence[str]], after: Mapping[str, list[str]]) -> int:
    """Count how often links cross between neighbouring columns."""
    total = 0
    for row, following in pairwise(rows):
        place = {key: at for at, key in enumerate(following)}
        ends: list[int] = []
        for key in row:
            mine = sorted(place[each] for each in after[key])
            total += sum(len(ends) - bisect_right(ends, end) for end in mine)
            for end in mine:
                insort(ends, end)
    return total
