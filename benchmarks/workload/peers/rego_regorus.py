"""Rego by a runtime in Rust (module `regorus`): one rule answers with all thirty codes.

All outcomes of the workload are told apart. Nothing is collapsed. Where the package can compile a module
to code for its virtual machine, that is what is measured, and not the interpreter.
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
    if hasattr(regorus, "Rvm"):
        return _compiled()
    engine = regorus.Engine()
    engine.add_policy("workload.rego", module())

    def outcomes(given: str) -> list[int]:
        engine.set_input_json(given)
        return engine.eval_rule(QUERY)

    return outcomes


def _compiled() -> Callable[[str], list[int]]:
    program = regorus.Program.compile_from_modules("{}", [("workload.rego", module())], [QUERY])
    machine = regorus.Rvm()
    machine.load_program(program)

    def outcomes(given: str) -> list[int]:
        machine.set_input_json(given)
        return json.loads(machine.execute())

    return outcomes
