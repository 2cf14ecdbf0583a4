"""What may import what is written down in pyproject.toml, for every module, and holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from repository import ROOT, configuration, files

CONTRACTS = configuration()["tool"]["importlinter"]["contracts"]


def test_the_layers_hold() -> None:
    """No module imports what stands above it, and each heavy dependency stays in its home."""
    linter = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_nothing_is_excused() -> None:
    """No contract has an exception, and none passes because a module is missing."""
    for contract in CONTRACTS:
        assert not {key for key in contract if key.startswith(("ignore", "unmatched"))}, contract["name"]


def test_every_module_has_a_layer() -> None:
    """The layers name everything that stands directly in the package, and nothing that does not."""
    (layers,) = (contract for contract in CONTRACTS if contract["type"] == "layers")
    assert layers["exhaustive"] is True
    named = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
    top = ROOT / "engine/termwise"
    inside = {path.relative_to(top).parts[0].removesuffix(".py") for path in files("engine", ".py")}
    assert named == inside - {"__init__"}
