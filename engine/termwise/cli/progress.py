"""How far a long run has come, on one line of standard error; nothing of it where that is no terminal."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

from termwise.cli.terminal import mutter

_AFTER = 1.0
"""Seconds before a run is long enough to say anything."""
_EVERY = 0.2
_BAR = 24


class Progress:
    """A bar where the number of rows is known, and a count where it is not."""

    def __init__(self, total: int | None) -> None:
        """Start the clock."""
        self._total = total
        self._begun = monotonic()
        self._said = self._begun + _AFTER - _EVERY
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._has_said = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has_said:
            mutter("\r\033[K")

    def reached(self, rows: int) -> None:
        """Say how many rows are done, unless that was said a moment ago."""
        now = monotonic()
        if not self._is_shown or now - self._said < _EVERY:
            return
        self._said = now
        self._has_said = True
        mutter(f"\r\033[K{line(rows, self._total, now - self._begun)}")


def line(rows: int, total: int | None, seconds: float) -> str:
    """Return what is said of a run that has taken so many seconds for so many rows."""
    speed = f"{rows:,} rows, {rows / seconds:,.0f} a second"
    if not total:
        return speed
    done = min(rows / total, 1.0)
    bar = "█" * round(done * _BAR)
    left = seconds / done - seconds if done else 0.0
    return f"{bar:░<{_BAR}} {done:4.0%}  {speed}, {left:,.0f} s left"
