"""A rule graph → panels: the boxes and links of one rule each, or of everything one rule or term has to do with.

A panel says the same as its part of the graph in fewer boxes. A `not` is drawn with what it negates, and the `and` of
a rung or a definition is left to the box itself, which says "all of 3".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.core.expr import Not
from termwise.core.policy import Rule
from termwise.frozen import frozen
from termwise.graph.collapse import Collapsed
from termwise.graph.nodes import AtomNode, ConnectiveNode, Focus, Node, NodeId, RuleNode
from termwise.report.picture_boxes import Box
from termwise.report.picture_labels import box_of, joint_of


@frozen
class Panel:
    """What is drawn together: the boxes, each after those it has a link from, and the links.

    `name` is the rule the panel is about, without a key, or nothing where it is about more.
    """

    name: str
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...]
    links: tuple[tuple[str, str], ...]


def panels(shown: Collapsed) -> tuple[Panel, ...]:
    """Return one panel a rule, its keys together, in source order; of a part of a graph, one panel with all of it."""
    drawing = _Drawing(shown)
    roots: dict[str, list[RuleNode]] = {}
    for node in sorted((each for each in shown.graph.nodes if isinstance(each, RuleNode)), key=drawing.place):
        roots.setdefault(node.rule.base, []).append(node)
    if shown.graph.focus != Focus():
        return (drawing.panel("", [each for nodes in roots.values() for each in nodes]),)
    return tuple(drawing.panel(name, nodes) for name, nodes in roots.items())


def anchor(base: str) -> str:
    """Return the name by which a page links to the panel of a rule."""
    return f"rule-{base}" if base else "picture"


class _Drawing:
    """A graph, with the places of its nodes in topological order and of its rules in the source."""

    def __init__(self, shown: Collapsed) -> None:
        self._shown = shown
        self._ranks = {each.id: rank for rank, each in enumerate(shown.graph.nodes)}
        self._places = {rule.name: place for place, rule in enumerate(shown.graph.policy.rules)}

    def place(self, node: RuleNode) -> int:
        """Return the place of a rule in the source."""
        return self._places[node.rule.name]

    def panel(self, name: str, roots: Sequence[RuleNode]) -> Panel:
        """Follow the inputs of some rules; where they are one rule at its keys, not beyond the rules it asks about."""
        links: dict[NodeId, list[NodeId]] = {}
        pending: list[Node] = list(roots)
        while pending:
            here = pending.pop()
            if here.id not in links:
                inputs = [] if _href(here, name) else list(self._inputs(here))
                links[here.id] = list(dict.fromkeys(each.id for each in inputs))
                pending.extend(inputs)
        order = [self._shown.graph[each] for each in sorted(links, key=self._ranks.__getitem__)]
        return Panel(
            name=name,
            rules=tuple(each.rule for each in roots),
            boxes=tuple(box_of(each, self._places, self._shown.keys, _href(each, name)) for each in order),
            links=tuple((source, each.id) for each in order for source in links[each.id]),
        )

    def _inputs(self, node: Node) -> Iterator[Node]:
        """Yield what a box has links from: what its node reads, past the connectives that the box speaks for."""
        graph, joint = self._shown.graph, joint_of(node)
        for each in graph.inputs(node.id):
            match node, each:
                case ConnectiveNode(expr=Not()), AtomNode():
                    yield from graph.inputs(each.id)
                case _, ConnectiveNode(expr=expr) if joint is not None and isinstance(expr, joint):
                    yield from self._inputs(each)
                case _:
                    yield each


def _href(node: Node, name: str) -> str | None:
    """Return where a rule is drawn that is not what a panel is about."""
    return f"#{anchor(node.rule.base)}" if isinstance(node, RuleNode) and name not in ("", node.rule.base) else None
