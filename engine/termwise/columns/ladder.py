"""The ladder of every rule over many contracts at once, in any algebra of yes-or-no columns.

Truth is two columns, that a condition holds and that it fails, and unknown where it does neither: so Kleene's `and` is
`and` of the one and `or` of the other, and no engine's idea of NULL gets in between. NumPy runs this on packed bits,
SQL as text; what a rule comes to is written here once for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Generic, Protocol, TypeVar

from termwise.compiled.plan import Asked, Every, Leaf, Opposite, Plan, PlannedRule, Some
from termwise.core.outcome import Outcome
from termwise.frozen import frozen

P = TypeVar("P")
"""A column of yes or no, one for each contract."""


class Algebra(Protocol[P]):
    """What can be done with columns of yes or no."""

    @property
    def nowhere(self) -> P:
        """No contract."""

    @property
    def everywhere(self) -> P:
        """Every contract."""

    def both(self, columns: Sequence[P]) -> P:
        """Where all of one or more columns say yes."""

    def either(self, columns: Sequence[P]) -> P:
        """Where any of one or more columns says yes."""

    def not_(self, column: P) -> P:
        """Where a column says no."""

    def named(self, column: P, name: str) -> P:
        """Return the same column, which is going to be used more than once."""


class Claim(Generic[P]):
    """Where a condition holds, and where it fails."""

    __slots__ = ("fails", "holds")

    def __init__(self, holds: P, fails: P) -> None:
        """Keep the two columns."""
        self.holds = holds
        self.fails = fails


class World(Protocol[P]):
    """One reading of many contracts: what each atom comes to in it."""

    def atom(self, number: int, rules: Sequence[Claim[P]]) -> Claim[P]:
        """Return what an atom comes to, given what came of the rules it asks about."""


@frozen
class Readings(Generic[P]):
    """The three worlds. One that is the same as another for every contract is the same object."""

    everything: World[P]
    assured: World[P]
    presumed: World[P]


@frozen
class Landings(Generic[P]):
    """Where one rule lands: for every outcome but `undecided`, the contracts it comes to; the rest are undecided.

    `conceded` are the rungs of the fallbacks, in order; together they are the outcome of that name.
    """

    columns: Mapping[Outcome, P]
    conceded: tuple[P, ...]
    passes: P


def climb(
    plan: Plan, readings: Readings[P], algebra: Algebra[P], as_of: date, contracts: Mapping[str, P]
) -> list[Landings[P]]:
    """Return where every rule lands. `contracts` has, for each contract a waiver names, the rows that are it."""
    climber = _Climber(plan, readings, algebra, as_of, contracts)
    landed: dict[int, Landings[P]] = {}
    for number in plan.order:
        landed[number] = climber.rule(number)
    return [landed[number] for number in range(len(plan.rules))]


class _Ladder(Generic[P]):
    """A ladder in one world: where its guards and rungs hold, and where nothing of it can."""

    def __init__(self, guard: Claim[P], rungs: list[Claim[P]], algebra: Algebra[P], name: str) -> None:
        self.guard = guard
        self.rungs = rungs
        self.passes = algebra.named(algebra.either([guard.fails, *(each.holds for each in rungs)]), f"{name}_pass")
        self.breached = algebra.both([guard.holds, *(each.fails for each in rungs)])


class _Climber(Generic[P]):
    def __init__(
        self, plan: Plan, readings: Readings[P], algebra: Algebra[P], as_of: date, contracts: Mapping[str, P]
    ) -> None:
        self._plan = plan
        self._readings = readings
        self._algebra = algebra
        self._as_of = as_of
        self._contracts = contracts
        self._known: dict[tuple[int, int], Claim[P]] = {}
        self._passing: dict[int, Claim[P]] = {}
        self._uses = _uses(plan)

    def rule(self, number: int) -> Landings[P]:
        """Return where a rule lands; those it asks about have landed before."""
        algebra, planned = self._algebra, self._plan.rules[number]
        everything, assured, presumed = self._readings.everything, self._readings.assured, self._readings.presumed
        name = f"r{number}"
        sure = self._ladder(planned, assured, f"{name}_sure")
        whole = sure if everything is assured else self._ladder(planned, everything, f"{name}_all")
        columns: dict[Outcome, P] = {Outcome.NOT_APPLICABLE: sure.guard.fails}
        landed, taken = [], sure.guard.fails
        for rung in sure.rungs:
            landed.append(algebra.both([rung.holds, algebra.not_(taken)]))
            taken = algebra.either([taken, rung.holds])
        rungs = iter(landed)
        if planned.prefer:
            columns[Outcome.PREFERRED] = next(rungs)
        columns[Outcome.MET] = next(rungs)
        conceded = tuple(rungs)
        if conceded:
            columns[Outcome.CONCEDED] = algebra.either(conceded)
        breached = whole.breached  # where nothing of a ladder can hold, it does not pass in that world
        if presumed is not everything:
            silent = self._ladder(planned, presumed, f"{name}_silent").breached
            breached = algebra.either([breached, algebra.both([silent, algebra.not_(whole.passes)])])
        if whole is not sure:
            failing = algebra.not_(sure.passes)
            columns[Outcome.UNSECURED] = algebra.both([whole.passes, failing])
            breached = algebra.both([breached, failing])
        columns[Outcome.BREACHED] = breached
        return self._waived(number, planned, Landings(columns, conceded, sure.passes))

    def _waived(self, number: int, planned: PlannedRule, landed: Landings[P]) -> Landings[P]:
        """Take what fails and is covered by a waiver in force out of what it was."""
        algebra, columns, passes = self._algebra, dict(landed.columns), landed.passes
        covered = []
        for leave in planned.leaves:
            rows = self._contracts.get(leave.waiver.contract)
            if rows is None or self._as_of > leave.waiver.until:
                continue
            bounds = [] if leave.condition is None else [self._claim(leave.condition, self._readings.assured).holds]
            covered.append(algebra.both([rows, *bounds]))
        if covered:
            waived = algebra.named(algebra.both([algebra.either(covered), algebra.not_(passes)]), f"r{number}_waived")
            for outcome in (Outcome.UNSECURED, Outcome.BREACHED):
                if outcome in columns:
                    columns[outcome] = algebra.both([columns[outcome], algebra.not_(waived)])
            columns[Outcome.WAIVED] = waived
            passes = algebra.either([passes, waived])
        if number in self._plan.asked:
            passes = algebra.named(passes, f"r{number}_passes")
            columns[Outcome.BREACHED] = algebra.named(columns[Outcome.BREACHED], f"r{number}_fails")
            self._passing[number] = Claim(passes, columns[Outcome.BREACHED])
        return Landings(columns, landed.conceded, passes)

    def _ladder(self, planned: PlannedRule, world: World[P], name: str) -> _Ladder[P]:
        guards = [self._claim(each, world) for each in planned.when]
        guards += [_negated(self._claim(each, world)) for each in planned.unless]
        if planned.has_window and not planned.rule.is_in_force(self._as_of):
            guards.append(Claim(self._algebra.nowhere, self._algebra.everywhere))
        nothing = Claim(self._algebra.everywhere, self._algebra.nowhere)
        guard = self._all(guards) if guards else nothing
        require = self._all([self._claim(each, world) for each in planned.require])
        rungs = [require]
        if planned.prefer:
            prefer = [self._claim(each, world) for each in planned.prefer]
            rungs.insert(0, self._all([*prefer, require]))
        rungs += [self._claim(each, world) for each in planned.fallbacks]
        return _Ladder(guard, rungs, self._algebra, name)

    def _claim(self, number: int, world: World[P]) -> Claim[P]:
        key = (number, id(world))
        found = self._known.get(key)
        if found is None:
            found = self._condition(number, world)
            if self._uses[number] > 1:
                which = "all" if world is self._readings.everything else "sure"
                which = "silent" if world is self._readings.presumed is not self._readings.everything else which
                found = Claim(
                    self._algebra.named(found.holds, f"c{number}_{which}_holds"),
                    self._algebra.named(found.fails, f"c{number}_{which}_fails"),
                )
            self._known[key] = found
        return found

    def _condition(self, number: int, world: World[P]) -> Claim[P]:
        match self._plan.conditions[number]:
            case Leaf(atom):
                return world.atom(atom, [self._passing[rule] for rule in self._plan.atoms[atom].rules])
            case Asked(rule):
                return self._passing[rule]
            case Opposite(of):
                return _negated(self._claim(of, world))
            case Every(of):
                return self._all([self._claim(each, world) for each in of])
            case Some(of):
                return _negated(self._all([_negated(self._claim(each, world)) for each in of]))

    def _all(self, claims: Sequence[Claim[P]]) -> Claim[P]:
        if len(claims) == 1:
            return claims[0]
        holds = self._algebra.both([each.holds for each in claims])
        return Claim(holds, self._algebra.either([each.fails for each in claims]))


def _negated(claim: Claim[P]) -> Claim[P]:
    return Claim(claim.fails, claim.holds)


def _uses(plan: Plan) -> list[int]:
    """Return in how many places each condition is used."""
    uses = [0] * len(plan.conditions)
    for each in plan.conditions:
        for of in (each.of,) if isinstance(each, Opposite) else each.of if isinstance(each, Every | Some) else ():
            uses[of] += 1
    for rule in plan.rules:
        for of in rule.conditions:
            uses[of] += 2  # for holding and for failing
    return uses
