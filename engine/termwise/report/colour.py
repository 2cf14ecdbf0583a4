"""ANSI colours by hand: eight escape sequences are no reason to load a library. Off, every function is the identity."""

from __future__ import annotations

from enum import Enum, unique

from termwise.frozen import frozen

_RESET = "\033[0m"


@unique
class Tone(Enum):
    """What a colour is used for; the value is its ANSI code."""

    GOOD = "32"
    WARN = "33"
    BAD = "1;31"
    OPEN = "35"
    STRONG = "1"
    FAINT = "2"


@frozen
class Paint:
    """Colours text, or leaves it alone where there is no terminal to colour it for."""

    is_on: bool

    def __call__(self, text: str, tone: Tone) -> str:
        """Return text in a tone."""
        return f"\033[{tone.value}m{text}{_RESET}" if self.is_on and text else text
