"""Strong Kleene truth: true, false, and unknown, which is what silence and vagueness make of a condition.

`and` and `or` are commutative and never lazy, so the order in which a policy says things changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, unique


@unique
class Truth(Enum):
    """One of the three truth values. There is no `bool` of it: unknown is neither."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Refuse: a truth value must be compared, never coerced."""
        raise TypeError("a Truth is not a bool; compare it with `is`")


def known(claim: bool) -> Truth:
    """Return the truth value of a claim that is decided."""
    return Truth.TRUE if claim else Truth.FALSE


def negate(truth: Truth) -> Truth:
    """Return `not truth`; the unknown stays unknown."""
    if truth is Truth.UNKNOWN:
        return truth
    return known(truth is Truth.FALSE)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return false if any is false, else unknown if any is unknown, else true (also of nothing)."""
    seen = tuple(truths)
    if Truth.FALSE in seen:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return true if any is true, else unknown if any is unknown, else false (also of nothing)."""
    seen = tuple(truths)
    if Truth.TRUE in seen:
        return Truth.TRUE
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.FALSE
