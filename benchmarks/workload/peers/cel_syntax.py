"""The workload in CEL, for both of its engines: every fact is a variable, and null where it is silent.

One map of facts, asked with `has(…)`, would be nearer to how CEL is mostly written; neither engine is faster so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.workload.facts import FACTS
from benchmarks.workload.peers.infix import Infix, as_json

VARIABLES = tuple(spec.identifier for spec in FACTS)
"""The names of the facts."""


class Cel(Infix):
    """CEL: sets are lists, and what must be true of each member is said with a macro."""

    def stated(self, fact: str) -> str:
        """Return that a fact is stated."""
        return f"{fact} != null"

    def fact(self, fact: str) -> str:
        """Return the value of a fact that is stated."""
        return fact

    def one_of(self, value: str, names: tuple[str, ...]) -> str:
        """Return that a symbol is one of some."""
        return f'{value} == "{names[0]}"' if len(names) == 1 else f"{value} in {_list(names)}"

    def includes(self, whole: str, members: tuple[str, ...]) -> str:
        """Return that a set has all of some members."""
        return f"({' && '.join(_quoted(name) + f' in {whole}' for name in members)})"

    def within(self, part: str, members: tuple[str, ...]) -> str:
        """Return that a set has no members but these."""
        return f"{part}.all(e, e in {_list(members)})"

    def excludes(self, whole: str, members: tuple[str, ...]) -> str:
        """Return that a set has none of some members."""
        return f"!({' || '.join(_quoted(name) + f' in {whole}' for name in members)})"

    def subset(self, part: str, whole: str) -> str:
        """Return that all members of one set are members of another."""
        return f"{part}.all(e, e in {whole})"


def variables(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return every variable with its value, or null."""
    return {**dict.fromkeys(VARIABLES), **as_json(plain)}


def _list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(name: str) -> str:
    return f'"{name}"'
