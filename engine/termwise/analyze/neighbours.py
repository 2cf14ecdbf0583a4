"""A contract that passes some rules, and those that differ from it in a few terms: judged, and not asked a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from termwise.analyze.cells import Choice, Steps
from termwise.analyze.instances import Instances
from termwise.analyze.study import Example
from termwise.analyze.witness import LAST_DAY
from termwise.core.expr import Passes, walk
from termwise.core.policy import Policy, Rule
from termwise.core.values import Content, Exact
from termwise.evaluate.judgement import State
from termwise.evaluate.reference import World, ladder

Said = Mapping[str, Content | State]


class Neighbours:
    """What comes of some rules on contracts near one that passes them all. Rules about rules are not judged here."""

    def __init__(self, policy: Policy, rules: Sequence[Rule], example: Example, instances: Instances) -> None:
        """Keep the contract, and note which rules read what."""
        self._policy = policy
        self._said: dict[str, Content | State] = {name: content for name, content, _ in example.facts}
        self._as_of: date = example.as_of or LAST_DAY
        self._instances = instances
        self._readers: dict[str, list[Rule]] = {}
        self._asks = any(isinstance(each, Passes) for rule in rules for part in rule.conditions for each in walk(part))
        for rule in rules:
            for name in rule.terms:
                self._readers.setdefault(name, []).append(rule)

    def clears(self, rule: Rule) -> bool:
        """Whether some contract that differs in one term fails a rule and passes all others."""
        if self._asks:
            return False
        return any(self._clears(rule, name) for name in rule.terms)

    def failing(self, example: Example, rule: Rule, beside: Sequence[Rule], read: frozenset[str]) -> list[Rule] | None:
        """Return the rules that fail with one if the contract is changed as little as an example allows.

        The example says of the terms that are `read` what fails the rule and passes the rules beside it. Of each of
        them the contract goes on to say what it said, if that does as well. None where this cannot be judged.
        """
        if self._asks or (example.as_of or self._as_of) != self._as_of:
            return None
        found = {name: content for name, content, _ in example.facts}
        said: Said = {name: content for name, content in self._said.items() if name not in read} | found
        own = {rule.name, *(each.name for each in beside)}

        def is_as_found(world: World, about: Iterable[Rule]) -> bool:
            return all(self._passes(each, world) is (each is not rule) for each in about if each.name in own)

        if not is_as_found(self._world(said), (rule, *beside)):
            return None
        for name in sorted(read, key=lambda name: (name in rule.terms, name)):
            changed = self._as_before(said, name)
            if changed is not None and is_as_found(self._world(changed), self._readers.get(name, ())):
                said = changed
        different = [name for name in read if self._as_before(said, name) is not None]
        world = self._world(said)
        affected = {each.name: each for name in different for each in self._readers.get(name, ())}
        return [each for each in affected.values() if each is not rule and not self._passes(each, world)]

    def _as_before(self, said: Said, name: str) -> Said | None:
        """Return what is said with one term as it was, or None where it is so already."""
        before = self._said.get(name)
        if before == said.get(name):
            return None
        rest = {each: content for each, content in said.items() if each != name}
        return rest if before is None else rest | {name: before}

    def _clears(self, rule: Rule, name: str) -> bool:
        others = [each for each in self._readers[name] if each is not rule]
        for said in self._variations(name):
            world = self._world(said)
            if not self._passes(rule, world) and all(self._passes(each, world) for each in others):
                return True
        return False

    def _passes(self, rule: Rule, world: World) -> bool:
        return ladder(rule, world, self._as_of).outcome.passes

    def _world(self, said: Said) -> World:
        return World(self._policy, said, frozenset(said), {})

    def _variations(self, name: str) -> Iterator[Said]:
        """Yield what the contract says if it is silent about a term, or says one of the values that matter."""
        yield {each: content for each, content in self._said.items() if each != name}
        instance = self._instances.made.get(name)
        match None if instance is None else instance.cell:
            case Steps(points):
                yield from ({**self._said, name: Exact(each)} for each in points)
            case Choice(options):
                yield from ({**self._said, name: Exact(each)} for each in options if each is not None)
            case _:
                return
