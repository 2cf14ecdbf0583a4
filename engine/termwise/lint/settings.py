"""What a project makes of lint: which codes count, how much each weighs, which files are left out, and thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from types import MappingProxyType

from termwise.contracts.precedence import STALE_AFTER
from termwise.diagnostics import Diagnostic, Level
from termwise.diagnostics.catalogue import CATALOGUE, entry, find
from termwise.evaluate.waivers import SOON
from termwise.frozen import frozen, replace

PROOFS = "TW6"
ADVICE = "TW7"
"""How the codes begin of what is proved, and of what is seen."""

BORROWED = ("TW515", "TW517", "TW518", "TW519")
"""What `check` has codes for and lint finds as well, without judging a contract by hand: old facts, and waivers."""

_LEAST_FIRST = (Level.NOTE, Level.WARNING, Level.ERROR)


@frozen
class Settings:
    """How a project wants its policies linted. No `select` means every code; `exclude` are patterns of paths.

    Patterns are of paths as the user sees them; `*` stands for anything, folders included.
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


def codes() -> tuple[str, ...]:
    """Return every code that a finding of lint can have."""
    return tuple(each.code for each in CATALOGUE if each.code.startswith((PROOFS, ADVICE)) or each.code in BORROWED)


def meant(text: str) -> tuple[str, ...]:
    """Return the codes that a word means: a code, the beginning of some (`TW7`), or a readable name."""
    one = one_code(text)
    if one is not None:
        return (one,)
    begun = text.strip().upper()
    return tuple(code for code in codes() if len(begun) > len("TW") and code.startswith(begun))


def one_code(text: str) -> str | None:
    """Return the code that a word names, in full or by its readable name, or None."""
    found = find(text)
    return found.code if found is not None and found.code in codes() else None


def names() -> Iterable[str]:
    """Return what `meant` may be given, for guessing at what was."""
    return [name for code in codes() for name in (code, entry(code).slug)]
