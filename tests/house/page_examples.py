"""The pages of the codes, taken apart: their sections, and the examples of each as files that can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

SECTIONS = ("What it says", "Why", "Wrong", "Right", "What to do")
"""The headings of every page, in order."""

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_PART = re.compile(
    r"^As of (?P<day>\d{4}-\d\d-\d\d):$|^```(?P<kind>\w+) (?P<file>\S+)\n(?P<body>.*?)^```$", re.M | re.S
)
_FENCE = re.compile(r"^```", re.MULTILINE)
_FORMATS = {"tw": ".tw", "yaml": ".yaml", "json": ".json", "toml": ".toml", "sh": ".sh"}


@dataclass(slots=True)
class Example:
    """Files by name, in order, and the date on which they are judged, if it matters."""

    as_of: date | None = None
    files: dict[str, bytes | None] = field(default_factory=dict)

    def named(self, *endings: str) -> list[str]:
        """Return the names of the files with one of these endings."""
        return [name for name in self.files if name.endswith(endings)]

    def has(self, name: str) -> bool:
        """Whether there is a file of this name, in this or another format."""
        return name.partition(".")[0] in (each.partition(".")[0] for each in self.files)


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `lead` is what stands above the first heading."""

    code: str
    text: str
    lead: str
    sections: tuple[tuple[str, str], ...]

    def examples(self, heading: str) -> list[Example]:
        """Return the examples of a section: the files that stand together, with no words between them.

        A second file of one name, whatever its format, starts another example too.
        """
        found = [Example()]
        body, end = dict(self.sections)[heading], 0
        for part in _PART.finditer(body):
            day, name = part["day"], part["file"]
            if day is not None or body[end : part.start()].strip() or found[-1].has(name):
                found.append(Example(date.fromisoformat(day) if day is not None else found[-1].as_of))
            if name is not None:
                found[-1].files[name] = _content(part["kind"], name, part["body"])
            end = part.end()
        return [each for each in found if each.files]

    def stray_fences(self) -> int:
        """Return how many fences belong to no example: shown, but never run."""
        return len(_FENCE.findall(self.text)) - 2 * sum(part["file"] is not None for part in _PART.finditer(self.text))


@cache
def code_pages() -> dict[str, Page]:
    """Return every page that ships, by the name of its file."""
    listed = sorted(files("termwise.diagnostics").joinpath("pages").iterdir(), key=lambda each: each.name)
    return {each.name: _page(each.name.removesuffix(".md"), each.read_text("utf-8")) for each in listed}


def _page(code: str, text: str) -> Page:
    lead, *rest = _HEADING.split(text)
    return Page(code, text, lead, tuple(zip(rest[::2], rest[1::2], strict=True)))


def _content(kind: str, name: str, body: str) -> bytes | None:
    """Return what a fence puts into its file. One of Python is an expression; None means that there is no file."""
    if kind == "python":
        made = eval(body, {"__builtins__": {}})  # the pages are our own, and no name but literals is known to them
        assert made is None or isinstance(made, bytes)
        return made
    assert name.endswith(_FORMATS[kind]), f"{name} is no name for {kind}"
    return body.encode()
