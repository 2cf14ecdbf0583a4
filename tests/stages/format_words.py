"""How the tests of the formatter say what they expect: the text that a text becomes, and stays."""

from __future__ import annotations

from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.format import format_source

HEADER = "policy p\n\n"


def formatted(text: str) -> str:
    """Format a text, and once more what came of it."""
    problems = Problems()
    made = format_source(Source("p.tw", text), problems)
    assert made is not None, problems.all
    assert format_source(Source("p.tw", made), Problems()) == made
    return made


def declared(text: str) -> str:
    """Format declarations, with the header they need and without it."""
    made = formatted(f"policy p\n\n{text}")
    assert made.startswith(HEADER)
    return made.removeprefix(HEADER)


def required(condition: str) -> str:
    """Format a condition as what a rule requires; return it as it stands in a rule."""
    made = declared(f"rule r\n  require {condition}\n")
    assert made.startswith("rule r\n")
    return made.removeprefix("rule r\n")
