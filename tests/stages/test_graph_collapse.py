"""Keyed rules in pictures: together where they differ in nothing but the key, apart where somebody must see it."""

from __future__ import annotations

import pytest
from graph_words import graph, texts

from termwise.graph.collapse import collapse
from termwise.graph.nodes import Kind, NodeId, RuleGraph
from termwise.graph.queries import restrict


def rules(made: RuleGraph) -> list[str]:
    return [each.text for each in made.nodes if each.kind is Kind.RULE]


def test_a_keyed_rule_stands_once_and_reads_its_terms_at_each_key() -> None:
    shown = collapse(
        graph("rule a for each k in kind prefer k in covers require use[k] = none fallback keep[k] <= 9 days")
    )
    assert rules(shown.graph) == ["a[each]"]
    assert shown.keys == {"a[each]": ("prompts", "outputs")}
    assert {each.text for each in shown.graph.nodes if each.kind is Kind.ATOM} == {
        "each in covers",
        "use[each] = none",
        "keep[each] <= 9 days",
    }
    assert {each.text for each in shown.graph.nodes if each.kind is Kind.TERM} == {"covers", "use[each]", "keep[each]"}


def test_a_set_that_holds_the_key_holds_each() -> None:
    shown = collapse(graph("rule a for each k in kind require covers within {k} or covers excludes {k}"))
    assert "covers within {each}" in texts(shown.graph.nodes)


@pytest.mark.parametrize(
    "text",
    [
        "rule a for each k in kind require use[k] = none and keep[prompts] <= 9 days",
        "rule a for each k in kind require use[k] = none rule b when rule a[prompts] passes require encrypted",
        "rule a require use[prompts] = none rule b require use[outputs] = none",
    ],
)
def test_rules_stay_apart_where_a_key_matters(text: str) -> None:
    made = graph(text)
    shown = collapse(made)
    assert rules(shown.graph) == rules(made)
    assert shown.keys == {}


def test_a_rule_that_asks_about_every_instance_asks_about_the_one_rule() -> None:
    made = graph("rule a for each k in kind require use[k] = none rule b when rule a passes require encrypted")
    shown = collapse(made)
    assert rules(shown.graph) == ["a[each]", "b"]
    assert texts(shown.graph.inputs(NodeId("rung:b when"))) == ["rule a[each] passes"]


def test_keyed_rules_that_ask_about_the_same_rule_are_put_together() -> None:
    shown = collapse(
        graph("rule b require encrypted rule a for each k in kind when rule b passes require use[k] = none")
    )
    assert rules(shown.graph) == ["b", "a[each]"]


def test_rules_keep_their_order() -> None:
    shown = collapse(
        graph("rule z require encrypted rule m for each k in kind require use[k] = none rule a require resold")
    )
    assert [each.name for each in shown.graph.policy.rules] == ["z", "m[each]", "a"]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"rule": "a"}, ["a[each]"]),
        ({"rule": "a[prompts]"}, ["a[prompts]"]),
        ({"term": "use"}, ["a[each]"]),
        ({"term": "use[outputs]"}, ["a[outputs]"]),
        ({"term": "encrypted"}, ["b"]),
    ],
)
def test_a_part_is_put_together_too_unless_it_was_cut_out_for_one_key(
    named: dict[str, str], expected: list[str]
) -> None:
    part = restrict(graph("rule a for each k in kind require use[k] = none rule b require encrypted"), **named)
    assert part is not None
    shown = collapse(part)
    assert rules(shown.graph) == expected
    assert shown.graph.focus == part.focus
