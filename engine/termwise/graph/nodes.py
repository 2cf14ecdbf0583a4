"""The nodes of the rule graph, and the graph itself: what feeds into what, from terms on the left to the policy.

An edge runs from what is read to what reads it: term → atom → connective or definition → rung → rule → policy. A rule
that asks about another stands behind it through the atom that asks. networkx holds the edges and never shows: what it
is good at (orders, ancestors) is asked here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum, unique
from typing import NewType, TypeAlias

import networkx as nx

from termwise.core.expr import All, AnyOf, Expr, Not
from termwise.core.policy import Policy, Rule
from termwise.core.vocabulary import Term
from termwise.core.wording import write_expr
from termwise.frozen import field, frozen

NodeId = NewType("NodeId", str)
"""The name of a node: its kind and its text, so that it is the same wherever the node stands in the policy."""


@unique
class Kind(Enum):
    """What a node is, from left to right; the value is its name in exports."""

    TERM = "term"
    ATOM = "atom"
    CONNECTIVE = "connective"
    DEFINITION = "definition"
    RUNG = "rung"
    RULE = "rule"
    POLICY = "policy"


@frozen
class TermNode:
    """A term at one key (`name` is the instance name): where facts come in."""

    kind = Kind.TERM
    id: NodeId
    name: str
    term: Term

    @property
    def text(self) -> str:
        """The instance name."""
        return self.name


@frozen
class AtomNode:
    """A condition that no connective makes: a comparison, a boolean, a quantifier, a question of a state or a rule."""

    kind = Kind.ATOM
    id: NodeId
    expr: Expr

    @property
    def text(self) -> str:
        """The condition as the language writes it."""
        return write_expr(self.expr)


@frozen
class ConnectiveNode:
    """`and`, `or` or `not` over other conditions."""

    kind = Kind.CONNECTIVE
    id: NodeId
    expr: All | AnyOf | Not

    @property
    def text(self) -> str:
        """The connective alone; `expr` has the whole condition."""
        match self.expr:
            case All():
                return "and"
            case AnyOf():
                return "or"
            case Not():
                return "not"


@frozen
class DefinitionNode:
    """A named condition or value."""

    kind = Kind.DEFINITION
    id: NodeId
    name: str
    body: Expr

    @property
    def text(self) -> str:
        """The name of the definition."""
        return self.name


@frozen
class RungNode:
    """One group of conditions of a rule: a guard ("when", "unless") or a rung ("prefer", "require", "fallback 1")."""

    kind = Kind.RUNG
    id: NodeId
    rule: str
    label: str
    conditions: tuple[Expr, ...]
    approved_by: str | None = None

    @property
    def text(self) -> str:
        """The name of the group within its rule."""
        return self.label


@frozen
class RuleNode:
    """A rule at one key."""

    kind = Kind.RULE
    id: NodeId
    rule: Rule

    @property
    def text(self) -> str:
        """The instance name of the rule."""
        return self.rule.name


@frozen
class PolicyNode:
    """The policy, which every rule feeds into."""

    kind = Kind.POLICY
    id: NodeId
    name: str

    @property
    def text(self) -> str:
        """The name of the policy."""
        return self.name


Node: TypeAlias = TermNode | AtomNode | ConnectiveNode | DefinitionNode | RungNode | RuleNode | PolicyNode


@frozen
class Focus:
    """What a part of a graph was cut out for: a rule, a term, or what one term does to one rule."""

    rule: str | None = None
    term: str | None = None


@frozen
class RuleGraph:
    """A policy as a directed acyclic graph. `nodes` are in topological order, ties broken by the order of the source.

    `focus` is set where this is a part of a graph, cut out for one rule or term.
    """

    policy: Policy
    nodes: tuple[Node, ...]
    focus: Focus
    _by_id: Mapping[NodeId, Node] = field(compare=False, repr=False)
    _edges: nx.DiGraph = field(compare=False, repr=False)

    def __getitem__(self, node: NodeId) -> Node:
        """Return the node of this name."""
        return self._by_id[node]

    def __contains__(self, node: NodeId) -> bool:
        """Whether there is a node of this name."""
        return node in self._by_id

    def inputs(self, node: NodeId) -> tuple[Node, ...]:
        """Return what a node reads, in source order."""
        return tuple(self._by_id[each] for each in self._edges.predecessors(node))

    def users(self, node: NodeId) -> tuple[Node, ...]:
        """Return what reads a node, in topological order."""
        return tuple(self._by_id[each] for each in self._edges.successors(node))

    def before(self, node: NodeId) -> frozenset[NodeId]:
        """Return everything that feeds into a node, however indirectly."""
        return frozenset(nx.ancestors(self._edges, node))

    def after(self, node: NodeId) -> frozenset[NodeId]:
        """Return everything that a node feeds into, however indirectly."""
        return frozenset(nx.descendants(self._edges, node))

    def edges(self) -> Iterator[tuple[Node, Node]]:
        """Yield every edge, as what is read and what reads it: by reader in topological order, then in source order."""
        for node in self.nodes:
            for source in self.inputs(node.id):
                yield source, node

    def part(self, kept: Collection[NodeId], focus: Focus) -> RuleGraph:
        """Return the graph of some of the nodes, with the edges between them."""
        nodes = tuple(each for each in self.nodes if each.id in kept)
        inside = {each.id for each in nodes}
        edges = ((source.id, node.id) for source, node in self.edges() if {source.id, node.id} <= inside)
        return assemble(self.policy, nodes, edges, focus)


def assemble(
    policy: Policy, nodes: Iterable[Node], edges: Iterable[tuple[NodeId, NodeId]], focus: Focus | None = None
) -> RuleGraph:
    """Return the graph of some nodes and edges, which must not run in a circle. Inputs keep the order of the edges."""
    by_id = {each.id: each for each in nodes}
    rank = {each: number for number, each in enumerate(by_id)}
    unsorted = nx.DiGraph()
    unsorted.add_nodes_from(by_id)
    unsorted.add_edges_from(edges)
    order = list(nx.lexicographical_topological_sort(unsorted, key=rank.__getitem__))
    graph = nx.DiGraph()
    graph.add_nodes_from(order)
    graph.add_edges_from((source, node) for node in order for source in unsorted.predecessors(node))
    return RuleGraph(policy, tuple(by_id[each] for each in order), focus or Focus(), by_id, graph)
