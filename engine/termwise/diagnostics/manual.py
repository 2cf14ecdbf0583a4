"""The page of a code, as `termwise explain TW203` prints it."""

from __future__ import annotations

from importlib.resources import files


def page(code: str) -> str:
    """Return the page of a code of the catalogue, in Markdown."""
    return files("termwise.diagnostics").joinpath("pages", f"{code}.md").read_text("utf-8")
