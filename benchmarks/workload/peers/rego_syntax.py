"""The workload in Rego: a chain of `else` a rule, over helper rules for conditions that are alternatives.

What is silent is undefined in Rego, and a body with something undefined in it does not hold, which is just right.
`not` is not: it takes what is undefined for false. So each condition says when it holds, and also when it fails.
"""

from __future__ import annotations

import json

from benchmarks.workload.facts import SPECS
from benchmarks.workload.rules import RULES_BY_HAND, All, AnyOf, Between, Condition, Not, Rule, Sum, Test

QUERY = "data.workload.outcomes"


def module() -> str:
    """Return the module; `outcomes` in it is the list of all codes."""
    writer = _Writer()
    rules = [writer.rule(number, rule) for number, rule in enumerate(RULES_BY_HAND)]
    every = ", ".join(f"rule_{number}" for number in range(len(rules)))
    return "\n".join(["package workload", "import rego.v1", *writer.helpers, *rules, f"outcomes := [{every}]"]) + "\n"


class _Writer:
    """Writes bodies, and the helpers that they need."""

    def __init__(self) -> None:
        self.helpers: list[str] = []
        self._named: dict[tuple[Condition, bool], str] = {}

    def rule(self, number: int, rule: Rule) -> str:
        """Return a rule whose value is the code of its outcome."""
        arms = [(code, self._body(rung, True)) for code, rung in rule.rungs]
        fails = [line for code, rung in rule.rungs if code > 1 for line in self._body(rung, False)]
        if rule.applies is not None:
            arms.insert(0, (0, self._body(rule.applies, False)))
            fails += self._body(rule.applies, True)
        bodies = [f":= {code} if {{ {'; '.join(lines)} }}" for code, lines in [*arms, (7, fails)]]
        return f"rule_{number} {' else '.join(bodies)} else := 6"

    def _body(self, condition: Condition, wanted: bool) -> list[str]:
        """Return what must be true, one after the other, for a condition to be sure to hold, or to fail."""
        match condition:
            case Not(operand):
                return self._body(operand, not wanted)
            case All(operands) | AnyOf(operands):
                if isinstance(condition, All) is wanted:
                    return [line for each in operands for line in self._body(each, wanted)]
                return [self._helper(condition, wanted, [self._body(each, wanted) for each in operands])]
            case Test("yes", term):
                return [f"{_fact(term)} == {json.dumps(wanted)}"]
            case Test("<=" | ">=" | ">" as op, term, value):
                return [f"{_fact(term)} {op if wanted else {'<=': '>', '>=': '<', '>': '<='}[op]} {value}"]
            case Between("<=", left, right):
                return [f"{_fact(left)} {'<=' if wanted else '>'} {_fact(right)}"]
            case Sum(left, right, most):
                return [f"{_fact(left)} + {_fact(right)} {'<=' if wanted else '>'} {most}"]
            case Between(op, left, right):
                part, whole = (left, right) if op == "within" else (right, left)
                held = f"every e in {_fact(part)} {{ e in {_fact(whole)} }}"
                return self._either_way(condition, wanted, [_fact(part), _fact(whole)], [held])
            case Test(op, term, tuple(names)):
                return self._either_way(condition, wanted, [_fact(term)], _members(op, _fact(term), names))
            case _:
                raise AssertionError(condition)

    def _either_way(self, condition: Condition, wanted: bool, stated: list[str], held: list[str]) -> list[str]:
        name = self._helper(condition, True, [[*stated, *held]])
        return [name] if wanted else [*stated, f"not {name}"]

    def _helper(self, condition: Condition, wanted: bool, bodies: list[list[str]]) -> str:
        key = (condition, wanted)
        if key not in self._named:
            self._named[key] = f"condition_{len(self._named)}"
            self.helpers += [f"{self._named[key]} if {{ {'; '.join(body)} }}" for body in bodies]
        return self._named[key]


def _members(op: str, fact: str, names: tuple[str, ...]) -> list[str]:
    some = "{" + json.dumps(names)[1:-1] + "}"
    match op:
        case "in":
            return [f"{fact} in {some}"]
        case "includes":
            return [f"{json.dumps(name)} in {fact}" for name in names]
        case "within":
            return [f"every e in {fact} {{ e in {some} }}"]
        case _:
            return [f"not {json.dumps(name)} in {fact}" for name in names]


def _fact(term: str) -> str:
    return f"input.{SPECS[term].identifier}"
