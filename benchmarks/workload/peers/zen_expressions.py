"""The ZEN expression language (package `zen-engine`): one compiled expression answers with all thirty codes.

All outcomes of the workload are told apart. Nothing is collapsed; the codes come back as floating point numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import zen

from benchmarks.workload.peers.infix import Infix, as_json

NAME = "zen-engine (Rust)"


class _Zen(Infix):
    both = " and "
    either = " or "
    negation = "not "

    def stated(self, fact: str) -> str:
        return f"{fact} != null"

    def fact(self, fact: str) -> str:
        return fact

    def one_of(self, value: str, names: tuple[str, ...]) -> str:
        return f"{value} == '{names[0]}'" if len(names) == 1 else f"{value} in {_list(names)}"

    def includes(self, whole: str, members: tuple[str, ...]) -> str:
        return f"({' and '.join(_quoted(name) + f' in {whole}' for name in members)})"

    def within(self, part: str, members: tuple[str, ...]) -> str:
        return f"all({part}, # in {_list(members)})"

    def excludes(self, whole: str, members: tuple[str, ...]) -> str:
        return f"not ({' or '.join(_quoted(name) + f' in {whole}' for name in members)})"

    def subset(self, part: str, whole: str) -> str:
        return f"all({part}, # in {whole})"


def _list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(name: str) -> str:
    return f"'{name}'"


def prepare(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract as the engine is given it."""
    return as_json(plain)


def load() -> Callable[[dict[str, Any]], list[float]]:
    """Return the function from a prepared contract to outcome codes."""
    return zen.compile_expression(_Zen().whole()).evaluate
