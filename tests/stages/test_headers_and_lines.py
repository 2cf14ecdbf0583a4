"""Columns: what a header means, and where the truth of a comparison changes along a line of numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from termwise.columns.header import read_header
from termwise.columns.thresholds import Stretch, stretches
from termwise.compiled.cells import Cell
from termwise.compiled.plan import plan
from termwise.compiled.tables import FALSE, TRUE, UNKNOWN, Tables
from termwise.compiler import compile_policy, compile_vocabulary
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.graph.build import build
from termwise.source import Source

VOCABULARY = """\
vocabulary v
enum kind { a, "us-east-1" }
term d.key[kind]: duration
term d.time: duration
term rate: rate
term share: percent
term price: money
term cap: fees
term number: integer
term name: boolean
"""


def vocabulary() -> Vocabulary:
    made = compile_vocabulary(Source("v.tw", VOCABULARY), Problems())
    assert made is not None
    return made


MEANT = {
    "d.time": ("d.time", None, "words"),
    " d.time ": ("d.time", None, "words"),
    "d.time in days": ("d.time", None, "days"),
    "d.time  in  business days": ("d.time", None, "business days"),
    "d.key": ("d.key", None, "words"),
    "d.key[a] in hours": ("d.key", "a", "hours"),
    'd.key["us-east-1"]': ("d.key", "us-east-1", "words"),
    "d.key[us-east-1] assurance": ("d.key", "us-east-1", "assurance"),
    "rate in per year": ("rate", None, "per year"),
    "share in percent": ("share", None, "percent"),
    "price in USD": ("price", None, "USD"),
    "cap in months of fees": ("cap", None, "months of fees"),
}


@pytest.mark.parametrize(("column", "meant"), MEANT.items())
def test_a_column_is_a_term_a_key_and_a_unit(column: str, meant: tuple[str, str | None, str]) -> None:
    (found,) = read_header([column], vocabulary()).terms
    role = "words" if found.words else "assurance" if found.assurance else found.numbers[0][0]
    assert (found.term.name, found.key, role) == meant


@pytest.mark.parametrize(
    ("column", "suggested"),
    [
        ("d.tme", "d.time"),
        ("d.key[b]", "d.key[a]"),
        ("d.time[a]", "d.time"),
        ("d.time in USD", "d.time"),
        ("price in dollars", "price"),
        ("number in days", "number"),
        ("d.time in days assurance", "d.time"),
        ("vendors", "vendor"),
        ("spend", None),
    ],
)
def test_a_column_that_is_none_is_told_what_it_may_be(column: str, suggested: str | None) -> None:
    assert read_header([column], vocabulary()).unknown == ((column, suggested),)


def _tables(condition: str) -> Tables:
    problems, source = Problems(), Source("v.tw", VOCABULARY)
    text = f"policy p\nuses v\nrule r\n  require {condition}\n"
    policy = compile_policy(Source("p.tw", text), lambda _name, _from: source, problems)
    assert isinstance(policy, Policy), problems.all
    return Tables(plan(build(policy)))


LINES: dict[str, tuple[str, Fraction, bool, list[Stretch]]] = {
    "at most": ("d.time <= 30 days", Fraction(1), False, [Stretch(None, 30, TRUE), Stretch(31, None, FALSE)]),
    "in hours": ("d.time < 3 days", Fraction(1, 24), False, [Stretch(None, 71, TRUE), Stretch(72, None, FALSE)]),
    "a month": (
        *("d.time <= 1 month", Fraction(1), False),
        [Stretch(None, 28, TRUE), Stretch(29, 31, UNKNOWN), Stretch(32, None, FALSE)],
    ),
    "below nothing": ("number >= 0 - 2", Fraction(1), True, []),
    "signed": (
        "number = 3",
        Fraction(1),
        True,
        [Stretch(None, 2, FALSE), Stretch(3, 3, TRUE), Stretch(4, None, FALSE)],
    ),
    "one of": (
        *("number in {0, 2}", Fraction(1), True),
        [
            *(Stretch(None, -1, FALSE), Stretch(0, 0, TRUE), Stretch(1, 1, FALSE), Stretch(2, 2, TRUE)),
            Stretch(3, None, FALSE),
        ],
    ),
}


@pytest.mark.parametrize(("condition", "scale", "is_signed", "expected"), LINES.values(), ids=LINES)
def test_truth_changes_only_at_limits(
    condition: str, scale: Fraction, is_signed: bool, expected: list[Stretch]
) -> None:
    tables = _tables(condition)
    (atom,) = tables.plan.atoms
    term = tables.plan.inputs[0].term

    def cell(number: int) -> Cell:
        text = str(number) if is_signed else f"{Fraction(number) * scale} days"
        return tables.cells.read(text if "/" not in text else f"{number} hours", term)

    found = stretches(
        atom.expr,
        scale,
        tables.plan.policy.holidays,
        lambda number: tables.truth(atom, (cell(number),)),
        is_signed=is_signed,
    )
    assert (found or []) == expected
