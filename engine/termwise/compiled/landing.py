"""Where a rule can land, each place one object, so that generated code can name it and compare it by identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from termwise.compiled.lanes import Shape
from termwise.core.outcome import Outcome
from termwise.core.policy import Rule, Waiver
from termwise.evaluate.judgement import Cause, RuleResult


class Landed:
    """An outcome with its rung (from the top: "prefer", "require", "fallback 1"), and what it would be otherwise."""

    __slots__ = ("outcome", "passes", "rung", "waiver", "would_be")

    def __init__(
        self, outcome: Outcome, rung: str | None = None, would_be: Outcome | None = None, waiver: Waiver | None = None
    ) -> None:
        """Make a landing; those that many rules share are made once, below."""
        self.outcome = outcome
        self.passes = outcome.passes
        self.rung = rung
        self.would_be = would_be
        self.waiver = waiver

    def result(self, rule: Rule, causes: tuple[Cause, ...]) -> RuleResult:
        """Return the result of a rule that landed here."""
        approved_by = None
        if self.waiver is not None:
            approved_by = self.waiver.approved_by
        elif self.rung is not None and self.rung.startswith("fallback"):
            approved_by = rule.fallbacks[int(self.rung.split()[-1]) - 1].approved_by
        return RuleResult(rule, self.outcome, self.rung, self.would_be, causes, approved_by, self.waiver)

    def __repr__(self) -> str:
        return f"<Landed {self.outcome.value}>"


NOT_APPLICABLE = Landed(Outcome.NOT_APPLICABLE)
PREFERRED = Landed(Outcome.PREFERRED, "prefer")
MET = Landed(Outcome.MET, "require")
UNDECIDED = Landed(Outcome.UNDECIDED)
BREACHED = Landed(Outcome.BREACHED)


@cache
def conceded(number: int) -> Landed:
    """Return the landing on a fallback, counted from 1."""
    return Landed(Outcome.CONCEDED, f"fallback {number}")


@cache
def unsecured(landed: Landed) -> Landed:
    """Return what a passing landing is on facts of too little assurance."""
    return Landed(Outcome.UNSECURED, landed.rung, landed.outcome)


def waived(landed: Landed, waiver: Waiver) -> Landed:
    """Return what a failing landing is under a waiver."""
    return Landed(Outcome.WAIVED, landed.rung, landed.outcome, waiver)


class Ladder(dict[int, Landed]):
    """Where a rule of one shape lands, by the truths of its lanes in one number: two bits each, the guard lowest.

    This is the ladder of the language page. Small ones are written out whole, as a tuple; a rule with many fallbacks
    fills in what it meets.
    """

    def __init__(self, shape: Shape) -> None:
        """Keep what the lanes are."""
        super().__init__()
        self._shape = shape

    def __missing__(self, packed: int) -> Landed:
        found = self[packed] = self._landed([packed >> 2 * lane & 3 for lane in range(self._shape.lanes)])
        return found

    def _landed(self, truths: list[int]) -> Landed:
        guard = truths.pop(0) if self._shape.has_guard else _TRUE
        if guard == _FALSE:
            return NOT_APPLICABLE
        rungs = [PREFERRED] if self._shape.has_prefer else []
        rungs += [MET, *(conceded(number) for number in range(1, self._shape.fallbacks + 1))]
        for landed, truth in zip(rungs, truths, strict=True):
            if truth == _TRUE:
                return landed
        return BREACHED if guard == _TRUE and not any(truths) else UNDECIDED


def ladder(shape: Shape) -> Sequence[Landed] | Mapping[int, Landed]:
    """Return where rules of a shape land."""
    found = Ladder(shape)
    return tuple(found[packed] for packed in range(4**shape.lanes)) if shape.lanes <= _SMALL else found


_FALSE, _TRUE = 0, 3
_SMALL = 5
