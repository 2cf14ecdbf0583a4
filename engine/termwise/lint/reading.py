"""What a compiled policy reads: the terms that matter to it at all, and conditions one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.core.expr import All, Expr, terms_of
from termwise.core.policy import Policy


def terms_read(policy: Policy) -> set[str]:
    """Return the terms, by instance name, that matter to a policy: in a rule, a waiver, a guarantee, a clause."""
    conditions = [condition for rule in policy.rules for condition in rule.conditions]
    conditions += [waiver.condition for waiver in policy.waivers if waiver.condition is not None]
    conditions += [each for guarantee in policy.guarantees for each in (*guarantee.when, *guarantee.ensure)]
    conditions += [grant.value for clause in policy.clauses for grant in clause.grants]
    return {name for condition in conditions for name in terms_of(condition)}


def conjuncts(conditions: Sequence[Expr]) -> Iterator[Expr]:
    """Yield the conditions of which all are needed, one by one, however they are joined."""
    for each in conditions:
        if isinstance(each, All):
            yield from conjuncts(each.operands)
        else:
            yield each
