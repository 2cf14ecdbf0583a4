"""Boxes and links → places: columns from left to right, few crossings, and links that run as straight as they can.

Columns are topological generations, with the rungs of a rule in one column and the rule in the next. Within a column,
rungs and rules stand in the order of the source; everything else is ordered by the middle of what it is linked to
(the barycentre method), and then moved as near to it as its neighbours allow. A link that passes a column holds a place
in it, so that it never runs through a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termwise.frozen import frozen
from termwise.graph.nodes import Kind
from termwise.report.picture_boxes import Measured
from termwise.report.picture_order import Columns, ordered
from termwise.report.picture_relax import relaxed

GAP_X, GAP_Y = 54.0, 12.0
_PASSING = 6.0
"""The room that a link takes where it passes a column."""
_LEVEL = 5.0
"""How far from the middle of a box a link may meet it to run straight, where it is the only one."""


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
    grid = _Grid(boxes, ordered([each.box for each in boxes], tuple(links)))
    placed = tuple(grid.placed(each) for each in boxes)
    routes = tuple(grid.route(chain) for chain in grid.columns.chains)
    width = max((each.x + each.width for each in placed), default=0.0)
    return Layout(placed, routes, width, max((each.y + each.measured.height for each in placed), default=0.0))


class _Grid:
    """The columns of a picture, with the measures of everything in them."""

    def __init__(self, boxes: Sequence[Measured], columns: Columns) -> None:
        self.columns = columns
        self._boxes = {each.box.key: each for each in boxes}
        heights = {key: self._boxes[key].height if key in self._boxes else _PASSING for key in columns.level}
        self._middles = relaxed(columns, heights, GAP_Y)
        self._lefts: list[float] = []
        self._widths: list[float] = []
        for row in columns.rows:
            self._lefts.append(self._lefts[-1] + self._widths[-1] + GAP_X if self._lefts else 0.0)
            self._widths.append(max((self._boxes[key].width for key in row if key in self._boxes), default=0.0))

    def placed(self, measured: Measured) -> Placed:
        """Return a box at its place, as wide as its column, connectives as narrow as they are."""
        key = measured.box.key
        at = self.columns.level[key]
        return Placed(measured, self._lefts[at], self._middles[key] - measured.height / 2, self._width(key))

    def route(self, chain: Sequence[str]) -> Route:
        """Return the way of one link: out of its box, through the columns it passes, to the box it feeds."""
        stretches = []
        y = self._middles[chain[0]]
        for key in chain:
            at = self.columns.level[key]
            is_alone = len(self.columns.before[key]) == 1
            y = y if is_alone and abs(self._middles[key] - y) < _LEVEL else self._middles[key]
            left = self._lefts[at]
            start = left + (self._width(key) if key == chain[0] else 0.0)
            stretches.append((start, left if key == chain[-1] else left + self._widths[at], y))
        return Route(chain[0], chain[-1], tuple(stretches))

    def _width(self, key: str) -> float:
        box = self._boxes[key]
        return box.width if box.box.kind is Kind.CONNECTIVE else self._widths[self.columns.level[key]]
