"""The shipped library holds what it promises: it compiles, proves its tests, survives printing, and is explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from repository import ROOT, files

from termwise import compiler, library
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.selftest import run_tests
from termwise.source import Source
from termwise.syntax.parse import parse
from termwise.syntax.print import print_file

VOCABULARIES = {"ai_procurement"}
POLICIES = [name for name in library.names() if name not in VOCABULARIES]


def source_of(name: str) -> Source:
    source = library.find(name)
    assert source is not None
    return source


def compiled(name: str) -> Policy:
    problems = Problems()
    policy = compiler.compile_policy(source_of(name), lambda other, _: library.find(other), problems)
    assert policy is not None
    assert not problems.all, problems.all
    return policy


def test_the_library_is_what_is_promised() -> None:
    """Every file of `policies/` is found by its name, and the promised ones are there."""
    assert list(library.names()) == [path.stem for path in files("policies", ".tw")]
    promised = {"ai_data_protection", "financial_services", "gdpr_article_28", "healthcare", "hipaa_baa"}
    assert set(POLICIES) >= promised


@pytest.mark.parametrize("name", sorted(VOCABULARIES))
def test_a_vocabulary_compiles_without_a_word(name: str) -> None:
    problems = Problems()
    assert compiler.compile_vocabulary(source_of(name), problems) is not None
    assert not problems.all, problems.all


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_proves_its_tests(name: str) -> None:
    """A policy compiles without a diagnostic, has tests, and every one of them holds."""
    results = run_tests(compiled(name))
    assert results
    assert [(result.test.title, result.failures) for result in results if result.failures] == []


@pytest.mark.parametrize("name", POLICIES)
def test_every_rule_says_why_and_where_from(name: str) -> None:
    """A rule of the library has a reason, a source, and a test that expects something of it."""
    policy = compiled(name)
    own = [rule for rule in policy.rules if rule.origin == name]
    assert own
    assert [rule.name for rule in own if not rule.because or not rule.cites] == []
    tested = {expected.rule for test in policy.tests for expected in test.expectations}
    assert {rule.base for rule in own} <= {rule.split("[", 1)[0] for rule in tested}


@pytest.mark.parametrize("name", library.names())
def test_printing_loses_nothing_but_comments(name: str) -> None:
    """What is printed reads back as the tree it was printed from."""
    problems = Problems()
    file = parse(source_of(name), problems)
    again = parse(Source(file.path, print_file(file)), problems)
    assert file.declarations
    assert again == file
    assert not problems.all


@pytest.mark.parametrize("path", list(files("policies", ".tw")), ids=lambda path: path.stem)
def test_every_policy_has_a_page(path: Path) -> None:
    """Beside each policy stands its page: what for, why, wording, sources."""
    page = path.with_suffix(".md").read_text("utf-8")
    header = parse(Source(str(path), path.read_text("utf-8")), Problems()).header
    assert header is not None and header.title is not None
    assert page.startswith(f"# {header.title.text}\n")
    for heading in ("## Why", "## Sources"):
        assert heading in page


def test_the_vendors_are_the_six_of_the_guide() -> None:
    """One contract a platform, named as its file."""
    vendors = {path.stem for path in (ROOT / "examples/vendors").glob("*.yaml")}
    assert vendors == {
        "anthropic-claude-api",
        "aws-bedrock",
        "azure-openai",
        "google-vertex-ai",
        "openai-api",
        "openai-enterprise",
    }
