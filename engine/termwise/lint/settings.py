"""What a project makes of lint: which codes count, how much each weighs, which files are left out, and thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType

from termwise.contracts.precedence import STALE_AFTER
from termwise.diagnostics import Diagnostic, Level
from termwise.evaluate.waivers import SOON
from termwise.frozen import frozen, replace

_LEAST_FIRST = (Level.NOTE, Level.WARNING, Level.ERROR)


@frozen
class Settings:
    """How a project wants its policies linted. No `select` means every code; `exclude` are patterns of paths.

    Patterns are of paths from the folder of the settings; `*` stands for anything, folders included.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = MappingProxyType({})
    exclude: tuple[str, ...] = ()
    fail_on: Level = Level.WARNING
    expiring_days: int = SOON
    longest_waiver_days: int = 366
    stale_days: int = STALE_AFTER
    repeated_figures: int = 2
    repeated_guards: int = 3

    def has(self, code: str) -> bool:
        """Whether findings of a code are wanted."""
        return (not self.select or code in self.select) and code not in self.ignore

    def weighed(self, found: Diagnostic) -> Diagnostic:
        """Return a diagnostic with the level that the project gives its code."""
        level = self.levels.get(found.code)
        return found if level is None else replace(found, weight=level)

    def fails(self, found: Diagnostic) -> bool:
        """Whether a diagnostic weighs enough to fail a run."""
        return _LEAST_FIRST.index(found.level) >= _LEAST_FIRST.index(self.fail_on)

    def leaves_out(self, path: str) -> bool:
        """Whether a file is not to be linted."""
        return any(fnmatchcase(path, pattern) for pattern in self.exclude)
