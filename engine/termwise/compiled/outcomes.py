"""The outcomes of one contract, and nothing else: what a program asks for in its hot path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from termwise.compiled.landing import Landed
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Severity


class RuleOutcomes(Mapping[str, str]):
    """The outcome of every rule by its instance name, in source order."""

    __slots__ = ("_landed", "_places", "_policy")

    def __init__(self, policy: Policy, places: Mapping[str, int], landed: Sequence[Landed]) -> None:
        """Keep where the rules landed; `places` are their numbers by name."""
        self._policy = policy
        self._places = places
        self._landed = landed

    def __getitem__(self, rule: str) -> str:
        """Return what came of a rule, as reports name it."""
        return self._landed[self._places[rule]].outcome.value

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def rung(self, rule: str) -> str | None:
        """Return the rung a rule landed on: "prefer", "require", "fallback 1", or None where it is on none."""
        return self._landed[self._places[rule]].rung

    def decision(self, fail_on: str = "minor") -> str:
        """Return "pass", "undecided" or "fail", counting only rules that weigh at least `fail_on`."""
        threshold = Severity(fail_on)
        found = "pass"
        for rule, each in zip(self._policy.rules, self._landed, strict=True):
            if not each.passes and rule.severity.reaches(threshold):
                if each.outcome is not Outcome.UNDECIDED:
                    return "fail"
                found = "undecided"
        return found

    def __repr__(self) -> str:
        return f"<outcomes of {len(self)} rules: {self.decision()}>"
