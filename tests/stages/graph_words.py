"""A small vocabulary, and the one way in which the tests of the graph compile policies over it."""

from __future__ import annotations

from termwise.compiler import compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.graph.build import build
from termwise.graph.nodes import Node, RuleGraph
from termwise.source import Source

VOCABULARY = Source(
    "words.tw",
    """
vocabulary words "Words"
enum   kind   { prompts, outputs }
enum   party  { customer, vendor }
scale  level  { none < low < high }
scale  single { only }
record seller { name: text, notice: duration, listed: boolean }

term use[kind]: level                prefer lower
term keep[kind]: duration            prefer lower
term notice: duration                prefer lower
term grace: duration
term audits: rate                    prefer higher
term count: integer                  prefer higher
term share: percent
term cap: fees                       prefer higher
term deposit: money
term yearly: money
term encrypted: boolean              prefer higher
term resold: boolean                 prefer lower
term grade: level                    prefer higher
term sole: single
term covers: set of kind             prefer higher
term names: set of text
term label: text
term holder: party
term ends: date                      prefer higher
term sellers: list of seller
context classes: set of kind
context hosted: boolean
annual fees yearly
""",
)


def policy(text: str) -> Policy:
    """Compile a policy over the vocabulary; that it compiles is what the test says by using it."""
    problems = Problems()
    made = compile_policy(Source("p.tw", f'policy p "P"\nuses words\n{text}'), _find, problems)
    assert made is not None and not problems.has_errors, problems.all
    return made


def graph(text: str) -> RuleGraph:
    """Return the graph of a policy over the vocabulary."""
    return build(policy(text))


def texts(nodes: tuple[Node, ...]) -> list[str]:
    """Return what nodes are called."""
    return [each.text for each in nodes]


def _find(name: str, _path: str) -> Source | None:
    return VOCABULARY if name == "words" else None
