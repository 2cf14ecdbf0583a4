"""Conditions in languages of two truth values: CEL, Cedar and ZEN differ only in what each of them says here.

An absent fact is no value there but a failure, so each condition becomes two texts that never fail: when it is sure to
hold, and when it is sure not to.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from benchmarks.workload.facts import SPECS
from benchmarks.workload.rules import RULES_BY_HAND, All, AnyOf, Between, Condition, Not, Rule, Sum, Test


class Infix(ABC):
    """A language: what its operators are called, and how it tests what is stated."""

    both = " && "
    either = " || "
    negation = "!"

    @abstractmethod
    def stated(self, fact: str) -> str:
        """Return that a fact is stated."""

    @abstractmethod
    def fact(self, fact: str) -> str:
        """Return the value of a fact that is stated."""

    @abstractmethod
    def one_of(self, value: str, names: tuple[str, ...]) -> str:
        """Return that a symbol is one of some."""

    @abstractmethod
    def includes(self, whole: str, members: tuple[str, ...]) -> str:
        """Return that a set has all of some members."""

    @abstractmethod
    def within(self, part: str, members: tuple[str, ...]) -> str:
        """Return that a set has no members but these."""

    @abstractmethod
    def excludes(self, whole: str, members: tuple[str, ...]) -> str:
        """Return that a set has none of some members."""

    @abstractmethod
    def subset(self, part: str, whole: str) -> str:
        """Return that all members of one set are members of another."""

    def sure(self, condition: Condition, wanted: bool = True) -> str:
        """Return when a condition is sure to hold, or else when it is sure not to."""
        match condition:
            case Not(operand):
                return self.sure(operand, not wanted)
            case All(operands) | AnyOf(operands):
                is_all = isinstance(condition, All) is wanted
                joined = (self.both if is_all else self.either).join(self.sure(each, wanted) for each in operands)
                return f"({joined})"
            case _:
                asked = self._test(condition)
                terms = _terms(condition)
                said = asked if wanted else f"{self.negation}({asked})"
                return f"({self.both.join([*(self.stated(SPECS[term].identifier) for term in terms), said])})"

    def ternary(self, rule: Rule) -> str:
        """Return the code of what comes of a rule, as a chain of `a ? b : c`."""
        fails = [self.sure(rung, False) for code, rung in rule.rungs if code > 1]
        arms = [f"{self.sure(rung)} ? {code}" for code, rung in rule.rungs]
        if rule.applies is not None:
            arms.insert(0, f"{self.sure(rule.applies, False)} ? 0")
            fails.append(self.sure(rule.applies))
        return f"({' : '.join([*arms, f'{self.both.join(fails)} ? 7 : 6'])})"

    def whole(self) -> str:
        """Return one expression for the list of all thirty codes."""
        return f"[{', '.join(map(self.ternary, RULES_BY_HAND))}]"

    def _test(self, condition: Test | Between | Sum) -> str:
        values = [self.fact(SPECS[term].identifier) for term in _terms(condition)]
        match condition:
            case Sum():
                return f"{values[0]} + {values[1]} <= {condition.most}"
            case Between("<="):
                return f"{values[0]} <= {values[1]}"
            case Between(op):
                return self.subset(*(values if op == "within" else values[::-1]))
            case Test("yes"):
                return values[0]
            case Test(op, _, int(value)):
                return f"{values[0]} {op} {value}"
            case Test(op, _, tuple(names)):
                tests = {"in": self.one_of, "includes": self.includes, "within": self.within, "excludes": self.excludes}
                return tests[op](values[0], names)
            case _:
                raise AssertionError(condition)


def _terms(condition: Test | Between | Sum) -> tuple[str, ...]:
    return (condition.term,) if isinstance(condition, Test) else (condition.left, condition.right)


def as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plain mapping under names that are identifiers, with sets as lists."""
    return {
        SPECS[term].identifier: sorted(value) if isinstance(value, frozenset) else value
        for term, value in facts.items()
    }
