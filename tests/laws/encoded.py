"""A policy under the solver, its outcomes as propositions: to ask for a contract with given outcomes, and get it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from strategies.policy import AS_OF

from termwise.analyze.decode import Decoder, contract_of
from termwise.analyze.encoding import View
from termwise.analyze.outcomes import Outcomes, rungs_of
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import Found, Solver
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.files import read_source
from termwise.contracts.write import contract_yaml
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge
from termwise.source import Source

Aspects = dict[tuple[str, str], bool]
"""Of each rule: whether it passes, whether it is breached, and whether it lands on each of its rungs."""


class Encoded:
    """The rules of a policy as formulas, each with a proposition that is true just when it is."""

    def __init__(self, policy: Policy) -> None:
        """Encode everything that can come of every rule."""
        self.policy = policy
        self._outcomes = Outcomes([(policy, rule) for rule in policy.rules], in_full=True)
        script, view = self._outcomes.script, View(policy)
        self._propositions: dict[tuple[str, str], Formula] = {}
        for rule in policy.rules:
            formulas = {"passes": self._outcomes.passes(rule, view), "breached": self._outcomes.breached(rule, view)}
            formulas |= {rung: self._outcomes.lands(rule, rung, view) for rung in rungs_of(rule)}
            for aspect, formula in formulas.items():
                proposition = script.proposition()
                script.demand(script.same(proposition, formula))
                self._propositions[rule.name, aspect] = proposition
        self._modelled = script.handle(self._outcomes.instances.modelled)
        self._solver = Solver(script)

    @property
    def aspects(self) -> list[tuple[str, str]]:
        """What can be asked for."""
        return list(self._propositions)

    def find(self, wanted: Aspects, *, modelled: bool) -> Found:
        """Look for a contract with some outcomes, with `modelled` among those that are looked at in full."""
        assumed = [
            self._propositions[each] if is_so else negation(self._propositions[each]) for each, is_so in wanted.items()
        ]
        return self._solver.find(*assumed, *([self._modelled] if modelled else []))

    def contract(self) -> tuple[Contract, date, Aspects]:
        """Return the contract that was found, the day to judge it on, and what is to come of it."""
        model = self._solver.model()
        decoder = Decoder(model)
        names = [name for name, _ in self.policy.vocabulary.instances()]
        facts = decoder.facts(self._outcomes.instances.made, names)
        day = AS_OF if self._outcomes.as_of is None else decoder.day(self._outcomes.as_of)
        assert isinstance(day, date)
        promised = {each: model.holds(proposition) for each, proposition in self._propositions.items()}
        return contract_of(facts, self.policy.vocabulary), day, promised


def aspects_of(policy: Policy, contract: Contract, day: date, asked: Iterable[tuple[str, str]]) -> Aspects:
    """Return what comes of a contract, by the reference."""
    found: Aspects = {}
    for result in judge(policy, contract, day).results:
        name, outcome = result.rule.name, result.outcome
        for rule, aspect in asked:
            if rule == name:
                landed = outcome.passes and result.rung == aspect
                found[rule, aspect] = {"passes": outcome.passes, "breached": outcome is Outcome.BREACHED}.get(
                    aspect, landed
                )
    return found


def read_back(contract: Contract, vocabulary: Vocabulary) -> Contract:
    """Write a contract as a file and read it as any other."""
    return read(contract_yaml(contract, vocabulary), vocabulary)


def read(text: str, vocabulary: Vocabulary) -> Contract:
    """Read the text of a contract."""
    problems = Problems()
    raw = read_source(Source("witness.yaml", text), ".yaml", problems)
    assert raw is not None, text
    found = bind(raw, vocabulary, problems)
    assert found is not None and not problems.all, (text, [each.message for each in problems.all])
    return found
