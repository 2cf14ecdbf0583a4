"""A rule graph as text for other programs: DOT for Graphviz, Mermaid for Markdown, JSON for everything else.

DOT and Mermaid are drawings, so a keyed rule stands once in them. JSON is data: every instance, every edge, and for
each rule which way it moves with the terms it reads. The same graph gives the same bytes.
"""

from __future__ import annotations

import json
from typing import Any

from termwise.core.vocabulary import split_instance
from termwise.core.wording import write_expr
from termwise.graph.collapse import collapse
from termwise.graph.nodes import (
    AtomNode,
    ConnectiveNode,
    DefinitionNode,
    Kind,
    Node,
    PolicyNode,
    RuleGraph,
    RuleNode,
    RungNode,
    TermNode,
)
from termwise.graph.queries import polarity
from termwise.report.palette import LIGHT, LINK, paint_of
from termwise.report.printable import on_one_line
from termwise.types import name_of

# ------------------------------------------------------------------------------------------------------------ DOT

_DOT_SHAPES = {
    Kind.TERM: "box",
    Kind.ATOM: "box",
    Kind.CONNECTIVE: "circle",
    Kind.DEFINITION: "note",
    Kind.RUNG: "cds",
    Kind.RULE: "box",
    Kind.POLICY: "doubleoctagon",
}


def dot(graph: RuleGraph) -> str:
    """Return the graph in the DOT language."""
    shown = collapse(graph).graph
    lines = [
        f"digraph {_dot_text(shown.policy.name)} {{",
        "  rankdir=LR;",
        f"  label={_dot_text(shown.policy.title)}; labelloc=t;",
        '  node [fontname="Helvetica", fontsize=11, style=filled];',
        f'  edge [color="{LINK}", arrowsize=0.6];',
    ]
    lines += [f"  {_dot_text(node.id)} [{_dot_attributes(node)}];" for node in shown.nodes]
    lines += [f"  {_dot_text(source.id)} -> {_dot_text(node.id)};" for source, node in shown.edges()]
    return "\n".join([*lines, "}", ""])


def _dot_attributes(node: Node) -> str:
    name = paint_of(node)
    paint = LIGHT[name]
    said = {
        "label": _dot_text(_label(node)),
        "tooltip": _dot_text(_whole(node)),
        "shape": _DOT_SHAPES[node.kind],
        "fillcolor": f'"{paint.fill}"',
        "color": f'"{paint.line}"',
        "fontcolor": f'"{paint.ink}"',
    }
    if name in ("context", "unless"):
        said["style"] = '"filled,dashed"'
    return ", ".join(f"{key}={value}" for key, value in said.items())


def _dot_text(text: str) -> str:
    """Return a quoted string of DOT. A backslash starts an escape in labels, so each is doubled."""
    lines = (on_one_line(each).replace("\\", "\\\\").replace('"', '\\"') for each in text.split("\n"))
    return '"' + "\\n".join(lines) + '"'


# -------------------------------------------------------------------------------------------------------- Mermaid

_MERMAID_SHAPES = {
    Kind.TERM: ("([", "])"),
    Kind.ATOM: ("[", "]"),
    Kind.CONNECTIVE: ("((", "))"),
    Kind.DEFINITION: ("[/", "/]"),
    Kind.RUNG: ("{{", "}}"),
    Kind.RULE: ("[", "]"),
    Kind.POLICY: ("[[", "]]"),
}


def mermaid(graph: RuleGraph) -> str:
    """Return the graph as a Mermaid flowchart."""
    shown = collapse(graph).graph
    number = {node.id: f"n{at}" for at, node in enumerate(shown.nodes)}
    lines = ["---", f"title: {json.dumps(shown.policy.title, ensure_ascii=False)}", "---", "flowchart LR"]
    for node in shown.nodes:
        opening, closing = _MERMAID_SHAPES[node.kind]
        lines.append(f'  {number[node.id]}{opening}"{_mermaid_text(_label(node))}"{closing}:::{paint_of(node)}')
    lines += [f"  {number[source.id]} --> {number[node.id]}" for source, node in shown.edges()]
    used = dict.fromkeys(paint_of(node) for node in shown.nodes)
    for name in used:
        dashes = ",stroke-dasharray:5 3" if name in ("context", "unless") else ""
        paint = LIGHT[name]
        lines.append(f"  classDef {name} fill:{paint.fill},stroke:{paint.line},color:{paint.ink}{dashes}")
    return "\n".join([*lines, ""])


