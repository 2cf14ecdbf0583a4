"""A rule graph → panels: the boxes and links of one rule each, or of everything one rule or term has to do with.

A panel says the same as its part of the graph in fewer boxes. A `not` is drawn with what it negates, and the `and` of
a rung or a definition is left to the box itself, which says "all of 3".
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.core.expr import All, AnyOf, Compare, Constant, Defined, Expr, Not, TermRef
from termwise.core.policy import Rule
from termwise.core.vocabulary import Direction
from termwise.core.wording import write_expr
from termwise.frozen import frozen
from termwise.graph.collapse import Collapsed
from termwise.graph.nodes import (
    AtomNode,
    ConnectiveNode,
    DefinitionNode,
    Focus,
    Kind,
    Node,
    NodeId,
    PolicyNode,
    RuleGraph,
    RuleNode,
    RungNode,
    TermNode,
)
from termwise.report.palette import paint_of
from termwise.report.picture_boxes import Box
from termwise.types import name_of


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
    graph = shown.graph
    if graph.focus != Focus():
        return (_panel("", shown),)
    names = dict.fromkeys(rule.base for rule in graph.policy.rules)
    return tuple(_panel(name, shown) for name in names)


def anchor(base: str) -> str:
    """Return the name by which a page links to the panel of a rule."""
    return f"rule-{base}"


def _panel(name: str, shown: Collapsed) -> Panel:
    """Follow the inputs of the rules a panel is about; where that is one rule, not beyond the rules it asks about."""
    graph = shown.graph
    roots = [each for each in graph.nodes if isinstance(each, RuleNode) and name in ("", each.rule.base)]
    links: dict[NodeId, list[NodeId]] = {}
    pending: list[Node] = list(roots)
    while pending:
        here = pending.pop()
        if here.id not in links:
            inputs = [] if _is_elsewhere(here, name) else list(_drawn_inputs(graph, here))
            links[here.id] = list(dict.fromkeys(each.id for each in inputs))
            pending.extend(inputs)
    order = [each for each in graph.nodes if each.id in links]
    return Panel(
        name=name,
        rules=tuple(sorted((each.rule for each in roots), key=graph.policy.rules.index)),
        boxes=tuple(_box(each, shown, name) for each in order),
        links=tuple((source, each.id) for each in order for source in links[each.id]),
    )


def _is_elsewhere(node: Node, name: str) -> bool:
    """Whether a node is a rule that has a panel of its own."""
    return isinstance(node, RuleNode) and name not in ("", node.rule.base)


def _drawn_inputs(graph: RuleGraph, node: Node) -> Iterator[Node]:
    """Yield what a box has links from: what its node reads, past the connectives that the box speaks for."""
    for each in graph.inputs(node.id):
        match node, each:
            case ConnectiveNode(expr=Not()), AtomNode():
                yield from graph.inputs(each.id)
            case _, ConnectiveNode(expr=All() | AnyOf()) if isinstance(each.expr, _joint(node)):
                yield from _drawn_inputs(graph, each)
            case _:
                yield each


def _joint(node: Node) -> tuple[type, ...]:
    """Return the connectives that the box of a node speaks for."""
    match node:
        case RungNode(label=label):
            return (AnyOf,) if label == "unless" else (All,)
        case DefinitionNode(body=body) | ConnectiveNode(expr=body):
            return (All,) if isinstance(body, All) else (AnyOf,) if isinstance(body, AnyOf) else ()
        case TermNode() | AtomNode() | RuleNode() | PolicyNode():
            return ()


# ----------------------------------------------------------------------------------------------------------- boxes


def _box(node: Node, shown: Collapsed, name: str) -> Box:
    paint, kind = paint_of(node), node.kind
    match node:
        case TermNode():
            return Box(node.id, kind, paint, node.name, _kind_of(node), node.term.ask or node.name, columns=31)
        case AtomNode(expr=expr):
            return Box(node.id, kind, paint, _condition(expr), "", write_expr(expr), columns=34)
        case ConnectiveNode(expr=Not(operand) as expr) if _is_one_box(operand):
            return Box(node.id, Kind.ATOM, Kind.ATOM.value, _condition(expr), "", write_expr(expr), columns=34)
        case ConnectiveNode(expr=expr):
            return Box(node.id, kind, paint, node.text, "", write_expr(expr))
        case DefinitionNode(body=body):
            note, whole = f"definition{_value(body)}", f"{node.name} = {write_expr(body)}"
            return Box(node.id, kind, paint, node.name, note, whole, columns=26)
        case RungNode(label=label):
            note, whole = _said_of(node), f"{label} {_joined(node)}"
            return Box(node.id, kind, paint, label, note, whole, columns=16, order=_order(node, shown.graph))
        case RuleNode(rule=rule):
            each = f", for each of {', '.join(shown.keys[rule.name])}" if rule.name in shown.keys else ""
            note, whole = f"{rule.severity.value}{each}", rule.because or rule.name
            if _is_elsewhere(node, name):
                return Box(node.id, kind, paint, rule.name, note, whole, columns=28, href=f"#{anchor(rule.base)}")
            return Box(node.id, kind, paint, rule.name, note, whole, columns=24, order=_order(node, shown.graph))
        case PolicyNode():
            return Box(node.id, kind, paint, node.text, "policy", node.text)


def _order(node: RungNode | RuleNode, graph: RuleGraph) -> int:
    """Return the place of a rung or a rule in the source."""
    name = node.rule if isinstance(node, RungNode) else node.rule.name
    place = next(at for at, rule in enumerate(graph.policy.rules) if rule.name == name)
    rungs = ("when", "unless", "prefer", "require", "fallback")
    if isinstance(node, RuleNode):
        return 100 * place
    kind, _, number = node.label.partition(" ")
    return 100 * place + 1 + rungs.index(kind) + int(number or 0)


def _said_of(rung: RungNode) -> str:
    joint = AnyOf if rung.label == "unless" else All
    count = sum(len(each.operands) if isinstance(each, joint) else 1 for each in rung.conditions)
    said = [f"{'any' if joint is AnyOf else 'all'} of {count}"] if count > 1 else []
    if rung.approved_by is not None:
        said.append(f"approved by {rung.approved_by}")
    return ", ".join(said)


def _joined(rung: RungNode) -> str:
    return (" or " if rung.label == "unless" else " and ").join(write_expr(each) for each in rung.conditions)


def _kind_of(node: TermNode) -> str:
    term = node.term
    if term.is_context:
        return f"context, {name_of(term.type)}"
    match term.prefer:
        case Direction.LOWER | Direction.HIGHER:
            return f"{name_of(term.type)}, {term.prefer.value} is safer"
        case None:
            return name_of(term.type)


def _value(body: Expr) -> str:
    """Return what the note of a definition says of its body: how it joins its inputs, or the value it names."""
    match body:
        case All(operands):
            return f", all of {len(operands)}"
        case AnyOf(operands):
            return f", any of {len(operands)}"
        case Constant():
            return f", {write_expr(body)}"
        case _:
            return ""


def _is_one_box(expr: Expr) -> bool:
    """Whether a condition is drawn in one box."""
    return not isinstance(expr, All | AnyOf | Not | Defined)


def _condition(expr: Expr) -> str:
    """Return a condition as a box says it: a boolean, which looks like its term, says which value it wants."""
    match expr:
        case TermRef(name):
            return f"{name} =\u00a0yes"
        case Not(TermRef(name)):
            return f"{name} =\u00a0no"
        case Compare(op, left, Constant(value)) if not isinstance(value, frozenset):
            right = write_expr(Constant(value)).replace(" ", "\u00a0")
            return f"{write_expr(left)} {op.value}\u00a0{right}"
        case _:
            return write_expr(expr)
