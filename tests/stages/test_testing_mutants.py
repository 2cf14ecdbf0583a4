"""Which mutants are made of a text: every kind of change, at every place where it means something else."""

from __future__ import annotations

import pytest
from testing_words import HEADER, made, mutated

from termwise.source import Source
from termwise.testing.mutants import mutants_of
from termwise.testing.places import Places

CONDITIONS = [
    ("encrypted", ["not encrypted"]),
    ("not resold", ["resold"]),
    ("encrypted = yes", ["encrypted != yes", "encrypted = no"]),
    ("encrypted = resold", ["encrypted != resold"]),
    ("notice is stated", ["notice is silent"]),
    ("notice is silent", ["notice is stated"]),
    ("sellers = none", ["sellers != none"]),
    # symbols: neighbours on a scale, the others of an enum
    ("holder = customer", ["holder != customer", "holder = vendor"]),
    (
        "grade = high",
        ["grade != high", "grade < high", "grade <= high", "grade > high", "grade >= high", "grade = low"],
    ),
    (
        "grade > low",
        ["grade = low", "grade != low", "grade < low", "grade <= low", "grade >= low", "grade > none", "grade > high"],
    ),
    # sets
    (
        "covers within {outputs, prompts}",
        [
            "not covers within {outputs, prompts}",
            *(f"covers {op} {{outputs, prompts}}" for op in ("=", "!=", "includes", "excludes")),
            "covers within {prompts}",
            "covers within {outputs}",
        ],
    ),
    (
        "covers excludes outputs",
        [
            "not covers excludes outputs",
            *(f"covers {op} outputs" for op in ("=", "!=", "within", "includes")),
            "covers excludes prompts",
        ],
    ),
    ("holder in {customer}", ["not holder in {customer}", "holder in {}", "holder in {customer, vendor}"]),
    (
        'names = {"b", "a"}',
        [
            *(f'names {op} {{"b", "a"}}' for op in ("!=", "within", "includes", "excludes")),
            *('names = {"a"}', 'names = {"b"}'),
        ],
    ),
    (
        'label includes "soc"',
        ['not label includes "soc"', 'label = "soc"', 'label != "soc"', 'label includes "another text"'],
    ),
    # connectives
    (
        "encrypted and not resold",
        [
            *("yes and not resold", "encrypted and yes", "encrypted or not resold"),
            *("not encrypted and not resold", "encrypted and resold"),
        ],
    ),
    (
        "not (encrypted or hosted)",
        [
            *("(encrypted or hosted)", "not (encrypted and hosted)", "not (no or hosted)", "not (encrypted or no)"),
            *("not (not encrypted or hosted)", "not (encrypted or not hosted)"),
        ],
    ),
    # lists
    (
        "every s in sellers satisfies s.listed",
        ["some s in sellers satisfies s.listed", "no s in sellers satisfies s.listed"],
    ),
    (
        "some s in sellers satisfies (s.listed and encrypted)",
        [
            "every s in sellers satisfies (s.listed and encrypted)",
            "no s in sellers satisfies (s.listed and encrypted)",
            *(
                f"some s in sellers satisfies ({each})"
                for each in (
                    *("s.listed or encrypted", "yes and encrypted", "s.listed and yes"),
                    *("not s.listed and encrypted", "s.listed and not encrypted"),
                )
            ),
        ],
    ),
]


