"""Boxes and links → places: columns from left to right, few crossings, and links that run as straight as they can.

Columns are topological generations, with the rungs of a rule in one column and the rule in the next. Within a column,
rungs and rules stand in the order of the source; everything else is ordered by the middle of what it is linked to
(the barycentre method), and then moved as near to it as its neighbours allow. A link that passes a column holds a place
in it, so that it never runs through a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from termwise.frozen import frozen
from termwise.graph.nodes import Kind
from termwise.report.picture_boxes import Measured
from termwise.report.picture_order import Columns, ordered
from termwise.report.picture_relax import relaxed

GAP_X, GAP_Y = 54.0, 12.0
_PASSING = 6.0
"""The room that a link takes where it passes a column."""


@frozen
class Placed:
    """A box with the place of its top left corner, as wide as it is drawn."""

    measured: Measured
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """The height at which links meet the box."""
        return self.y + self.measured.height / 2


@frozen
class Route:
    """A link: what it runs between, and the level stretches it runs along, each (from x, to x, y)."""

    source: str
    target: str
    stretches: tuple[tuple[float, float, float], ...]


@frozen
class Layout:
    """Where everything stands, and how much room that takes."""

    boxes: tuple[Placed, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def laid_out(boxes: Sequence[Measured], links: Iterable[tuple[str, str]]) -> Layout:
    """Return where the boxes stand, given in an order in which links only run forward."""
    by_key = {each.box.key: each for each in boxes}
    columns = ordered([each.box for each in boxes], tuple(links))
    heights = {key: by_key[key].height if key in by_key else _PASSING for column in columns.rows for key in column}
    middles = relaxed(columns, heights, GAP_Y)
    lefts, widths = _columns(columns, by_key)
    placed = tuple(
        Placed(
            by_key[key],
            lefts[at],
            middles[key] - by_key[key].height / 2,
            by_key[key].width if by_key[key].box.kind is Kind.CONNECTIVE else widths[at],
        )
        for at, column in enumerate(columns.rows)
        for key in column
        if key in by_key
    )
    routes = tuple(_route(chain, columns, middles, lefts, widths, by_key) for chain in columns.chains)
    width = lefts[-1] + widths[-1] if lefts else 0.0
    return Layout(placed, routes, width, max((each.y + each.measured.height for each in placed), default=0.0))


def _columns(columns: Columns, by_key: Mapping[str, Measured]) -> tuple[list[float], list[float]]:
    """Return where each column starts and how wide it is."""
    widths = [max((by_key[key].width for key in column if key in by_key), default=0.0) for column in columns.rows]
    lefts: list[float] = []
    x = 0.0
    for width in widths:
        lefts.append(x)
        x += width + GAP_X
    return lefts, widths


def _route(
    chain: Sequence[str],
    columns: Columns,
    middles: Mapping[str, float],
    lefts: Sequence[float],
    widths: Sequence[float],
    by_key: Mapping[str, Measured],
) -> Route:
    """Return the way of one link: out of its box, through the columns it passes, to the box it feeds."""
    stretches = []
    for key in chain[:-1]:
        at = columns.level[key]
        box = by_key.get(key)
        is_narrow = box is not None and box.box.kind is Kind.CONNECTIVE
        start = lefts[at] if box is None else lefts[at] + (box.width if is_narrow else widths[at])
        stretches.append((start, lefts[at] + widths[at], middles[key]))
    end = lefts[columns.level[chain[-1]]]
    stretches.append((end, end, middles[chain[-1]]))
    return Route(chain[0], chain[-1], tuple(stretches))
