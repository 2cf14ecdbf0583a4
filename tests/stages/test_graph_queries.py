"""What a term touches, the part of a graph that concerns one rule or term, and the terms that nothing reads."""

from __future__ import annotations

import pytest
from graph_words import graph, texts

from termwise.graph.nodes import Focus, Kind, RuleGraph
from termwise.graph.queries import impact, restrict, unread_terms

MADE = graph(
    """
define quick = notice <= 3 days
define tidy = keep[prompts] <= 30 days and encrypted

rule speed: major
  prefer   quick
  require  notice <= 30 days
  fallback notice <= 60 days and encrypted
rule storage for each k in kind
  when     classes includes {prompts}
  require  keep[k] <= 30 days
rule safe
  require  tidy or rule speed passes
rule last
  require  rule safe passes and use[outputs] = none
rule apart
  require  not resold

clause fast "Fast" grants notice = 3 days, encrypted = yes text "Notice is given within {notice}."
clause kept "Kept" grants keep = 9 days text "Deleted within {keep[prompts]} or {keep[outputs]}."

waive speed for contract "c" while notice <= 90 days until 2030-01-01 approved by "X" because "Y"
guarantee "prompts go" when quick ensure keep[prompts] <= 30 days
"""
)


def test_the_impact_of_a_term() -> None:
    found = impact(MADE, "notice")
    assert found.instances == ("notice",)
    assert texts(found.definitions) == ["quick"]
    assert texts(found.atoms) == ["notice <= 3 days", "notice <= 30 days", "notice <= 60 days"]
    assert [(each.rule, each.label) for each in found.rungs] == [
        ("speed", "prefer"),
        ("speed", "require"),
        ("speed", "fallback 1"),
    ]
    assert [each.name for each in found.rules] == ["speed"]
    assert [each.name for each in found.asking] == ["safe", "last"]
    assert [each.name for each in found.clauses] == ["fast"]
    assert [each.rule for each in found.waivers] == ["speed"]
    assert [each.title for each in found.guarantees] == ["prompts go"]


def test_a_rule_that_reads_a_term_and_asks_about_another_that_does_is_among_those_that_read_it() -> None:
    found = impact(MADE, "encrypted")
    assert [each.name for each in found.rules] == ["speed", "safe"]
    assert [each.name for each in found.asking] == ["last"]


@pytest.mark.parametrize(
    ("name", "instances", "rules", "clauses"),
    [
        ("keep", ("keep[prompts]", "keep[outputs]"), {"storage[prompts]", "storage[outputs]", "safe"}, ["kept"]),
        ("keep[prompts]", ("keep[prompts]",), {"storage[prompts]", "safe"}, ["kept"]),
        ("keep[outputs]", ("keep[outputs]",), {"storage[outputs]"}, ["kept"]),
        ("use[prompts]", (), set(), []),
        ("use", ("use[outputs]",), {"last"}, []),
    ],
)
def test_the_impact_of_a_keyed_term_is_that_of_one_key_or_of_all(
    name: str, instances: tuple[str, ...], rules: set[str], clauses: list[str]
) -> None:
    found = impact(MADE, name)
    assert found.instances == instances
    assert {each.name for each in found.rules} == rules
    assert [each.name for each in found.clauses] == clauses


def test_a_context_term_touches_the_guards_that_read_it() -> None:
    found = impact(MADE, "classes")
    assert {(each.rule, each.label) for each in found.rungs} == {
        ("storage[prompts]", "when"),
        ("storage[outputs]", "when"),
    }


def of_kind(part: RuleGraph | None, kind: Kind) -> set[str]:
    assert part is not None
    return {each.text for each in part.nodes if each.kind is kind}


def test_the_part_of_a_rule_is_all_it_depends_on_and_nothing_else() -> None:
    part = restrict(MADE, rule="safe")
    assert of_kind(part, Kind.RULE) == {"safe", "speed"}
    assert of_kind(part, Kind.TERM) == {"notice", "encrypted", "keep[prompts]"}
    assert of_kind(part, Kind.DEFINITION) == {"quick", "tidy"}
    assert of_kind(part, Kind.POLICY) == set()
    assert part is not None and part.focus == Focus(rule="safe")


@pytest.mark.parametrize(
    ("name", "terms"),
    [("storage", {"keep[prompts]", "keep[outputs]", "classes"}), ("storage[outputs]", {"keep[outputs]", "classes"})],
)
def test_the_part_of_a_keyed_rule_is_that_of_one_key_or_of_all(name: str, terms: set[str]) -> None:
    assert of_kind(restrict(MADE, rule=name), Kind.TERM) == terms


def test_the_part_of_a_term_is_all_that_depends_on_it_and_nothing_else() -> None:
    part = restrict(MADE, term="keep[prompts]")
    assert of_kind(part, Kind.TERM) == {"keep[prompts]"}
    assert of_kind(part, Kind.ATOM) == {"keep[prompts] <= 30 days", "rule safe passes"}
    assert of_kind(part, Kind.RULE) == {"storage[prompts]", "safe", "last"}


def test_the_part_of_a_term_and_a_rule_is_the_ways_from_one_to_the_other() -> None:
    part = restrict(MADE, rule="last", term="encrypted")
    assert of_kind(part, Kind.TERM) == {"encrypted"}
    assert of_kind(part, Kind.RULE) == {"speed", "safe", "last"}
    assert of_kind(part, Kind.DEFINITION) == {"tidy"}
    assert of_kind(part, Kind.RUNG) == {"fallback 1", "require"}


def test_a_part_keeps_the_edges_between_its_nodes_and_the_order() -> None:
    part = restrict(MADE, rule="speed")
    assert part is not None
    kept = {each.id for each in part.nodes}
    assert list(part.edges()) == [(a, b) for a, b in MADE.edges() if {a.id, b.id} <= kept]
    assert part.nodes == tuple(each for each in MADE.nodes if each.id in kept)


@pytest.mark.parametrize(
    "named", [{"rule": "sped"}, {"rule": "storage[feedback]"}, {"term": "notices"}, {"term": "keep[x]"}]
)
def test_there_is_no_part_of_what_is_not_there(named: dict[str, str]) -> None:
    assert restrict(MADE, **named) is None


def test_the_part_of_a_term_that_nothing_reads_is_empty() -> None:
    part = restrict(MADE, term="holder")
    assert part is not None and part.nodes == ()


def test_terms_that_no_rule_reads() -> None:
    unread = [each.name for each in unread_terms(MADE)]
    assert "holder" in unread and "sellers" in unread
    assert not {"notice", "keep", "use", "classes", "encrypted", "resold"} & set(unread)


def test_a_term_that_only_an_unused_definition_reads_is_not_read() -> None:
    made = graph("define spare = resold rule a require encrypted")
    assert "resold" in [each.name for each in unread_terms(made)]
