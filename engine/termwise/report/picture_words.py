"""What a picture says beside its boxes: its title, what it was cut out for, and the legend."""

from __future__ import annotations

from collections.abc import Iterable

from termwise.graph.collapse import Collapsed
from termwise.graph.nodes import Focus, RuleGraph
from termwise.report.picture_panels import Panel

LEGEND = {
    "term": "term: what the contract says",
    "context": "context: what the customer says",
    "atom": "condition",
    "connective": "and, or, not",
    "definition": "definition",
    "when": "when: guard",
    "unless": "unless: guard",
    "prefer": "prefer: rung",
    "require": "require: rung",
    "fallback": "fallback: rung",
    "dealbreaker": "rule: dealbreaker",
    "major": "rule: major",
    "minor": "rule: minor",
    "advice": "rule: advice",
}
"""What each paint stands for, from left to right in a picture."""

HOW_TO_READ = "Read from left to right: what is said, the conditions on it, the rungs they make up, the rule."


def title_of(graph: RuleGraph) -> str:
    """Return the title of a picture."""
    return graph.policy.title or graph.policy.name


def subtitle_of(shown: Collapsed, drawn: Iterable[Panel]) -> str:
    """Return what a picture shows of its policy, in one line."""
    policy = shown.graph.policy
    names = [rule.name for panel in drawn for rule in panel.rules]
    with_keys = sum(len(shown.keys.get(each, ("",))) for each in names)
    rules = _count(len(names), "rule") + (f", {with_keys} with every key" if with_keys > len(names) else "")
    name = policy.name if policy.version is None else f"{policy.name} {policy.version}"
    match shown.graph.focus:
        case Focus(None, None):
            return f"Policy {name}: {rules}"
        case Focus(str(rule), None):
            return f"Policy {name}: everything the rule {rule} depends on"
        case Focus(None, str(term)):
            return f"Policy {name}: everything the term {term} touches ({rules})"
        case Focus(rule, term):
            return f"Policy {name}: what the term {term} does to the rule {rule}"


def legend_of(drawn: Iterable[Panel]) -> list[tuple[str, str]]:
    """Return the paints that occur in some panels, each with what it stands for."""
    used = {box.paint for panel in drawn for box in panel.boxes}
    return [(paint, text) for paint, text in LEGEND.items() if paint in used]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
