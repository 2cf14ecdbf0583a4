"""Which mutants tests notice, what is left of them, and what is called equivalent."""

from __future__ import annotations

import pytest
from testing_words import made, survivors, tried

from termwise.testing.equivalent import is_equivalent
from termwise.testing.mutant import Kind
from termwise.testing.mutants import mutants_of
from termwise.testing.mutate import mutation, sampled
from termwise.testing.places import Places

NOTICE = "rule r\n  require notice <= 30 days\n"
BOTH_SIDES = (
    'test "enough" given notice = 30 days expect r met\ntest "too much" given notice = 31 days expect r breached\n'
    'test "better" given notice = 1 day expect r met\n'
)


def test_tests_on_both_sides_notice_everything() -> None:
    assert survivors(NOTICE + BOTH_SIDES) == []


def test_without_the_boundary_it_may_move() -> None:
    text = NOTICE + 'test "a" given notice = 1 day expect r met\ntest "b" given notice = 90 days expect r breached\n'
    assert survivors(text) == [
        "require notice < 30 days",
        "require notice <= 29 days",
        "require notice <= 31 days",
    ]


def test_without_tests_everything_survives() -> None:
    assert len(survivors(NOTICE)) == 7
    assert tried(NOTICE).tried == 7


def test_a_test_of_another_rule_notices_nothing() -> None:
    text = f'{NOTICE}rule other\n  require encrypted\ntest "t" given notice = 30 days, encrypted expect other met\n'
    assert "require notice < 30 days" in survivors(text)
    assert "require not encrypted" not in survivors(text)


def test_a_test_of_a_rule_that_asks_notices() -> None:
    text = f"{NOTICE}rule asker\n  require rule r passes\n{BOTH_SIDES.replace('expect r', 'expect asker')}"
    assert survivors(text) == []


def test_a_dropped_rung_is_noticed_by_the_reason_alone() -> None:
    text = "rule r\n  require notice <= 30 days\n  fallback notice <= 60 days and encrypted\n"
    outcome, reason = "expect r undecided", "expect r undecided because notice is silent and encrypted is silent"
    assert "" in survivors(f'{text}test "t" {outcome}\n')
    assert "" not in survivors(f'{text}test "t" {reason}\n')


def test_a_test_at_the_second_fallback_notices_that_the_first_is_gone() -> None:
    text = "rule r\n  require notice <= 1 day\n  fallback notice <= 2 days\n  fallback notice <= 3 days\n"
    test = 'test "t" given notice = 3 days expect r conceded'
    assert "" in survivors(f"{text}{test}\n")
    assert "" not in survivors(f"{text}{test} at fallback 2\n")


def test_a_waiver_that_a_test_uses_is_missed() -> None:
    waiver = """
waive r for contract "acme"
  while       notice <= 60 days
  until       2026-12-31
  approved by "CISO"
  because     "Next release."
"""
    tests = {
        "last": 'for contract "acme" as of 2026-12-31 given notice = 60 days expect r waived as breached',
        "late": 'for contract "acme" as of 2027-01-01 given notice = 60 days expect r breached',
        "more": 'for contract "acme" as of 2026-12-31 given notice = 61 days expect r breached',
        "less": 'for contract "acme" as of 2026-12-30 given notice = 45 days expect r waived',
    }
    missed = {"last": "until 2026-12-30", "late": "until 2027-01-01", "more": "", "less": "while notice = 60 days"}
    written = {name: f'test "{name}" {test}\n' for name, test in tests.items()}
    assert survivors(NOTICE + waiver + BOTH_SIDES + "".join(written.values())) == []
    for name, line in missed.items():
        others = "".join(test for other, test in written.items() if other != name)
        assert line in survivors(NOTICE + waiver + BOTH_SIDES + others)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("grade >= high", "grade = high"),
        ("grade <= none", "grade = none"),
        ("sole = only", "sole <= only"),
        ("count >= 4 or count > 3", "count >= 4 or no"),
        ("covers includes {prompts, outputs}", "covers = {prompts, outputs}"),
        ("every s in sellers satisfies s.notice <= 0 days", "every s in sellers satisfies s.notice = 0 days"),
        ("not (grade >= high) or encrypted", "not (grade = high) or encrypted"),
    ],
)
def test_what_no_contract_tells_apart_is_equivalent(before: str, after: str) -> None:
    assert after in _called_equivalent(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("grade >= low", "grade = low"),
        ("notice <= 30 days", "notice < 30 days"),
        ("notice <= 30 days", "notice <= 31 days"),
        ("count > 3", "count >= 3"),
        ("covers includes {prompts}", "covers = {prompts}"),
        ("share <= 5%", "share <= 4%"),
        ("ends >= 2026-01-01", "ends > 2026-01-01"),
        ("holder = customer", "holder != customer"),
        ("notice <= 30 days and notice <= 40 days", "notice <= 30 days and notice <= 29 days"),
    ],
)
def test_what_some_contract_tells_apart_is_not(before: str, after: str) -> None:
    assert after not in _called_equivalent(before)


