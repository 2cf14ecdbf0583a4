"""A rule graph as a picture to read: one file of SVG or HTML that needs no other, nor a script, nor the network.

The picture of a whole policy has one panel a rule, because one web of everything is a picture of its size only. That of
one rule or term (`graph.queries.restrict`) has one panel with all there is to it.
"""

from __future__ import annotations

from termwise.graph.collapse import collapse
from termwise.graph.nodes import RuleGraph
from termwise.report.picture_boxes import NOTE_CHARACTER, PAD_X, wrapped
from termwise.report.picture_markup import marked
from termwise.report.picture_page import page
from termwise.report.picture_panels import Panel, anchor, panels
from termwise.report.picture_style import style
from termwise.report.picture_svg import drawing, layout_of, number
from termwise.report.picture_words import HOW_TO_READ, legend_of, subtitle_of, title_of

_MARGIN, _NARROWEST = 28.0, 860.0


def svg(graph: RuleGraph) -> str:
    """Return the picture of a graph as an SVG file."""
    shown = collapse(graph)
    drawn = panels(shown)
    layouts = [layout_of(each) for each in drawn]
    width = max([_NARROWEST, *(each.width for each in layouts)])
    title, subtitle = title_of(graph), subtitle_of(shown, drawn)
    parts = [
        f'<text class="tw-title" x="0" y="18">{marked(title)}</text>',
        f'<text class="tw-words" x="0" y="40">{marked(subtitle)}. {HOW_TO_READ}</text>',
    ]
    legend, y = _legend(legend_of(drawn), width, 56.0)
    parts.append(legend)
    for at, (panel, layout) in enumerate(zip(drawn, layouts, strict=True)):
        head, height = _heading(panel, width)
        parts.append(f'<g id="{marked(anchor(panel.name))}" transform="translate(0 {number(y)})">\n{head}</g>')
        y += height
        parts.append(f'<g transform="translate(0 {number(y)})">\n{drawing(layout, f"p{at}b")}\n</g>')
        y += layout.height
    if not any(layout.boxes for layout in layouts):
        parts.append(f'<text class="tw-words" x="0" y="{number(y + 30)}">Nothing in this policy reads it.</text>')
        y += 40
    wide, high = number(width + 2 * _MARGIN), number(y + 2 * _MARGIN)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
            ' role="img" aria-labelledby="tw-name tw-about">',
            f'<title id="tw-name">{marked(title)}</title>',
            f'<desc id="tw-about">{marked(subtitle)}. {HOW_TO_READ}</desc>',
            f"<style>\n{style()}\n</style>",
            '<rect class="tw-ground" width="100%" height="100%"/>',
            f'<g transform="translate({number(_MARGIN)} {number(_MARGIN)})">',
            *parts,
            "</g>",
            "</svg>",
            "",
        ]
    )


def html(graph: RuleGraph) -> str:
    """Return the picture of a graph as an HTML page."""
    return page(collapse(graph))


def _heading(panel: Panel, width: float) -> tuple[str, float]:
    """Return the heading of the panel of one rule, and how high it is."""
    if not panel.name:
        return "", 24.0
    because = panel.rules[0].because
    lines = [
        f'<line class="tw-rule-line" x1="0" x2="{number(width)}" y1="26" y2="26"/>',
        f'<text class="tw-heading" x="0" y="52">{marked(panel.name)}</text>',
    ]
    if because is None:
        return "".join(lines), 66.0
    said = wrapped(because, int(width / NOTE_CHARACTER) - 10)[0]
    return "".join([*lines, f'<text class="tw-words" x="0" y="70">{marked(said)}</text>']), 84.0


def _legend(entries: list[tuple[str, str]], width: float, y: float) -> tuple[str, float]:
    """Return the legend as rows of boxes, each saying what its colours stand for, and where it ends."""
    chips = []
    x = 0.0
    for paint, text in entries:
        wide = len(text) * NOTE_CHARACTER + 2 * PAD_X
        if x and x + wide > width:
            x, y = 0.0, y + 28
        rect = f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="21" rx="4"/>'
        label = f'<text class="tw-note" x="{number(x + PAD_X)}" y="{number(y + 14.5)}">{marked(text)}</text>'
        chips.append(f'<g class="tw-box tw-{paint}">{rect}{label}</g>')
        x += wide + 8
    return "\n".join(chips), y + 24
