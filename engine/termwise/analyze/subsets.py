"""The smallest sets that cannot all be: found one after the other, none of them twice, until there are no more.

A search that keeps a map of what it knows: what contains a set that cannot be cannot be either, and what is contained
in a set that can be can be. It looks at the largest sets of which the map knows nothing; each tells it either of a new
smallest set or of many sets at once that are possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

Check = Callable[[Sequence[int]], bool | None]
"""Whether things, by their numbers, can be together; None where that cannot be decided."""

Shrink = Callable[[Sequence[int]], list[int]]
"""The smallest part of an impossible set that is impossible already."""


class Subsets:
    """The search among things numbered from 0. Undecided sets are taken for possible, and noted."""

    def __init__(self, count: int, check: Check, shrink: Shrink, most_tries: int) -> None:
        """Know nothing yet."""
        self._all = frozenset(range(count))
        self._check = check
        self._shrink = shrink
        self._tries = most_tries
        self._impossible: list[frozenset[int]] = []
        self._possible: list[frozenset[int]] = []
        self.is_cut_short = False

    def exclude(self, *numbers: int) -> None:
        """Tell the search of a set that is known to be impossible and is not to be found."""
        self._impossible.append(frozenset(numbers))

    def smallest(self) -> Iterator[tuple[int, ...]]:
        """Yield the smallest impossible sets."""
        while (seed := self._unknown()) is not None:
            if self._tries <= 0:
                self.is_cut_short = True
                return
            self._tries -= 1
            answer = self._check(sorted(seed))
            if answer is False:
                small = frozenset(self._shrink(sorted(seed)))
                self._impossible.append(small)
                yield tuple(sorted(small))
                continue
            self.is_cut_short = self.is_cut_short or answer is None
            self._possible.append(seed)

    def _unknown(self) -> frozenset[int] | None:
        """Return a largest set that contains no impossible one and is within no possible one, or None.

        What it leaves out has to hit every impossible set, so it is found by trying, for each in turn, what to leave
        out of it; and it has to keep something that each possible set lacks.
        """
        return next(self._candidates(frozenset(), 0), None)

    def _candidates(self, left_out: frozenset[int], at: int) -> Iterator[frozenset[int]]:
        while at < len(self._impossible) and self._impossible[at] & left_out:
            at += 1
        if at < len(self._impossible):
            for each in sorted(self._impossible[at], reverse=True):
                yield from self._candidates(left_out | {each}, at + 1)
            return
        kept = self._all - left_out
        if not any(kept <= each for each in self._possible):
            yield kept
