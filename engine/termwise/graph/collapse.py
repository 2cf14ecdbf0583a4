"""Keyed rules that differ in nothing but their key, put back together, so that a picture shows what the author wrote.

The core policy has such a rule once per key. Here it stands once, with `each` in place of the key (a reserved word, so
never one of them), and what it reads at its own key likewise: `no_training[each]` reads `training.use[each]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

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
    walk,
)
from termwise.core.policy import Fallback, Policy, Rule
from termwise.core.values import Symbol, Value
from termwise.core.vocabulary import instance, split_instance
from termwise.frozen import frozen, replace
from termwise.graph.build import build
from termwise.graph.nodes import Focus, RuleGraph
from termwise.graph.queries import restrict

EACH = "each"


@frozen
class Collapsed:
    """A graph with keyed rules standing once, and the keys of each such rule by its name."""

    graph: RuleGraph
    keys: Mapping[str, tuple[str, ...]]


def collapse(graph: RuleGraph) -> Collapsed:
    """Return a graph in which the instances of a keyed rule stand once, where they can.

    They can where they are equal but for the key and nobody asks about some of them only. A graph that was cut out for
    one key stays as it is.
    """
    if any("[" in name for name in (graph.focus.rule, graph.focus.term) if name is not None):
        return Collapsed(graph, {})
    policy, keys = _collapsed(graph.policy)
    whole = build(policy)
    part = restrict(whole, rule=graph.focus.rule, term=graph.focus.term)
    return Collapsed(whole if graph.focus == Focus() or part is None else part, keys)


def _collapsed(policy: Policy) -> tuple[Policy, Mapping[str, tuple[str, ...]]]:
    together: dict[str, Rule] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for base, instances in _by_base(policy.rules).items():
        merged = _merged(instances, policy)
        if merged is not None:
            together[base] = merged
            keys[merged.name] = tuple(each.key for each in instances if each.key is not None)
    asked = {rule.name: together[rule.base].name for rule in policy.rules if rule.base in together}
    once = dict.fromkeys(together.get(rule.base, rule) for rule in policy.rules)
    rules = tuple(_over_conditions(rule, lambda expr: _renamed(expr, asked)) for rule in once)
    return replace(policy, rules=rules), keys


def _by_base(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.base, []).append(rule)
    return found


def _merged(instances: list[Rule], policy: Policy) -> Rule | None:
    """Return the one rule that instances amount to, or None where they differ, or one is asked about alone."""
    if len(instances) < 2 or _is_asked_in_part({each.name for each in instances}, policy):
        return None
    first, *others = (_generic(each) for each in instances)
    return first if all(each == first for each in others) else None


def _is_asked_in_part(names: set[str], policy: Policy) -> bool:
    conditions = (condition for rule in policy.rules for condition in rule.conditions)
    asked = ({each.rule for each in walk(condition) if isinstance(each, Passes)} & names for condition in conditions)
    return any(some and some != names for some in asked)


def _generic(rule: Rule) -> Rule:
    """Return a rule with `each` in place of its key."""
    return replace(_over_conditions(rule, lambda expr: _at_key(expr, rule.key)), key=EACH)


def _over_conditions(rule: Rule, change: Callable[[Expr], Expr]) -> Rule:
    """Return a rule with its conditions changed from within, innermost first."""

    def each_of(conditions: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return tuple(_mapped(each, change) for each in conditions)

    return replace(
        rule,
        when=each_of(rule.when),
        unless=each_of(rule.unless),
        prefer=each_of(rule.prefer),
        require=each_of(rule.require),
        fallbacks=tuple(
            Fallback(_mapped(each.condition, change), each.approved_by, each.span) for each in rule.fallbacks
        ),
    )


def _at_key(expr: Expr, key: str | None) -> Expr:
    match expr:
        case TermRef(name):
            base, own = split_instance(name)
            return replace(expr, name=instance(base, EACH)) if own == key else expr
        case Constant(value):
            return Constant(_value_at_key(value, key), expr.span)
        case _:
            return expr


def _value_at_key(value: Value, key: str | None) -> Value:
    match value:
        case Symbol(enum, name) if name == key:
            return Symbol(enum, EACH, 0)
        case frozenset():
            return frozenset(_value_at_key(each, key) for each in value)
        case _:
            return value


def _renamed(expr: Expr, asked: Mapping[str, str]) -> Expr:
    """Ask about the one rule that instances were put together to; of equal operands one is enough."""
    match expr:
        case Passes(rule):
            return replace(expr, rule=asked.get(rule, rule))
        case All(operands) | AnyOf(operands):
            distinct = tuple(dict.fromkeys(operands))
            return distinct[0] if len(distinct) == 1 else replace(expr, operands=distinct)
        case _:
            return expr


def _mapped(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Return an expression with every part changed, innermost first."""

    def inside(part: Expr) -> Expr:
        return _mapped(part, change)

    match expr:
        case Constant() | TermRef() | FieldRef() | Passes():
            return change(expr)
        case Add(left, right) | Compare(_, left, right):
            return change(replace(expr, left=inside(left), right=inside(right)))
        case Stated(term):
            return change(replace(expr, term=inside(term)))
        case Not(operand):
            return change(replace(expr, operand=inside(operand)))
        case All(operands) | AnyOf(operands):
            return change(replace(expr, operands=tuple(inside(each) for each in operands)))
        case Quantified(_, _, records, body):
            return change(replace(expr, records=inside(records), body=inside(body)))
        case Defined(_, body):
            return change(replace(expr, body=inside(body)))