@pytest.mark.parametrize(
    "condition",
    ["notice <= grace", 'label includes "x"', "deposit <= USD 1", "notice - grace <= 1 day", "notice <= 1 month"],
)
def test_nothing_is_claimed_where_nothing_is_known(condition: str) -> None:
    assert _called_equivalent(condition) == []


def test_a_rung_that_another_one_covers_is_missed_by_nobody() -> None:
    text = "rule r\n  require notice <= 30 days\n  fallback notice <= 20 days\n"
    assert "" in _equivalent_texts(text)


def test_the_same_words_with_the_approval_of_another_are_not_the_same() -> None:
    rung = "  fallback notice <= 60 days\n            approved by"
    text = f'rule r\n  require notice <= 30 days\n{rung} "A"\n{rung} "B"\n'
    policy, source = made(text)
    rungs = [each for each in mutants_of(policy, source) if each.kind is Kind.RUNG]
    assert [is_equivalent(each, policy) for each in rungs] == [False, False, True]  # without A, swapped, without B


def test_assurance_is_noticed_by_what_is_not_assured_enough() -> None:
    text = f'policy p "P"\nuses words\nassurance agreed\n{NOTICE}{BOTH_SIDES}'
    low = 'test "low" given notice = 1 day at documented expect r unsecured\n'
    high = 'test "high" given notice = 1 day at agreed expect r met\n'
    assert survivors(text) == ["assurance documented", "assurance signed"]
    assert survivors(text + low) == ["assurance signed"]
    assert survivors(text + low + high) == []


def test_equivalent_mutants_count_neither_way() -> None:
    text = 'rule r\n  require grade >= high\ntest "a" given grade = high expect r met\n'
    text += 'test "b" given grade = low expect r breached\ntest "c" given grade = none expect r breached\n'
    found = tried(text)
    assert (len(found.survivors), len(found.equivalent)) == (0, 1)
    assert found.tried == len(found.killed) == 5


def test_a_sample_is_always_the_same_and_in_order() -> None:
    policy, source = made(NOTICE + "rule s\n  require grace <= 30 days and encrypted\n")
    every = mutants_of(policy, source)
    five = sampled(every, 5)
    assert len(five) == 5
    assert five == sampled(every, 5) == [each for each in every if each in five]
    assert sampled(every, 5) != list(every[:5])
    assert sampled(every, 1000) is sampled(every, None) is every
    assert mutation(policy, source, sample=5).left_out == len(every) - 5


def _called_equivalent(condition: str) -> list[str]:
    return [each.removeprefix("require ") for each in _equivalent_texts(f"rule r\n  require {condition}\n")]


def _equivalent_texts(text: str) -> list[str]:
    policy, source = made(text)
    places = Places(source)
    return [places.shown(each.edits)[1] for each in mutants_of(policy, source) if is_equivalent(each, policy)]
