"""What a page of documentation holds that can be wrong: links, and blocks of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line of the page on which the text starts."""

    language: str
    text: str
    line: int


def blocks(text: str, *languages: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, of these languages if any are named."""
    for found in _FENCE.finditer(text):
        if not languages or found[1] in languages:
            yield Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


def links(text: str) -> list[str]:
    """Return the targets of all links outside blocks."""
    return _LINK.findall(_FENCE.sub("", text))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page: its headings in the form that links name them."""
    headings = _HEADING.findall(_FENCE.sub("", path.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
