"""How far down each place of a picture stands: near the middle of what it is joined to, the order of columns kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from termwise.report.picture_order import Columns

_ROUNDS = 48
_WEIGHT_OF_PASSING = 4.0
"""How much more a link that passes a column wants to run straight than a box wants to be centred."""


def relaxed(columns: Columns, heights: Mapping[str, float], gap: float) -> dict[str, float]:
    """Return the height of the middle of each place, the topmost box starting at 0."""
    offsets = [_offsets(row, heights, gap) for row in columns.rows]
    middles = {
        key: offset for row, at in zip(columns.rows, offsets, strict=True) for key, offset in zip(row, at, strict=True)
    }
    weights = {key: _WEIGHT_OF_PASSING if key in columns.passing else 1.0 for key in middles}
    rightward = list(zip(columns.rows, offsets, strict=True))
    for _ in range(_ROUNDS):
        for beside, rows in ((columns.after, rightward[::-1]), (columns.before, rightward)):
            for row, least in rows:
                wanted = [_mean((middles[each] for each in beside[key]), middles[key]) for key in row]
                middles |= zip(row, _nearest(wanted, [weights[key] for key in row], least), strict=True)
    top = min((middles[key] - heights[key] / 2 for key in middles), default=0.0)
    return {key: middle - top for key, middle in middles.items()}


def _offsets(row: Sequence[str], heights: Mapping[str, float], gap: float) -> list[float]:
    """Return where the middles of a column stand when its places stand as close as they may."""
    offsets: list[float] = []
    y = 0.0
    for key in row:
        offsets.append(y + heights[key] / 2)
        y += heights[key] + gap
    return offsets


def _mean(numbers: Iterable[float], otherwise: float) -> float:
    found = list(numbers)
    return sum(found) / len(found) if found else otherwise


def _nearest(wanted: Sequence[float], weights: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """Return the places nearest to those that are wanted, none closer to the one before than its offset says.

    Measured from the offsets, the places only have to ascend: that is isotonic regression, and neighbours that want to
    pass each other are pooled at their mean until none do.
    """
    pools: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, total, count = want - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, others, size = pools.pop()
            mean = (mean * total + other * others) / (total + others)
            total, count = total + others, count + size
        pools.append((mean, total, count))
    means = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