@pytest.mark.parametrize(
    ("condition", "expected"), CONDITIONS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_mutants_of_a_condition(condition: str, expected: list[str]) -> None:
    found = mutated(f"rule r\n  require {condition}\n")
    assert sorted(found) == sorted(f"require {each}" for each in expected if each != condition)


FIGURES = [
    ("notice <= 30 days", ["29 days", "31 days"]),
    ("notice <= 72 hours", ["71 hours", "73 hours"]),
    ("notice <= 1 month", ["0 month", "2 month"]),
    ("notice <= 10 business days", ["9 business days", "11 business days"]),
    ("notice <= 0 days", ["1 days"]),
    ("audits <= 2 per year", ["1 per year", "3 per year"]),
    ("audits <= monthly", ["11 per year", "13 per year"]),
    ("audits <= once per 12 months", ["0 per year", "2 per year"]),
    ("share <= 5%", ["4%", "6%"]),
    ("share <= 0.5%", ["0.4%", "0.6%"]),
    ("cap <= 12 months of fees", ["11 months of fees", "13 months of fees"]),
    ("deposit <= USD 1,000", ["USD 999", "USD 1,001"]),
    ("count <= 3", ["2", "4"]),
    ("ends <= 2026-01-01", ["2025-12-31", "2026-01-02"]),
]


@pytest.mark.parametrize(("condition", "moved"), FIGURES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_figure_is_moved_by_one_of_its_own_units(condition: str, moved: list[str]) -> None:
    found = mutated(f"rule r\n  require {condition}\n")
    assert [each.partition("<= ")[2] for each in found if "<= " in each] == moved
    assert len(found) == len(moved) + 5, "and each other comparison is tried"


def test_both_sides_of_a_sum() -> None:
    found = mutated("rule r\n  require notice <= (grace + 2 days)\n")
    assert "require notice <= (grace - 2 days)" in found
    assert "require notice <= (grace + 1 days)" in found
    assert "require notice > (grace + 2 days)" in found


def test_a_key_is_dropped_or_replaced() -> None:
    found = mutated("rule r\n  require keep[prompts] <= 1 day\n")
    assert {"require keep <= 1 day", "require keep[outputs] <= 1 day"} <= set(found)


def test_a_key_is_not_dropped_where_it_could_be_read_two_ways() -> None:
    found = mutated("rule r\n  when keep[prompts] <= 1 day\n  require not (keep[outputs] <= 1 day)\n")
    assert "when keep[outputs] <= 1 day" in found
    assert "require not (keep[prompts] <= 1 day)" in found
    assert not [each for each in found if "keep <= 1" in each]


def test_the_variable_of_a_rule_is_no_symbol() -> None:
    found = mutated("rule r for each k in kind\n  require use[k] = low and covers includes k\n")
    assert "require use = low and covers includes k" in found
    assert not [each for each in found if "prompts" in each or "outputs" in each]


def test_a_condition_of_every_key_changes_for_every_key() -> None:
    policy, source = made("rule r\n  require keep <= 30 days\n")
    moved = next(each for each in mutants_of(policy, source) if each.edits[0].text == "31 days")
    (rule,) = moved.rules
    assert str(rule.require[0]).count("Fraction(31, 1)") == 2


def test_other_rules_are_asked_about() -> None:
    text = "rule a for each k in kind\n  require keep[k] = 1 day\nrule b\n  require rule a[prompts] passes\n"
    found = [each for each in mutated(text) if "rule a" in each]
    assert found == ["require not rule a[prompts] passes", "require rule a passes", "require rule a[outputs] passes"]


def test_no_mutant_asks_about_itself() -> None:
    """What does not compile is no mutant: here another key would make the rules ask about each other in a circle."""
    text = """
rule a for each k in kind
  require keep[k] = 1 day
rule b
  require rule a[outputs] passes
waive a[prompts] for contract "acme"
  while       rule b passes
  until       2026-12-31
  approved by "CISO"
  because     "Next release."
"""
    found = mutated(text)
    assert "require not rule a[outputs] passes" in found
    assert not {"require rule a passes", "require rule a[prompts] passes"} & set(found)
    assert 'waive a for contract "acme"' not in found


STATEMENTS = """
rule r
  when     hosted
  unless   resold
  prefer   notice <= 1 day
  prefer   encrypted
  require  notice <= 2 days
  require  count >= 1
  fallback notice <= 3 days  # with a remark
           approved by "Somebody"
  fallback notice <= 4 days
  because  "Because."
"""


@pytest.mark.parametrize(
    ("left_out", "rest"),
    [
        ("when     hosted", "unless   resold"),
        ("unless   resold", "when     hosted"),
        ("prefer   notice <= 1 day", "prefer   encrypted"),
        ("prefer   encrypted", "prefer   notice <= 1 day"),
        ("require  notice <= 2 days", "require  count >= 1"),
        ("require  count >= 1", "require  notice <= 2 days"),
        ("fallback notice <= 4 days", 'approved by "Somebody"'),
    ],
)
def test_a_statement_is_left_out(left_out: str, rest: str) -> None:
    texts = [text for text in _texts(STATEMENTS) if left_out not in text]
    assert [text.replace(left_out, "") for text in texts if rest in text]


def test_a_fallback_is_left_out_with_its_approval() -> None:
    (text,) = [text for text in _texts(STATEMENTS) if "notice <= 3 days" not in text and text.count("notice") == 3]
    assert "approved by" not in text
    assert "fallback notice <= 4 days" in text


def test_two_fallbacks_are_swapped_with_their_approvals() -> None:
    (text,) = [text for text in _texts(STATEMENTS) if 0 <= text.find("notice <= 4") < text.find("notice <= 3")]
    assert text.index("notice <= 4 days") < text.index("notice <= 3 days") < text.index('approved by "Somebody"')


@pytest.mark.parametrize(
    ("header", "moved"),
    [
        ("assurance signed", ["assurance agreed"]),
        ("assurance  # so far\n  agreed", ["assurance documented", "assurance signed"]),
        ("assurance claimed", ["assurance documented"]),
        ('owner "signed"', []),
    ],
)
def test_the_assurance_of_a_policy_is_raised_and_lowered(header: str, moved: list[str]) -> None:
    found = mutated(f"policy p\nuses words\n{header}\nrule r\n  require encrypted\n")
    assert [each for each in found if "encrypted" not in each] == moved


def test_an_extension_cannot_need_less_than_what_it_extends() -> None:
    parent = Source("q.tw", "policy q\nuses words\nassurance agreed\nrule old\n  require encrypted\n")
    found = mutated("policy p\nextends q\nassurance agreed\nrule new\n  require resold\n", parent)
    assert found == ["assurance signed", "require not resold"]


def test_the_only_requirement_stays() -> None:
    assert all("require" in text for text in _texts("rule r\n  require encrypted\n  fallback resold\n"))


def test_the_days_of_a_rule_are_moved() -> None:
    found = mutated("rule r\n  in force from 2026-01-01 until 2026-01-01\n  require encrypted\n")
    assert found == [
        "in force from 2025-12-31",
        "until 2026-01-02",
        "require not encrypted",
    ]


def test_a_waiver_is_dropped_widened_and_moved() -> None:
    waiver = 'waive r[prompts] for contract "acme"\n  while encrypted\n  until 2026-12-31\n'
    waiver += '  approved by "A"\n  because "B"\n'
    found = mutated(f"rule r for each k in kind\n  require keep[k] = 1 day\n{waiver}")[-6:]
    assert found == [
        "",
        'waive r for contract "acme"',
        "",
        "while not encrypted",
        "until 2026-12-30",
        "until 2027-01-01",
    ]


def test_a_definition_changes_wherever_it_is_used() -> None:
    text = "define limit = 30 days\nrule a\n  require notice <= limit\nrule b\n  require grace >= limit\n"
    policy, source = made(text)
    (less, _) = [each for each in mutants_of(policy, source) if each.owner == "define limit"]
    assert [rule.name for rule in less.rules] == ["a", "b"]
    assert less.edits[0].text == "29 days"


def test_what_is_inherited_is_not_changed() -> None:
    parent = Source("q.tw", "policy q\nuses words\ndefine safe = encrypted\nrule old\n  require notice <= 30 days\n")
    assert mutated("policy p\nextends q\nrule new\n  require safe\n", parent) == ["require not safe"]


def test_nothing_is_tried_twice() -> None:
    policy, source = made("rule r\n  require not (notice <= 30 days) and notice > 30 days\n")
    found = mutants_of(policy, source)
    assert len({each.rules for each in found}) == len(found)


def test_comments_are_no_part_of_a_condition() -> None:
    text = "rule r\n  require notice  # >= 1 day\n          <= 30 days\n"
    assert "require notice < 30 days" in mutated(text)


def _texts(text: str) -> list[str]:
    policy, source = made(text)
    places = Places(source)
    return [places.edited(each.edits).removeprefix(HEADER) for each in mutants_of(policy, source)]
