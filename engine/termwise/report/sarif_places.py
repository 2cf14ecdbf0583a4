"""Places, and words with links to them, in the terms of SARIF.

In its messages braces are for placeholders, and a bracket that is followed by a parenthesis is a link. Readers disagree
on how to take braces that are doubled, as the standard asks for, so a message has none: a set stands in parentheses.
"""

from __future__ import annotations

from urllib.parse import quote

from termwise.diagnostics import Label
from termwise.report.json import Json
from termwise.report.places import Places
from termwise.source import Span

_ROOT = "%SRCROOT%"
_SHIPPED = "TERMWISE_POLICIES"

BASES = {
    _ROOT: "The root of the repository, or the folder the command ran in.",
    _SHIPPED: "The policies that ship with Termwise.",
}
"""What relative addresses start from. Where these are on a machine is nobody's business but its own."""

_NO_BRACES = str.maketrans("{}", "()")


def prose(text: str) -> str:
    """Return a text for a message, in which nothing is a placeholder or a link."""
    return text.translate(_NO_BRACES).replace("](", "] (")


def linked(number: int, text: str) -> str:
    """Return a link to the related place of a number."""
    said = text.translate(_NO_BRACES).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{said}]({number})"


def location(label: Label, places: Places, *, number: int | None = None, name: str | None = None) -> dict[str, Json]:
    """Return a place, with its words, its number where links lead to it, and the name of what stands there."""
    made: dict[str, Json] = {} if number is None else {"id": number}
    made["physicalLocation"] = {
        "artifactLocation": artifact(label.span.path, places),
        "region": region(label.span),
    }
    if name is not None:
        made["logicalLocations"] = [{"fullyQualifiedName": name}]
    if label.text:
        made["message"] = {"text": prose(label.text)}
    return made


def artifact(path: str, places: Places) -> Json:
    """Return the address of a file."""
    shipped = places.shipped(path)
    if shipped is not None:
        return {"uri": quote(shipped), "uriBaseId": _SHIPPED}
    inside = places.from_root(path)
    if inside is not None:
        return {"uri": quote(inside), "uriBaseId": _ROOT}
    return {"uri": f"file://{quote(places.absolute(path))}"}


def region(span: Span, *, is_exact: bool = False) -> Json:
    """Return a stretch of a file. Where only the start of something is known it has no end, unless it is exact."""
    start: dict[str, Json] = {"startLine": span.line, "startColumn": span.column}
    is_point = (span.line, span.column) == (span.end_line, span.end_column)
    return start if is_point and not is_exact else {**start, "endLine": span.end_line, "endColumn": span.end_column}
