"""What precedence makes of what documents say: who speaks, who is displaced, and what nobody settles."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from contracts_words import VOCABULARY, shown, sound, text

from termwise.contracts.facts import Disputed, Spoken, Standing
from termwise.contracts.precedence import Settlement, settle
from termwise.core.values import write_content
from termwise.diagnostics import Problems
from termwise.quantities.duration import Holidays

TODAY = date(2026, 11, 24)


def settled(tmp_path: Path, content: str, as_of: date = TODAY) -> Settlement:
    return settle(sound(text(tmp_path, content)), VOCABULARY, as_of)


def told(standing: Standing | None) -> str:
    match standing:
        case None:
            return "silent"
        case Spoken(fact, displaced):
            others = "".join(f" over {each.document}" for each in displaced)
            return f"{fact.document}: {write_content(fact.content)}{others}"
        case Disputed(facts):
            return "disputed: " + ", ".join(each.document for each in facts)


def of(tmp_path: Path, said: list[str], precedence: str = "", term: str = "breach.notice") -> str:
    """Tell what stands of a term that the documents a, b, c, … state."""
    documents = "".join(
        f"  - {{id: {name}, assurance: {each.partition('@')[2] or 'signed'}, terms: {{{each.partition('@')[0]}}}}}\n"
        for name, each in zip("abcdef", [f"'{term}': {each}" if each else "" for each in said], strict=False)
    )
    ranked = f"precedence: {precedence}\n" if precedence else ""
    return told(settled(tmp_path, f"{ranked}documents:\n{documents}").standings.get(term))


@pytest.mark.parametrize(
    ("said", "precedence", "expected"),
    [
        (["1 day", "2 days"], "", "a: 1 day over b"),
        (["1 day", "2 days"], "[b]", "b: 2 days over a"),
        (["", "2 days", "3 days"], "", "b: 2 days over c"),
        (["", ""], "", "silent"),
        (["{vague: soon}", "2 days"], "", 'a: "soon" over b'),
        (["{see: X}", "2 days"], "", 'a: see "X" over b'),
        (["1 day", "2 days", "3 days"], "[[b, c]]", "disputed: b, c"),
        (["1 day", "2 days", "48 hours@agreed"], "[[b, c]]", "b: 2 days over c over a"),
        (["1 day", "48 hours@agreed", "2 days"], "[[b, c]]", "c: 2 days over b over a"),
        (["1 day", "2 days", "3 days"], "[c, [a, b]]", "c: 3 days over a over b"),
        (["1 day", "24 hours@agreed"], "none", "a: 1 day over b"),
        (["1 day", "2 days"], "none", "disputed: a, b"),
        (["1 day", "{vague: soon}"], "none", "disputed: a, b"),
        (["{vague: soon}", "{vague: soon}"], "none", 'a: "soon" over b'),
        (["2 days", "1 day"], "strictest", "b: 1 day over a"),
        (["2 days", "1 day@claimed"], "strictest", "b: 1 day over a"),
        (["1 day@claimed", "24 hours@agreed"], "strictest", "b: 24 hours over a"),
        (["{vague: soon}", "3 days", "{see: X}"], "strictest", "b: at most 3 days over a over c"),
        (["{vague: soon}", "{vague: soon}"], "strictest", 'a: "soon" over b'),
        (["{vague: soon}", "{vague: later}"], "strictest", "disputed: a, b"),
        (["1 month", "30 days"], "strictest", "b: between 1 month and 30 days over a"),
        (["1 month", "28 days"], "strictest", "b: 28 days over a"),
        (["1 month", "1 month"], "strictest", "a: 1 month over b"),
        (["30 days", "{at_most: 20 days}"], "strictest", "b: at most 20 days over a"),
        (["30 days", "{at_most: 40 days}"], "strictest", "a: at most 30 days over b"),
        (["30 days", "{at_least: 30 days}"], "strictest", "a: 30 days over b"),
        (
            ["{between: [1 day, 3 days]}", "{between: [3 days, 4 days]}"],
            "strictest",
            "a: between 1 day and 3 days over b",
        ),
        (
            ["{between: [1 day, 3 days]}", "{between: [2 days, 4 days]}"],
            "strictest",
            "a: between 1 day and 3 days over b",
        ),
    ],
)
def test_who_speaks(tmp_path: Path, said: list[str], precedence: str, expected: str) -> None:
    assert of(tmp_path, said, precedence) == expected


@pytest.mark.parametrize(
    ("term", "said", "expected"),
    [
        ("deletion.covers", ["[prompts]", "[prompts, outputs]"], "b: {prompts, outputs} over a"),
        ("deletion.covers", ["[prompts]", "[outputs]"], "disputed: a, b"),
        ("deletion.covers", ["{at_least: [prompts, outputs]}", "[prompts]"], "a: at least {prompts, outputs} over b"),
        ("residency.regions", ["[us]", "[us, eu]"], "a: {us} over b"),
        ("residency.regions", ["{at_most: [us]}", "[us, eu]"], "a: at most {us} over b"),
        ("training.use[prompts]", ["permitted", "opt_in"], "b: opt_in over a"),
        ("training.off", ["no", "yes"], "b: yes over a"),
        ("deletion.certified", ["quarterly", "monthly"], "b: monthly over a"),
        ("audit.count", ["2", "{at_least: 3}"], "b: at least 3 over a"),
        ("liability.cap", ["12 months of fees", "1 year of fees"], "a: 12 months of fees over b"),
        ("liability.cap", ["12 months of fees", "USD 1"], "disputed: a, b"),
        ("liability.deposit", ["USD 1", "USD 2"], "disputed: a, b"),
        ("output.owner", ["customer", "customer"], "a: customer over b"),
        ("output.owner", ["customer", "vendor"], "disputed: a, b"),
        ("deletion.standard", ["A", "B"], "disputed: a, b"),
        ("suppliers.list", ["[{name: A}]", "[{name: A}]"], "a: [{name: A}] over b"),
        ("suppliers.list", ["[{name: A}]", "none"], "disputed: a, b"),
    ],
)
def test_the_strictest_of_every_type(tmp_path: Path, term: str, said: list[str], expected: str) -> None:
    assert of(tmp_path, said, "strictest", term) == expected


def test_business_days_are_compared_with_the_allowance_of_the_policy(tmp_path: Path) -> None:
    contract = sound(
        text(
            tmp_path,
            "precedence: strictest\nassurance: signed\ndocuments:\n"
            "  - {id: a, terms: {breach.notice: 5 business days}}\n  - {id: b, terms: {breach.notice: 8 days}}\n",
        )
    )
    assert (
        told(settle(contract, VOCABULARY, TODAY).standings["breach.notice"])
        == "b: between 5 business days and 8 days over a"
    )
    without = settle(contract, VOCABULARY, TODAY, Holidays(days=0)).standings["breach.notice"]
    assert told(without) == "a: 5 business days over b"


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        ("{}", {"prompts": "a", "outputs": "a"}),
        ("{'*': [b]}", {"prompts": "b", "outputs": "b"}),
        ("{'*': [b], 'training.*': [c]}", {"prompts": "c", "outputs": "c"}),
        ("{'training.*': [c], training.use: [b]}", {"prompts": "b", "outputs": "b"}),
        ("{training.use: [b], 'training.use[prompts]': [c]}", {"prompts": "c", "outputs": "b"}),
        ("{'deletion.*': [b], training.off: [c]}", {"prompts": "a", "outputs": "a"}),
    ],
)
def test_the_most_specific_topic_decides(tmp_path: Path, topics: str, expected: dict[str, str]) -> None:
    documents = "".join(f"  - {{id: {name}, terms: {{training.use: opt_in}}}}\n" for name in "abc")
    found = settled(tmp_path, f"assurance: signed\nprecedence: {topics}\ndocuments:\n{documents}").standings
    speakers = {
        key: standing.fact.document for key in expected if isinstance(standing := found[f"training.use[{key}]"], Spoken)
    }
    assert speakers == expected


@pytest.mark.parametrize("precedence", ["none", "strictest", "[[a, b, c]]"])
def test_the_order_of_equals_does_not_show(tmp_path: Path, precedence: str) -> None:
    documents = [
        "  - {id: a, assurance: agreed, terms: {breach.notice: 1 day, audit.count: 3, training.off: yes}}\n",
        "  - {id: b, assurance: signed, terms: {breach.notice: 24 hours, audit.count: 2}}\n",
        "  - {id: c, assurance: signed, terms: {breach.notice: 1 day, audit.count: {vague: many}}}\n",
    ]
    found = set()
    for order in permutations(documents):
        standings = settled(tmp_path, f"precedence: {precedence}\ndocuments:\n{''.join(order)}").standings
        found.add(tuple((name, told(each).partition(" over ")[0]) for name, each in standings.items()))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("dates", "speaks"),
    [
        ("effective: 2026-11-24", True),
        ("effective: 2026-11-25", False),
        ("expires: 2026-11-24", True),
        ("expires: 2026-11-23", False),
        ("effective: 2026-11-24, expires: 2026-11-24", True),
    ],
)
def test_only_documents_in_force_speak(tmp_path: Path, dates: str, speaks: bool) -> None:
    found = settled(
        tmp_path, f"assurance: signed\ndocuments: [{{id: a, {dates}, terms: {{breach.notice: 1 day}}}}, {{id: b}}]"
    )
    assert ("breach.notice" in found.standings) is speaks
    assert [each.code for each in found.notices] == ([] if speaks else ["TW514"])


def test_old_facts_are_warned_of(tmp_path: Path) -> None:
    problems = Problems()
    content = """\
retrieved: 2026-05-27
assurance: agreed
documents:
  - {id: a, retrieved: 2026-05-28}
  - {id: b, retrieved: 2026-05-27}
  - {id: c, expires: 2026-01-01}
"""
    for notice in settled(tmp_path, content).notices:
        problems.add(notice)
    assert [line.partition(" | ")[0] for line in shown(problems)] == [
        "1:1 TW515 the facts of `contract` were taken on 2026-05-27, 181 days before the date asked about",
        "5:10 TW515 the facts of `b` were taken on 2026-05-27, 181 days before the date asked about",
        "6:10 TW514 `c` is not in force on 2026-11-24 (expired after 2026-01-01), so nothing it says counts",
    ]


def test_context_always_stands(tmp_path: Path) -> None:
    found = settled(tmp_path, "context: {data.hosted: yes}\nterms: {breach.notice: 1 day}").standings
    assert {name: told(each) for name, each in found.items()} == {
        "breach.notice": "contract: 1 day",
        "data.hosted": "context: yes",
    }
