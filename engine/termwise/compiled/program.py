"""A policy compiled to Python, ready to judge: outcomes in microseconds, a whole judgement where one is asked for.

A judgement equals that of the reference interpreter in every outcome, rung, approval and cause; the laws hold it to
that. What the two share is the meaning of an atom, which has one implementation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from termwise.compiled import landing
from termwise.compiled.causes import Causes
from termwise.compiled.cells import (
    DISPUTED,
    SILENT,
    UNASSURED,
    Cell,
    Unreadable,
    is_hashable,
    key_beside,
    key_of,
    needs_typed,
    told_apart,
    typed,
)
from termwise.compiled.landing import Landed
from termwise.compiled.outcomes import RuleOutcomes
from termwise.compiled.plan import plan
from termwise.compiled.source import Code, spread
from termwise.compiled.tables import OPPOSITE, Asking, Table, Tables
from termwise.contracts import mapping
from termwise.contracts.bind import name_of
from termwise.contracts.facts import Contract, Disputed, Standing
from termwise.contracts.precedence import settle
from termwise.core.policy import Policy
from termwise.core.values import Exact
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.evaluate.waivers import notices
from termwise.frozen import frozen
from termwise.graph.build import build
from termwise.types import Scalar


@frozen
class Worlds:
    """The facts of a contract by instance name: all of them, those that are assured, and with what is presumed.

    `assured` is the same object as `everything` where nothing that the policy reads is unassured.
    """

    everything: Mapping[str, Cell]
    assured: Mapping[str, Cell]
    presumed: Mapping[str, Cell]


_NAMELESS = name_of(mapping.NAME)
"""The id of a contract that is a mapping of terms and nothing else: a waiver may name it like any other."""

_TRIES = 100
"""How often code is run again, when others make tables forget while it runs, before that is a defect."""

_MOST = 50_000
"""How many values that no rule reads are remembered, before they are forgotten and met anew."""


class Program:
    """One policy, compiled."""

    def __init__(self, policy: Policy) -> None:
        """Compile; everything that does not depend on a contract is done here, once."""
        self.policy = policy
        self.plan = plan(build(policy))
        self.tables = Tables(self.plan)
        self._read = {each.name: needs_typed(each.term.type) for each in self.plan.inputs}
        """What rules read, and whether generated code tells its values apart itself."""
        self._names = frozenset(self._read)
        self._terms = dict(policy.vocabulary.instances())
        self._sound: dict[tuple[str, Hashable], bool] = {}
        code = Code(self.plan)
        self.source = code.text
        """The generated code, to be read."""
        self._learned = [
            (Table(self.tables, inputs, list(columns)), inputs) for inputs, columns in code.tables.items()
        ]  # fmt: skip
        scope = self._scope(code)
        exec(compile(self.source, f"<{policy.name}>", "exec"), scope)  # it is our own text: names are checked words
        self._assured, self._mixed = scope["assured"], scope["mixed"]
        self._presumes = self.plan.presumes
        self._places = {rule.name: number for number, rule in enumerate(policy.rules)}

    def _scope(self, code: Code) -> dict[str, Any]:
        """Return what the names in the code stand for."""
        scope: dict[str, Any] = {"SILENT": SILENT, "N": OPPOSITE, "typed": typed, "WAIVERS": self.policy.waivers}
        for name in ("UNDECIDED", "BREACHED", "unsecured", "waived"):
            scope[name] = getattr(landing, name)
        for table, inputs in self._learned:
            scope[f"T{'_'.join(map(str, inputs))}"] = table.known
            term = self.plan.inputs[inputs[0]].term if inputs else None
            if len(inputs) == 1 and term is not None and term.type is Scalar.BOOLEAN:
                for name, value in (("Y", True), ("F", False)):
                    scope[f"{name}{inputs[0]}"] = table.packed((self.tables.cells.of(Exact(value), term),))
        scope |= {f"L{number}": landing.ladder(shape) for shape, number in code.shapes.items()}
        scope |= {f"S{number}": spread(*key) for key, number in code.spreads.items()}
        scope |= {
            f"Q{number}": Asking(self.tables, number) for number, each in enumerate(self.plan.atoms) if each.rules
        }
        return scope

    def of_values(self, facts: Mapping[str, object], day: date) -> Sequence[Landed] | None:
        """Return where every rule lands, from values by instance name, all of them signed; None if not that simple.

        Documents, keyed terms by their bare name, and whatever is no value of its term, are not: they need a reader
        that can say what is wrong.
        """
        if not self._names.issuperset(facts) and not self._are_sound(facts):
            return None
        landed: Sequence[Landed]
        try:
            if self._presumes:
                landed = self._assured(facts, self._with_presumed(facts), day.toordinal(), _NAMELESS)
            else:
                landed = self._assured(facts, day.toordinal(), _NAMELESS)
        except (KeyError, TypeError):  # new to the tables, or a list or a mapping, which Python cannot look up
            return self._of_new_values(facts, day)
        return landed

    def _of_new_values(self, facts: Mapping[str, object], day: date) -> Sequence[Landed] | None:
        apart = {
            name: value if self._read.get(name) and is_hashable(value) else told_apart(value)
            for name, value in facts.items()
        }
        more = (self._with_presumed(apart),) if self._presumes else ()
        try:
            return self._learning(self._assured, (apart, *more), day, _NAMELESS)
        except Unreadable:
            return None

    def _are_sound(self, facts: Mapping[str, object]) -> bool:
        """Whether the facts that no rule reads are values of terms all the same."""
        for name, value in facts.items():
            if name in self._read:
                continue
            key = (name, told_apart(value))
            if key not in self._sound:
                if len(self._sound) >= _MOST:
                    self._sound.clear()
                self._sound[key] = self._is_sound(name, value)
            if not self._sound[key]:
                return False
        return True

    def _is_sound(self, name: str, value: object) -> bool:
        try:
            return name in self._terms and self.tables.cells.read(value, self._terms[name]) is not None
        except Unreadable:
            return False

    def of_worlds(self, worlds: Worlds, day: date, contract: str) -> Sequence[Landed]:
        """Return where every rule lands in a contract that has been settled."""
        more = (worlds.presumed,) if self._presumes else ()
        if worlds.assured is worlds.everything:
            return self._learning(self._assured, (worlds.everything, *more), day, contract)
        return self._learning(self._mixed, (worlds.assured, worlds.everything, *more), day, contract)

    def _learning(
        self, code: Callable[..., Sequence[Landed]], facts: Sequence[Mapping[str, Any]], day: date, contract: str
    ) -> Sequence[Landed]:
        """Run code; whatever its tables have not met yet is learnt, and it runs again."""
        for _ in range(_TRIES):
            try:
                return code(*facts, day.toordinal(), contract)
            except KeyError:  # also if another thread made a table forget what it knew
                for world in facts:
                    self._learn(world)
        return code(*facts, day.toordinal(), contract)

    def _learn(self, facts: Mapping[str, Any]) -> None:
        inputs = self.plan.inputs
        values = [facts.get(each.name, SILENT) for each in inputs]
        for table, numbers in self._learned:
            of = key_of if len(numbers) == 1 else key_beside
            table.learn([of(values[number], inputs[number].term) for number in numbers])

    def worlds(self, standings: Mapping[str, Standing]) -> Worlds:
        """Return what the standings of a contract leave to be relied on."""
        everything: dict[str, Cell] = {}
        unassured: dict[str, Cell] = {}
        for each in self.plan.inputs:
            standing = standings.get(each.name)
            if standing is None:
                continue
            if isinstance(standing, Disputed):
                everything[each.name] = DISPUTED
                continue
            everything[each.name] = self.tables.cells.of(standing.fact.content, each.term)
            if not each.term.is_context and not standing.fact.assurance.reaches(self.policy.assurance):
                unassured[each.name] = UNASSURED
        return Worlds(
            everything, everything | unassured if unassured else everything, self._with_presumed(everything)
        )  # fmt: skip

    def outcomes(self, landed: Sequence[Landed]) -> RuleOutcomes:
        """Return where rules landed by their names."""
        return RuleOutcomes(self.policy, self._places, landed)

    def of_contract(self, contract: Contract, as_of: date) -> Worlds:
        """Return what stands in a contract on a day."""
        return self.worlds(settle(contract, self.policy.vocabulary, as_of, self.policy.holidays).standings)

    def _with_presumed(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        cells = self.tables.cells
        presumed = {each.name: cell for each in self.plan.inputs if (cell := cells.presumed(each.term)) is not None}
        return {**presumed, **facts} if presumed else facts

    def judge(self, contract: Contract, as_of: date) -> Judgement:
        """Return what comes of every rule for a contract, as the reference does."""
        settlement = settle(contract, self.policy.vocabulary, as_of, self.policy.holidays)
        worlds = self.worlds(settlement.standings)
        landed = self.of_worlds(worlds, as_of, contract.id)
        causes = Causes(self.tables, landed, worlds.everything, worlds.assured, as_of)
        results: tuple[RuleResult, ...] = tuple(
            each.result(rule, causes.of(number))
            for number, (rule, each) in enumerate(zip(self.policy.rules, landed, strict=True))
        )
        remarks = (*settlement.notices, *notices(self.policy, contract, results, as_of))
        return Judgement(self.policy, contract, as_of, results, settlement.standings, remarks)


def judge(policy: Policy, contract: Contract, as_of: date) -> Judgement:
    """Compile a policy for one contract: for whoever compares evaluators. Whoever has many keeps a `Program`."""
    return Program(policy).judge(contract, as_of)
