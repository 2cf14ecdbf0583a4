"""What the architecture page says is absent: clocks and terminals below the edge, floats in the arithmetic."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from repository import ROOT, files

ENGINE = ROOT / "engine/termwise"

CLOCK = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.monotonic"}
TERMINAL = {"sys.stdout", "sys.stderr", "sys.stdin", "print", "input"}
ENVIRONMENT = {"os.environ", "os.getenv"}

HOMES = {
    "the clock": (CLOCK, ("asked.py", "cli/")),
    "the terminal": (TERMINAL, ("cli/",)),
    "the environment": (ENVIRONMENT, ("cachefolder.py", "cli/")),
}


def names(path: Path) -> Iterator[str]:
    """Yield every name a module uses: bare ones that are called, and ones with a dot."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                yield f"{owner}.{name}"
            case ast.Call(func=ast.Name(id=name)):
                yield name


@pytest.mark.parametrize("what", HOMES)
def test_nothing_reads_it_below_the_edge(what: str) -> None:
    """Only the modules at the edge read it, and some of them do."""
    wanted, homes = HOMES[what]
    users = {path.relative_to(ENGINE).as_posix() for path in files("engine", ".py") if wanted & set(names(path))}
    assert {user for user in users if not user.startswith(homes)} == set()
    assert users


def test_no_binary_floating_point_in_the_meaning() -> None:
    """Neither quantities nor the core nor contracts nor evaluators have a float in them."""
    for stage in ("quantities", "core", "check", "contracts", "evaluate"):
        for path in files(f"engine/termwise/{stage}", ".py"):
            tree = ast.parse(path.read_text("utf-8"))
            literals = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
            assert not [value for value in literals if isinstance(value, float)], path.name
            assert "float" not in set(names(path)), path.name
