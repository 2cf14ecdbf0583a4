"""CEL by a runtime in Rust (package `common-expression-language`): one expression answers with all thirty codes.

All outcomes of the workload are told apart. Nothing is collapsed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import cel

from benchmarks.workload.peers.cel_syntax import Cel, variables

NAME = "common-expression-language (Rust)"


def prepare(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract as the engine is given it."""
    return variables(plain)


def load() -> Callable[[dict[str, Any]], list[int]]:
    """Return the function from a prepared contract to outcome codes."""
    return cel.compile(Cel().whole()).execute
