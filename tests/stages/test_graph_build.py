"""The rule graph of a policy: what is shared, what is not, which way its edges run, and in which order."""

from __future__ import annotations

import inspect
from itertools import permutations

import pytest
from graph_words import graph, policy, texts

from termwise.core.expr import AnyOf, Defined, Expr, Not
from termwise.frozen import replace
from termwise.graph import nodes
from termwise.graph.build import build
from termwise.graph.nodes import AtomNode, ConnectiveNode, DefinitionNode, Kind, NodeId, RuleGraph, RuleNode, TermNode


def ids(made: RuleGraph, kind: Kind) -> list[str]:
    return [each.id.partition(":")[2] for each in made.nodes if each.kind is kind]


def test_a_rule_is_read_from_terms_over_conditions_and_rungs_to_the_policy() -> None:
    made = graph("rule a require notice <= 30 days and encrypted fallback grace <= 1 month")
    assert [each.id for each in made.nodes] == [
        "term:notice",
        "atom:notice <= 30 days",
        "term:encrypted",
        "atom:encrypted",
        "connective:notice <= 30 days and encrypted",
        "rung:a require",
        "term:grace",
        "atom:grace <= 1 month",
        "rung:a fallback 1",
        "rule:a",
        "policy:p",
    ]
    assert [(source.text, node.text) for source, node in made.edges()] == [
        ("notice", "notice <= 30 days"),
        ("encrypted", "encrypted"),
        ("notice <= 30 days", "and"),
        ("encrypted", "and"),
        ("and", "require"),
        ("grace", "grace <= 1 month"),
        ("grace <= 1 month", "fallback 1"),
        ("require", "a"),
        ("fallback 1", "a"),
        ("a", "p"),
    ]


def test_equal_conditions_of_different_rules_are_one_node() -> None:
    made = graph(
        "rule a require notice <= 30 days or encrypted"
        " rule b when notice <= 30 days require notice <= 30 days or encrypted"
    )
    assert ids(made, Kind.ATOM) == ["notice <= 30 days", "encrypted"]
    assert ids(made, Kind.CONNECTIVE) == ["notice <= 30 days or encrypted"]
    assert texts(made.users(NodeId("atom:notice <= 30 days"))) == ["or", "when"]
    assert [each.id for each in made.users(NodeId("connective:notice <= 30 days or encrypted"))] == [
        "rung:a require",
        "rung:b require",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("audits >= quarterly", "audits >= 4 per year"),
        ("notice <= 72 hours", "notice <= 3 days"),
        ("cap >= 12 months of fees", "cap >= 1 year of fees"),
        ("covers includes {prompts, outputs}", "covers includes {outputs, prompts}"),
    ],
)
def test_values_that_mean_the_same_make_the_same_condition_shown_as_written_first(first: str, second: str) -> None:
    made = graph(f"rule a require {first} rule b require {second}")
    (atom,) = (each for each in made.nodes if isinstance(each, AtomNode))
    assert texts(made.users(atom.id)) == ["require", "require"]
    assert atom.text == graph(f"rule a require {first}").nodes[-4].text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("notice <= 30 days", "notice < 30 days"),
        ("notice <= 1 month", "notice <= 30 days"),
        ("grace <= notice + 1 day", "grace <= notice - 1 day"),
        ("use[prompts] = low", "use[outputs] = low"),
        ("every s in sellers satisfies s.listed", "some s in sellers satisfies s.listed"),
        ("encrypted and resold", "resold and encrypted"),
        ("notice is stated", "notice <= 30 days"),
    ],
)
def test_different_conditions_are_different_nodes(first: str, second: str) -> None:
    made = graph(f"rule a require {first} rule b require {second}")
    rungs = [made.inputs(NodeId(f"rung:{rule} require")) for rule in "ab"]
    assert rungs[0] != rungs[1]


def test_a_quantifier_is_one_condition_that_reads_what_its_body_reads() -> None:
    made = graph(
        "define limit = 9 days rule a require every s in sellers satisfies (s.notice >= limit or s.notice >= grace)"
    )
    (atom,) = (each for each in made.nodes if isinstance(each, AtomNode))
    assert texts(made.inputs(atom.id)) == ["sellers", "limit", "grace"]


def test_definitions_of_conditions_and_of_values_are_nodes_that_everything_using_them_shares() -> None:
    made = graph(
        "define limit = 30 days define tight = notice <= limit and encrypted"
        " rule a require tight rule b require not tight or grace <= limit"
    )
    assert texts(made.inputs(NodeId("definition:limit"))) == []
    assert texts(made.users(NodeId("definition:limit"))) == ["notice <= limit", "grace <= limit"]
    assert texts(made.inputs(NodeId("definition:tight"))) == ["and"]
    assert texts(made.users(NodeId("definition:tight"))) == ["require", "not"]


