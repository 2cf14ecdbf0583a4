"""Shares: so many of so many, in percent that is never better than it is."""

from __future__ import annotations

from collections.abc import Iterable

from termwise.frozen import frozen
from termwise.report.json import Json


@frozen
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        """The share in percent, cut after one decimal: only all of it is 100. Nothing of nothing is all of it."""
        whole, tenth = divmod(1000 * self.part // self.whole if self.whole else 1000, 10)
        return f"{whole}.{tenth}" if tenth else str(whole)

    def reaches(self, percent: int) -> bool:
        """Whether the share is at least so many percent."""
        return 100 * self.part >= percent * self.whole

    def __str__(self) -> str:
        """Return the share in words: "97.8% (270 of 276)"."""
        return f"{self.percent}% ({self.part:,} of {self.whole:,})"


def total(shares: Iterable[Share]) -> Share:
    """Return several shares as one."""
    every = list(shares)
    return Share(sum(each.part for each in every), sum(each.whole for each in every))


def share_data(share: Share, part: str, whole: str) -> dict[str, Json]:
    """Return a share as data, its two numbers under names, and the percent as text."""
    return {part: share.part, whole: share.whole, "percent": share.percent}
