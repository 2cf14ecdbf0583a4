"""Law: what is printed reads back as the tree it was printed from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, note
from strategies.case import Case, cases
from strategies.trees import files

from termwise import library
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax import tree
from termwise.syntax.parse import parse
from termwise.syntax.print import print_file

_WIDTH = 120


def check(file: tree.File) -> None:
    text = print_file(file)
    problems = Problems()
    assert parse(Source(file.path, text), problems) == file
    assert not problems.all
    assert print_file(file) == text


@given(cases())
def test_of_policies_that_compile(case: Case) -> None:
    """Parse ∘ print is the identity on vocabularies and policies that mean something."""
    note(str(case))
    check(case.terms.file)
    check(case.policy)


@given(files())
def test_of_anything_the_grammar_can_write(file: tree.File) -> None:
    """Parse ∘ print is the identity on every tree the parser can make."""
    note(print_file(file))
    check(file)


@pytest.mark.parametrize("name", library.names())
def test_of_the_shipped_library(name: str) -> None:
    """Parse ∘ print is the identity on the shipped policies, which also keep within the width."""
    source = library.find(name)
    assert source is not None
    problems = Problems()
    file = parse(Source(Path(source.path).name, source.text), problems)
    assert not problems.all
    check(file)
    assert all(len(line) <= _WIDTH for line in print_file(file).split("\n"))
