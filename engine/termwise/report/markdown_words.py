"""Other people's text, made safe to stand in Markdown: it reads as it was written, and is nothing else.

A quote from a contract must not become a heading, a link, a picture or markup, must not break a table, and must call
nobody. What is escaped is what CommonMark, the dialects of the hosts and their mentions would act on; the rest stays
as it is, so that the source can be read too.
"""

from __future__ import annotations

import re

from termwise.report.printable import on_one_line

_MARKUP = re.compile(r"[\\`*\[\]<>&|~$]")
_OUTER_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_START = re.compile(r"^(\d*)([#+=.)-])")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_MENTION = re.compile(r"(?<![A-Za-z0-9_.])@(?=[A-Za-z0-9])")

_BREAK = "\u200b"
"""Stands, unseen, between a sign and a name, so that no host takes the two for a mention of somebody."""


def escaped(text: str) -> str:
    """Return a text that reads the same in Markdown, at the start of a line, within one, or in a table."""
    return _START.sub(r"\1\\\2", _within(on_one_line(text)))


def marked(text: str) -> str:
    """Return a sentence of our own, in which names stand between backticks already; they become code."""
    parts = on_one_line(text).split("`")
    if len(parts) % 2 == 0 or "" in (each.strip() for each in parts[1:-1]):
        return escaped(text)
    said = "".join(code(each) if number % 2 else _within(each) for number, each in enumerate(parts))
    return _START.sub(r"\1\\\2", said)


def code(text: str) -> str:
    """Return a text as code, which no dialect looks into; a bar would end a cell of a table, whatever surrounds it."""
    said = on_one_line(text)
    if not said:
        return ""
    if "|" in said:
        return escaped(said)
    longest = max((len(each) for each in re.findall("`+", said)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if said.startswith("`") or said.endswith("`") else ""
    return f"{fence}{padding}{said}{padding}{fence}"


def fenced(language: str, text: str) -> str:
    """Return the lines of a text as a block of code."""
    lines = [line[: len(line) - len(line.lstrip(" "))] + on_one_line(line) for line in text.splitlines()]
    fence = "`" * max((len(each) + 1 for each in re.findall("`{3,}", text)), default=3)
    return "\n".join((fence + language, *lines, fence)) + "\n"


def row(cells: list[str]) -> str:
    """Return a row of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def _within(text: str) -> str:
    """Return a text for anywhere but the start of a line."""
    said = _MARKUP.sub(r"\\\g<0>", text)
    said = _OUTER_UNDERSCORE.sub(r"\\_", said)
    said = _ADDRESS.sub(r"\\\g<0>", said)
    return _MENTION.sub(f"@{_BREAK}", said)
