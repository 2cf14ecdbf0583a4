"""The colours of the rule graph, for every format that has some: one paint a kind, rung or severity, light and dark.

Colour is never the only sign: whatever has a paint of its own also says in words what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from termwise.core.policy import Severity
from termwise.frozen import frozen
from termwise.graph.nodes import (
    AtomNode,
    ConnectiveNode,
    DefinitionNode,
    Node,
    PolicyNode,
    RuleNode,
    RungNode,
    TermNode,
)


@frozen
class Paint:
    """What a box is filled with, what its outline is drawn with, and its text."""

    fill: str
    line: str
    ink: str


INK, DARK_INK = "#1b2530", "#e8edf2"
FAINT, DARK_FAINT = "#566370", "#a3b1bf"
LINK, DARK_LINK = "#98a4b0", "#5d6b79"
GROUND, DARK_GROUND = "#ffffff", "#12171d"

LIGHT: Mapping[str, Paint] = {
    "term": Paint("#f1f3f6", "#7b8896", INK),
    "context": Paint("#f1f3f6", "#7b8896", INK),
    "atom": Paint("#ffffff", "#7b8896", INK),
    "connective": Paint("#e3e8ed", "#7b8896", INK),
    "definition": Paint("#f2edfb", "#7a5cb8", INK),
    "when": Paint("#e9edf8", "#4c60a3", INK),
    "unless": Paint("#e9edf8", "#4c60a3", INK),
    "prefer": Paint("#e2f3ea", "#23774b", INK),
    "require": Paint("#e1edfb", "#1f5fa8", INK),
    "fallback": Paint("#fdf1d8", "#94600a", INK),
    "dealbreaker": Paint("#a8201a", "#7d1510", "#ffffff"),
    "major": Paint("#fce0d2", "#b3470f", INK),
    "minor": Paint("#e4ebf2", "#456482", INK),
    "advice": Paint("#f2f2f2", "#6e6e6e", INK),
    "policy": Paint("#ffffff", "#1b2530", INK),
}

DARK: Mapping[str, Paint] = {
    "term": Paint("#1c242d", "#6d7c8b", DARK_INK),
    "context": Paint("#1c242d", "#6d7c8b", DARK_INK),
    "atom": Paint("#12171d", "#6d7c8b", DARK_INK),
    "connective": Paint("#2a343f", "#6d7c8b", DARK_INK),
    "definition": Paint("#291f42", "#a98ee6", DARK_INK),
    "when": Paint("#1e2743", "#8d9fdd", DARK_INK),
    "unless": Paint("#1e2743", "#8d9fdd", DARK_INK),
    "prefer": Paint("#122d1f", "#58b685", DARK_INK),
    "require": Paint("#11263f", "#65a2e6", DARK_INK),
    "fallback": Paint("#352609", "#d9a03c", DARK_INK),
    "dealbreaker": Paint("#b8322b", "#f08a84", "#ffffff"),
    "major": Paint("#43210f", "#ea8c57", DARK_INK),
    "minor": Paint("#1f2d3b", "#8cabc9", DARK_INK),
    "advice": Paint("#252a2f", "#a0a8b0", DARK_INK),
    "policy": Paint("#12171d", "#e8edf2", DARK_INK),
}


def paint_of(node: Node) -> str:
    """Return the name of the paint of a node."""
    match node:
        case TermNode(term=term):
            return "context" if term.is_context else "term"
        case RungNode(label=label):
            return label.split()[0]
        case RuleNode(rule=rule):
            return severity_paint(rule.severity)
        case AtomNode() | ConnectiveNode() | DefinitionNode() | PolicyNode():
            return node.kind.value


def severity_paint(severity: Severity) -> str:
    """Return the name of the paint of a severity."""
    return severity.value
