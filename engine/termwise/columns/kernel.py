"""A plan → Python that runs it on packed bits: what `ladder.py` says, written down once, run for every batch.

The text is made anew only where batches differ in kind: whether something is unassured, and which waivers apply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from termwise.columns.ladder import Claim, Landings, Readings, climb
from termwise.compiled.plan import Plan
from termwise.core.outcome import Outcome
from termwise.frozen import frozen

CODES = (
    Outcome.UNDECIDED, Outcome.MET, Outcome.BREACHED, Outcome.CONCEDED,
    Outcome.NOT_APPLICABLE, Outcome.PREFERRED, Outcome.UNSECURED, Outcome.WAIVED,
)  # fmt: skip
"""The outcomes in the order of their codes: what is left when nothing else is true is 0, and a rule without a guard and
without a rung to prefer needs two bits of the three.
"""

FAILING = (Outcome.BREACHED, Outcome.UNSECURED)


@frozen
class Kind:
    """What tells the code for one batch from that for another."""

    mixed: frozenset[int]
    """The inputs of which some row says something unassured."""
    contracts: frozenset[str]
    """The contracts that waivers name and the batch has."""


def write(plan: Plan, kind: Kind, as_of: date) -> str:
    """Return the text of a function from the atoms of a batch to the bits of every rule."""
    algebra = _Code()
    everything = _Text(algebra, plan, "")
    assured = _Text(algebra, plan, "_sure", kind.mixed) if kind.mixed else everything
    presumed = _Text(algebra, plan, "_silent", _presumed(plan)) if plan.presumes else everything
    rows = {each: f"contract[{each!r}]" for each in sorted(kind.contracts)}
    landings = climb(plan, Readings(everything, assured, presumed), algebra, as_of, rows)
    made = ",\n        ".join([_returned(each, algebra) for each in landings])
    lines = ["def run(atom, asking, contract, none, all):", *(f"    {line}" for line in algebra.lines)]
    return "\n".join([*lines, f"    return (\n        {made},\n    )\n"])


def compiled(text: str) -> Callable[..., Sequence[Any]]:
    """Return the function that a text defines."""
    scope: dict[str, Any] = {}
    exec(compile(text, "<columns>", "exec"), scope)  # our own text; the names in it are numbers
    run: Callable[..., Sequence[Any]] = scope["run"]
    return run


def _returned(landings: Landings[str], algebra: _Code) -> str:
    """Return the three bits of a rule's code, what fails and what passes, as an expression."""
    columns = landings.columns.items()
    names = {outcome: algebra.short(column) for outcome, column in columns if column != algebra.nowhere}
    bits = []
    for bit in range(3):
        parts = [names[each] for code, each in enumerate(CODES) if code >> bit & 1 and each in names]
        bits.append(" | ".join(dict.fromkeys(parts)) if parts else "None")
    fails = " | ".join(names[each] for each in FAILING if each in names) or algebra.nowhere
    return f"({', '.join(bits)}, {fails}, {algebra.short(landings.passes)})"


def _presumed(plan: Plan) -> frozenset[int]:
    return frozenset(number for number, each in enumerate(plan.inputs) if each.term.presume is not None)


class _Code:
    """The algebra of packed bits, as Python text."""

    nowhere = "none"
    everywhere = "all"

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._names: dict[str, str] = {}

    def both(self, columns: Sequence[str]) -> str:
        kept = [each for each in dict.fromkeys(columns) if each != self.everywhere]
        if self.nowhere in kept:
            return self.nowhere
        return self._joined(" & ", kept, self.everywhere)

    def either(self, columns: Sequence[str]) -> str:
        kept = [each for each in dict.fromkeys(columns) if each != self.nowhere]
        if self.everywhere in kept:
            return self.everywhere
        return self._joined(" | ", kept, self.nowhere)

    def not_(self, column: str) -> str:
        if column in (self.nowhere, self.everywhere):
            return self.everywhere if column == self.nowhere else self.nowhere
        return f"~{self.short(column)}"

    def named(self, column: str, name: str) -> str:
        del name
        return self.short(column)

    def short(self, column: str) -> str:
        """Return a name for a column, so that it is worked out once however often it is used."""
        if column.isidentifier():
            return column
        known = self._names.get(column)
        if known is None:
            known = self._names[column] = f"t{len(self._names)}"
            self.lines.append(f"{known} = {column}")
        return known

    def _joined(self, sign: str, kept: list[str], empty: str) -> str:
        if len(kept) <= 1:
            return kept[0] if kept else empty
        while len(kept) > _WIDE:
            kept = [self.short(sign.join(kept[:_WIDE])), *kept[_WIDE:]]
        made = self.short(sign.join(kept)) if any("(" in each for each in kept) else sign.join(kept)
        return made if made.isidentifier() else f"({made})"


_WIDE = 30


class _Text:
    """One world as text: where its atoms come from."""

    def __init__(self, algebra: _Code, plan: Plan, world: str, touched: frozenset[int] | None = None) -> None:
        self._algebra = algebra
        self._plan = plan
        self._world = world
        self._touched = touched
        self._known: dict[int, Claim[str]] = {}

    def atom(self, number: int, rules: Sequence[Claim[str]]) -> Claim[str]:
        if number not in self._known:
            atom = self._plan.atoms[number]
            differs = self._touched is None or any(each in self._touched for each in atom.inputs)
            world = self._world if differs else ""
            claim = Claim(f"h{number}{world}", f"f{number}{world}")
            asked = "".join(f", ({each.holds}, {each.fails})" for each in rules)
            source = f"asking({number}, {world!r}{asked})" if rules else f"atom({number}, {world!r})"
            line = f"{claim.holds}, {claim.fails} = {source}"
            if line not in self._algebra.lines:
                self._algebra.lines.append(line)
            self._known[number] = claim
        return self._known[number]
