"""Every session prints what its page shows: both streams, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from sessions import played

PAGES = sorted((Path(__file__).parent / "transcripts").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_sessions_print_what_the_page_shows(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each command prints what stands below it; `--bless` puts there what it prints now."""
    text = page.read_text("utf-8")
    now = played(text, tmp_path)
    if request.config.getoption("--bless"):
        page.write_text(now, "utf-8")
    else:
        assert now == text