def test_a_definition_that_no_rule_uses_is_in_the_graph_all_the_same() -> None:
    made = graph("define spare = resold rule a require encrypted")
    assert texts(made.inputs(NodeId("definition:spare"))) == ["resold"]
    assert made.users(NodeId("definition:spare")) == ()


def test_a_rule_that_asks_about_another_stands_behind_it_wherever_it_is_written() -> None:
    made = graph("rule late when rule early passes require notice <= 1 day rule early require encrypted")
    order = texts(made.nodes)
    assert order.index("early") < order.index("rule early passes") < order.index("late")
    assert texts(made.inputs(NodeId("atom:rule early passes"))) == ["early"]
    assert NodeId("rule:early") in made.before(NodeId("rule:late"))
    assert NodeId("rule:late") not in made.before(NodeId("rule:early"))


def test_asking_about_a_keyed_rule_asks_about_every_instance() -> None:
    made = graph("rule a for each k in kind require use[k] = none rule b when rule a passes require encrypted")
    assert {"rule:a[prompts]", "rule:a[outputs]"} <= made.before(NodeId("rule:b"))


def test_the_term_that_turns_fees_into_money_is_read_by_the_comparison_that_may_need_it() -> None:
    made = graph("rule a require deposit >= 12 months of fees")
    (atom,) = (each for each in made.nodes if isinstance(each, AtomNode))
    assert texts(made.inputs(atom.id)) == ["deposit", "yearly"]


def test_every_edge_runs_forward_and_every_node_is_reached_from_its_inputs() -> None:
    made = graph(
        "define tight = notice <= 3 days rule c require rule a passes or tight"
        " rule a for each k in kind prefer use[k] = none require use[k] <= low unless hosted"
        " rule b require every s in sellers satisfies s.notice >= grace fallback tight"
    )
    place = {node.id: at for at, node in enumerate(made.nodes)}
    assert all(place[source.id] < place[node.id] for source, node in made.edges())
    for node in made.nodes:
        sources = {each.id for each in made.inputs(node.id)}
        assert made.before(node.id) == sources.union(*(made.before(each) for each in sources))
        assert all(node in made.inputs(user.id) for user in made.users(node.id))


RULES = (
    "rule a require notice <= 30 days and encrypted",
    "rule b when notice <= 30 days require grace <= 9 days",
    "rule c require rule a passes or grace <= 9 days",
)


def test_the_order_of_the_rules_changes_neither_nodes_nor_edges() -> None:
    made = [graph("\n".join(order)) for order in permutations(RULES)]
    assert len({frozenset(each.id for each in one.nodes) for one in made}) == 1
    assert len({frozenset((source.id, node.id) for source, node in one.edges()) for one in made}) == 1


def test_building_twice_gives_the_same_order() -> None:
    once, again = (graph("\n".join(RULES)) for _ in range(2))
    assert [each.id for each in once.nodes] == [each.id for each in again.nodes]
    assert [(a.id, b.id) for a, b in once.edges()] == [(a.id, b.id) for a, b in again.edges()]


def test_nodes_say_what_they_are() -> None:
    made = graph("define d = not resold rule a: major require d")
    kinds = {type(each): each.kind for each in made.nodes}
    assert kinds[TermNode] is Kind.TERM and kinds[DefinitionNode] is Kind.DEFINITION
    assert kinds[ConnectiveNode] is Kind.CONNECTIVE and kinds[RuleNode] is Kind.RULE
    assert made[NodeId("rung:a require")].text == "require"


def test_networkx_shows_in_no_signature() -> None:
    members = [member for _, member in inspect.getmembers(RuleGraph) if inspect.isfunction(member)]
    public = [each for each in (*members, nodes.assemble) if not each.__name__.startswith("__init")]
    assert len(public) > 5
    assert not [each.__name__ for each in public if "nx" in str(inspect.signature(each))]


def test_definitions_that_double_each_other_are_each_looked_at_once() -> None:
    plain = policy("rule a require encrypted")
    body: Expr = plain.rules[0].require[0]
    for number in range(100):
        body = Defined(f"d{number}", AnyOf((body, Not(body))))
    made = build(replace(plain, rules=(replace(plain.rules[0], require=(body,)),)))
    assert len(made.nodes) == 2 + 100 * 3 + 3
