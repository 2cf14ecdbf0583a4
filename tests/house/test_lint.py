"""A lint is a file, a row, and a page; and the shipped library gives it nothing to say."""

from __future__ import annotations

import ast
import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from markdown import blocks
from repository import ROOT, files

from termwise import library, lookup
from termwise.diagnostics import Problems
from termwise.diagnostics.catalogue import entry
from termwise.lint.codes import ADVICE, PROOFS, codes, proof_codes
from termwise.lint.config import OWN, read_settings
from termwise.lint.registry import LINTS
from termwise.lint.run import lint
from termwise.lint.settings import Settings
from termwise.source import Source

RULES = [path for path in files("engine/termwise/lint/rules", ".py") if path.name != "__init__.py"]
GUIDE = (ROOT / "docs/lint.md").read_text("utf-8")
PROOFS_GUIDE = (ROOT / "docs/proofs.md").read_text("utf-8")
TODAY = date(2026, 11, 24)


def test_a_lint_is_a_file_and_a_row() -> None:
    """The registry has what the files define, once and in the order of the codes, and nothing else."""
    defined = [import_module(f"termwise.lint.rules.{path.stem}").LINT for path in RULES]
    assert sorted(defined, key=lambda each: each.code) == list(LINTS)
    assert len({each.code for each in LINTS}) == len(LINTS) >= 25


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_file_is_named_after_its_code(path: Path) -> None:
    """What the catalogue calls the finding, the file is called, the page documents, and the docstring explains."""
    code = import_module(f"termwise.lint.rules.{path.stem}").LINT.code
    assert entry(code).slug == path.stem.replace("_", "-")
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring is not None and len(docstring) > 60


def test_every_code_of_advice_is_somebodys() -> None:
    """A code of the stage is a lint's, or says what is amiss with a suppression."""
    own = {each.code for each in LINTS}
    of_suppressions = {code for code in codes() if code[2] == ADVICE} - own
    words = (ROOT / "engine/termwise/lint/suppress.py").read_text("utf-8")
    assert len(of_suppressions) == 4
    assert all(f'"{code}"' in words for code in of_suppressions)


def test_the_guide_lists_every_code_with_its_level() -> None:
    """The table of the guide is the catalogue's, and says what `--fix` mends."""
    listed = re.findall(r"^\| (TW\d+) \| `([\w-]+)` \| (\w+) \| [\w, ]+ \| (.+?)( · `--fix`)? \|$", GUIDE, re.M)
    rows = [(code, entry(code)) for code in codes() if code[2] != PROOFS]
    assert [row[:4] for row in listed] == [(code, each.slug, each.level, each.title) for code, each in rows]
    mending = {path.stem.replace("_", "-") for path in RULES if "fixes=" in path.read_text("utf-8")}
    assert {name for _, name, _, _, fix in listed if fix} == mending


def test_the_guide_lists_every_proof_with_its_level() -> None:
    """The table of proofs is the catalogue's."""
    listed = re.findall(r"^\| (TW\d+) \| `([\w-]+)` \| (\w+) \| (.+?) \| .*\|$", PROOFS_GUIDE, re.M)
    assert listed == [(code, entry(code).slug, entry(code).level, entry(code).title) for code in proof_codes()]


def test_the_shipped_library_lints_clean() -> None:
    """At the levels that everybody gets, there is not even a note; what is suppressed says why."""
    problems = Problems()
    sources = [source for name in library.names() if (source := library.find(name)) is not None]
    found = lint(sources, [], settings=Settings(), as_of=TODAY, find=lookup.finder(problems), problems=problems)
    assert found.is_proved
    assert [(each.diagnostic.code, each.diagnostic.message) for each in found.findings] == []
    assert not problems.all
    assert len(found.subject.policies) + len(found.subject.vocabularies) == len(library.names())
    assert all(len(each.by.reason) > 20 for each in found.suppressed)


def test_the_settings_of_the_guide_are_those_there_are() -> None:
    """The block of settings can be read as it stands, sets every key, and its figures are what everybody gets."""
    block = next(blocks(GUIDE, "toml")).text
    problems = Problems()
    settings = read_settings([(OWN, Source("termwise.toml", block))], problems)
    assert not problems.all
    usual = Settings()
    same = ("fail_on", "expiring_days", "longest_waiver_days", "stale_days", "repeated_figures", "repeated_guards")
    assert [getattr(settings, name) for name in same] == [getattr(usual, name) for name in same]
    assert settings.select and settings.ignore and settings.exclude and settings.levels
