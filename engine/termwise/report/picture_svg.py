"""A layout → SVG: boxes with their text and tooltips over the links between them. Nothing is loaded from anywhere."""

from __future__ import annotations

from termwise.graph.nodes import Kind
from termwise.report.picture_boxes import LINE, NOTE_LINE, PAD_X, PAD_Y, Box, measured
from termwise.report.picture_layout import GAP_X, Layout, Placed, Route, laid_out
from termwise.report.picture_markup import marked
from termwise.report.picture_panels import Panel

_ARROW = 5.0


def layout_of(panel: Panel) -> Layout:
    """Return where everything in a panel stands."""
    return laid_out([measured(each) for each in panel.boxes], panel.links)


def drawing(layout: Layout, prefix: str) -> str:
    """Return the links and boxes of a layout. `prefix` tells its boxes from those of other drawings on a page."""
    names = {each.measured.box.key: f"{prefix}{number}" for number, each in enumerate(layout.boxes)}
    boxes = {each.measured.box.key: each.measured.box for each in layout.boxes}
    links = [_link(each, names, _paint(boxes[each.source], boxes[each.target])) for each in layout.routes]
    return "\n".join([*links, *(_box(each, names[each.measured.box.key]) for each in layout.boxes)])


def _paint(source: Box, target: Box) -> str:
    """Return the paint of a link: that of the rung at either end of it, or none."""
    return next((each.paint for each in (target, source) if each.kind is Kind.RUNG), "plain")


def _link(route: Route, names: dict[str, str], paint: str) -> str:
    """Draw level stretches joined by curves, and a head where the link ends."""
    (start, stop, height), *rest = route.stretches
    path = [f"M{number(start)} {number(height)}"]
    if stop > start:
        path.append(f"H{number(stop)}")
    for begin, end, at in rest:
        bend = number(stop + GAP_X / 2)
        tip = begin if begin < end or (begin, end, at) != rest[-1] else begin - _ARROW
        path.append(f"C{bend} {number(height)} {bend} {number(at)} {number(tip)} {number(at)}")
        if end > begin:
            path.append(f"H{number(end)}")
        stop, height = end, at
    head = f"M{number(stop)} {number(height)}l{number(-_ARROW - 1)} -3.5v7z"
    ends = f'data-from="{names[route.source]}" data-to="{names[route.target]}"'
    return f'<g class="tw-link tw-on-{paint}" {ends}><path d="{"".join(path)}"/><path class="tw-head" d="{head}"/></g>'


def _box(placed: Placed, name: str) -> str:
    box, size = placed.measured.box, placed.measured
    is_pill = box.kind is Kind.CONNECTIVE
    corner = size.height / 2 if is_pill or box.kind is Kind.RUNG else 4
    rect = (
        f'<rect x="{number(placed.x)}" y="{number(placed.y)}" width="{number(placed.width)}"'
        f' height="{number(size.height)}" rx="{number(min(corner, 16))}"/>'
    )
    x = placed.x + (placed.width / 2 if is_pill else PAD_X)
    y = placed.y + PAD_Y - (3 if is_pill else 0) + LINE - 4
    texts = []
    for at, line in enumerate(size.lines):
        texts.append(f'<text x="{number(x)}" y="{number(y + at * LINE)}">{marked(line)}</text>')
    y += len(size.lines) * LINE - 1
    for at, line in enumerate(size.notes):
        texts.append(f'<text class="tw-note" x="{number(x)}" y="{number(y + at * NOTE_LINE)}">{marked(line)}</text>')
    inside = f"<title>{marked(box.whole)}</title>{rect}{''.join(texts)}"
    drawn = f'<g class="tw-box tw-is-{box.kind.value} tw-{box.paint}" id="{name}">{inside}</g>'
    return f'<a href="{marked(box.href)}">{drawn}</a>' if box.href else drawn


def number(value: float) -> str:
    """Return a coordinate with at most one decimal, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
