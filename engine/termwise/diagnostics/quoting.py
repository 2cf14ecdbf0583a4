"""How a message quotes what stands in a file: on one line, and never more of it than a person reads."""

from __future__ import annotations

_LONGEST = 60
_LONGEST_SENTENCE = 400


def quoted(text: str) -> str:
    """Return text of the user's in backticks, on one line and not too long."""
    said = " ".join(text[: 8 * _LONGEST].split())
    return f"`{said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'}`"


def bounded(sentence: str) -> str:
    """Return a sentence, cut where it is longer than any that was meant: some name in it has no end."""
    return sentence if len(sentence) <= _LONGEST_SENTENCE else sentence[: _LONGEST_SENTENCE - 1] + "…"
