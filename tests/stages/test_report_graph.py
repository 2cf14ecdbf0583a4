"""The rule graph as DOT, Mermaid and JSON: nothing of the policy breaks out of its quotes, and nothing moves."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from graph_words import graph

from termwise.graph.nodes import RuleGraph
from termwise.graph.queries import restrict
from termwise.report import graph_text

NASTY = r"""
define quick = notice <= 3 days
rule a: dealbreaker
  when     label includes "\"]; x -> y [label=\"#quot; <b>&amp;`end`\\"
  prefer   quick
  require  notice <= 30 days or names includes {"a\"b", "{{c}}", "|d|"}
  fallback not (notice >= 60 days) approved by "O'Neil \"<i>\" & Söhne"
  because  "Line one.\nLine \"two\" \\ <script>alert(1)</script>"
  clause   c
rule b for each k in kind
  when     rule a passes
  unless   hosted
  require  use[k] = none
clause c "C" grants notice = 1 day, label = "x" text "Within {notice}."
"""
MADE = graph(NASTY)

_QUOTED = r'"(?:[^"\\\n]|\\.)*"'
_DOT_LINES = (
    rf"digraph {_QUOTED} {{",
    r"  rankdir=LR;",
    rf"  label={_QUOTED}; labelloc=t;",
    rf"  (?:node|edge) \[(?:\w+=(?:{_QUOTED}|[\w.]+)(?:, )?)+\];",
    rf"  {_QUOTED} \[(?:\w+=(?:{_QUOTED}|\w+)(?:, )?)+\];",
    rf"  {_QUOTED} -> {_QUOTED};",
    "}",
)


def test_every_line_of_dot_is_one_statement_whatever_the_policy_says() -> None:
    lines = graph_text.dot(MADE).splitlines()
    assert lines[0] == 'digraph "p" {' and lines[-1] == "}"
    assert [line for line in lines if not any(re.fullmatch(each, line) for each in _DOT_LINES)] == []


def _read(quoted: str) -> str:
    """Read a quoted label of DOT as Graphviz does."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], quoted[1:-1])


def test_dot_says_what_the_policy_says() -> None:
    text = graph_text.dot(MADE)
    labels = {_read(each) for each in re.findall(rf"label=({_QUOTED})", text)}
    assert 'fallback 1\napproved by O\'Neil "<i>" & Söhne' in labels
    assert r'label includes "\"]; x -> y [label=\"#quot; <b>&amp;`end`\\"' in labels
    tooltips = {_read(each) for each in re.findall(rf"tooltip=({_QUOTED})", text)}
    assert 'Line one.\nLine "two" \\ <script>alert(1)</script>' in tooltips


def test_dot_draws_a_node_for_each_end_of_each_edge() -> None:
    text = graph_text.dot(MADE)
    nodes = set(re.findall(rf"^  ({_QUOTED}) \[", text, re.M))
    ends = {end for edge in re.findall(rf"^  ({_QUOTED}) -> ({_QUOTED});", text, re.M) for end in edge}
    assert ends == nodes
    assert '"rule:b[each]"' in nodes and '"rule:b[prompts]"' not in nodes


_MERMAID_NODE = re.compile(r'  (n\d+)(\(\[|\(\(|\[/|\[\[|\{\{|\[)"(.*)"(\]\)|\)\)|/\]|\]\]|\}\}|\]):::(\w+)')


def test_mermaid_labels_hold_no_mark_that_means_something() -> None:
    labels = [found[3] for line in graph_text.mermaid(MADE).splitlines() if (found := _MERMAID_NODE.fullmatch(line))]
    assert len(labels) > 20
    for label in labels:
        plain = re.sub(r"#\d+;|<br>", "", label)
        assert not set(plain) & set('"<>#&`\\|$%@!?~^*'), label


def test_mermaid_says_what_the_policy_says() -> None:
    text = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), graph_text.mermaid(MADE))
    assert 'approved by O\'Neil "<i>" & Söhne' in text
    assert "{{c}}" in text and "|d|" in text and "label=" in text


def test_mermaid_links_and_styles_what_it_declares() -> None:
    lines = graph_text.mermaid(MADE).splitlines()
    assert lines[:4] == ["---", 'title: "P"', "---", "flowchart LR"]
    found = [each for line in lines if (each := _MERMAID_NODE.fullmatch(line))]
    links = [each for line in lines if (each := re.fullmatch(r"  (n\d+) --> (n\d+)", line))]
    classes = {each[1] for line in lines if (each := re.match(r"  classDef (\w+) fill:#\w{6},stroke:#\w{6},", line))}
    assert len(lines) == 4 + len(found) + len(links) + len(classes)
    assert {end for each in links for end in each.groups()} <= {each[1] for each in found}
    assert {each[5] for each in found} == classes


def test_json_holds_every_node_and_edge_of_the_graph() -> None:
    whole = json.loads(graph_text.as_json(MADE))
    assert [each["id"] for each in whole["nodes"]] == [each.id for each in MADE.nodes]
    assert whole["edges"] == [[source.id, node.id] for source, node in MADE.edges()]
    assert (whole["policy"], whole["vocabulary"], whole["rule"], whole["term"]) == ("p", "words", None, None)


def test_json_says_of_each_kind_of_node_what_there_is_to_know() -> None:
    nodes = {each["id"]: each for each in json.loads(graph_text.as_json(MADE))["nodes"]}
    assert nodes["term:use[outputs]"] == {
        "id": "term:use[outputs]",
        "kind": "term",
        "text": "use[outputs]",
        "term": "use",
        "key": "outputs",
        "type": "level",
        "prefer": "lower",
        "context": False,
    }
    assert nodes["definition:quick"]["condition"] == "notice <= 3 days"
    assert nodes["rung:a fallback 1"]["approved_by"] == 'O\'Neil "<i>" & Söhne'
    assert nodes["rung:a fallback 1"]["conditions"] == ["not notice >= 60 days"]
    rule = nodes["rule:a"]
    assert (rule["severity"], rule["clause"], rule["key"]) == ("dealbreaker", "c", None)
    assert rule["polarity"] == {"label": "mixed", "notice": "falling", "names": "rising"}
    assert nodes["rule:b[prompts]"]["polarity"] == {"hosted": "rising", "use": "falling"}


def test_json_of_a_part_says_what_it_is_a_part_for() -> None:
    part = restrict(MADE, rule="b[prompts]", term="notice")
    assert part is not None
    whole = json.loads(graph_text.as_json(part))
    assert (whole["rule"], whole["term"]) == ("b[prompts]", "notice")
    assert {each["text"] for each in whole["nodes"] if each["kind"] == "term"} == {"notice"}


@pytest.mark.parametrize("write", [graph_text.dot, graph_text.mermaid, graph_text.as_json])
def test_the_same_policy_gives_the_same_bytes(write: Callable[[RuleGraph], str]) -> None:
    once, again = write(graph(NASTY)), write(graph(NASTY))
    assert once == again
    assert once.endswith("\n") and not once.endswith("\n\n")
