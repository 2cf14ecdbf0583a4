"""Law: a formatted text means what it meant, has all its comments in their order, and stays as it is."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import currently_in_test_context, given, note
from hypothesis.strategies import DataObject
from strategies.case import Case, cases
from strategies.texts import fragments, mutations
from strategies.trees import files
from strategies.writing import rewritten

from termwise import library
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax import tree
from termwise.syntax.format import format_source
from termwise.syntax.group import blocks
from termwise.syntax.parse import parse, parse_words
from termwise.syntax.print import print_file

SHIPPED = {name: source.text for name in library.names() if (source := library.find(name)) is not None}


def unified(text: str) -> str:
    """Return a text as files are read: without byte-order mark and carriage returns."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def formatted(text: str) -> str | None:
    """Format; what is refused is refused for a reason that is said."""
    problems = Problems()
    made = format_source(Source("p.tw", text), problems)
    assert (made is None) == problems.has_errors
    return made


def meaning(text: str) -> tree.File:
    problems = Problems()
    file = parse(Source("p.tw", unified(text)), problems)
    assert not problems.has_errors
    return file


def homes(text: str) -> list[tuple[str, float]]:
    """Return the comments of a text, each with the number of its declaration, or of those it stands between and a half.

    A comment right above a declaration may be one from within: what stands between declarations is told by what stands
    between them before and after.
    """
    read = parse_words(Source("p.tw", unified(text)), Problems())
    assert read is not None
    statements, tokens = read
    heads = {(each.head.span.line, each.head.span.column) for each in blocks(statements, Problems())}
    found: list[tuple[str, float]] = []
    number = 0
    for token in tokens:
        starts = (token.line, token.column) in heads or token is tokens[-1]
        found += [(each.text, number + 0.5 if starts else number) for each in token.above]
        number += starts
        if token.note is not None:
            found.append((token.note, number))
    return found


def check(text: str) -> str:
    made = formatted(text)
    assert made is not None
    if currently_in_test_context():
        note(text)
        note(made)
    assert meaning(made) == meaning(text)
    before, after = homes(text), homes(made)
    assert [comment for comment, _ in after] == [comment for comment, _ in before]
    for (comment, home), (_, now) in zip(before, after, strict=True):
        moved = now - home
        assert moved == 0 or (home % 1 == 0 and moved == -0.5), comment
    assert formatted(made) == made
    return made


@given(cases(), st.data())
def test_of_policies_that_compile(case: Case, data: DataObject) -> None:
    """Formatting keeps meaning and comments: vocabularies and policies that mean something."""
    for file in (case.terms.file, case.policy):
        check(data.draw(rewritten(print_file(file))))


@given(files(), st.data())
def test_of_anything_the_grammar_can_write(file: tree.File, data: DataObject) -> None:
    """Formatting keeps meaning and comments: every tree the parser can make."""
    check(data.draw(rewritten(print_file(file))))


@given(cases())
def test_what_is_printed_is_formatted(case: Case) -> None:
    """What is printed from a tree is in the canonical layout."""
    for file in (case.terms.file, case.policy):
        text = print_file(file)
        assert formatted(text) == text


@given(files())
def test_whatever_is_printed_is_formatted(file: tree.File) -> None:
    """What is printed from any tree is in the canonical layout."""
    text = print_file(file).replace("\r", " ")
    note(text)
    assert formatted(text) == text


@pytest.mark.parametrize("name", SHIPPED)
def test_of_the_shipped_library(name: str) -> None:
    """Formatting keeps meaning and comments: the shipped policies, whose layout says nothing."""
    text = SHIPPED[name]
    made = check(text)
    assert check(text.replace("\n", "\r\n")) == made
    assert check(text.replace("  ", "\t")) == made


def unharmed(text: str) -> None:
    note(text)
    made = formatted(text)
    if made is not None:
        check(text)


@given(st.text(max_size=60))
def test_any_characters(text: str) -> None:
    """No text crashes the formatter: any characters."""
    unharmed(text)


@given(fragments())
def test_words_of_the_language_in_any_order(text: str) -> None:
    """No text crashes the formatter: words of the language in any order."""
    unharmed(text)


@given(cases(), st.data())
def test_policies_with_mistakes(case: Case, data: DataObject) -> None:
    """No text crashes the formatter: policies that were damaged."""
    file = data.draw(st.sampled_from([case.policy, case.terms.file]))
    unharmed(data.draw(mutations(print_file(file))))


@given(files(), st.data())
def test_odd_policies_with_mistakes(file: tree.File, data: DataObject) -> None:
    """No text crashes the formatter: files that mean nothing, damaged."""
    unharmed(data.draw(mutations(print_file(file))))


@given(st.sampled_from(list(SHIPPED)), st.data())
def test_excerpts_of_the_shipped_library(name: str, data: DataObject) -> None:
    """No text crashes the formatter: stretches of the shipped policies, damaged and given a header."""
    text = SHIPPED[name]
    start = data.draw(st.integers(0, len(text)))
    unharmed("policy p\n" + data.draw(mutations(text[start : start + 600])))
