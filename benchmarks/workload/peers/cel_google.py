"""CEL by Google's runtime in C++ (package `cel-expr-python`): one expression answers with all thirty codes.

All outcomes of the workload are told apart. Nothing is collapsed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cel_expr_python import cel

from benchmarks.workload.peers.cel_syntax import VARIABLES, Cel, variables

NAME = "cel-expr-python (C++)"


def prepare(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract as the engine is given it."""
    return variables(plain)


def load() -> Callable[[dict[str, Any]], list[int]]:
    """Return the function from a prepared contract to outcome codes."""
    environment = cel.NewEnv(variables=dict.fromkeys(VARIABLES, cel.Type.DYN))
    expression = environment.compile(Cel().whole())
    return lambda given: expression.eval(data=given).plain_value()
