"""The three formats: the same facts at their own places, and what each refuses."""

from __future__ import annotations

import time
from pathlib import Path

import hypothesis.strategies as st
import pytest
from contracts_words import VOCABULARY, codes, shown, sound, text
from hypothesis import given

from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.files import Reader
from termwise.contracts.json_reader import read_json
from termwise.contracts.nodes import RawContract
from termwise.contracts.toml_reader import read_toml
from termwise.contracts.yaml_reader import read_yaml
from termwise.core.values import write_content
from termwise.diagnostics import Problems
from termwise.source import Source

YAML = """\
contract: acme
context: {data.hosted: no}
documents:
  - id: dpa
    assurance: agreed
    terms:
      deletion: {deadline: 30 days}
      deletion.deadline[request]: {value: 010 days, at: 12.10}
      residency.regions: [NO, us-east-1]
      audit:
        score: 0.30
"""
JSON = """\
{"contract": "acme",
 "context": {"data.hosted": false},
 "documents": [
  {"id": "dpa", "assurance": "agreed",
   "terms": {
    "deletion": {"deadline": "30 days"},
    "deletion.deadline[request]": {"value": "010 days", "at": 12.10},
    "residency.regions": ["NO", "us-east-1"],
    "audit": {"score": 0.30}}}]}
"""
TOML = """\
contract = "acme" # a comment
context = { data.hosted = false }

[[documents]]
id = 'dpa'
assurance = "agreed"

[documents.terms]
deletion.deadline = "30 days"
"deletion.deadline[request]" = { value = "010 days", at = 12.10 }
'residency.regions' = [
  "NO", # Norway
  \"\"\"us-east-1\"\"\",
]
[documents.terms.audit]
score = 0.30
"""


def facts(contract: Contract) -> dict[str, str]:
    stated = {**contract.context, **contract.documents[0].facts}
    return {name: write_content(fact.content) for name, fact in stated.items()}


