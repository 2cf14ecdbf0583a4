"""Every policy that ships or is shown stands in the canonical layout, as `make fmt-check` asks of it too."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import blocks
from repository import files, pages, shown

from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.format import format_source

POLICIES = [path for folder in ("policies", "examples") for path in files(folder, ".tw")]
SHOWN = [
    pytest.param(block.text, id=f"{shown(path)}:{block.line}")
    for path in pages()
    for block in blocks(path.read_text("utf-8"), "tw")
]


@pytest.mark.parametrize("path", POLICIES, ids=shown)
def test_policies_and_examples_are_formatted(path: Path) -> None:
    problems = Problems()
    text = path.read_bytes().decode("utf-8")
    made = format_source(Source(shown(path), text), problems)
    assert not problems.all
    assert text == made


@pytest.mark.parametrize("text", SHOWN)
def test_what_pages_show_is_formatted(text: str) -> None:
    """What documentation shows is laid out as its readers will write it; an excerpt is given the header it lacks."""
    header = "" if text.startswith(("policy", "vocabulary", "#")) else "policy shown\n\n"
    assert format_source(Source("shown.tw", header + text), Problems()) == header + text
