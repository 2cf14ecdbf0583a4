"""What a newcomer copies is shown at work, and names nobody's machines. `test_ci.py` runs what is for servers."""

from __future__ import annotations

import re

from markdown import blocks
from repository import ROOT, files, shown

EXAMPLES = ROOT / "examples"


def test_every_example_is_shown_at_work() -> None:
    """No policy, contract, script or workflow is in the folder without a session or a test that uses it."""
    page = (EXAMPLES / "README.md").read_text("utf-8")
    sessions = "".join(block.text for block in blocks(page, "console"))
    for path in files("examples", ".py", ".tw"):
        assert shown(path) in sessions, shown(path)
    for path in files("examples", ".yaml", ".yml"):
        folder = shown(path.parent)
        assert folder in sessions or f"({path.relative_to(EXAMPLES).as_posix()})" in page, shown(path)


def test_no_example_names_a_host() -> None:
    """What is copied reaches only what the copier reaches anyway."""
    for path in files("examples"):
        assert not re.search(r"https?://|index-url|extra-index", path.read_text("utf-8")), shown(path)
