"""Rego by a runtime in Rust (module `regorus`): one rule answers with all thirty codes.

All outcomes of the workload are told apart. Nothing is collapsed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import regorus

from benchmarks.workload.peers.infix import as_json
from benchmarks.workload.peers.rego_syntax import QUERY, module

NAME = "regorus (Rust)"


def prepare(plain: Mapping[str, Any]) -> str:
    """Return a contract as the engine is given it."""
    return json.dumps(as_json(plain))


def load() -> Callable[[str], list[int]]:
    """Return the function from a prepared contract to outcome codes."""
    engine = regorus.Engine()
    engine.add_policy("workload.rego", module())

    def outcomes(given: str) -> list[int]:
        engine.set_input_json(given)
        return engine.eval_rule(QUERY)

    return outcomes
