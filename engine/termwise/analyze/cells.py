"""What a solver may choose of one term: a cell stands for every content that the conditions can tell apart.

There is a kind of cell for each kind of type. Why finitely many points, symbols, texts and records are enough is in
`docs/decisions/0020-finitely-many-values.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from termwise.analyze.script import FALSE, TRUE, Formula, Number
from termwise.core.policy import Assurance
from termwise.core.values import Value
from termwise.frozen import frozen
from termwise.types import Scalar, Type

Unit: TypeAlias = tuple[int, int] | str
"""What keeps two amounts from being compared as numbers: calendar months and business days, or the currency."""


@frozen
class Claim:
    """Strong Kleene truth as two formulas, of which at most one is true: that something holds, and that it fails."""

    holds: Formula
    fails: Formula


@frozen
class Steps:
    """One of a few values in their order, or everything between two of them.

    `low[i]` is true if the lowest it can be is `points[i + 1]` or more; `high` likewise. Of what is exact the two are
    the same.
    """

    points: tuple[Value, ...]
    low: tuple[Formula, ...]
    high: tuple[Formula, ...]

    def low_from(self, at: int) -> Formula:
        """Return whether the lowest it can be is the point at a place, or one above it."""
        return _from(self.low, at)

    def high_from(self, at: int) -> Formula:
        """Return whether the highest it can be is the point at a place, or one above it."""
        return _from(self.high, at)


@frozen
class Loose:
    """What is true of a duration in days whatever its shape: the fewest and the most it can be, from any day on.

    `low` and `high` are its two ends as counted from one day, the same for all durations.
    """

    fewest: Number
    most: Number
    low: Number
    high: Number


@frozen
class Amount:
    """A number of something between two bounds, which may come in several units: exactly one of them is true.

    `loose` is there for durations that may have units besides these.
    """

    kind: Scalar
    low: Number
    high: Number
    low_units: tuple[tuple[Formula, Unit], ...]
    high_units: tuple[tuple[Formula, Unit], ...]
    loose: Loose | None = None


@frozen
class Members:
    """A set: which of the elements that matter it surely has, and which it can have; with `more`, whatever there is.

    An element that is None is one that no condition names.
    """

    universe: tuple[Value | None, ...]
    has: tuple[Formula, ...]
    can: tuple[Formula, ...]
    more: Formula


@frozen
class Choice:
    """One of a few texts, of which exactly one is true. `includes` says which of them a part of a text is found in.

    An option that is None is a text that no condition names; `includes` of it is for the solver to choose.
    """

    options: tuple[str | None, ...]
    chosen: tuple[Formula, ...]
    includes: Mapping[str, tuple[Formula, ...]]


@frozen
class Rows:
    """A list: records that are there or not, and whether there may be more that nobody names."""

    present: tuple[Formula, ...]
    more: Formula
    fields: tuple[Mapping[str, Instance], ...]


@frozen
class Blank:
    """A value that no condition looks at."""


Cell: TypeAlias = Steps | Amount | Members | Choice | Rows | Blank


@frozen
class Instance:
    """What a solver may choose of a term, or of a field of a record.

    `stated`: some document speaks of it. `known`: what it says has a value. `assured` is that at each assurance that
    somebody needs. With `odd` the value is of a shape that the cell does not have.
    """

    name: str
    kind: Type
    stated: Formula
    known: Formula
    assured: Mapping[Assurance, Formula]
    cell: Cell
    odd: Formula = FALSE


def _from(ladder: tuple[Formula, ...], at: int) -> Formula:
    if at <= 0:
        return TRUE
    return ladder[at - 1] if at <= len(ladder) else FALSE
