"""What the box of each node of the rule graph says: its name or condition, a note on what it is, and its tooltip."""

from __future__ import annotations

from collections.abc import Mapping

from termwise.core.expr import All, AnyOf, Compare, Constant, Defined, Expr, Not, TermRef
from termwise.core.vocabulary import Direction
from termwise.core.wording import write_expr
from termwise.graph.nodes import (
    AtomNode,
    ConnectiveNode,
    DefinitionNode,
    Kind,
    Node,
    PolicyNode,
    RuleNode,
    RungNode,
    TermNode,
)
from termwise.report.palette import paint_of
from termwise.report.picture_boxes import Box
from termwise.types import name_of

_RUNGS = ("when", "unless", "prefer", "require", "fallback")
_NO_BREAK = "\u00a0"


def box_of(node: Node, places: Mapping[str, int], keys: Mapping[str, tuple[str, ...]], href: str | None) -> Box:
    """Return the box of a node. `places` are those of the rules in the source; `href` is that of a rule elsewhere."""
    paint, kind = paint_of(node), node.kind
    match node:
        case TermNode():
            return Box(node.id, kind, paint, node.name, _kind_of(node), node.term.ask or node.name, columns=31)
        case AtomNode(expr=expr):
            return Box(node.id, kind, paint, _condition(expr), "", write_expr(expr), columns=34)
        case ConnectiveNode(expr=Not(operand) as expr) if is_one_box(operand):
            return Box(node.id, Kind.ATOM, Kind.ATOM.value, _condition(expr), "", write_expr(expr), columns=34)
        case ConnectiveNode(expr=expr):
            return Box(node.id, kind, paint, node.text, "", write_expr(expr))
        case DefinitionNode(body=body):
            note, whole = ", ".join(["definition", *_definition(body)]), f"{node.name} = {write_expr(body)}"
            return Box(node.id, kind, paint, node.name, note, whole, columns=26)
        case RungNode(label=label):
            joint = " or " if label == "unless" else " and "
            whole = f"{label} {joint.join(write_expr(each) for each in node.conditions)}"
            whole += f" approved by {node.approved_by}" if node.approved_by else ""
            return Box(node.id, kind, paint, label, _rung(node), whole, columns=16, order=_order(node, places))
        case RuleNode(rule=rule):
            each = f", for each of {', '.join(keys[rule.name])}" if rule.name in keys else ""
            note, whole = f"{rule.severity.value}{each}", f"{rule.because or rule.name}{each}"
            order = _order(node, places) if href is None else None
            return Box(node.id, kind, paint, rule.name, note, whole, columns=24, order=order, href=href)
        case PolicyNode():
            return Box(node.id, kind, paint, node.text, "policy", node.text)


def is_one_box(expr: Expr) -> bool:
    """Whether a condition is drawn in one box, also when it is negated."""
    return not isinstance(expr, All | AnyOf | Not | Defined)


def joint_of(node: Node) -> type[All] | type[AnyOf] | None:
    """Return the connective that the box of a node speaks for, so that it is not drawn."""
    match node:
        case RungNode(label=label):
            return AnyOf if label == "unless" else All
        case DefinitionNode(body=All()) | ConnectiveNode(expr=All()):
            return All
        case DefinitionNode(body=AnyOf()) | ConnectiveNode(expr=AnyOf()):
            return AnyOf
        case TermNode() | AtomNode() | DefinitionNode() | ConnectiveNode() | RuleNode() | PolicyNode():
            return None


def _order(node: RungNode | RuleNode, places: Mapping[str, int]) -> int:
    """Return the place of a rung or a rule in the source."""
    if isinstance(node, RuleNode):
        return 100 * places[node.rule.name]
    kind, _, number = node.label.partition(" ")
    return 100 * places[node.rule] + 1 + _RUNGS.index(kind) + int(number or 0)


def _kind_of(node: TermNode) -> str:
    term = node.term
    if term.is_context:
        return f"context, {name_of(term.type)}"
    match term.prefer:
        case Direction.LOWER | Direction.HIGHER:
            return f"{name_of(term.type)}, {term.prefer.value} is safer"
        case None:
            return name_of(term.type)


def _rung(rung: RungNode) -> str:
    joint = AnyOf if rung.label == "unless" else All
    count = sum(_parts(each, joint) for each in rung.conditions)
    said = [_count(joint, count)] if count > 1 else []
    if rung.approved_by is not None:
        said.append(f"approved by {rung.approved_by}")
    return ", ".join(said)


def _definition(body: Expr) -> list[str]:
    """Return what there is to say of the body of a definition: how it joins its parts, or the value it names."""
    match body:
        case All() | AnyOf():
            return [_count(type(body), _parts(body, type(body)))]
        case Constant():
            return [write_expr(body)]
        case _:
            return []


def _count(joint: type[All] | type[AnyOf], count: int) -> str:
    return f"{'any' if joint is AnyOf else 'all'} of {count}"


def _parts(expr: Expr, joint: type[All] | type[AnyOf]) -> int:
    """Return how many conditions a connective joins, those of its own kind within it counted one by one."""
    if isinstance(expr, All | AnyOf) and isinstance(expr, joint):
        return sum(_parts(each, joint) for each in expr.operands)
    return 1


def _condition(expr: Expr) -> str:
    """Return a condition as a box says it; a boolean, which looks like its term, says which value it wants.

    A value stays on one line with its operator.
    """
    match expr:
        case TermRef(name):
            return f"{name} ={_NO_BREAK}yes"
        case Not(TermRef(name)):
            return f"{name} ={_NO_BREAK}no"
        case Compare(op, left, Constant(value)) if not isinstance(value, frozenset):
            right = write_expr(Constant(value)).replace(" ", _NO_BREAK)
            return f"{write_expr(left)} {op.value}{_NO_BREAK}{right}"
        case _:
            return write_expr(expr)
