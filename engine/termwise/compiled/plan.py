"""The rule graph → a plan: numbered terms, atoms and conditions, in an order in which each needs only those before it.

The plan is what every fast evaluator works from: Python code, columns and SQL differ in what a truth value is made of,
and in nothing else. Equal subexpressions are one condition, as they are one node of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

from termwise.core.expr import All, AnyOf, Defined, Expr, Not, Passes, terms_of, walk
from termwise.core.policy import Policy, Rule, Waiver
from termwise.core.vocabulary import Term
from termwise.frozen import field, frozen
from termwise.graph.nodes import AtomNode, ConnectiveNode, DefinitionNode, NodeId, RuleGraph, RungNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@frozen
class Input:
    """A term (by instance name) that some atom reads."""

    name: str
    term: Term


@frozen
class Atom:
    """A condition that no connective makes, with what decides it: inputs by number, and rules whose passing it asks.

    Rules are asked here only within a quantifier; a question that stands alone is an `Asked`.
    """

    expr: Expr
    inputs: tuple[int, ...]
    rules: tuple[int, ...] = ()


@frozen
class Leaf:
    """That an atom holds."""

    atom: int


@frozen
class Asked:
    """That a rule passes."""

    rule: int


@frozen
class Opposite:
    """That a condition fails."""

    of: int


@frozen
class Every:
    """That all of some conditions hold."""

    of: tuple[int, ...]


@frozen
class Some:
    """That any of some conditions holds."""

    of: tuple[int, ...]


Condition: TypeAlias = Leaf | Asked | Opposite | Every | Some


@frozen
class Leave:
    """A waiver that covers a rule, with its `while` as a condition, if it has one."""

    waiver: Waiver
    condition: int | None


@frozen
class PlannedRule:
    """A rule with its conditions by number: guards, and the rungs of its ladder from the top."""

    rule: Rule
    when: tuple[int, ...]
    unless: tuple[int, ...]
    prefer: tuple[int, ...]
    require: tuple[int, ...]
    fallbacks: tuple[int, ...]
    leaves: tuple[Leave, ...]

    @property
    def has_window(self) -> bool:
        """Whether it is law only on some days."""
        return self.rule.in_force_from is not None or self.rule.in_force_until is not None

    @property
    def conditions(self) -> tuple[int, ...]:
        """Every condition of the rule and its waivers, by number."""
        leave = (each.condition for each in self.leaves if each.condition is not None)
        return (*self.when, *self.unless, *self.prefer, *self.require, *self.fallbacks, *leave)


@frozen
class Plan:
    """A policy as numbered parts. `order` are the numbers of the rules, each after those it asks about."""

    policy: Policy
    inputs: tuple[Input, ...]
    atoms: tuple[Atom, ...]
    conditions: tuple[Condition, ...]
    rules: tuple[PlannedRule, ...]
    order: tuple[int, ...]
    asked: frozenset[int] = field(compare=False)

    @property
    def presumes(self) -> bool:
        """Whether silence about something that a rule reads is presumed to mean a value."""
        return any(each.term.presume is not None for each in self.inputs)


def plan(graph: RuleGraph) -> Plan:
    """Return the plan of a whole graph."""
    return _Planner(graph).plan()


class _Planner:
    """The numbers handed out so far."""

    def __init__(self, graph: RuleGraph) -> None:
        self._graph = graph
        self._policy = graph.policy
        self._rules = {rule.name: number for number, rule in enumerate(self._policy.rules)}
        self._inputs: dict[str, int] = {}
        self._atoms: dict[Expr, int] = {}
        self._listed: list[Atom] = []
        self._conditions: dict[Condition, int] = {}
        self._of_node: dict[NodeId, int] = {}

    def plan(self) -> Plan:
        groups: dict[tuple[str, str], tuple[int, ...]] = {}
        for node in self._graph.nodes:
            inputs = [self._of_node[each.id] for each in self._graph.inputs(node.id) if each.id in self._of_node]
            match node:
                case AtomNode(expr=expr):
                    self._of_node[node.id] = self._atom(expr)
                case ConnectiveNode(expr=expr):
                    self._of_node[node.id] = self._joined(expr, inputs)
                case DefinitionNode() if len(inputs) == 1:  # of a condition; one of a value has no truth
                    self._of_node[node.id] = inputs[0]
                case RungNode(rule=rule, label=label):
                    groups[rule, label] = tuple(inputs)
                case _:
                    pass
        rules = tuple(self._rule(rule, groups) for rule in self._policy.rules)
        vocabulary = self._policy.vocabulary
        read = [Input(name, term) for name in self._inputs if (term := vocabulary.term_of(name)) is not None]
        conditions = tuple(self._conditions)
        asks = {number: self._asks(rule, conditions) for number, rule in enumerate(rules)}
        order = tuple(TopologicalSorter(asks).static_order())
        asked = frozenset[int]().union(*asks.values())
        return Plan(self._policy, tuple(read), tuple(self._listed), conditions, rules, order, asked)

    def _rule(self, rule: Rule, groups: Mapping[tuple[str, str], tuple[int, ...]]) -> PlannedRule:
        def group(label: str) -> tuple[int, ...]:
            return groups.get((rule.name, label), ())

        fallbacks = tuple(group(f"fallback {number}")[0] for number in range(1, len(rule.fallbacks) + 1))
        covering = (waiver for waiver in self._policy.waivers if waiver.covers(rule))
        leaves = tuple(Leave(each, None if each.condition is None else self._expr(each.condition)) for each in covering)
        return PlannedRule(
            rule, group("when"), group("unless"), group("prefer"), group("require"), fallbacks, leaves
        )  # fmt: skip

    def _expr(self, expr: Expr) -> int:
        """Return the number of a condition that is not in the graph, such as that of a waiver."""
        match expr:
            case Defined(_, body):
                return self._expr(body)
            case All(operands) | AnyOf(operands):
                return self._joined(expr, [self._expr(each) for each in operands])
            case Not(operand):
                return self._joined(expr, [self._expr(operand)])
            case _:
                return self._atom(expr)

    def _joined(self, expr: All | AnyOf | Not, inputs: Iterable[int]) -> int:
        several = tuple(dict.fromkeys(inputs))
        match expr:
            case Not():
                return self._number(Opposite(several[0]))
            case All():
                return several[0] if len(several) == 1 else self._number(Every(several))
            case AnyOf():
                return several[0] if len(several) == 1 else self._number(Some(several))

    def _atom(self, expr: Expr) -> int:
        if isinstance(expr, Passes):
            return self._number(Asked(self._rules[expr.rule]))
        number = self._atoms.get(expr)
        if number is None:
            number = self._atoms[expr] = len(self._listed)
            inputs = tuple(self._inputs.setdefault(name, len(self._inputs)) for name in terms_of(expr))
            rules = (self._rules[each.rule] for each in walk(expr) if isinstance(each, Passes))
            self._listed.append(Atom(expr, inputs, tuple(dict.fromkeys(rules))))
        return self._number(Leaf(number))

    def _number(self, condition: Condition) -> int:
        return self._conditions.setdefault(condition, len(self._conditions))

    def _asks(self, rule: PlannedRule, conditions: tuple[Condition, ...]) -> frozenset[int]:
        """Return the rules whose outcome a rule, or the `while` of a waiver of it, depends on."""
        found: set[int] = set()
        seen, pending = set[int](), list(rule.conditions)
        while pending:
            here = pending.pop()
            if here in seen:
                continue
            seen.add(here)
            match conditions[here]:
                case Leaf(atom):
                    found.update(self._listed[atom].rules)
                case Asked(asked):
                    found.add(asked)
                case Opposite(of):
                    pending.append(of)
                case Every(of) | Some(of):
                    pending.extend(of)
        return frozenset(found)
