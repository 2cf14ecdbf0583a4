"""A rule as lanes: its guard and its rungs side by side in one number, two bits each, so that one `&` climbs them all.

Most rungs are conditions joined by `and`. What a term contributes to each of them is then one small number, found in a
table by what the contract says; the numbers of all terms are joined, and where the rule lands is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from termwise.compiled.plan import Asked, Every, Leaf, Opposite, Plan, PlannedRule, Some
from termwise.frozen import frozen

Signed: TypeAlias = tuple[int, bool]
"""A condition, or an atom, by number, and whether it is negated."""

Column: TypeAlias = tuple[tuple[Signed, ...], ...]
"""For each lane, the atoms on one place of a contract that stand in it, joined by `and`."""

_LARGE = 8
"""How many parts a condition that several rules share may have and still be written out in each of them."""


@frozen
class Shape:
    """What kinds of lanes a rule has, lowest first: a guard, a rung to prefer, one to require, and fallbacks."""

    has_guard: bool
    has_prefer: bool
    fallbacks: int

    @property
    def lanes(self) -> int:
        """How many there are."""
        return self.has_guard + self.has_prefer + 1 + self.fallbacks


@frozen
class Lanes:
    """A rule, taken apart: by the inputs that decide an atom, and what is left: conditions that are no plain `and`.

    `others` are those, with the lanes that each stands in. `window` is whether the rule is law only on some days.
    """

    shape: Shape
    columns: tuple[tuple[tuple[int, ...], Column], ...]
    others: tuple[tuple[Signed, tuple[int, ...]], ...]
    window: bool


def is_plain(plan: Plan, atom: int) -> bool:
    """Whether terms alone decide an atom, and not what came of a rule."""
    return not plan.atoms[atom].rules


def lanes_of(plan: Plan, planned: PlannedRule, uses: dict[int, int]) -> Lanes:
    """Take a rule apart. `uses` is in how many places each condition stands."""
    guard = [(each, False) for each in planned.when] + [(each, True) for each in planned.unless]
    shape = Shape(bool(guard) or planned.has_window, bool(planned.prefer), len(planned.fallbacks))
    groups: list[list[Signed]] = [guard] if shape.has_guard else []
    if planned.prefer:
        groups.append([(each, False) for each in (*planned.prefer, *planned.require)])
    groups.append([(each, False) for each in planned.require])
    groups += [[(each, False)] for each in planned.fallbacks]
    columns: dict[tuple[int, ...], list[dict[Signed, None]]] = {}
    others: dict[Signed, dict[int, None]] = {}
    for lane, group in enumerate(groups):
        for number, negated in (each for signed in group for each in _flat(plan, *signed, uses)):
            condition = plan.conditions[number]
            if isinstance(condition, Leaf) and is_plain(plan, condition.atom):
                inputs = plan.atoms[condition.atom].inputs
                column = columns.setdefault(inputs, [{} for _ in groups])
                column[lane][condition.atom, negated] = None
            else:
                others.setdefault((number, negated), {})[lane] = None
    return Lanes(
        shape,
        tuple((inputs, tuple(tuple(lane) for lane in column)) for inputs, column in columns.items()),
        tuple((signed, tuple(lanes)) for signed, lanes in others.items()),
        planned.has_window,
    )


def _flat(plan: Plan, number: int, negated: bool, uses: dict[int, int]) -> Iterator[Signed]:
    """Yield the parts of a condition that is an `and`, or the negation of an `or`, however deep."""
    pending = [(number, negated)]
    while pending:
        here, is_not = pending.pop()
        match plan.conditions[here]:
            case Opposite(of):
                pending.append((of, not is_not))
            case Every(of) if not is_not and _may_spread(of, uses.get(here, 0)):
                pending.extend((each, False) for each in reversed(of))
            case Some(of) if is_not and _may_spread(of, uses.get(here, 0)):
                pending.extend((each, True) for each in reversed(of))
            case Leaf() | Asked() | Every() | Some():
                yield here, is_not


def _may_spread(of: Sequence[int], uses: int) -> bool:
    return uses <= 1 or len(of) <= _LARGE
