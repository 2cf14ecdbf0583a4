"""Contracts that are plain Python."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import pytest
from contracts_words import VOCABULARY, codes, data, shown, sound
from hypothesis import given

from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.core.values import write_content
from termwise.diagnostics import Problems


class Use(Enum):
    OPT_IN = "opt_in"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("breach.notice", "30 days", "30 days"),
        ("breach.notice", timedelta(hours=72), "3 days"),
        ("breach.notice", timedelta(hours=1), "1 hours"),
        ("breach.notice", timedelta(seconds=90, microseconds=500_000), "90.5 seconds"),
        ("training.off", True, "yes"),
        ("training.off", False, "no"),
        ("audit.count", 3, "3"),
        ("audit.score", 0.1, "0.1"),
        ("audit.score", 1e-05, "0.00001"),
        ("audit.score", Decimal("0.30"), "0.3"),
        ("audit.score", Decimal("1E+2"), "100"),
        ("audit.score", Fraction(1, 8), "0.125"),
        ("audit.until", date(2026, 2, 28), "2026-02-28"),
        ("training.use[prompts]", Use.OPT_IN, "opt_in"),
        ("training.use", {"prompts": Use.OPT_IN}, "opt_in"),
        ("deletion.covers", {"prompts", "outputs"}, "{prompts, outputs}"),
        ("deletion.covers", frozenset(["outputs"]), "{outputs}"),
        ("deletion.covers", (), "{}"),
        ("deletion.covers", {"at_least": ["prompts"]}, "at least {prompts}"),
        ("suppliers.list", [{"name": "A"}], "[{name: A}]"),
    ],
)
def test_values_of_python(name: str, value: Any, expected: str) -> None:
    (fact,) = sound(data({name: value})).documents[0].facts.values()
    assert write_content(fact.content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"breach.notice": 30}, "1:16 TW202 `30` has no unit"),
        ({"breach.notice": None}, "1:16 TW504 `breach.notice` is null"),
        ({"breach.notice": timedelta(days=-1)}, "1:16 TW208 `-1 days` is negative"),
        ({"audit.until": datetime(2026, 1, 1)}, "1:14 TW211 `2026-01-01T00:00:00` is no date"),
        ({"audit.score": float("nan")}, "1:14 TW211 `NaN` is no number"),
        ({"audit.score": Decimal("1E+999999999")}, "1:14 TW211 "),
        ({"audit.score": Fraction(1, 3)}, "1:14 TW211 `1/3` is no number"),
        ({"audit.count": 10**5000}, "1:14 TW211 `a number with too many digits` is no integer"),
        ({"audit.count": object()}, "1:14 TW505 a Python value of type `object`"),
        ({"vendor": "A", "terms": {}, 3: 1}, "3:1 TW503 `3` is no key of a contract"),
        ({"terms": {"breach": {"notice": "1 day"}, "breach.notice": "1 day"}}, "4:3 TW502 `breach.notice` is given"),
    ],
)
def test_what_is_wrong_has_a_place_that_can_be_shown(content: dict[Any, Any], expected: str) -> None:
    contract, problems = data(content)
    assert contract is None
    assert shown(problems)[0].startswith(expected), (shown(problems), problems.sources["<mapping>"].text)


def test_bare_terms_may_hold_context() -> None:
    contract = sound(data({"breach.notice": "1 day", "data.hosted": True}))
    assert (list(contract.context), list(contract.documents[0].facts)) == (["data.hosted"], ["breach.notice"])
    assert (contract.id, contract.path) == ("contract", "<mapping>")


def test_a_whole_contract() -> None:
    contract = sound(
        data(
            {
                "contract": "c",
                "documents": [{"id": "a", "assurance": "agreed", "terms": {"breach": {"notice": "1 day"}}}],
            }
        )
    )
    assert (contract.id, contract.documents[0].id) == ("c", "a")
    assert codes(data({"terms": {"data.hosted": True}})[1]) == ["TW511"]


def test_nothing_said_is_silence() -> None:
    assert sound(data({})).documents[0].facts == {}
    assert codes(data([])[1]) == ["TW505"]  # type: ignore[arg-type] # a mistake that must not crash


def test_a_mapping_within_itself_is_too_deep() -> None:
    circle: dict[str, Any] = {}
    circle["terms"] = circle
    assert codes(data(circle)[1]) == ["TW006"]


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.timedeltas(), st.decimals()
)
NAMES = st.one_of(
    st.text(max_size=3), st.sampled_from([*VOCABULARY.terms, "terms", "documents", "value", "at_least", "id"])
)


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=20))
def test_no_data_crashes_contract_reading(content: Any) -> None:
    problems = Problems()
    raw = mapping.raw(content, problems)
    assert raw is not None or problems.has_errors
    if raw is not None:
        assert bind(raw, VOCABULARY, problems) is not None or problems.has_errors
