"""The reserved words. Everything else can be a name."""

from __future__ import annotations

STARTERS = frozenset(
    "policy vocabulary version owner uses extends assurance holidays define rule tighten relax when unless prefer "
    "require fallback approved because cite clause lever until while waive grants text guarantee ensure test given "
    "expect enum scale record term context ask presume annual".split()
)
"""The words that start a statement. (`in force` does too.)"""

INNER = frozenset(
    "and or not in within includes excludes every some no is satisfies yes true false for per of at".split()
)
"""The words that join or stand for values inside a statement."""

RESERVED = STARTERS | INNER
