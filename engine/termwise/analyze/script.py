"""Formulas as text in SMT-LIB, equal ones written once. No solver is needed to write them.

A formula is a short piece of text: a constant, a name, or the negation of one. Whatever is larger gets a name, so that
the size of a script is that of the graph of its formulas and not that of their trees.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NewType

Formula = NewType("Formula", str)
"""Something true or false, as text."""

Number = NewType("Number", str)
"""A real number, as text."""

TRUE = Formula("true")
FALSE = Formula("false")


class Script:
    """Declarations, definitions and demands, in the order in which a solver must read them."""

    def __init__(self) -> None:
        """Start empty."""
        self._lines: list[str] = []
        self._taken = 0
        self._count = 0
        self._named: dict[str, str] = {}
        self.constants: list[str] = []

    def take(self) -> str:
        """Return what was written since the last time."""
        fresh = self._lines[self._taken :]
        self._taken = len(self._lines)
        return "\n".join(fresh)

    # ------------------------------------------------------------------------------------------- declaring

    def proposition(self, prefix: str = "p") -> Formula:
        """Return a new proposition, true or false as the solver likes."""
        return Formula(self._declare(prefix, "Bool"))

    def number(self, *, whole: bool = False) -> Number:
        """Return a new number, any as the solver likes."""
        name = self._declare("x", "Int" if whole else "Real")
        return Number(f"(to_real {name})" if whole else name)

    def demand(self, formula: Formula) -> None:
        """Demand that a formula be true."""
        if formula != TRUE:
            self._lines.append(f"(assert {formula})")

    def handle(self, formula: Formula, prefix: str = "q") -> Formula:
        """Return a new proposition under which a formula is true; a solver is told to assume it, or not."""
        name = self.proposition(prefix)
        self._lines.append(f"(assert (=> {name} {formula}))")
        return name

    # ------------------------------------------------------------------------------------------- connecting

    def both(self, *formulas: Formula) -> Formula:
        """Return what is true if all of some formulas are; true of none."""
        return self._joined("and", formulas, TRUE, FALSE)

    def either(self, *formulas: Formula) -> Formula:
        """Return what is true if any of some formulas is; false of none."""
        return self._joined("or", formulas, FALSE, TRUE)

    def implies(self, one: Formula, other: Formula) -> Formula:
        """Return what is true if the first formula is false or the second true."""
        return self.either(negation(one), other)

    def same(self, one: Formula, other: Formula) -> Formula:
        """Return what is true if two formulas are both true or both false."""
        if TRUE in (one, other):
            return other if one == TRUE else one
        if FALSE in (one, other):
            return negation(other if one == FALSE else one)
        if one == other:
            return TRUE
        return Formula(self._define(f"(= {one} {other})", "Bool"))

    def one_of(self, count: int) -> tuple[Formula, ...]:
        """Return that many new propositions, of which exactly one is true."""
        if count == 1:
            return (TRUE,)
        chosen = tuple(self.proposition() for _ in range(count))
        self.demand(self.either(*chosen))
        for number, one in enumerate(chosen):
            for other in chosen[number + 1 :]:
                self.demand(self.either(negation(one), negation(other)))
        return chosen

    def _joined(self, word: str, formulas: Iterable[Formula], neutral: Formula, decisive: Formula) -> Formula:
        kept = dict.fromkeys(each for each in formulas if each != neutral)
        if decisive in kept or any(negation(each) in kept for each in kept):
            return decisive
        if not kept:
            return neutral
        if len(kept) == 1:
            return next(iter(kept))
        return Formula(self._define(f"({word} {' '.join(kept)})", "Bool"))

    # ------------------------------------------------------------------------------------------- arithmetic

    def sum_of(self, terms: Iterable[tuple[int, Number]], constant: Fraction) -> Number:
        """Return the sum of some numbers, each counted as often as is said (which may be -1), and a constant."""
        parts = [each if sign == 1 else f"(* {literal(Fraction(sign))} {each})" for sign, each in terms]
        if constant or not parts:
            parts.append(literal(constant))
        return Number(parts[0] if len(parts) == 1 else self._define(f"(+ {' '.join(parts)})", "Real"))

    def product(self, factor: Fraction, number: Number) -> Number:
        """Return a constant times a number."""
        return Number(self._define(f"(* {literal(factor)} {number})", "Real"))

    def relation(self, operator: str, number: Number, other: Number) -> Formula:
        """Return what is true if one number stands in a relation (`<`, `<=`, `>`, `>=`, `=`) to another."""
        return Formula(self._define(f"({operator} {number} {other})", "Bool"))

    # ---------------------------------------------------------------------------------------------- writing

    def _declare(self, prefix: str, sort: str) -> str:
        self._count += 1
        name = f"{prefix}{self._count}"
        self._lines.append(f"(declare-const {name} {sort})")
        self.constants.append(name)
        return name

    def _define(self, text: str, sort: str) -> str:
        name = self._named.get(text)
        if name is None:
            self._count += 1
            name = self._named[text] = f"f{self._count}"
            self._lines.append(f"(define-fun {name} () {sort} {text})")
        return name


def negation(formula: Formula) -> Formula:
    """Return what is true if a formula is false."""
    if formula == TRUE:
        return FALSE
    if formula == FALSE:
        return TRUE
    return Formula(formula[5:-1]) if formula.startswith("(not ") else Formula(f"(not {formula})")


def constant_of(number: Number) -> str:
    """Return the name of the constant that a number is."""
    return number.removeprefix("(to_real ").removesuffix(")")


def literal(number: Fraction) -> Number:
    """Return a constant number."""
    size = abs(number)
    text = f"{size.numerator}.0" if size.denominator == 1 else f"(/ {size.numerator}.0 {size.denominator}.0)"
    return Number(text if number >= 0 else f"(- {text})")
