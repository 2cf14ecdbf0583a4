"""Frozen values → what JSON can say, by one rule for all: an object has the fields of the value, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from termwise.report.json import Json


def plain(value: object) -> Json:
    """Return a value made of frozen classes, enums, dates and collections as plain data."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | str():
            return value
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case _:
            names: tuple[str, ...] = type(value).__match_args__  # type: ignore[attr-defined]  # frozen classes have it
            return {name: plain(getattr(value, name)) for name in names}
