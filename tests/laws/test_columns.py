"""Laws of tables: whichever way contracts get into columns, and whatever their types, they come to the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import pyarrow as pa
import pytest
from hypothesis import given, note
from judging import CHANGES, bound, compiled
from strategies.case import Case, cases
from strategies.contract import contracts as contracts_of
from strategies.policy import AS_OF

from harness import outcomes_from_facts, outcomes_of_table
from termwise.compiler import compile_policy, compile_vocabulary
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.source import Source


@given(cases(), st.data())
def test_a_table_of_facts_comes_to_what_the_contracts_do(case: Case, data: st.DataObject) -> None:
    """Agreement: what precedence leaves of contracts, written to a table and read back, is judged as they are."""
    policy = compiled(case)
    contracts = [case.contract, *(data.draw(contracts_of(case.terms)) for _ in range(CHANGES))]
    read = [bound(each, policy.vocabulary) for each in contracts]
    expected = [[result.outcome for result in reference.judge(policy, each, AS_OF).results] for each in read]
    found = outcomes_from_facts(policy, read, AS_OF)
    note(f"contracts: {contracts}\nexpected: {expected}\nfound: {found}")
    assert found == expected


# ------------------------------------------------------------------------------------------- numbers with a unit

_VOCABULARY = """\
vocabulary v
term d: duration
term e: duration
term p: percent
term r: rate
term m: money
term f: fees
term i: integer
term n: number
term k: boolean
"""
_POLICY = """\
policy p
uses v
rule a
  prefer d <= 7 days
  require d <= 30 days
  fallback d < 1 month and k
  fallback d != 72 hours and not (d in {1 year, 90 days})
rule b
  require p >= 30% or p = 7.5%
rule c
  require r > 4 per year
  fallback r in {monthly, quarterly}
rule e
  require m <= USD 1,000 and not (m = USD 10.50)
rule f
  require f >= 12 months of fees
rule g
  require i > 3 or i = 0
rule h
  require n <= 2.5 and n != -1
rule j
  require d <= e + 1 day
rule l
  when rule a passes
  require d >= 5 business days
"""
Written = Callable[[int], str]
COLUMNS: dict[str, Written] = {
    "d in days": "{} days".format,
    "d in hours": "{} hours".format,
    "d in weeks": "{} weeks".format,
    "d in months": "{} months".format,
    "d in business days": "{} business days".format,
    "e in days": "{} days".format,
    "p in percent": "{}%".format,
    "r in per year": "{} per year".format,
    "m in USD": "USD {}".format,
    "m in EUR": "EUR {}".format,
    "f in months of fees": "{} months of fees".format,
    "i": str,
    "n": str,
}
_LIMITS = (0, 1, 3, 4, 5, 7, 10, 11, 12, 27, 28, 29, 30, 31, 32, 72, 89, 90, 91, 365, 366, 719, 720, 721, 1000, 1001)


def _policy() -> Policy:
    problems, source = Problems(), Source("v.tw", _VOCABULARY)
    assert compile_vocabulary(source, problems) is not None
    made = compile_policy(Source("p.tw", _POLICY), lambda name, _: source if name == "v" else None, problems)
    assert made is not None and not problems.has_errors, problems.all
    return made


POLICY = _policy()


@given(st.data())
def test_numbers_with_a_unit_come_to_what_their_words_do(data: st.DataObject) -> None:
    """Agreement: a column of whole numbers is judged as the texts that a contract would have in their place."""
    rows = data.draw(st.integers(1, 40))
    chosen = data.draw(st.lists(st.sampled_from(sorted(COLUMNS)), unique_by=lambda name: name[0], min_size=1))
    drawn = {name: data.draw(_numbers(name in ("i", "n"), rows)) for name in chosen}
    kinds = {name: data.draw(st.sampled_from(_fitting(drawn[name], name))) for name in chosen}
    flags = data.draw(st.lists(st.sampled_from([True, False, None]), min_size=rows, max_size=rows))
    numbers = _table({name: pa.array(drawn[name], kinds[name]) for name in chosen}, flags)
    words = _table({_term(name): _words(drawn[name], COLUMNS[name]) for name in chosen}, flags)
    offset = data.draw(st.integers(0, rows - 1))
    note(f"{drawn}\n{kinds}\nfrom row {offset}")
    expected = outcomes_of_table(POLICY, words, AS_OF, may_be_missing=True)
    assert outcomes_of_table(POLICY, numbers.slice(offset), AS_OF, may_be_missing=True) == expected[offset:]


def _numbers(is_signed: bool, rows: int) -> st.SearchStrategy[list[int | None]]:
    some = st.sampled_from([*_LIMITS, None]) | st.integers(0, 2**40)
    if is_signed:
        some |= st.integers(-5, 5)
    return st.lists(some, min_size=rows, max_size=rows)


def _fitting(numbers: list[int | None], name: str) -> list[Any]:
    """Return the types that hold some numbers; a whole number has no decimals."""
    most = max([abs(each) for each in numbers if each is not None], default=0)
    least = min([each for each in numbers if each is not None], default=0)
    signed = [kind for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64()) if most < 1 << kind.bit_width - 1]
    unsigned = [kind for kind in (pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()) if most < 1 << kind.bit_width]
    return [*signed, *(unsigned if least >= 0 else []), pa.decimal128(20), *([] if name == "i" else [pa.float64()])]


def _term(name: str) -> str:
    return name.partition(" ")[0]


def _words(numbers: list[int | None], written: Written) -> Any:
    return pa.array([None if each is None else written(each) for each in numbers], pa.string())


def _table(columns: dict[str, Any], flags: list[bool | None]) -> Any:
    return pa.table(
        {"contract": [f"c{number}" for number in range(len(flags))], "k": pa.array(flags, pa.bool_()), **columns}
    )


# --------------------------------------------------------------------------------------------------- row by row

_CELLS = {
    "d": ("3 days", "30 days", "31 days", "1 month", '{"vague": "soon"}', '{"between": ["1 day", "90 days"]}', None),
    "p": ("30%", "7.5%", '{"see": "x"}', '{"disputed": ["5%", "30%"]}', None),
    "k": ("yes", "no", None),
    "assurance": ("signed", "claimed", None),
    "d assurance": ("signed", "agreed", "claimed", None),
    "effective": ("2026-11-24", "2026-11-25", None),
    "expires": ("2027-11-24", "2027-11-23", None),
}


@pytest.mark.parametrize("encoded", [False, True], ids=["text", "dictionary"])
@given(st.data())
def test_many_rows_come_to_what_each_does_alone(encoded: bool, data: st.DataObject) -> None:
    """Agreement: what stands in other rows, and in what order, has no part in what comes of a row."""
    rows = data.draw(st.integers(2, 25))
    chosen = ["contract", *data.draw(st.lists(st.sampled_from(sorted(_CELLS)), unique=True, min_size=1))]
    columns: dict[str, Any] = {"contract": pa.array([f"c{number}" for number in range(rows)])}
    for name in chosen[1:]:
        cells = data.draw(st.lists(st.sampled_from(_CELLS[name]), min_size=rows, max_size=rows))
        column = pa.array(cells, pa.string())
        columns[name] = column.dictionary_encode() if encoded else column
    table = pa.table(columns)
    whole = outcomes_of_table(POLICY, table, AS_OF, may_be_missing=True)
    alone = [outcomes_of_table(POLICY, table.slice(row, 1), AS_OF, may_be_missing=True)[0] for row in range(rows)]
    note(f"{table.to_pydict()}\n{whole}\n{alone}")
    assert whole == alone
