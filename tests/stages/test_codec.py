"""Compiled values survive being written as JSON, and what is no such data is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import pytest
from cache_words import differences

from termwise import library
from termwise.compiler import compile_policy
from termwise.core import policy as policies
from termwise.core.codec import ENUMS, FROZEN, Malformed, decode, encode
from termwise.core.values import Bounded, Exact, Record, Referred, Symbol, Vague
from termwise.diagnostics import Diagnostic, Label, Problems, problem
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.source import Span

SHIPPED = [name for name in library.names() if name != "ai_procurement"]
SPAN = Span("a.tw", 1, 2, 3, 4)


def there_and_back(*values: object) -> list[Any]:
    return decode(json.loads(json.dumps(encode(values))))


@pytest.mark.parametrize("name", SHIPPED)
def test_of_the_shipped_library(name: str) -> None:
    source = library.find(name)
    assert source is not None
    policy = compile_policy(source, lambda other, _asker: library.find(other), Problems())
    (again,) = there_and_back(policy)
    assert again == policy
    assert list(differences(policy, again)) == []


@pytest.mark.parametrize(
    "value",
    [
        None, True, False, 0, 1, -7, 10**40, "", "ü\n\"\\\u2028\ud800", date(2026, 11, 24), Fraction(-1, 3),
        (), ((),), frozenset(), frozenset({Symbol("e", "a", 0), Symbol("e", "b", 1)}), {"b": 1, "a": None},
        Duration(Fraction(1, 2), 3, 4, "so long"), Rate(Fraction(12), "monthly"), Percent(Fraction(5)),
        Money("USD", Fraction(10**9)), Fees(Fraction(12)), Exact(True, "words"), Exact(Fraction(1)),
        Vague("soon"),
        Bounded(None, frozenset({"x"}), "words"), Referred("Terms"), Record({"n": Exact("x"), "a": Vague("y")}),
        policies.Severity.MAJOR, (1, True, Fraction(1)),
        problem("TW513", SPAN, "a message", label="here", hint="try", related=(Label(SPAN, "there"),)),
    ],
)  # fmt: skip
def test_of_every_kind_of_value(value: object) -> None:
    (again,) = there_and_back(value)
    assert again == value
    assert list(differences(value, again)) == []


def test_equal_values_that_differ_in_place_stay_apart() -> None:
    one, two = Symbol("e", "a", 0), Symbol("e", "a", 1)
    assert [each.rank for each in there_and_back(one, two)] == [0, 1]


def test_equal_values_are_shared() -> None:
    first, second = there_and_back((SPAN, Span("a.tw", 1, 2, 3, 4)))[0]
    assert first is second


def test_what_is_written_depends_on_the_value_alone() -> None:
    """Sets of texts have another order in every process."""
    code = (
        "import json; from termwise.core.codec import encode; from termwise.core.values import Symbol;"
        "print(json.dumps(encode([frozenset(Symbol('e', name, 0) for name in 'abcdefgh')])))"
    )
    written = {
        subprocess.check_output([sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed})
        for seed in ("1", "2", "3")
    }
    assert len(written) == 1


def test_everything_that_policies_and_diagnostics_are_made_of_is_listed() -> None:
    """Whoever adds a class to them adds it to the list; whoever removes one removes it there."""
    found: set[type] = set()
    pending: list[Any] = [policies.Policy, Diagnostic]
    while pending:
        kind = pending.pop()
        pending += [inside for inside in get_args(kind) if not isinstance(inside, str)]
        if isinstance(kind, type) and kind.__module__.startswith("termwise.") and kind not in found:
            found.add(kind)
            pending += get_type_hints(kind).values() if not issubclass(kind, Enum) else ()
    assert {each for each in found if issubclass(each, Enum)} == set(ENUMS)
    assert {each for each in found if not issubclass(each, Enum)} == set(FROZEN)


def _set(*path: object) -> Callable[[dict[str, Any]], None]:
    """Return a change of data: the value at the end of the path, in the place that the rest leads to."""
    *way, last, value = path

    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in way:
            place = place[step]
        place[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("shapes", 0, ["Unheard", "of"]),
        _set("shapes", 0, ["Span", "path", "line"]),
        _set("shapes", 0, ["Span", "line", "path", "column", "end_line", "end_column"]),
        _set("shapes", 0, ["os.system"]),
        _set("shapes", 0, 5),
        _set("shapes", [["Severity"]]),
        _set("shapes", [["Fraction"]]),
        _set("shapes", [["date"]]),
        _set("shapes", [["mapping"]]),
        _set("leaves", 0, 1.5),
        _set("leaves", 0, ["a list"]),
        _set("leaves", 0, {"a": "mapping"}),
        _set("leaves", None),
        _set("nodes", 0, [0, 0, 1, 2, 3]),
        _set("nodes", 0, [0, 0, 1, 2, 3, 4, 0]),
        _set("nodes", 0, [0, 0, 1, 2, 3, 99]),
        _set("nodes", 0, [0, 0, 1, 2, 3, 5]),
        _set("nodes", 0, [0, 0, 1, 2, 3, -1]),
        _set("nodes", 0, [7, 0, 1, 2, 3, 4]),
        _set("nodes", 0, [0, 0, 1, 2, 3, "4"]),
        _set("nodes", 0, []),
        _set("nodes", 0, 1),
        _set("roots", [99]),
        _set("roots", [-1]),
        _set("roots", [[0]]),
        _set("roots", None),
    ],
)
def test_other_data_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    data = encode([SPAN])
    assert decode(json.loads(json.dumps(data))) == [SPAN]
    change(data)
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize("missing", ["shapes", "leaves", "nodes", "roots"])
def test_data_without_a_part_is_refused(missing: str) -> None:
    data = encode([SPAN])
    del data[missing]
    with pytest.raises(Malformed):
        decode(data)
