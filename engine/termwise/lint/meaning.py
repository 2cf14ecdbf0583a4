"""Whether two policies mean the same, as far as a fix may change how they say it.

Compiled policies are equal if they say the same in the same form, places and spellings aside. A fix may change the form
in a few ways that keep every answer and every cause of an unknown one: `not not x` is `x`, `not (a != b)` is `a = b`,
`x = yes` is `x`, and `x in {a}` is `x = a`. Here these are brought to one form on both sides, and then the two are
compared as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    Op,
    Passes,
    Quantified,
    Stated,
    TermRef,
)
from termwise.core.policy import Policy, Replacement, Rule
from termwise.frozen import replace


def same_meaning(one: Policy, other: Policy) -> bool:
    """Whether no contract could tell two policies apart, by comparing their forms; a no may be too strict."""
    return plain_policy(one) == plain_policy(other)


def plain_policy(policy: Policy) -> Policy:
    """Return a policy with every condition in the plain form."""
    return replace(
        policy,
        rules=_rules(policy.rules),
        definitions=tuple((name, plain(body)) for name, body in policy.definitions),
        waivers=tuple(
            replace(each, condition=None if each.condition is None else plain(each.condition))
            for each in policy.waivers
        ),
        guarantees=tuple(replace(each, when=_all(each.when), ensure=_all(each.ensure)) for each in policy.guarantees),
        replacements=tuple(_replacement(each) for each in policy.replacements),
    )


def plain(expr: Expr) -> Expr:
    """Return a condition, or an operand, in the plain form."""
    match expr:
        case Constant() | TermRef() | FieldRef() | Stated() | Passes():
            return expr
        case Not(operand):
            return _negated(plain(operand))
        case All(operands):
            return replace(expr, operands=_all(operands))
        case AnyOf(operands):
            return replace(expr, operands=_all(operands))
        case Defined(_, body) | Quantified(_, _, _, body):
            return replace(expr, body=plain(body))
        case Add(left, right):
            return replace(expr, left=plain(left), right=plain(right))
        case Compare(_, left, right):
            return _comparison(replace(expr, left=plain(left), right=plain(right)))


def _negated(expr: Expr) -> Expr:
    match expr:
        case Not(operand):
            return operand
        case Compare(Op.EQ):
            return replace(expr, op=Op.NE)
        case Compare(Op.NE):
            return replace(expr, op=Op.EQ)
        case _:
            return Not(expr)


def _comparison(expr: Compare) -> Expr:
    match expr:
        case Compare(Op.EQ | Op.NE as op, left, Constant(bool(value))) | Compare(
            Op.EQ | Op.NE as op, Constant(bool(value)), left
        ):
            return left if value is (op is Op.EQ) else _negated(left)
        case Compare(Op.IN, _, Constant(frozenset() as members)) if len(members) == 1:
            return replace(expr, op=Op.EQ, right=Constant(next(iter(members))))
        case _:
            return expr


def _all(conditions: Iterable[Expr]) -> tuple[Expr, ...]:
    return tuple(plain(each) for each in conditions)


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(
        replace(
            rule,
            when=_all(rule.when),
            unless=_all(rule.unless),
            prefer=_all(rule.prefer),
            require=_all(rule.require),
            fallbacks=tuple(replace(each, condition=plain(each.condition)) for each in rule.fallbacks),
        )
        for rule in rules
    )


def _replacement(each: Replacement) -> Replacement:
    return replace(each, before=_rules(each.before), after=_rules(each.after))
