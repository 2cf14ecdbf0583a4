"""Law: any text at all is parsed into a tree and problems, never into an exception."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from strategies.case import Case, cases
from strategies.texts import fragments, mutations
from strategies.trees import files

from termwise import library
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax import tree
from termwise.syntax.parse import parse
from termwise.syntax.print import print_file

SHIPPED = {name: source.text for name in library.names() if (source := library.find(name)) is not None}


def check(text: str) -> None:
    """Parse; every problem is at a place the text has; a tree without problems can be printed and read again."""
    note(text)
    problems = Problems()
    file = parse(Source("p.tw", text), problems)
    lines = text.split("\n")
    for found in problems.all:
        span = found.primary.span
        assert 1 <= span.line <= len(lines), found
        assert 1 <= span.column <= len(lines[span.line - 1]) + 2, found
        assert "\n" not in found.message, found
    if not problems.all:
        assert parse(Source("p.tw", print_file(file)), Problems()) == file


@given(st.text(max_size=60))
def test_any_characters(text: str) -> None:
    """No text crashes the parser: any characters."""
    check(text)


@given(fragments())
def test_words_of_the_language_in_any_order(text: str) -> None:
    """No text crashes the parser: words of the language in any order."""
    check(text)


@given(cases(), st.data())
def test_policies_with_mistakes(case: Case, data: DataObject) -> None:
    """No text crashes the parser: policies that were damaged."""
    file = data.draw(st.sampled_from([case.policy, case.terms.file]))
    check(data.draw(mutations(print_file(file))))


@given(files(), st.data())
def test_odd_policies_with_mistakes(file: tree.File, data: DataObject) -> None:
    """No text crashes the parser: files that mean nothing, damaged."""
    check(data.draw(mutations(print_file(file))))


@given(st.sampled_from(list(SHIPPED)), st.data())
def test_excerpts_of_the_shipped_library(name: str, data: DataObject) -> None:
    """No text crashes the parser: stretches of the shipped policies, damaged."""
    text = SHIPPED[name]
    start = data.draw(st.integers(0, len(text)))
    check(data.draw(mutations(text[start : start + 600])))


def test_a_header_is_always_missed() -> None:
    """A file without a header is reported even if it is empty of everything else."""
    problems = Problems()
    parse(Source("p.tw", ""), problems)
    assert problems.has_errors
