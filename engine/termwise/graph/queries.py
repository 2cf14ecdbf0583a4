"""What can be asked of a rule graph: what a term touches, the part that concerns one rule or term, and polarity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.core.expr import Expr, TermRef, walk
from termwise.core.policy import Clause, Guarantee, Rule, Waiver
from termwise.core.vocabulary import Term, split_instance
from termwise.frozen import frozen
from termwise.graph.nodes import (
    AtomNode,
    DefinitionNode,
    Focus,
    NodeId,
    RuleGraph,
    RuleNode,
    RungNode,
    TermNode,
)
from termwise.graph.polarity import Polarity, polarity

__all__ = ["Impact", "Polarity", "impact", "polarity", "restrict", "unread_terms"]


@frozen
class Impact:
    """What a term touches, each in topological order: what changes when somebody changes it.

    `rungs` and `rules` read the term; `asking` are the rules it only reaches through the outcome of another rule.
    `clauses` grant it, `waivers` and `guarantees` have it in their conditions.
    """

    term: str
    instances: tuple[str, ...]
    definitions: tuple[DefinitionNode, ...]
    atoms: tuple[AtomNode, ...]
    rungs: tuple[RungNode, ...]
    rules: tuple[Rule, ...]
    asking: tuple[Rule, ...]
    clauses: tuple[Clause, ...]
    waivers: tuple[Waiver, ...]
    guarantees: tuple[Guarantee, ...]


def impact(graph: RuleGraph, term_name: str) -> Impact:
    """Return what a term touches: at one key (`t[key]`), or for a bare name of a keyed term at any."""
    terms = list(_term_nodes(graph, term_name))
    reached = _closure(graph, terms)
    reading = _closure(graph, terms, through_rules=False)
    nodes = [each for each in graph.nodes if each.id in reached]
    near = [each for each in nodes if each.id in reading]
    policy = graph.policy
    return Impact(
        term=term_name,
        instances=tuple(each.name for each in nodes if isinstance(each, TermNode)),
        definitions=tuple(each for each in near if isinstance(each, DefinitionNode)),
        atoms=tuple(each for each in near if isinstance(each, AtomNode)),
        rungs=tuple(each for each in near if isinstance(each, RungNode)),
        rules=tuple(each.rule for each in near if isinstance(each, RuleNode)),
        asking=tuple(each.rule for each in nodes if isinstance(each, RuleNode) and each.id not in reading),
        clauses=tuple(
            each for each in policy.clauses if any(_is_named(grant.term, term_name) for grant in each.grants)
        ),
        waivers=tuple(each for each in policy.waivers if _reads([each.condition], term_name)),
        guarantees=tuple(each for each in policy.guarantees if _reads((*each.when, *each.ensure), term_name)),
    )


def restrict(graph: RuleGraph, *, rule: str | None = None, term: str | None = None) -> RuleGraph | None:
    """Return the part of a graph that concerns a rule, a term, or what the term does to the rule.

    Names may leave out the key, which then stands for every key. None where the policy has no such rule, or its
    vocabulary no such term.
    """
    policy = graph.policy
    kept = {each.id for each in graph.nodes}
    if rule is not None:
        if not any(_is_named(each.name, rule) for each in policy.rules):
            return None
        kept &= set().union(*({each, *graph.before(each)} for each in _rule_nodes(graph, rule)))
    if term is not None:
        if not any(_is_named(name, term) for name, _ in policy.vocabulary.instances()):
            return None
        kept &= _closure(graph, _term_nodes(graph, term))
    return graph.part(kept, Focus(rule, term))


def unread_terms(graph: RuleGraph) -> tuple[Term, ...]:
    """Return the terms that no rule reads at any key, in the order of the vocabulary."""
    feeding = set().union(*(graph.before(each.id) for each in graph.nodes if isinstance(each, RuleNode)))
    read = {each.term.name for each in graph.nodes if isinstance(each, TermNode) and each.id in feeding}
    return tuple(each for each in graph.policy.vocabulary.terms.values() if each.name not in read)


def _closure(graph: RuleGraph, start: Iterable[NodeId], *, through_rules: bool = True) -> set[NodeId]:
    """Return some nodes and everything they feed into, or only what they feed into before the outcome of a rule."""
    found: set[NodeId] = set()
    pending = list(start)
    while pending:
        here = pending.pop()
        if here not in found:
            found.add(here)
            if through_rules or not isinstance(graph[here], RuleNode):
                pending.extend(each.id for each in graph.users(here))
    return found


def _term_nodes(graph: RuleGraph, name: str) -> Iterator[NodeId]:
    return (each.id for each in graph.nodes if isinstance(each, TermNode) and _is_named(each.name, name))


def _rule_nodes(graph: RuleGraph, name: str) -> Iterator[NodeId]:
    return (each.id for each in graph.nodes if isinstance(each, RuleNode) and _is_named(each.rule.name, name))


def _is_named(instance: str, name: str) -> bool:
    """Whether an instance is the one named, or any of those that a name without a key stands for."""
    return name in (instance, split_instance(instance)[0])


def _reads(conditions: Iterable[Expr | None], name: str) -> bool:
    read = (each for condition in conditions if condition is not None for each in walk(condition))
    return any(isinstance(each, TermRef) and _is_named(each.name, name) for each in read)
