"""Asks z3, within a budget that is the same on every machine. The only module that knows a solver.

The budget counts the solver's own steps, not seconds: a question that is decided here is decided everywhere, and one
that is too hard is too hard everywhere, and is said to be undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, unique
from fractions import Fraction

import z3

from termwise.analyze.script import Formula, Script

BUDGET = 20_000_000
"""How many steps of the solver one question may take."""


@unique
class Found(Enum):
    """What the solver makes of a question: there is such a contract, there is none, or it was too hard to tell."""

    SOME = "some"
    NONE = "none"
    UNDECIDED = "undecided"


class Solver:
    """One script and the questions about it."""

    def __init__(self, script: Script, budget: int = BUDGET) -> None:
        """Start with an empty solver; the script may still grow."""
        self._script = script
        self._context = z3.Context()  # one that is shared remembers what was asked before, and answers otherwise
        self._solver = z3.SimpleSolver(ctx=self._context)
        self._solver.set("rlimit", budget)

    def find(self, *assumed: Formula) -> Found:
        """Look for contents of which all that is assumed is true; what is assumed are handles of the script."""
        text = self._script.take()
        if text:
            self._solver.from_string(text)
        answer = self._solver.check(*(self._literal(each) for each in assumed))
        if answer == z3.sat:
            return Found.SOME
        return Found.NONE if answer == z3.unsat else Found.UNDECIDED

    def model(self) -> Model:
        """Return what was found, until something else is looked for."""
        return Model(self._solver.model(), self._context)

    def core(self) -> Sequence[Formula]:
        """Return assumptions that cannot be true together, after nothing was found; not always the fewest."""
        return [Formula(str(each)) for each in self._solver.unsat_core()]

    def _literal(self, formula: Formula) -> z3.BoolRef:
        if formula.startswith("(not "):
            return z3.Not(z3.Bool(formula[5:-1], self._context), self._context)
        return z3.Bool(formula, self._context)


class Model:
    """The contents that were found, by the constants of the script; what they leave open is no, or nothing."""

    def __init__(self, model: z3.ModelRef, context: z3.Context) -> None:
        """Keep what the solver found."""
        self._model = model
        self._context = context

    def holds(self, proposition: str) -> bool:
        """Return whether a proposition is true."""
        return bool(z3.is_true(self._model.get_interp(z3.Bool(proposition, self._context))))

    def number(self, name: str, *, whole: bool) -> Fraction:
        """Return the value of a number."""
        value = self._model.get_interp(z3.Int(name, self._context) if whole else z3.Real(name, self._context))
        if value is None:
            return Fraction(0)
        return Fraction(value.as_long()) if whole else Fraction(value.as_fraction())
