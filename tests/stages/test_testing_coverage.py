"""What counts as seen by a test: what the interpreter looks at on the way to something that the test expects."""

from __future__ import annotations

import pytest
from testing_words import covered, unseen

from termwise.source import Source
from termwise.testing.goals import Kind

NOTICE = "rule r\n  require notice <= 30 days\n"


@pytest.mark.parametrize(
    ("test", "missing"),
    [
        ("given notice = 30 days expect r met", "false unknown"),
        ("given notice = 31 days expect r breached", "true unknown"),
        ("expect r undecided", "true false"),
        ("given notice is vague expect r undecided", "true false"),
        ("given notice = 1 month expect r undecided", "true false"),
        ("given notice = 30 days at documented expect r unsecured", "false"),  # silent if assured, and true if not
        ("given notice = 31 days at documented expect r breached", "true"),
    ],
)
def test_a_condition_is_seen_in_the_worlds_that_are_looked_at(test: str, missing: str) -> None:
    assert f"rule r: notice <= 30 days: {missing}" in unseen(f'{NOTICE}test "t" {test}\n')


def test_what_nobody_expects_anything_of_is_not_seen() -> None:
    text = f'{NOTICE}rule other\n  require encrypted\ntest "t" given notice = 30 days, encrypted expect r met\n'
    assert "rule other: encrypted: true false unknown" in unseen(text)


def test_a_rule_that_is_asked_about_is_seen() -> None:
    text = f'{NOTICE}rule asker\n  require rule r passes\ntest "t" given notice = 30 days expect asker met\n'
    assert unseen(text) == [
        "rule r: notice <= 30 days: false unknown",
        "rule asker: rule r passes: false unknown",
    ]


def test_whether_something_is_stated_is_never_unknown() -> None:
    text = """
rule r
  require notice is stated
test "said" given notice is vague expect r met
test "not said" expect r breached
"""
    assert unseen(text) == []


def test_behind_a_false_guard_nothing_is_looked_at() -> None:
    text = """
rule r
  when    hosted
  unless  classes includes prompts
  require encrypted
test "t" given not hosted, encrypted expect r not_applicable
"""
    assert unseen(text) == [
        "rule r: when hosted: true",
        "rule r: hosted: true unknown",
        "rule r: unless classes includes prompts: true false",
        "rule r: classes includes prompts: true false",
        "rule r: require encrypted: landed",
        "rule r: encrypted: true false unknown",
    ]


def test_every_rung_has_to_be_landed_on() -> None:
    ladder = """
rule r
  prefer   notice <= 1 day
  require  notice <= 2 days
  fallback notice <= 3 days
  fallback notice <= 4 days
"""
    tests = {
        "prefer notice <= 1 day": "given notice = 1 day expect r preferred",
        "require notice <= 2 days": "given notice = 2 days expect r met",
        "fallback notice <= 3 days": "given notice = 3 days expect r conceded",
        "fallback notice <= 4 days": "given notice = 4 days expect r conceded",
    }
    for left_out in tests:
        written = "".join(f'test "{rung}" {test}\n' for rung, test in tests.items() if rung != left_out)
        assert [each for each in unseen(ladder + written) if each.endswith("landed")] == [f"rule r: {left_out}: landed"]


def test_an_unsecured_rung_is_not_landed_on() -> None:
    text = f'{NOTICE}test "t" given notice = 30 days at documented expect r unsecured\n'
    assert "rule r: require notice <= 30 days: landed" in unseen(text)


def test_a_place_counts_once_whatever_the_keys() -> None:
    text = """
define banned = use[prompts] = none
rule each for each k in kind
  require keep[k] <= 30 days
rule all
  require keep <= 30 days
rule two
  require banned and not (banned and encrypted)
test "one" given keep[prompts] = 30 days expect each[prompts] met
"""
    found = {f"{each.goal.owner}: {each.goal.text}": each.missing for each in covered(text).covered}
    assert found["rule each: keep[k] <= 30 days"] == ("false", "unknown")
    assert found["rule all: keep <= 30 days"] == ("true", "false", "unknown")
    assert [each for each in found if each.startswith("define banned")] == ["define banned: use[prompts] = none"]


def test_a_list_is_seen_empty_and_with_one_record_and_with_many() -> None:
    text = """
rule r
  require every s in sellers satisfies s.notice >= 30 days
test "empty" given sellers = none expect r met
test "one" given sellers = [{name: "A", notice: 30 days}] expect r met
"""
    assert unseen(text) == [
        "rule r: every s in sellers: many",
        "rule r: s.notice >= 30 days: false unknown",
    ]
    text += 'test "two" given sellers = [{name: "A", notice: 29 days}, {name: "B"}] expect r breached\n'
    assert unseen(text) == []


def test_a_waiver_has_to_be_used_and_its_bounds_tried() -> None:
    text = """
rule r
  require notice <= 30 days
waive r for contract "acme"
  while       notice <= 60 days
  until       2026-12-31
  approved by "CISO"
  because     "Next release."
test "elsewhere" as of 2026-12-31
  given notice = 31 days
  expect r breached
test "too much" for contract "acme" as of 2026-12-31
  given notice = 61 days
  expect r breached
test "too late" for contract "acme" as of 2027-01-01
  given notice = 60 days
  expect r breached
test "enough" given notice = 30 days expect r met
test "silent" expect r undecided
"""
    assert unseen(text) == [
        'waive r: waive r for contract "acme": used',
        "waive r: notice <= 60 days: true unknown",
    ]


def test_a_rule_in_force_is_seen_before_and_during() -> None:
    text = """
rule r
  in force from 2026-01-01 until 2026-12-31
  require encrypted
test "in time" as of 2026-12-31 given encrypted expect r met
"""
    assert "rule r: in force: false" in unseen(text)
    assert "rule r: in force: false" not in unseen(text + 'test "late" as of 2027-01-01 expect r not_applicable\n')


def test_presumptions_are_looked_at_last() -> None:
    vocabulary = Source("v.tw", "vocabulary v\nterm sold: boolean\n  presume yes\n")
    policy = 'policy p\nuses v\nrule r\n  require not sold\ntest "t" expect r breached\n'
    assert unseen(policy, vocabulary) == ["rule r: require not sold: landed", "rule r: sold: false"]


def test_what_is_inherited_is_for_the_parent_to_test() -> None:
    parent = Source("q.tw", "policy q\nuses words\ndefine safe = encrypted\nrule old\n  require notice <= 30 days\n")
    text = 'policy p\nextends q\nrule new\n  require safe and not resold\ntest "t" given resold expect new breached\n'
    assert unseen(text, parent) == ["rule new: require safe and not resold: landed", "rule new: resold: false unknown"]


def test_the_sum_is_over_everything_there_is_to_see() -> None:
    found = covered(f'{NOTICE}test "t" given notice = 30 days expect r met\n')
    assert found.count() == (2, 4)
    assert found.count(Kind.ATOM) == (1, 3)
    assert found.count(Kind.RUNG) == (1, 1)
    assert found.count(Kind.WAIVER) == (0, 0)
