"""Some rules under a solver: is there a contract of which all this is true? Found, ruled out, or honestly undecided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from termwise.analyze.cells import Instance
from termwise.analyze.contents import is_exact
from termwise.analyze.decode import Decoder
from termwise.analyze.outcomes import Outcomes
from termwise.analyze.script import FALSE, TRUE, Formula
from termwise.analyze.solve import BUDGET, Found, Solver
from termwise.core.expr import Expr
from termwise.core.policy import Assurance, Policy, Rule
from termwise.core.values import Content, Value
from termwise.frozen import frozen

Facts = tuple[tuple[str, Content, Assurance], ...]
"""What a contract states, term by term: the content, and what it is worth."""


@frozen
class Example:
    """A contract as the solver found it, and the day to judge it on, if that matters."""

    facts: Facts
    as_of: date | None


class Study:
    """Rules and conditions of policies, looked at together."""

    def __init__(
        self,
        asked: Iterable[tuple[Policy, Rule]],
        besides: Iterable[tuple[Policy, Expr]] = (),
        *,
        in_full: bool = False,
        budget: int = BUDGET,
    ) -> None:
        """Encode what is asked about; `besides` are conditions that belong to no rule."""
        self.outcomes = Outcomes(asked, besides, in_full=in_full)
        self.script = self.outcomes.script
        self._solver = Solver(self.script, budget)
        self._handles: dict[Formula, Formula] = {}
        self._meant: dict[Formula, Formula] = {}

    def find(self, *formulas: Formula) -> Found:
        """Say whether there is a contract of which all this is true.

        Where something can be of a shape that is not looked at in full, a contract is looked for without it; that
        there is none is only said if there is none whatever might come of such a shape.
        """
        if FALSE in formulas:
            return Found.NONE
        handles = [self._handle(each) for each in formulas if each != TRUE]
        modelled = self.outcomes.instances.modelled
        if modelled == TRUE:
            return self._solver.find(*handles)
        found = self._solver.find(*handles, self._handle(modelled))
        if found is Found.NONE and self._solver.find(*handles) is not Found.NONE:
            return Found.UNDECIDED
        return found

    def core(self, formulas: Sequence[Formula]) -> list[Formula]:
        """Return the fewest of some formulas that no contract has together: without any one of them, one has.

        What cannot be decided within the budget stays in.
        """
        kept = self._narrowed(list(formulas))
        for each in list(kept):
            rest = [other for other in kept if other != each]
            if each in kept and self.find(*rest) is Found.NONE:
                kept = self._narrowed(rest)
        return kept

    def _narrowed(self, formulas: list[Formula]) -> list[Formula]:
        """Return those of some formulas, which no contract has together, that the solver needed to see it."""
        if FALSE in formulas:
            return [FALSE]
        if self._solver.find(*(self._handle(each) for each in formulas if each != TRUE)) is not Found.NONE:
            return formulas
        needed = {self._meant[each] for each in self._solver.core()}
        return [each for each in formulas if each in needed]

    def example(self, policies: Iterable[Policy], names: frozenset[str] | None = None) -> Example:
        """Return the contract that was found last, as far as it says something of some terms (None: of all)."""
        decoder = Decoder(self._solver.model())
        order = dict.fromkeys(name for policy in policies for name, _ in policy.vocabulary.instances())
        day: Value | None = None
        if self.outcomes.as_of is not None:
            day = decoder.day(self.outcomes.as_of)
        assert day is None or isinstance(day, date)
        wanted = (name for name in order if names is None or name in names)
        return Example(tuple(decoder.facts(self.outcomes.instances.made, wanted)), day)

    def illustration(
        self, policies: Iterable[Policy], *formulas: Formula, names: frozenset[str] | None = None
    ) -> Example | None:
        """Return a contract of which all this is true and which, if one does, says something definite of every term."""
        made = self.outcomes.instances.made.items()
        instances = [each for name, each in made if names is None or name in names]
        known = [formula for each in instances for formula in (*each.assured.values(), each.known)]
        exact = [is_exact(each.cell, self.script) for each in instances]
        for extra in ((*known, *exact), known, ()):
            if self.find(*formulas, self.script.both(*extra)) is Found.SOME:
                return self.example(policies, names)
        return None

    def content(self, instance: Instance) -> Content:
        """Return what was found last of one term or field."""
        return Decoder(self._solver.model()).content(instance)

    def _handle(self, formula: Formula) -> Formula:
        if formula not in self._handles:
            made = self._handles[formula] = self.script.handle(formula)
            self._meant[made] = formula
        return self._handles[formula]
