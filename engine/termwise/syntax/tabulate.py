"""The grammar → its table, by `lark`: `python -m termwise.syntax.tabulate` (`make table`) writes the one that ships."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lark.grammar import Rule
from lark.lexer import BasicLexer, PatternStr, TerminalDef
from lark.parsers.lalr_analysis import Shift

from termwise import library
from termwise.syntax.grammar import STARTS, parser
from termwise.syntax.table import made_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WORD = re.compile(r"([a-z]+)\\b")
_SIGNS = re.compile(r"\(\?:([^\w()\\|]+(?:\|[^\w()\\|]+)+)\)")


def tabulate() -> dict[str, Any]:
    """Return the table of the grammar as plain data."""
    made = parser()
    lalr: Any = made.parser  # what is asked of it here, lark says nothing of
    computed: Any = lalr.parser._parse_table
    states: dict[int, dict[str, tuple[object, Any]]] = computed.states
    lexers: dict[int, BasicLexer] = lalr.lexer.lexers
    names = ["$END", *(each.name for each in made.terminals), *sorted({rule.origin.name for rule in made.rules})]
    number = {name: at for at, name in enumerate(names)}
    rules = {rule: at for at, rule in enumerate(made.rules)}
    contexts: list[dict[str, Any]] = []
    rows = []
    order = {
        state: at for at, state in enumerate(_reached(states, number, [computed.start_states[each] for each in STARTS]))
    }
    for state in order:
        context = _context(lexers[state], number)
        if context not in contexts:
            contexts.append(context)
        row = [contexts.index(context)]
        for name, (action, target) in sorted(states[state].items(), key=lambda entry: number[entry[0]]):
            row += [number[name], 2 * order[target] if action is Shift else 2 * rules[target] + 1]
        rows.append(" ".join(map(str, row)))
    ignored = [each.pattern.to_regexp() for each in made.terminals if each.name in made.ignore_tokens]
    return {
        "made_of": made_of(),
        "symbols": names,
        "ignored": f"(?:{'|'.join(ignored)})*",
        "patterns": {
            str(number[each.name]): each.pattern.to_regexp() for each in made.terminals if _fixed(each) is None
        },
        "productions": [_production(rule, number) for rule in made.rules],
        "contexts": contexts,
        "starts": {each: order[computed.start_states[each]] for each in STARTS},
        "ends": {each: order[computed.end_states[each]] for each in STARTS},
        "states": rows,
    }


def _reached(
    states: dict[int, dict[str, tuple[object, Any]]], number: dict[str, int], pending: list[int]
) -> Iterator[int]:
    """Yield the states in the order in which they are reached; `lark` numbers them otherwise each time."""
    found = dict.fromkeys(pending)
    while pending:
        state = pending.pop(0)
        yield state
        for _, (action, target) in sorted(states[state].items(), key=lambda entry: number[entry[0]]):
            if action is Shift and target not in found:
                found[target] = None
                pending.append(target)


def written(data: dict[str, Any]) -> str:
    """Return a table as the file that ships, a line each for whatever may change by itself."""
    parts = []
    for name, value in data.items():
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in value)
            parts.append(f"{json.dumps(name)}: [\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{" + ",\n".join(parts) + "}\n"


def _context(lexer: BasicLexer, number: dict[str, int]) -> dict[str, Any]:
    """Return what is tried in a state. lark tries patterns, words and signs in one order; that of ours is the same."""
    patterns: list[int] = []
    words: dict[str, int] = {}
    signs: list[tuple[str, int]] = []
    terminals = [each for each in lexer.scanner.terminals if each.name not in lexer.ignore_types]
    for each in terminals:
        fixed = _fixed(each)
        if fixed is None:
            # INVARIANT: a pattern that could match a word or a sign comes before it.
            assert not words and all(re.match(each.pattern.to_regexp(), sign) is None for sign, _ in signs)
            patterns.append(number[each.name])
        elif _WORD.fullmatch(each.pattern.to_regexp()):
            words |= dict.fromkeys(fixed, number[each.name])
        else:
            signs += [(sign, number[each.name]) for sign in fixed]
    by_name = {each.name: each for each in lexer.terminals}
    callbacks: dict[str, Any] = lexer.callback
    instead = {
        str(number[name]): {by_name[each.name].pattern.value: number[each.name] for each in callback.scanner.terminals}
        for name, callback in sorted(callbacks.items())
    }
    return {"patterns": patterns, "words": words, "signs": signs, "instead": instead}


def _fixed(terminal: TerminalDef) -> list[str] | None:
    """Return the texts that a terminal consists of, where it is a word, a sign, or one of a few; None for a pattern."""
    if isinstance(terminal.pattern, PatternStr):
        return [terminal.pattern.value]
    regexp = terminal.pattern.to_regexp()
    word, signs = _WORD.fullmatch(regexp), _SIGNS.fullmatch(regexp)
    if word is not None:
        return [word[1]]
    return None if signs is None else signs[1].split("|")


def _production(rule: Rule, number: dict[str, int]) -> list[Any]:
    """Return what is made of the symbols of a rule, as `lark` makes its tree."""
    left_out = _left_out(rule.options.empty_indices, len(rule.expansion))
    parts = [-1] * left_out[0]
    for at, symbol in enumerate(rule.expansion):
        if symbol.is_term:
            is_kept = rule.options.keep_all_tokens or not getattr(symbol, "filter_out", False)
            parts += [at] * is_kept
        else:
            parts.append(-2 - at if symbol.name.startswith("_") else at)
        parts += [-1] * left_out[at + 1]
    name = None if rule.origin.name.startswith("_") else rule.alias or rule.origin.name
    is_passed_on = rule.options.expand1 and not rule.alias
    # INVARIANT: what is passed on is all there is, or its place would be that of more.
    assert not is_passed_on or len(parts) != 1 or len(rule.expansion) == 1
    return [number[rule.origin.name], len(rule.expansion), name, parts, is_passed_on]


def _left_out(marks: Iterable[bool], size: int) -> list[int]:
    """Return how many optional symbols are left out before each symbol, and after the last."""
    counted = [len(run) for run in "".join("1" if each else "0" for each in marks).split("0")]
    return counted if len(counted) == size + 1 else [0] * (size + 1)


if __name__ == "__main__":
    Path(library.table_path()).write_text(written(tabulate()), "utf-8")
