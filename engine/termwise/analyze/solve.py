"""Asks z3, within a budget that is the same on every machine. The only module that knows a solver.

The budget counts the solver's own steps, not seconds: a question that is decided here is decided everywhere, and one
that is too hard is too hard everywhere, and is said to be undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        self._solver = z3.SimpleSolver()
        self._solver.set("rlimit", budget)

    def find(self, *assumed: Formula) -> Found:
        """Look for contents of which all that is assumed is true; what is assumed are handles of the script."""
        text = self._script.take()
        if text:
            self._solver.from_string(text)
        answer = self._solver.check(*(_literal(each) for each in assumed))
        if answer == z3.sat:
            return Found.SOME
        return Found.NONE if answer == z3.unsat else Found.UNDECIDED

    def values(self, names: Iterable[str]) -> Mapping[str, bool | Fraction]:
        """Return what was found: each constant of the script that is named, with its value."""
        model = self._solver.model()
        known = {each.name(): model[each] for each in model.decls() if each.arity() == 0}
        return {name: _value(known.get(name), name) for name in names}

    def core(self) -> Sequence[Formula]:
        """Return assumptions that cannot be true together, after nothing was found; not always the fewest."""
        return [Formula(str(each)) for each in self._solver.unsat_core()]


def _literal(formula: Formula) -> z3.BoolRef:
    if formula.startswith("(not "):
        return z3.Not(z3.Bool(formula[5:-1]))
    return z3.Bool(formula)


def _value(value: z3.ExprRef | None, name: str) -> bool | Fraction:
    """Return a value of the model; what it leaves open is no, or nothing."""
    if value is None:
        return Fraction(0) if name.startswith("x") else False
    if z3.is_bool(value):
        return bool(z3.is_true(value))
    return Fraction(value.as_fraction()) if z3.is_rational_value(value) else Fraction(value.as_long())
