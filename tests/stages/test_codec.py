"""Compiled values survive being written as text, and what is no such text is refused."""

from __future__ import annotations

import os
import subprocess
import sys
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
    return decode(encode(values))


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
        None, True, False, 0, 1, -7, 10**40, "", "ü\n\"\\\u2028\ud800", "\\n\\\n\\", "\n\n", "\r\t", "yes",
        "7", date(2026, 11, 24), Fraction(-1, 3),
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
        "from termwise.core.codec import encode; from termwise.core.values import Symbol;"
        "print(encode([frozenset(Symbol('e', name, 0) for name in 'abcdefgh')]))"
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


WRITTEN = """\
shapes\tSpan path line column end_line end_column
roots 5
nodes 0 5 0 1 2 3 4
"a.tw
1
2
3
4"""


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (0, "shapes\tUnheard of"),
        (0, "shapes\tSpan path line"),
        (0, "shapes\tSpan line path column end_line end_column"),
        (0, "shapes\tos.system"),
        (0, "shapes\tSeverity"),
        (0, "shapes\tFraction"),
        (0, "shapes\tdate"),
        (0, "shapes\tmapping"),
        (0, "shapes"),
        (0, ""),
        (1, "roots 99"),
        (1, "roots -1"),
        (1, "roots  5"),
        (1, "roots five"),
        (1, ""),
        (2, "nodes 0 4 0 1 2 3"),
        (2, "nodes 0 6 0 1 2 3 4 0"),
        (2, "nodes 0 5 0 1 2 3"),
        (2, "nodes 0 5 0 1 2 3 99"),
        (2, "nodes 0 5 0 1 2 3 5"),
        (2, "nodes 0 5 0 1 2 3 -1"),
        (2, "nodes 0 5 0 1 2 3 4 0"),
        (2, "nodes 0 -1"),
        (2, "nodes 7 5 0 1 2 3 4"),
        (2, "nodes 0 5 0 1 2 3 x"),
        (2, "nodes"),
        (2, "0 5 0 1 2 3 4"),
        (4, "1.5"),
        (4, "None"),
        (4, "one"),
        (4, ""),
    ],
)
def test_other_text_is_refused(line: int, other: str) -> None:
    assert encode([SPAN]) == WRITTEN
    assert decode(WRITTEN) == [SPAN]
    lines = WRITTEN.split("\n")
    lines[line] = other
    with pytest.raises(Malformed):
        decode("\n".join(lines))


@pytest.mark.parametrize("kept", range(4))
def test_text_without_a_part_is_refused(kept: int) -> None:
    with pytest.raises(Malformed):
        decode("\n".join(WRITTEN.split("\n")[:kept]))


def test_a_text_has_no_empty_line() -> None:
    """So an empty line can stand between two."""
    assert "\n\n" not in encode(["", "\n", "\n\n", (), None])
