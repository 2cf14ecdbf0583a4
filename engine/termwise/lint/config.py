"""Settings files → settings: `[tool.termwise.lint]` of a pyproject.toml, and `[lint]` of a termwise.toml.

Both are read as contracts in TOML are, with the place of every key, because a setting that is misspelt does nothing
and looks as if it did. Of two files that set a key, termwise.toml wins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from termwise.contracts.nodes import Fields, Items, Leaf, Node
from termwise.contracts.problems import shape_of
from termwise.contracts.toml_reader import read_toml
from termwise.diagnostics import Diagnostic, Level, Problems, did_you_mean, problem
from termwise.frozen import replace
from termwise.lint.codes import meant, names
from termwise.lint.settings import Settings
from termwise.source import Source

PYPROJECT = "pyproject.toml"
OWN = "termwise.toml"

_TABLES = {PYPROJECT: ("tool", "termwise", "lint"), OWN: ("lint",)}
"""Where the settings of lint are in each file."""

_OPEN = ("tool",)
"""The tables that other tools have their say in: what else stands there is none of our business."""


_CONTRACTS = "5"
"""The stage of contract files, whose reader it is: what is malformed here is a settings file."""


def read_settings(sources: Iterable[tuple[str, Source]], problems: Problems) -> Settings:
    """Return what settings files say, the last of them first in rank; `sources` are by the kind of file they are."""
    found: dict[str, Any] = {}
    for kind, source in sources:
        table = _table(kind, source, problems)
        if table is not None:
            found |= dict(_settings(table, problems))
    return replace(Settings(), **found)


def says_something(kind: str, text: str) -> bool:
    """Whether a file has anything for us in it, or cannot be read as TOML, which its author wants to know."""
    try:
        table: object = tomllib.loads(text)
    except (ValueError, RecursionError):
        return True
    for name in _TABLES[kind][:-1]:
        table = table.get(name) if isinstance(table, dict) else None
    return bool(table)


def _table(kind: str, source: Source, problems: Problems) -> Fields | None:
    """Return the table of lint in a file, or None where it has none."""
    if not says_something(kind, source.text):
        return None
    own = Problems()
    node: Node | None = read_toml(source, own)
    for each in own.all:
        problems.add(replace(each, code="TW009") if each.code[2] == _CONTRACTS else each)
    way = _TABLES[kind]
    for depth, name in enumerate(way):
        if node is None:
            return None
        if not isinstance(node, Fields):
            problems.add(_wrong(node, "a table"))
            return None
        here = ".".join(way[:depth])
        if here not in ("", *_OPEN) or kind == OWN:
            _refuse_strangers(node, (name,), f"`[{here}]`" if here else f"`{kind}`", problems)
        node = _entry(node, name)
    if node is not None and not isinstance(node, Fields):
        problems.add(_wrong(node, "a table"))
        return None
    return node


def _entry(fields: Fields, name: str) -> Node | None:
    return next((node for key, node in fields.entries if key.text == name), None)


def _refuse_strangers(fields: Fields, known: Iterable[str], where: str, problems: Problems) -> None:
    for key, _ in fields.entries:
        if key.text not in known:
            problems.add(_unknown_key(key, where, known))


def _settings(table: Fields, problems: Problems) -> Iterator[tuple[str, object]]:
    """Yield the settings that can be read, by the name of their field."""
    _refuse_strangers(table, _READERS, "the settings of lint", problems)
    for key, node in table.entries:
        read = _READERS.get(key.text)
        value = None if read is None else read(node, problems)
        if value is not None:
            yield key.text.replace("-", "_"), value


# ------------------------------------------------------------------------------------------------------- values


def _codes(node: Node, problems: Problems) -> tuple[str, ...] | None:
    listed = _leaves(node, "a list of codes", problems)
    return None if listed is None else tuple(dict.fromkeys(code for leaf in listed for code in _code(leaf, problems)))


def _code(leaf: Leaf, problems: Problems) -> tuple[str, ...]:
    found = meant(leaf.text)
    if not found:
        problems.add(_unknown_code(leaf))
    return found


def _levels(node: Node, problems: Problems) -> Mapping[str, Level] | None:
    if not isinstance(node, Fields):
        problems.add(_wrong(node, "a table of codes with their levels"))
        return None
    levels: dict[str, Level] = {}
    for key, value in node.entries:
        level = _level(value, problems)
        if level is not None:
            levels |= dict.fromkeys(_code(key, problems), level)
    return levels


def _level(node: Node, problems: Problems) -> Level | None:
    known = [each.value for each in Level]
    if isinstance(node, Leaf) and node.text in known:
        return Level(node.text)
    problems.add(_wrong(node, "`error`, `warning` or `note`"))
    return None


def _patterns(node: Node, problems: Problems) -> tuple[str, ...] | None:
    listed = _leaves(node, "a list of patterns of paths", problems)
    return None if listed is None else tuple(leaf.text for leaf in listed)


def _count(node: Node, problems: Problems) -> int | None:
    if isinstance(node, Leaf) and node.text.isascii() and node.text.isdigit() and 0 < len(node.text) <= _LONGEST_COUNT:
        return int(node.text)
    problems.add(_wrong(node, "a whole number"))
    return None


def _leaves(node: Node, wanted: str, problems: Problems) -> list[Leaf] | None:
    if isinstance(node, Items) and all(isinstance(each, Leaf) for each in node.items):
        return [each for each in node.items if isinstance(each, Leaf)]
    problems.add(_wrong(node, wanted))
    return None


_LONGEST_COUNT = 6

_READERS: Mapping[str, Callable[[Node, Problems], object | None]] = {
    "select": _codes,
    "ignore": _codes,
    "levels": _levels,
    "exclude": _patterns,
    "fail-on": _level,
    "expiring-days": _count,
    "longest-waiver-days": _count,
    "stale-days": _count,
    "repeated-figures": _count,
    "repeated-guards": _count,
}
"""Every key, and how its value is read. Written with underscores, it is a field of the settings."""


# -------------------------------------------------------------------------------------------------------- words


def code_hint(text: str) -> str:
    """Return what to write for a word that names no code of lint."""
    return did_you_mean(text, names()) or "write a code, the beginning of some, or a name: `TW701`, `TW7`, `vague-name`"


def _unknown_code(leaf: Leaf) -> Diagnostic:
    return problem("TW009", leaf.span, f"`{leaf.text}` is no code of lint", hint=code_hint(leaf.text))


def _unknown_key(key: Leaf, where: str, known: Iterable[str]) -> Diagnostic:
    listed = list(known)
    hint = did_you_mean(key.text, listed) or f"the keys are {', '.join(f'`{each}`' for each in listed)}"
    return problem("TW009", key.span, f"`{key.text}` is no key of {where}", hint=hint)


def _wrong(node: Node, wanted: str) -> Diagnostic:
    return problem("TW009", node.span, f"{shape_of(node)} stands where {wanted} is expected")