def _mermaid_text(text: str) -> str:
    """Return the inside of a quoted label: whatever Mermaid or HTML could take for markup as a character code."""
    lines = (on_one_line(each) for each in text.split("\n"))
    return "<br>".join(
        "".join(each if each.isalnum() or each in " .,_-[](){}=+/:;'" else f"#{ord(each)};" for each in line)
        for line in lines
    )


# ----------------------------------------------------------------------------------------------------------- JSON


def as_json(graph: RuleGraph) -> str:
    """Return the graph as one JSON object of nodes and edges, in topological order."""
    policy, focus = graph.policy, graph.focus
    whole = {
        "policy": policy.name,
        "title": policy.title,
        "version": policy.version,
        "vocabulary": policy.vocabulary.name,
        "rule": focus.rule,
        "term": focus.term,
        "nodes": [
            {"id": node.id, "kind": node.kind.value, "text": node.text} | _details(node, graph) for node in graph.nodes
        ],
        "edges": [[source.id, node.id] for source, node in graph.edges()],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _details(node: Node, graph: RuleGraph) -> dict[str, Any]:
    match node:
        case TermNode(name=name, term=term):
            return {
                "term": term.name,
                "key": split_instance(name)[1],
                "type": name_of(term.type),
                "prefer": None if term.prefer is None else term.prefer.value,
                "context": term.is_context,
            }
        case ConnectiveNode(expr=expr):
            return {"condition": write_expr(expr)}
        case DefinitionNode(body=body):
            return {"condition": write_expr(body)}
        case RungNode(rule=rule, conditions=conditions, approved_by=approved_by):
            return {
                "rule": rule,
                "conditions": [write_expr(each) for each in conditions],
                "approved_by": approved_by,
            }
        case RuleNode(rule=rule):
            read = dict.fromkeys(split_instance(name)[0] for name in rule.terms)
            return {
                "rule": rule.base,
                "key": rule.key,
                "severity": rule.severity.value,
                "because": rule.because,
                "clause": rule.clause,
                "polarity": {term: polarity(rule, term, graph.policy.vocabulary, graph.policy).value for term in read},
            }
        case AtomNode() | PolicyNode():
            return {}


# ---------------------------------------------------------------------------------------------------------- words


def _label(node: Node) -> str:
    """Return what stands in the box of a node, a line each."""
    match node:
        case TermNode(term=term):
            return f"{node.text}\n{name_of(term.type)}{', context' if term.is_context else ''}"
        case RungNode(approved_by=str(approved_by)):
            return f"{node.text}\napproved by {approved_by}"
        case RuleNode(rule=rule):
            return f"{node.text}\n{rule.severity.value}"
        case DefinitionNode():
            return f"{node.text}\ndefinition"
        case AtomNode() | ConnectiveNode() | RungNode() | PolicyNode():
            return node.text


def _whole(node: Node) -> str:
    """Return all that a node says."""
    match node:
        case TermNode(term=term):
            return term.ask or node.text
        case ConnectiveNode(expr=expr) | AtomNode(expr=expr):
            return write_expr(expr)
        case DefinitionNode(name=name, body=body):
            return f"{name} = {write_expr(body)}"
        case RungNode(label=label, conditions=conditions):
            joint = " or " if label == "unless" else " and "
            return f"{label} {joint.join(write_expr(each) for each in conditions)}"
        case RuleNode(rule=rule):
            return rule.because or rule.name
        case PolicyNode():
            return node.text
