"""The codes that a finding of lint can have, and what people write for them: a code, the beginning of some, a name."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.diagnostics.catalogue import CATALOGUE, entry, find
from termwise.lint.registry import LINTS

PROOFS = "6"
ADVICE = "7"
"""The stages that are lint's business. Some lints find what `check` has a code for: theirs are borrowed."""


def codes() -> tuple[str, ...]:
    """Return every code that a finding of lint can have, in order."""
    borrowed = {each.code for each in LINTS}
    return tuple(each.code for each in CATALOGUE if each.code[2] in (PROOFS, ADVICE) or each.code in borrowed)


def proof_codes() -> tuple[str, ...]:
    """Return the codes of what is proved."""
    return tuple(code for code in codes() if code[2] == PROOFS)


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


def names() -> Sequence[str]:
    """Return what may be written for one code, for guessing at what was meant."""
    return [name for code in codes() for name in (code, entry(code).slug)]
