"""The catalogue is data: every code is well formed, belongs to its stage, and is said by somebody; no other code is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from repository import ROOT, files

from termwise.diagnostics.catalogue import CATALOGUE, Entry, entry, find
from termwise.diagnostics.model import Level

ENGINE = ROOT / "engine" / "termwise"
CHECK = "check/problems.py"
HOMES = {
    "0": (
        *("diagnostics/model.py", "textfile.py", "syntax/problems.py", "contracts/problems.py"),
        *("cli/problems.py", "lint/config.py"),
    ),
    "1": (CHECK,),
    "2": (CHECK, "core/reading.py"),
    "3": (CHECK,),
    "4": (CHECK,),
    "5": ("contracts/problems.py", "evaluate/waivers.py", "columns/problems.py", "sql/problems.py"),
    "6": ("analyze/problems.py",),
    "7": ("lint/suppress.py", *(f"lint/rules/{path.name}" for path in files("engine/termwise/lint/rules", ".py"))),
}
"""Where the words of each stage stand. A later stage may use the codes of an earlier one for the same mistake."""

_CODE = re.compile(r'"(TW[0-9]+)"')


def said(path: Path) -> set[str]:
    return set(_CODE.findall(path.read_text("utf-8")))


def test_codes_and_names_are_unique_and_in_order() -> None:
    """No code, no readable name and no title stands twice, and the codes ascend."""
    codes = [each.code for each in CATALOGUE]
    assert codes == sorted(set(codes))
    assert len({each.slug for each in CATALOGUE}) == len({each.title for each in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_an_entry_is_well_formed(each: Entry) -> None:
    """A code has three digits, the first of them a stage; its name is in kebab case; its title is half a sentence."""
    assert re.fullmatch(r"TW[0-9]{3}", each.code)
    assert each.code[2] in HOMES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.slug)
    assert each.level in {level.value for level in Level}
    assert re.fullmatch(r"[a-z`].*[^.]", each.title)
    assert entry(each.code) is each
    assert find(each.code.lower()) is find(f" {each.slug.upper()} ") is each


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_a_code_is_said_by_its_stage(each: Entry) -> None:
    """The words for a code stand in a module of its own stage."""
    assert any(each.code in said(ENGINE / home) for home in HOMES[each.code[2]])


def test_only_modules_of_words_say_codes() -> None:
    """A code stands with its words and in the catalogue, nowhere else, and never without an entry."""
    homes = {ENGINE / home for stage in HOMES.values() for home in stage}
    speaking = {path: codes for path in files("engine", ".py") if (codes := said(path))}
    silent = {ENGINE / "lint" / "rules" / "__init__.py"}
    assert set(speaking) == homes - silent | {ENGINE / "diagnostics" / "catalogue.py"}
    assert set().union(*speaking.values()) == {each.code for each in CATALOGUE}
