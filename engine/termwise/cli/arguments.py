"""Words of a command line → options, and the place in the line of whatever is wrong with them.

A verb declares its options once. A line that has nothing unusual in it is read here; help, mistakes and rare spellings
are left to `argparse`, which reads any line alike and takes longer to load than a contract to judge. Its complaints
become diagnostics like all others, with the command line as the text they speak of.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from termwise.cli.problems import Misuse
from termwise.diagnostics import Problems
from termwise.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

LINE = "<command line>"
"""What the source of a command line is called."""

Options: TypeAlias = SimpleNamespace
"""What a command line comes to: a value for every option of the verb."""


def report(misuse: Misuse, words: Sequence[str]) -> Problems:
    """Return what is wrong with a command line, as a problem in it."""
    problems = Problems()
    problems.know(command_line(words))
    problems.add(misuse.words(place_of(misuse.word, words)))
    return problems


class Parser:
    """The options of one verb, and the words of its help page."""

    def __init__(self, verb: str, summary: str, details: str, example: str) -> None:
        """Start without options: what the verb does, and an example."""
        self.verb = verb
        self.about = f"{summary}\n\n{details}"
        self.example = example
        self.declared: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def add_argument(self, *names: str, **settings: Any) -> None:  # noqa: ANN401 - they are those of `argparse`
        """Declare an option, or what stands without one, in the terms of `argparse`."""
        self.declared.append((names, settings))

    def read(self, words: Sequence[str]) -> Options:
        """Return the options of a command line."""
        found = _plainly(self.declared, words)
        if found is None:
            from termwise.cli.usage import read

            found = read(self, words)
        return found


# ---------------------------------------------------------------------------------------- lines with nothing unusual

_UNDERSTOOD = {"nargs", "action", "type", "default", "metavar", "help"}
_ACTIONS = (None, "append", "extend", "store_true")


def _plainly(declared: Sequence[tuple[tuple[str, ...], dict[str, Any]]], words: Sequence[str]) -> Options | None:
    """Return the options of a line that can be read in one way only; None where it takes `argparse` to say."""
    options: dict[str, tuple[str, dict[str, Any]]] = {}
    positional: list[tuple[str, dict[str, Any]]] = []
    for names, settings in declared:
        if not settings.keys() <= _UNDERSTOOD or settings.get("action") not in _ACTIONS:
            return None
        target = names[0].lstrip("-").replace("-", "_")
        if names[0].startswith("-"):
            options |= dict.fromkeys(names, (target, settings))
        else:
            positional.append((target, settings))
    cut = _cut(options, words)
    if cut is None or len(positional) > 1 or any(settings.get("nargs") != "*" for _, settings in positional):
        return None
    given, alone = cut
    try:
        values = {target: _default(settings) for target, settings in (*options.values(), *positional)}
        for name, said in given:
            target, settings = options[name]
            values[target] = _with(values[target], settings, [_value(settings, each) for each in said])
    except (TypeError, ValueError):  # `argparse` has words for it
        return None
    if alone and not positional:
        return None
    return SimpleNamespace(**values | {target: alone or values[target] or [] for target, _ in positional})


def _cut(
    options: dict[str, tuple[str, dict[str, Any]]], words: Sequence[str]
) -> tuple[list[tuple[str, list[str]]], list[str]] | None:
    """Return each option with its values, and what stands alone; None where a word could mean more than one thing."""
    given: list[tuple[str, list[str]]] = []
    alone: list[str] = []
    rest = list(reversed(words))
    while rest:
        word = rest.pop()
        if not _is_option(word):
            alone.append(word)
            continue
        if word == "--":
            return None if any(map(_is_option, rest)) else (given, alone + rest[::-1])
        name, equals, value = word.partition("=")
        if name not in options or (equals and not (value and name.startswith("--"))):
            return None
        settings, values = options[name][1], [value] if equals else []
        if settings.get("action") == "store_true":
            if equals:
                return None
        elif not equals:
            most = {None: 1, "+": len(rest)}.get(settings.get("nargs"), 0)
            while rest and len(values) < most and not _is_option(rest[-1]):
                values.append(rest.pop())
            if not values:
                return None
        given.append((name, values))
    return given, alone


def _is_option(word: str) -> bool:
    return word.startswith("-") and word != "-"


def _default(settings: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the verb makes of it
    default = settings.get("default", False if settings.get("action") == "store_true" else None)
    return _value(settings, default) if isinstance(default, str) else default


def _value(settings: dict[str, Any], said: str) -> Any:  # noqa: ANN401
    """Return what a word stands for."""
    return settings["type"](said) if "type" in settings else said


def _with(before: Any, settings: dict[str, Any], values: list[Any]) -> Any:  # noqa: ANN401
    """Return the value of an option that is given once more."""
    match settings.get("action"):
        case "store_true":
            return True
        case "append":
            return [*before, values if settings.get("nargs") else values[0]]
        case "extend":
            return [*before, *values]
        case _:
            return values if settings.get("nargs") else values[0]


# ------------------------------------------------------------------------------------------------ places in the line


def command_line(words: Sequence[str]) -> Source:
    """Return a command line as a text to point into."""
    return Source(LINE, " ".join(["termwise", *(_quoted(word) for word in words)]))


def place_of(word: str | None, words: Sequence[str]) -> Span:
    """Return where in a command line a word stands, the last time that it does; without a word, the end of the line."""
    start = len("termwise") + 2
    found = None
    for each in words:
        length = len(_quoted(each))
        if word is not None and (each == word or each.endswith(f"={word}")):
            found = Span(LINE, 1, start + length - len(_quoted(word)), 1, start + length)
        start += length + 1
    return found or Span(LINE, 1, start, 1, start)


def _quoted(word: str) -> str:
    """Return a word as a shell would have it written."""
    from shlex import quote  # only ever needed once something is wrong

    return quote(word)
