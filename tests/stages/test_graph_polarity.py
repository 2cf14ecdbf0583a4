"""Which way a rule moves with a term: every form of the language, and that nothing is promised on a guess."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from graph_words import policy

from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge
from termwise.graph.queries import Polarity, polarity

RISING, FALLING, CONSTANT, MIXED = Polarity.RISING, Polarity.FALLING, Polarity.CONSTANT, Polarity.MIXED

CONDITIONS = [
    ("notice <= 30 days", "notice", FALLING),
    ("notice < 30 days", "notice", FALLING),
    ("notice >= 30 days", "notice", RISING),
    ("notice > 30 days", "notice", RISING),
    ("notice = 30 days", "notice", MIXED),
    ("notice != 30 days", "notice", MIXED),
    ("notice in {30 days, 60 days}", "notice", MIXED),
    ("notice <= 30 days", "grace", CONSTANT),
    ("not (notice <= 30 days)", "notice", RISING),
    ("notice is stated", "notice", CONSTANT),
    ("notice is silent or notice <= 1 day", "notice", FALLING),
    ("audits >= quarterly", "audits", RISING),
    ("ends >= 2026-01-01", "ends", RISING),
    ("share <= 5%", "share", FALLING),
    # a term against a term, and sums
    ("notice <= grace", "notice", FALLING),
    ("notice <= grace", "grace", RISING),
    ("notice <= grace + 2 days", "grace", RISING),
    ("30 days - grace >= notice", "grace", FALLING),
    ("notice - grace <= 1 day", "notice", FALLING),
    ("notice - grace <= 1 day", "grace", RISING),
    ("notice - notice <= 1 day", "notice", MIXED),
    ("notice + notice <= 60 days", "notice", FALLING),
    ("keep[prompts] <= keep[outputs]", "keep", MIXED),
    ("keep <= 30 days", "keep", FALLING),
    ("keep[prompts] <= 30 days and keep[outputs] >= 1 day", "keep", MIXED),
    ("keep[prompts] <= 30 days and keep[outputs] >= 1 day", "keep[prompts]", FALLING),
    ("keep[prompts] <= 30 days and keep[outputs] >= 1 day", "keep[outputs]", RISING),
    ("keep[prompts] <= keep[outputs]", "keep[outputs]", RISING),
    ("use[prompts] = none", "use[outputs]", CONSTANT),
    # booleans
    ("encrypted", "encrypted", RISING),
    ("not resold", "resold", FALLING),
    ("encrypted = yes", "encrypted", RISING),
    ("encrypted = no", "encrypted", FALLING),
    ("encrypted != no", "encrypted", RISING),
    ("encrypted != yes", "encrypted", FALLING),
    ("encrypted = resold", "encrypted", MIXED),
    ("encrypted in {yes}", "encrypted", RISING),
    ("encrypted in {no}", "encrypted", FALLING),
    # scales: only their ends can be told from the order
    ("grade >= low", "grade", RISING),
    ("grade = high", "grade", RISING),
    ("high = grade", "grade", RISING),
    ("grade = low", "grade", MIXED),
    ("grade = none", "grade", FALLING),
    ("grade != none", "grade", RISING),
    ("grade != high", "grade", FALLING),
    ("grade in {low, high}", "grade", RISING),
    ("grade in {none, low}", "grade", FALLING),
    ("grade in {none, high}", "grade", MIXED),
    ("use[prompts] = none", "use", FALLING),
    ("grade >= use[prompts]", "use", FALLING),
    # a bare enum and a text have no order at all
    ("holder = customer", "holder", MIXED),
    ("holder in {customer}", "holder", MIXED),
    ('label includes "x"', "label", MIXED),
    ('label = "x"', "label", MIXED),
    ("holder is stated", "holder", CONSTANT),
    # sets: more members is higher
    ("covers includes {prompts}", "covers", RISING),
    ("covers includes prompts", "covers", RISING),
    ("prompts in covers", "covers", RISING),
    ("covers within {prompts}", "covers", FALLING),
    ("covers excludes {prompts}", "covers", FALLING),
    ("covers excludes prompts", "covers", FALLING),
    ("not (covers excludes {prompts})", "covers", RISING),
    ("covers = {prompts}", "covers", MIXED),
    ("covers = {}", "covers", FALLING),
    ("covers != none", "covers", RISING),
    ("covers = {outputs, prompts}", "covers", RISING),
    ("covers != {prompts, outputs}", "covers", FALLING),
    ('names = {"a"}', "names", MIXED),
    ('names includes {"a"}', "names", RISING),
    ("covers includes classes", "covers", RISING),
    ("covers includes classes", "classes", FALLING),
    ("covers within classes", "classes", RISING),
    ("covers excludes classes", "classes", FALLING),
    ("names includes label", "names", RISING),
    ("names includes label", "label", MIXED),
    # quantifiers move with their bodies, against them under `no`; a list itself has no order
    ("every s in sellers satisfies s.notice >= grace", "grace", FALLING),
    ("some s in sellers satisfies s.notice >= grace", "grace", FALLING),
    ("no s in sellers satisfies s.notice >= grace", "grace", RISING),
    ("every s in sellers satisfies s.listed", "sellers", MIXED),
    ("sellers is stated", "sellers", CONSTANT),
    # connectives
    ("notice <= 30 days and encrypted", "notice", FALLING),
    ("notice <= 30 days or notice >= 60 days", "notice", MIXED),
    ("notice <= 30 days or not (notice >= 60 days)", "notice", FALLING),
    ("encrypted and resold", "holder", CONSTANT),
    # money and months of fees
    ("cap >= 12 months of fees", "cap", RISING),
    ("deposit >= 12 months of fees", "deposit", RISING),
    ("deposit >= 12 months of fees", "yearly", MIXED),
    ("deposit >= USD 5", "deposit", RISING),
]


@pytest.mark.parametrize(("condition", "term", "expected"), CONDITIONS)
def test_of_a_condition(condition: str, term: str, expected: Polarity) -> None:
    made = policy(f"rule a require {condition}")
    assert polarity(made.rules[0], term, made.vocabulary) is expected


FLIPPED = {RISING: FALLING, FALLING: RISING, MIXED: MIXED, CONSTANT: CONSTANT}


@pytest.mark.parametrize(
    ("parts", "turns"),
    [
        ("when {} require hosted", True),
        ("unless {} require hosted", False),
        ("prefer {} require hosted", False),
        ("require hosted fallback {}", False),
        ("require not ({})", True),
    ],
)
@pytest.mark.parametrize("condition", ["notice <= 30 days", "notice > 1 day", "notice = 1 day", "notice is stated"])
def test_of_a_place_in_the_rule(parts: str, turns: bool, condition: str) -> None:
    plain = policy(f"rule a require {condition}")
    placed = policy(f"rule a {parts.format(condition)}")
    straight = polarity(plain.rules[0], "notice", plain.vocabulary)
    assert polarity(placed.rules[0], "notice", placed.vocabulary) is (FLIPPED[straight] if turns else straight)


def test_a_guard_and_a_rung_that_want_the_same_pull_apart() -> None:
    made = policy("rule a when notice <= 9 days require notice <= 3 days")
    assert polarity(made.rules[0], "notice", made.vocabulary) is MIXED


@pytest.mark.parametrize(
    ("definition", "condition", "expected"),
    [
        ("define limit = 30 days", "notice <= limit", FALLING),
        ("define mine = grade", "mine = high", RISING),
        ("define some_set = {}", "covers = some_set", FALLING),
        ("define quick = notice <= 3 days", "not quick", RISING),
        ("define mine = notice", "mine <= 3 days", FALLING),
    ],
)
def test_through_a_definition(definition: str, condition: str, expected: Polarity) -> None:
    made = policy(f"{definition} rule a require {condition}")
    term = next(name for name in ("notice", "grade", "covers") if name in f"{definition} {condition}")
    assert polarity(made.rules[0], term, made.vocabulary) is expected


ASKING = "rule a require notice <= 3 days rule b require {}"


@pytest.mark.parametrize(
    ("condition", "expected"), [("rule a passes", FALLING), ("not (rule a passes)", RISING), ("hosted", CONSTANT)]
)
def test_through_another_rule_where_the_policy_is_known(condition: str, expected: Polarity) -> None:
    made = policy(ASKING.format(condition))
    assert polarity(made.rules[1], "notice", made.vocabulary, made) is expected


def test_through_another_rule_nothing_is_promised_where_the_policy_is_not_known() -> None:
    made = policy(ASKING.format("rule a passes"))
    assert polarity(made.rules[1], "notice", made.vocabulary) is MIXED
    assert polarity(made.rules[1], "holder", made.vocabulary) is MIXED


def test_a_waiver_of_the_rule_asked_about_counts_by_its_bounds() -> None:
    waiver = ' waive a for contract "c" while grace >= 9 days until 2030-01-01 approved by "X" because "Y"'
    made = policy(ASKING.format("rule a passes") + waiver)
    assert polarity(made.rules[1], "grace", made.vocabulary, made) is RISING
    assert polarity(made.rules[0], "grace", made.vocabulary, made) is CONSTANT


# What is promised is held against the reference on every value of small domains, whatever else the contract says.

DOMAINS = {
    "notice": ["0 days", "28 days", "1 month", "31 days", "366 days"],
    "grace": ["0 days", "28 days", "1 month", "31 days", "366 days"],
    "audits": ["none", "quarterly", "monthly"],
    "ends": ["2025-01-01", "2026-01-01", "2027-01-01"],
    "share": ["0%", "5%", "6%"],
    "encrypted": [False, True],
    "resold": [False, True],
    "grade": ["none", "low", "high"],
    "cap": ["0 months of fees", "1 year of fees"],
    "deposit": ["USD 1", "USD 5", "USD 6"],
    "yearly": ["USD 1", "USD 6"],
    "covers": [[], ["prompts"], ["prompts", "outputs"]],
    "names": [[], ["a"], ["a", "b"]],
    "classes": [[], ["prompts"], ["prompts", "outputs"]],
    "use": ["none", "low", "high"],
    "keep": ["0 days", "28 days", "1 month", "31 days"],
}
TRUTHS = (Outcome.BREACHED, Outcome.UNDECIDED, Outcome.MET)
CONTEXT = ("classes", "hosted")


@pytest.mark.parametrize(
    ("condition", "term", "expected"),
    [case for case in CONDITIONS if case[1] in DOMAINS and case[2] in (RISING, FALLING)],
)
def test_what_is_promised_holds(condition: str, term: str, expected: Polarity) -> None:
    made = policy(f"rule a require {condition}")
    others = sorted({name.partition("[")[0] for name in made.rules[0].terms} & set(DOMAINS) - {term})
    for values in product(*([None, *DOMAINS[other]] for other in others)):
        said = {name: value for name, value in zip(others, values, strict=True) if value is not None}
        truths = [TRUTHS.index(_judged(made, said | {term: value})) for value in DOMAINS[term]]
        assert truths == sorted(truths, reverse=expected is FALLING), said


def _judged(made: Policy, said: dict[str, object]) -> Outcome:
    problems = Problems()
    data = {
        "terms": {name: value for name, value in said.items() if name not in CONTEXT}
        | {"sellers": [{"notice": "30 days"}, {"notice": "3 days"}]},
        "context": {name: value for name, value in said.items() if name in CONTEXT},
    }
    contract = bind(mapping.raw({"contract": "c", **data}, problems), made.vocabulary, problems)
    assert contract is not None and not problems.has_errors, problems.all
    return judge(made, contract, date(2026, 11, 24)).results[0].outcome