def at(contract: Contract, name: str) -> tuple[int, int]:
    span = {**contract.context, **contract.documents[0].facts}[name].span
    assert span is not None
    return (span.line, span.column)


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("c.yaml", YAML, [(2, 11), (8, 7), (7, 18), (9, 7), (11, 9)]),
        ("c.json", JSON, [(2, 14), (7, 5), (6, 18), (8, 5), (9, 15)]),
        ("c.toml", TOML, [(2, 18), (10, 1), (9, 10), (11, 1), (16, 1)]),
    ],
)
def test_the_same_facts_in_every_format(tmp_path: Path, name: str, content: str, places: list[tuple[int, int]]) -> None:
    contract = sound(text(tmp_path, content, name))
    assert contract.id == "acme"
    assert facts(contract) == {
        "data.hosted": "no",
        "deletion.deadline[request]": "010 days",
        "deletion.deadline[termination]": "30 days",
        "residency.regions": "{NO, us-east-1}",
        "audit.score": "0.3",
    }
    terms = ("data.hosted", "deletion.deadline[request]", "deletion.deadline[termination]", "residency.regions")
    assert [at(contract, each) for each in (*terms, "audit.score")] == places
    assert contract.documents[0].facts["deletion.deadline[request]"].at == "12.10"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: [1, 2\n", "1:4 TW501 a `[` is opened here and never closed"),
        ("a: {b: 1\n", "1:4 TW501 a `{` is opened here and never closed"),
        ("a: {b[c]: 1}\n", "1:6 TW501 a `,` or the closing `}` is missing before `[` | within `{ }`, put a key"),
        ('a: "x\n', "1:4 TW501 a quoted text is opened here and never closed"),
        ("a: b: c\n", "1:5 TW501 a `:` stands where no key can be | put text that holds `: ` in quotes"),
        ("a: @x\n", "1:4 TW501 no value can start with `@` | put the text in quotes"),
        ("a:\n\t- 1\n", "2:1 TW501 a tab stands where only spaces may | indent with spaces"),
        ("a: 1\n---\nb: 2\n", "2:1 TW501 a second YAML document starts here; one contract a file is expected"),
        ("a: !!python/object:os.system x\n", "1:4 TW501 the tag `!!python/object:os.system` has no meaning"),
        ("a: *b\n", "1:4 TW501 no anchor `&b` stands before this alias"),
        ("a: &b [*b]\n", "1:8 TW501 the alias `*b` stands within what it names"),
        ('a: "\\e"\n', "1:4 TW501 a text holds the character U+001B, which is no text"),
        ("? [a]\n: b\n", "1:3 TW505 a list or mapping is used as a key; a name is expected"),
        ("a: 1\nb: 2\na: 3\n", "3:1 TW502 `a` is given twice"),
        ('a: "x\u2028y" z\n', "1:10 TW501 this belongs to no key"),
        ("[" * 500, "1:102 TW006"),
        ("{a: " * 500, "1:402 TW006"),
        ("- " * 500, "1:203 TW006"),
    ],
)
def test_yaml_that_is_refused(tmp_path: Path, content: str, expected: str) -> None:
    _, problems = text(tmp_path, content)
    assert any(line.startswith(expected) for line in shown(problems)), shown(problems)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_yaml_nested_beyond_reason(tmp_path: Path, opening: str) -> None:
    """Refuse it in a sentence, whether our limit or the parser's own is met first."""
    contract, problems = text(tmp_path, opening * 5000)
    assert contract is None
    assert [each.code for each in problems.all] == ["TW006"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": 1,}', "1:9 TW501 `}` stands where a key in double quotes is expected"),
        ("[1,]", "1:4 TW501 `]` stands where a value is expected | remove the comma before it"),
        ("{'a': 1}", "1:2 TW501 `'a'` stands where a key in double quotes is expected | texts stand in double quotes"),
        ('{"a": NaN}', "1:7 TW501 `NaN` stands where a value is expected | JSON has no `NaN`"),
        ('{"a": 010}', "1:7 TW501 `010` stands where a value is expected"),
        ('{"a": +1}', "1:7 TW501 `+1` stands where a value is expected"),
        ('{"a": 1} x', "1:10 TW501 `x` stands where the end of the file is expected"),
        ('{"a"', "1:5 TW501 the end of the file stands where `:` is expected"),
        ('{"a": "x', "1:7 TW501 a text is opened here and never closed"),
        ('{"a": "x\ny"}', "1:9 TW501 a text holds a line break or a tab | write it as `\\n` or `\\t`"),
        ('{"a": "\\q"}', "1:8 TW501 a `\\` is followed by no escape that JSON knows"),
        ('{"a": "\\ud800"}', "1:7 TW501 a text holds the character U+D800"),
        ('{"a": "\\u0000"}', "1:7 TW501 a text holds the character U+0000"),
        ('{"a": 1,\n "a": 2}', "2:2 TW502 `a` is given twice"),
        ('{"terms": {"breach.notice": null}}', "1:29 TW504 `breach.notice` is null, which says nothing"),
        ("[" * 5000, "1:102 TW006"),
    ],
)
def test_json_that_is_refused(tmp_path: Path, content: str, expected: str) -> None:
    _, problems = text(tmp_path, content, "c.json")
    assert any(line.startswith(expected) for line in shown(problems)), shown(problems)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a = 1\na = 2\n", "2:1 TW502 `a` is given twice"),
        ("[t]\na.b = 1\na = 2", "3:1 TW502 `a` is given twice"),
        ("a = 1\na.b = 2\n", "2:1 TW502 `a` is given twice"),
        ("[t]\na = 1\n[t]\nb = 2\n", "3:2 TW502 `t` is given twice"),
        ("[a.b]\n[a]\n[a.b]\n", "3:4 TW502 `b` is given twice"),
        ("[[t]]\na = 1\n[t]\nb = 2\n", "3:2 TW502 `t` is given twice"),
        ("[t]\na = 1\n[[t]]\nb = 2\n", "3:3 TW502 `t` is given twice"),
        ("t = {a = 1, a = 2}\nb = [", "1:13 TW502 `a` is given twice"),
        ("t = {a = 1}\nt.b = 2\n", "2:8 TW501 a table is added to after it was closed"),
        ("a = \n", "1:5 TW501 this is no value of TOML; text stands in quotes"),
        ("a = 30 days\n", "1:8 TW501 something follows a value on its line"),
        ('a = "x\n', "1:7 TW501 a text holds a character that has to be escaped"),
        ("a\n", "1:2 TW501 a key is not followed by `=`"),
        ("d = 2026-02-30\n", "1:5 TW207 the calendar has no such day"),
        ("a = [1, 2\n", "1:10 TW501 a list is opened and never closed"),
        (f"a = {'9' * 5000}\n", "1:1 TW501 a number has too many digits"),
        ('a = "\\u0007"\n', "1:5 TW501 a text holds the character U+0007"),
        (f"a = {'[' * 5000}", "1:105 TW006"),
        (f"{'a.' * 5000}a = 1", "1:202 TW006"),
        (f"[{'a.' * 60}a]\n{'b.' * 60}b = 1", "2:"),
    ],
)
def test_toml_that_is_refused(tmp_path: Path, content: str, expected: str) -> None:
    _, problems = text(tmp_path, content, "c.toml")
    assert any(line.startswith(expected) for line in shown(problems)), shown(problems)


