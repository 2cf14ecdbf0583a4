"""Runs the pages of this folder: what they say of the language is what the engine does."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import EVALUATORS, Evaluator
from literate import Section, misses, sections

PAGES = sorted(each for each in Path(__file__).parent.glob("*.md") if each.stem != "README")
SECTIONS = [pytest.param(section, id=f"{page.stem}: {section.name}") for page in PAGES for section in sections(page)]


@pytest.mark.parametrize("judge", EVALUATORS.values(), ids=EVALUATORS)
@pytest.mark.parametrize("section", SECTIONS)
def test_section(section: Section, judge: Evaluator, tmp_path: Path) -> None:
    assert not misses(section, judge, tmp_path)
