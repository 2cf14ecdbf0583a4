"""One form for conditions that mean the same for an obvious reason: so that no mutant is made which changes nothing.

Strong Kleene truth keeps the laws used here: double negation, De Morgan, and that `and` and `or` are associative,
commutative and idempotent.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from termwise.core.expr import All, AnyOf, Compare, Constant, Defined, Expr, Not, Op, Quantified, Quantifier
from termwise.core.policy import Rule, Waiver
from termwise.frozen import replace

_OPPOSITES = {Op.EQ: Op.NE, Op.LT: Op.GE, Op.LE: Op.GT}
_OPPOSITES |= {other: op for op, other in _OPPOSITES.items()}


def normal_rule(rule: Rule) -> Hashable:
    """Return what decides the outcome of a rule, in one form."""
    guards = (*(normal(each) for each in rule.when), *(normal(Not(each)) for each in rule.unless))
    prefer = None if not rule.prefer else _joined("all", map(normal, rule.prefer))
    fallbacks = tuple((normal(each.condition), each.approved_by) for each in rule.fallbacks)
    require = _joined("all", map(normal, rule.require))
    return _joined("all", guards), prefer, require, fallbacks, rule.in_force_from, rule.in_force_until


def normal_waiver(waiver: Waiver) -> Hashable:
    """Return what decides whether a waiver is in force, in one form."""
    condition = None if waiver.condition is None else normal(waiver.condition)
    return waiver.rule, waiver.key, waiver.contract, condition, waiver.until, waiver.approved_by


def normal(expr: Expr) -> Hashable:
    """Return a condition in a form that it shares with others of the same meaning."""
    match expr:
        case Defined(_, body):
            return normal(body)
        case Not(operand):
            return _negated(operand)
        case All(operands):
            return _joined("all", map(normal, operands))
        case AnyOf(operands):
            return _joined("any", map(normal, operands))
        case Quantified(Quantifier.NO, variable, records, body):
            return normal(Quantified(Quantifier.EVERY, variable, records, Not(body)))
        case Quantified(quantifier, variable, records, body):
            return quantifier, variable, records, normal(body)
        case Compare(left=left, right=right):
            return replace(expr, left=_operand(left), right=_operand(right))
        case _:
            return expr


def _negated(expr: Expr) -> Hashable:
    match expr:
        case Not(operand):
            return normal(operand)
        case Defined(_, body):
            return _negated(body)
        case Constant(bool() as value):
            return Constant(not value)
        case Compare(op) if op in _OPPOSITES:
            return normal(replace(expr, op=_OPPOSITES[op]))
        case All(operands):
            return _joined("any", map(_negated, operands))
        case AnyOf(operands):
            return _joined("all", map(_negated, operands))
        case Quantified(Quantifier.EVERY, variable, records, body):
            return Quantifier.SOME, variable, records, _negated(body)
        case Quantified(Quantifier.SOME, variable, records, body):
            return Quantifier.EVERY, variable, records, _negated(body)
        case Quantified(Quantifier.NO, variable, records, body):
            return Quantifier.SOME, variable, records, normal(body)
        case _:
            return "not", normal(expr)


def _operand(expr: Expr) -> Expr:
    return _operand(expr.body) if isinstance(expr, Defined) else expr


def _joined(joint: str, operands: Iterable[Hashable]) -> Hashable:
    """Return a conjunction or disjunction without what says nothing, and what is said twice."""
    neutral, decisive = (Constant(True), Constant(False)) if joint == "all" else (Constant(False), Constant(True))
    parts: set[Hashable] = set()
    for each in operands:
        match each:
            case (str() as inner, frozenset() as inside) if inner == joint:
                parts |= inside
            case _:
                parts.add(each)
    if decisive in parts:
        return decisive
    parts.discard(neutral)
    if len(parts) == 1:
        return parts.pop()
    return (joint, frozenset(parts)) if parts else neutral
