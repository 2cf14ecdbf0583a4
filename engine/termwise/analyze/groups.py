"""Rules that share no term, taken apart: what one group of them does says nothing about another.

Contracts can be put together freely from parts for each group, so a policy of independent groups costs what its groups
cost, one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termwise.core.expr import Compare, Expr, Passes, TermRef, walk
from termwise.core.policy import Policy, Rule
from termwise.frozen import frozen

_AS_OF = "as of"
"""What rules that are in force on some days share; no term has a space in its name."""


@frozen
class Group:
    """Rules that have to be looked at together, in source order, and the terms that they read."""

    rules: tuple[Rule, ...]
    terms: frozenset[str]


def groups(policy: Policy, rules: Sequence[Rule]) -> tuple[Group, ...]:
    """Return the groups of some rules, in the order of their first rules."""
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while leaders.setdefault(name, name) != name:
            leaders[name] = leaders[leaders[name]]
            name = leaders[name]
        return name

    read = [terms_of_rule(rule, policy) for rule in rules]
    for rule, terms in zip(rules, read, strict=True):
        for term in terms:
            leaders[leader(term)] = leader(f"rule {rule.name}")
    found: dict[str, tuple[list[Rule], set[str]]] = {}
    for rule, terms in zip(rules, read, strict=True):
        members, names = found.setdefault(leader(f"rule {rule.name}"), ([], set()))
        members.append(rule)
        names |= terms
    return tuple(Group(tuple(members), frozenset(names)) for members, names in found.values())


def terms_of_rule(rule: Rule, policy: Policy) -> frozenset[str]:
    """Return the terms, by instance name, that have a say in what comes of a rule, and the day if it has one."""
    days = {_AS_OF} if rule.in_force_from is not None or rule.in_force_until is not None else set()
    return frozenset(days) | terms_behind(rule.conditions, policy)


def terms_behind(conditions: Iterable[Expr], policy: Policy) -> frozenset[str]:
    """Return the terms that conditions read, by themselves or through the rules that they ask about."""
    found: set[str] = set()
    for condition in conditions:
        for each in walk(condition):
            match each:
                case TermRef(name):
                    found.add(name)
                case Passes(name):
                    asked = policy.rule(name)
                    assert asked is not None
                    found |= terms_of_rule(asked, policy)
                case Compare(_, _, _, annual_fees) if annual_fees is not None:
                    found.add(annual_fees.name)
                case _:
                    pass
    return frozenset(found)


def related(groups_: Iterable[Group], terms: frozenset[str]) -> tuple[Group, ...]:
    """Return the groups that have a term in common with some terms."""
    return tuple(each for each in groups_ if each.terms & terms)