def test_a_long_toml_list_is_not_deep(tmp_path: Path) -> None:
    many = ", ".join(["1.5"] * 200)
    assert codes(text(tmp_path, f"terms.residency.names = [{many}]", "c.toml")[1]) == []


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    start = time.monotonic()
    _, problems = text(tmp_path, "\n".join(lines))
    assert codes(problems) == ["TW508"]
    assert time.monotonic() - start < 2


def test_an_alias_stands_for_what_it_names(tmp_path: Path) -> None:
    contract = sound(
        text(tmp_path, "terms: {training.use: {prompts: &p {value: opt_in, at: '1'}, outputs: *p, value: *p}}\n")
    )
    assert facts(contract) == {f"training.use[{key}]": "opt_in" for key in ("prompts", "outputs", "value")}


@pytest.mark.parametrize("null", ["null", "~", "", "Null", "NULL"])
def test_null_is_refused_where_it_is_plain(tmp_path: Path, null: str) -> None:
    assert codes(text(tmp_path, f"terms:\n  deletion.standard: {null}\n")[1]) == ["TW504"]
    assert codes(text(tmp_path, f"terms:\n  deletion.standard: '{null}'\n")[1]) == []


WORDS = st.sampled_from(
    [
        *"[]{}:,-&*!|>'\"#%@`=.\n\t ~\\\ufeff\u2028\x85\0",
        *("terms", "documents", "contract", "context", "precedence", "id", "a", "deletion.deadline", "training.use"),
        *("30 days", "none", "null", "value", "between", "see", "&a", "*a", "!!str", "  ", "\n- ", '"', '": ', "'''"),
        *("suppliers.list", "at_least", "[[", "]]", " = ", "1e5", "2026-02-30", "true", '"""', "\\u", "0x1f", "1_0"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=40).map("".join))


@pytest.mark.parametrize("reader", [read_yaml, read_json, read_toml])
def test_no_text_crashes_a_reader(reader: Reader) -> None:
    @given(TEXTS)
    def law(content: str) -> None:
        problems = Problems()
        root = reader(Source("x", content), problems)
        assert root is not None or problems.has_errors
        if root is not None:
            contract = bind(RawContract("x", root), VOCABULARY, problems)
            assert contract is not None or problems.has_errors

    law()
