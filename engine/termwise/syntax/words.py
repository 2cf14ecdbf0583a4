"""How words are spelt: which are reserved, which have a second spelling, and which part of a long text is layout."""

from __future__ import annotations

import re

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

ALSO_NAMES = frozenset(("set", "list", "passes"))
"""Words that stand where a name could: the parser reads the name, and then sees which it is."""

ASCII = {"≤": "<=", "≥": ">=", "≠": "!=", "∈": "in", "⊆": "within"}
"""The operators that can be written in another way, and the way that is printed."""


PLACEHOLDER = re.compile(r"\{([A-Za-z_][\w.]*)(?:\[(\w+)\])?\}")
"""Where the wording of a clause prints a term, perhaps at a key."""

NO_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}?|\}")
"""What a brace is of, with placeholders left out."""


def without_layout(long_text: str) -> str:
    """Return what a text in triple quotes says: common indentation and blank ends are layout."""
    from textwrap import dedent

    return dedent(long_text[3:-3].removeprefix("\n")).strip()
