"""What contracts write as text, read by hand: integers for durations, rates, per cent, money and months of fees.

As short as the generated contracts allow. Whoever writes rules by hand has this behind them when the rules are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.workload.facts import FACTS


def _duration(text: str) -> int:
    number, unit = text.split()
    return int(number) // 24 if unit == "hours" else int(number)


def _first(text: str) -> int:
    return int(text.split(maxsplit=1)[0])


def _percent(text: str) -> int:
    return int(text[:-1])


def _dollars(text: str) -> int:
    return int(text[4:].replace(",", ""))


_READERS: dict[str, Callable[[str], int]] = {
    "duration": _duration, "rate": _first, "percent": _percent, "money": _dollars, "fees": _first,
}  # fmt: skip
_QUANTITIES = tuple((spec.term, _READERS[spec.kind]) for spec in FACTS if spec.kind in _READERS)


def read(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract with its quantities as integers, as `contracts.plain` has it."""
    made = dict(facts)
    for term, reader in _QUANTITIES:
        text = made.get(term)
        if text is not None:
            made[term] = reader(text)
    return made
