"""A policy → its rule graph, with equal subexpressions shared across rules.

Expressions are told apart by (kind, operator, children), the children being numbers handed out before: equal ones meet
in one node however often and wherever they are written, and no tree is ever hashed as a whole. Values are compared by
what they mean, so `quarterly` and `4 per year` are one condition, shown as it was written first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from termwise.core.expr import (
    Add,
    All,
    AnyOf,
    Compare,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Not,
    Passes,
    Quantified,
    Stated,
    TermRef,
    children,
)
from termwise.core.policy import Policy, Rule
from termwise.core.wording import write_expr
from termwise.graph.nodes import (
    AtomNode,
    ConnectiveNode,
    DefinitionNode,
    Kind,
    Node,
    NodeId,
    PolicyNode,
    RuleGraph,
    RuleNode,
    RungNode,
    TermNode,
    assemble,
)
from termwise.types import Scalar


def build(policy: Policy) -> RuleGraph:
    """Return the graph of a policy whose rules do not ask about each other in a circle."""
    builder = _Builder(policy)
    for name, body in policy.definitions:
        builder.node(Defined(name, body))
    root = PolicyNode(builder.name(Kind.POLICY, policy.name), policy.name)
    rules = [builder.rule(rule) for rule in policy.rules]
    builder.add(root, rules)
    return assemble(policy, builder.nodes.values(), builder.edges)


def rule_id(name: str) -> NodeId:
    """Return the id of the rule with this instance name."""
    return NodeId(f"{Kind.RULE.value}:{name}")


def term_id(name: str) -> NodeId:
    """Return the id of the term with this instance name."""
    return NodeId(f"{Kind.TERM.value}:{name}")


def groups(rule: Rule) -> Iterator[tuple[str, tuple[Expr, ...], str | None]]:
    """Yield the groups of conditions a rule has, as (label, conditions, who approves): guards, then the ladder."""
    named = (("when", rule.when), ("unless", rule.unless), ("prefer", rule.prefer), ("require", rule.require))
    for label, conditions in named:
        if conditions:
            yield label, conditions, None
    for number, fallback in enumerate(rule.fallbacks, start=1):
        yield f"fallback {number}", (fallback.condition,), fallback.approved_by


class _Builder:
    """The nodes and edges so far, and which expression is which node."""

    def __init__(self, policy: Policy) -> None:
        self.nodes: dict[NodeId, Node] = {}
        self.edges: list[tuple[NodeId, NodeId]] = []
        self._terms = policy.vocabulary
        self._numbers: dict[tuple[str, Hashable, tuple[int, ...]], int] = {}
        self._seen: dict[int, tuple[Expr, int]] = {}
        self._of_number: dict[int, NodeId] = {}

    def rule(self, rule: Rule) -> NodeId:
        """Add a rule with everything it reads."""
        rungs = [self._rung(rule.name, *group) for group in groups(rule)]
        return self.add(RuleNode(rule_id(rule.name), rule), rungs)

    def _rung(self, rule: str, label: str, conditions: tuple[Expr, ...], approved_by: str | None) -> NodeId:
        inputs = [self.node(each) for each in conditions]
        return self.add(RungNode(self.name(Kind.RUNG, f"{rule} {label}"), rule, label, conditions, approved_by), inputs)

    def node(self, expr: Expr) -> NodeId:
        """Return the node of a condition or a definition, adding it with everything it reads where it is new."""
        number = self._number(expr)
        known = self._of_number.get(number)
        if known is None:
            known = self._of_number[number] = self._add_expr(expr)
        return known

    def _add_expr(self, expr: Expr) -> NodeId:
        match expr:
            case All() | AnyOf() | Not():
                inputs = [self.node(each) for each in children(expr)]
                return self.add(ConnectiveNode(self.name(Kind.CONNECTIVE, write_expr(expr)), expr), inputs)
            case Defined(name, body):
                inputs = [self.node(body)] if self._is_condition(body) else self._references(body)
                return self.add(DefinitionNode(self.name(Kind.DEFINITION, name), name, body), inputs)
            case Constant() | TermRef() | FieldRef() | Add() | Compare() | Stated() | Passes() | Quantified():
                inputs = self._references(expr)
                return self.add(AtomNode(self.name(Kind.ATOM, write_expr(expr)), expr), inputs)

    def _is_condition(self, expr: Expr) -> bool:
        """Whether an expression has a truth; a value of a definition has none."""
        match expr:
            case TermRef(name):
                term = self._terms.term_of(name)
                return term is not None and term.type is Scalar.BOOLEAN
            case Constant() | FieldRef() | Add():
                return False
            case Defined(_, body):
                return self._is_condition(body)
            case Compare() | Stated() | Passes() | Not() | All() | AnyOf() | Quantified():
                return True

    def _references(self, expr: Expr) -> list[NodeId]:
        """Return what an expression reads from outside, once each, in source order: terms, definitions and rules."""
        match expr:
            case TermRef(name):
                return [self._term(name)]
            case Passes(rule):
                return [rule_id(rule)]
            case Defined():
                return [self.node(expr)]
            case Constant() | FieldRef() | Add() | Compare() | Stated() | Not() | All() | AnyOf() | Quantified():
                found = (each for child in children(expr) for each in self._references(child))
                return list(dict.fromkeys(found))

    def _term(self, name: str) -> NodeId:
        term = self._terms.term_of(name)
        assert term is not None, name
        return self.add(TermNode(term_id(name), name, term), [])

    def add(self, node: Node, inputs: list[NodeId]) -> NodeId:
        """Add a node behind its inputs, unless it is there."""
        if node.id not in self.nodes:
            self.nodes[node.id] = node
            self.edges.extend((each, node.id) for each in inputs)
        return node.id

    def name(self, kind: Kind, text: str) -> NodeId:
        """Return an id that is not taken: different expressions can have the same text."""
        plain = NodeId(f"{kind.value}:{text}")
        number, free = 1, plain
        while free in self.nodes:
            number += 1
            free = NodeId(f"{plain} #{number}")
        return free

    def _number(self, expr: Expr) -> int:
        """Return the number of an expression; equal ones have the same. Each object is looked at once."""
        seen = self._seen.get(id(expr))
        if seen is None:
            key = (type(expr).__name__, _operator(expr), tuple(self._number(each) for each in children(expr)))
            number = self._numbers.setdefault(key, len(self._numbers))
            seen = self._seen[id(expr)] = (expr, number)  # the object is kept, so that its id stays its own
        return seen[1]


def _operator(expr: Expr) -> Hashable:
    """Return what tells an expression from others of its kind, its children aside."""
    match expr:
        case Constant(value):
            return type(value).__name__, value  # in Python, yes and 1 are equal
        case TermRef(name) | Passes(name) | Defined(name):
            return name
        case FieldRef(variable, name):
            return variable, name
        case Add(negative=negative):
            return negative
        case Compare(op):
            return op
        case Quantified(quantifier, variable):
            return quantifier, variable
        case Stated() | Not() | All() | AnyOf():
            return None
