"""A policy compiled to Python, ready to judge: outcomes in microseconds, a whole judgement where one is asked for.

A judgement equals that of the reference interpreter in every outcome, rung, approval and cause; the laws hold it to
that. What the two share is the meaning of an atom, which has one implementation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from termwise.compiled import landing
from termwise.compiled.causes import Causes
from termwise.compiled.cells import DISPUTED, SILENT, UNASSURED, Cell, Unreadable, hashable, typed
from termwise.compiled.landing import Landed
from termwise.compiled.plan import plan
from termwise.compiled.source import columns, source
from termwise.compiled.tables import OPPOSITE, Column, Joint, Tables
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


class Program:
    """One policy, compiled."""

    def __init__(self, policy: Policy) -> None:
        """Compile; everything that does not depend on a contract is done here, once."""
        self.policy = policy
        self.plan = plan(build(policy))
        self.tables = Tables(self.plan)
        self._names = frozenset(name for name, _ in policy.vocabulary.instances())
        scope = self._scope()
        exec(compile(self.source, f"<{policy.name}>", "exec"), scope)  # it is our own text: names are checked words
        self._assured, self._mixed = scope["assured"], scope["mixed"]

    @cached_property
    def source(self) -> str:
        """The generated code, to be read."""
        return source(self.plan)

    def _scope(self) -> dict[str, Any]:
        most = max((len(each.fallbacks) for each in self.policy.rules), default=0)
        scope: dict[str, Any] = {f"CONCEDED_{number}": landing.conceded(number) for number in range(1, most + 1)}
        for name in ("NOT_APPLICABLE", "PREFERRED", "MET", "UNDECIDED", "BREACHED", "unsecured", "waived"):
            scope[name] = getattr(landing, name)
        scope |= {"SILENT": SILENT, "N": OPPOSITE, "typed": typed, "WAIVERS": self.policy.waivers}
        for number, wanted in columns(self.plan).items():
            column = scope[f"T{number}"] = Column(self.tables, number, wanted)
            if self.plan.inputs[number].term.type is Scalar.BOOLEAN:
                term = self.plan.inputs[number].term
                scope[f"Y{number}"] = column.truths(self.tables.cells.of(Exact(True), term))
                scope[f"F{number}"] = column.truths(self.tables.cells.of(Exact(False), term))
        for number, atom in enumerate(self.plan.atoms):
            if len(atom.inputs) != 1 or atom.rules:
                scope[f"J{number}"] = Joint(self.tables, number)
        return scope

    def of_values(self, facts: Mapping[str, object], day: date) -> Sequence[Landed] | None:
        """Return where every rule lands, from values by instance name, all of them signed; None if not that simple.

        Documents, keyed terms by their bare name, and whatever is no value of its term, are not: they need a reader
        that can say what is wrong.
        """
        if not self._names.issuperset(facts):
            return None
        try:
            return self._run(facts, day)
        except TypeError:  # a list or a mapping, which Python cannot look up
            pass
        except Unreadable:
            return None
        try:
            return self._run(hashable(facts), day)
        except Unreadable:
            return None

    def _run(self, facts: Mapping[str, object], day: date) -> Sequence[Landed]:
        landed: Sequence[Landed]
        if self.plan.presumes:
            landed = self._assured(facts, self._with_presumed(facts), day.toordinal(), None)
        else:
            landed = self._assured(facts, day.toordinal(), None)
        return landed

    def of_worlds(self, worlds: Worlds, day: date, contract: str | None) -> Sequence[Landed]:
        """Return where every rule lands in a contract that has been settled."""
        more = (worlds.presumed,) if self.plan.presumes else ()
        landed: Sequence[Landed]
        if worlds.assured is worlds.everything:
            landed = self._assured(worlds.everything, *more, day.toordinal(), contract)
        else:
            landed = self._mixed(worlds.assured, worlds.everything, *more, day.toordinal(), contract)
        return landed

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
