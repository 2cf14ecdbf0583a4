"""Outcomes and decisions as they are shown: always a symbol and a word, so that neither colour nor font matters.

The symbols are characters that every terminal draws one column wide, and each has an ASCII one to stand in for it.
"""

from __future__ import annotations

from termwise.evaluate.judgement import Outcome
from termwise.frozen import frozen
from termwise.report.colour import Paint, Tone
from termwise.report.decision import Decision
from termwise.report.printable import width_of


@frozen
class Sign:
    """A symbol, the word beside it, how it is coloured, and what it means in a few words."""

    symbol: str
    word: str
    tone: Tone
    meaning: str = ""

    @property
    def text(self) -> str:
        """The symbol and the word."""
        return f"{self.symbol} {self.word}"

    def painted(self, paint: Paint, width: int = 0) -> str:
        """Return the symbol and the word, in colour, filled up to a width."""
        return paint(self.text, self.tone) + " " * (width - width_of(self.text))


OUTCOMES = {
    Outcome.BREACHED: Sign("✗", "breached", Tone.BAD, "every rung of the rule is ruled out"),
    Outcome.UNSECURED: Sign("◒", "unsecured", Tone.WARN, "it would hold, but nobody can be held to what it rests on"),
    Outcome.UNDECIDED: Sign("?", "undecided", Tone.OPEN, "the documents do not say enough"),
    Outcome.WAIVED: Sign("⚑", "waived", Tone.WARN, "it fails, with leave until a date"),
    Outcome.CONCEDED: Sign("✎", "conceded", Tone.WARN, "a fallback holds, and may need an approval"),
    Outcome.MET: Sign("✓", "met", Tone.GOOD, "what is required holds"),
    Outcome.PREFERRED: Sign("✦", "preferred", Tone.GOOD, "what is preferred holds too"),
    Outcome.NOT_APPLICABLE: Sign("-", "n/a", Tone.FAINT, "the rule does not apply"),
}
"""Every outcome, worst first."""

DECISIONS = {
    Decision.FAIL: Sign("✗", "fail", Tone.BAD),
    Decision.UNDECIDED: Sign("?", "undecided", Tone.OPEN),
    Decision.PASS: Sign("✓", "pass", Tone.GOOD),
}

WIDEST = max(len(sign.text) for sign in (*OUTCOMES.values(), *DECISIONS.values()))

_ASCII = str.maketrans({"✗": "x", "◒": "!", "⚑": "w", "✎": "~", "✓": "+", "✦": "*", "─": "-", "…": ".", "←": "<"})


def in_ascii(text: str) -> str:
    """Return a report for a terminal that cannot show its symbols, its columns unchanged."""
    return text.translate(_ASCII)
