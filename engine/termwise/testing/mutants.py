"""Every mutant of a policy: of what it says itself, each place once, and none that is the same as another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.core.expr import Expr
from termwise.core.needs import is_circular
from termwise.core.policy import Policy, Rule, Waiver
from termwise.frozen import frozen, replace
from termwise.source import Source
from termwise.testing import dropped
from termwise.testing.goals import own_rules
from termwise.testing.mutant import Kind, Mutant
from termwise.testing.normal import normal_rule, normal_waiver
from termwise.testing.places import Places
from termwise.testing.rewrite import Change, Target, rewritten
from termwise.testing.sites import Around, Site, sites_of
from termwise.testing.variations import Words


@frozen
class _Shared:
    """A site with what it is wherever it stands, and the rules and waivers that it stands in."""

    site: Site
    everywhere: list[Expr]
    rules: dict[str, Rule]
    waivers: dict[int, Waiver]


def mutants_of(policy: Policy, source: Source) -> tuple[Mutant, ...]:
    """Return the mutants of a policy whose text this is, in source order."""
    places = Places(source)
    made = [*_of_conditions(policy, places), *_of_statements(policy, places)]
    made.sort(key=lambda each: (each.span.line, each.span.column))
    return tuple(_distinct(made, policy))


def _of_statements(policy: Policy, places: Places) -> Iterator[Mutant]:
    by_base: dict[str, list[Rule]] = {}
    for rule in own_rules(policy):
        by_base.setdefault(rule.base, []).append(rule)
    for rules in by_base.values():
        yield from dropped.of_rule(rules, places)
    yield from dropped.of_header(policy, places)
    for waiver in policy.waivers:
        if waiver.span.path == places.source.path:
            yield from dropped.of_waiver(waiver, policy, places)


def _of_conditions(policy: Policy, places: Places) -> Iterator[Mutant]:
    words = Words(places, policy)
    for shared in _shared(policy, places.source.path):
        for each in words.variations(shared.site, shared.everywhere):
            rules = tuple(_changed_rule(rule, each.target, each.change) for rule in shared.rules.values())
            waivers = None
            if shared.waivers:
                waivers = tuple(_changed_waiver(waiver, each.target, each.change) for waiver in policy.waivers)
            yield Mutant(each.kind, shared.site.around.owner, each.edits, rules, waivers)


def _shared(policy: Policy, path: str) -> Iterable[_Shared]:
    """Return the parts of conditions that a text wrote, each with everything that was made from it."""
    found: dict[Target, _Shared] = {}

    def note(condition: Expr, around: Around) -> Iterator[_Shared]:
        for site in sites_of(condition, around, policy.vocabulary):
            if site.target.span.path == path:
                shared = found.setdefault(site.target, _Shared(site, [], {}, {}))
                shared.everywhere.append(site.expr)
                yield shared

    for rule in own_rules(policy):
        guards = len(rule.when) + len(rule.unless)
        for number, condition in enumerate(rule.conditions):
            for shared in note(condition, Around(f"rule {rule.base}", is_positive=number >= guards)):
                shared.rules[rule.name] = rule
    for waiver in policy.waivers:
        if waiver.condition is not None:
            for shared in note(waiver.condition, Around(f"waive {waiver.target}")):
                shared.waivers[id(waiver)] = waiver
    return found.values()


def _changed_rule(rule: Rule, target: Target, change: Change) -> Rule:
    def changed(conditions: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return tuple(rewritten(each, target, change) for each in conditions)

    return replace(
        rule,
        when=changed(rule.when),
        unless=changed(rule.unless),
        prefer=changed(rule.prefer),
        require=changed(rule.require),
        fallbacks=tuple(replace(each, condition=changed((each.condition,))[0]) for each in rule.fallbacks),
    )


def _changed_waiver(waiver: Waiver, target: Target, change: Change) -> Waiver:
    return replace(waiver, condition=None if waiver.condition is None else rewritten(waiver.condition, target, change))


def _distinct(made: Iterable[Mutant], policy: Policy) -> Iterator[Mutant]:
    """Yield the mutants that mean something else than the policy, and than each other, with what does not change."""
    before = {rule.name: normal_rule(rule) for rule in policy.rules}
    unwaived = [normal_waiver(each) for each in policy.waivers]
    seen = set()
    for each in made:
        rules = tuple(rule for rule in each.rules if normal_rule(rule) != before[rule.name])
        waivers = None if each.waivers is None or [*map(normal_waiver, each.waivers)] == unwaived else each.waivers
        meaning = (
            frozenset((rule.name, normal_rule(rule)) for rule in rules),
            None if waivers is None else tuple(map(normal_waiver, waivers)),
            each.assurance,
        )
        mutant = replace(each, rules=rules, waivers=waivers)
        if (
            (rules or waivers is not None or each.assurance)
            and meaning not in seen
            and not _is_circular(mutant, policy)
        ):
            seen.add(meaning)
            yield mutant


def _is_circular(mutant: Mutant, policy: Policy) -> bool:
    """Whether rules of a mutant ask about each other in a circle: another key may lead there, and does not compile."""
    return mutant.kind in (Kind.KEY, Kind.WAIVER) and is_circular(mutant.of(policy))
