"""Rego by OPA, where a binary `opa` is on the path: a process for each contract, and its start is most of the time.

All outcomes of the workload are told apart. Nothing is collapsed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.workload.peers.infix import as_json
from benchmarks.workload.peers.rego_syntax import QUERY, module

NAME = "opa eval (a process each)"

if shutil.which("opa") is None:
    raise ImportError("no binary `opa` is on the path")


def prepare(plain: Mapping[str, Any]) -> str:
    """Return a contract as the engine is given it."""
    return json.dumps(as_json(plain))


def load() -> Callable[[str], list[int]]:
    """Return the function from a prepared contract to outcome codes."""
    policy = Path(tempfile.mkdtemp()) / "workload.rego"
    policy.write_text(module(), "utf-8")
    words = ["opa", "eval", "--stdin-input", "--format", "json", "--data", str(policy), QUERY]

    def outcomes(given: str) -> list[int]:
        ran = subprocess.run(words, input=given, capture_output=True, text=True, check=True)
        return json.loads(ran.stdout)["result"][0]["expressions"][0]["value"]

    return outcomes
