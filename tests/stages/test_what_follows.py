"""What follows from an error is not reported, in the file with the error or in those that build on it; the rest is."""

from __future__ import annotations

import re

import pytest

from termwise.compiler import compile_policy
from termwise.diagnostics import Problems
from termwise.source import Missing, Source

_MARK = re.compile(r"# error: (TW\d{3})$")

FILES = {
    "torn": """
vocabulary torn
enum region { us, eu   # error: TW010
enum data_kind { prompts, outputs }
record processor { name: text, region: region }
term processors: list of processor
term residency.region: region
term residency.regions: set off data_kind   # error: TW010
term training.off[data_kind]: boolean
term keys.held: boolean
term keys.hold: bool   # error: TW104
annual fees commercial.fees   # error: TW101
""",
    "torn_too": """
policy torn_too
uses torn
define limit = 3 days and   # error: TW010
define held = keys.held or   # error: TW010
rule first: major
  require keys.held
rule second major   # error: TW010
  require keys.held
  clause  keys_clause
rule third for each kind in data_kinds   # error: TW104
  require training.off[kind]
rule fourth
  when    rule second passes and rule third[prompts] passes
  prefer  keys.held and held
  require residency.region = us and residency.regions within {prompts} and keys.hold
  fallback some p in processors satisfies p.region = us
  clause  keys_clause
rule fifth
  require keys.held
  fallback keys.held or or limit   # error: TW010
clause keys_clause "Keys"   # error: TW014
  grants keys.held = yes
waive second for contract "acme" until 2027-01-01 approved by "CISO" because "Next release."
test "nothing more"
  given  keys.held, residency.region = us
  expect second met, third[prompts] met, fourth met at prefer, fifth conceded at fallback 2
rule last
  when    rule fifths passes   # error: TW103
  require keys.helt   # error: TW101
""",
    "building": """
policy building_on_it
extends torn_too
tighten rule second
  require keys.held
tighten rule fifths   # error: TW303
  require keys.held
rule own
  require held and rule second passes
waive second for contract "acme" until 2027-01-01 approved by "CISO" because "Next release."
""",
}


def _found(entry: str, files: dict[str, str]) -> list[tuple[str, int, str]]:
    problems = Problems()
    sources = {name: Source(f"{name}.tw", text) for name, text in files.items()}
    compile_policy(sources[entry], lambda name, _asker: sources.get(name), problems)
    return sorted((each.primary.span.path, each.primary.span.line, each.code) for each in problems.all)


def _marked(files: dict[str, str]) -> list[tuple[str, int, str]]:
    return sorted(
        (f"{name}.tw", number, found[1])
        for name, text in files.items()
        for number, line in enumerate(text.split("\n"), 1)
        if (found := _MARK.search(line))
    )


@pytest.mark.parametrize("last", [2, 3])
def test_what_is_marked_is_reported_and_nothing_else(last: int) -> None:
    """Every error of every file is reported once, and nothing that is only missing because of one."""
    files = dict(list(FILES.items())[:last])
    assert _found(list(files)[-1], files) == _marked(files)


def test_a_file_that_cannot_be_read_is_not_unknown_besides() -> None:
    """Whoever could not read a parent says so; that no policy has its name would be a lie."""
    problems = Problems()
    child = Source("child.tw", "policy child\nextends unreadable, missing\n")
    known = {"unreadable": Missing(is_reported=True), "missing": Missing(near=("missed",))}
    assert compile_policy(child, lambda name, _asker: known[name], problems) is None
    assert [(each.code, each.hint) for each in problems.all] == [("TW105", "did you mean `missed`?")]


def test_what_is_nested_too_deep_leaves_nothing_missing() -> None:
    """A rung that is too deep is the only problem: the rule has a rung, and the definition a name."""
    deep = "not " * 200 + "keys.held"
    text = f"policy p\nuses torn_not\nrule r\n  require {deep}\ndefine d = {deep}\nrule s\n  require d\n"
    vocabulary = Source("torn_not.tw", "vocabulary torn_not\nterm keys.held: boolean\n")
    problems = Problems()
    compile_policy(Source("p.tw", text), lambda _name, _asker: vocabulary, problems)
    assert [(each.code, each.primary.span.line) for each in problems.all] == [("TW006", 4), ("TW006", 5)]
