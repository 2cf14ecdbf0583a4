"""Cedar (package `cedarpy`): a permit for every rung, guard and breach of every rule, and one request a contract.

Cedar answers with allow or deny, and with every permit that applied: their identities say which rungs hold, and the
lowest code of a rule is its outcome. A rule of which no permit applies is undecided. All outcomes of the workload are
told apart; Cedar itself decides only which permits apply, and the last step is Python.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import cedarpy

from benchmarks.workload import RULES, UNDECIDED
from benchmarks.workload.peers.infix import Infix, as_json
from benchmarks.workload.rules import RULES_BY_HAND, Rule

NAME = "cedarpy (Rust)"


class _Cedar(Infix):
    def stated(self, fact: str) -> str:
        return f"context has {fact}"

    def fact(self, fact: str) -> str:
        return f"context.{fact}"

    def one_of(self, value: str, names: tuple[str, ...]) -> str:
        return f'{value} == "{names[0]}"' if len(names) == 1 else f"{json.dumps(names)}.contains({value})"

    def includes(self, whole: str, members: tuple[str, ...]) -> str:
        return f"{whole}.containsAll({json.dumps(members)})"

    def within(self, part: str, members: tuple[str, ...]) -> str:
        return f"{json.dumps(members)}.containsAll({part})"

    def excludes(self, whole: str, members: tuple[str, ...]) -> str:
        return f"!{whole}.containsAny({json.dumps(members)})"

    def subset(self, part: str, whole: str) -> str:
        return f"{whole}.containsAll({part})"

    def permits(self, rule: Rule) -> list[tuple[int, str]]:
        """Return, for each outcome but undecided, its code and when it can be."""
        fails = [self.sure(rung, False) for code, rung in rule.rungs if code > 1]
        made = [(code, self.sure(rung)) for code, rung in rule.rungs]
        if rule.applies is not None:
            made.append((0, self.sure(rule.applies, False)))
            fails.append(self.sure(rule.applies))
        return [*made, (7, self.both.join(fails))]


def prepare(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract as the engine is given it: a request with the facts as its context."""
    entity = {"type": "Contract", "id": "one"}
    return {
        "principal": entity,
        "action": {"type": "Action", "id": "judge"},
        "resource": entity,
        "context": json.dumps(as_json(plain)),
    }


def load() -> Callable[[dict[str, Any]], list[int]]:
    """Return the function from a prepared contract to outcome codes."""
    cedar = _Cedar()
    arms = [(place, *arm) for place, rule in enumerate(RULES_BY_HAND) for arm in cedar.permits(rule)]
    text = "\n".join(f"permit(principal, action, resource) when {{ {when} }};" for _, _, when in arms)
    policies = cedarpy.PolicySet.from_str(text)
    entities = cedarpy.Entities.from_json_str("[]")
    meaning = {f"policy{number}": (place, code) for number, (place, code, _) in enumerate(arms)}

    def outcomes(given: dict[str, Any]) -> list[int]:
        found = [UNDECIDED] * len(RULES)
        for reason in cedarpy.is_authorized(given, policies, entities).diagnostics.reasons:
            place, code = meaning[reason]
            if found[place] == UNDECIDED or code < found[place]:
                found[place] = code
        return found

    return outcomes
