"""Contract files through the cache: the same as read from the file, and no YAML parser where nothing changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cache_words import differences, entries

from termwise.cache import cached_contract
from termwise.contracts.files import read_contract
from termwise.diagnostics import Problems

VENDORS = sorted((Path(__file__).parents[2] / "examples/vendors").glob("*.yaml"))
TEXT = """\
contract: acme
documents:
  - id: terms
    assurance: signed
    terms:
      training.use: {prompts: prohibited, outputs: &same {vague: "not as a rule"}, feedback: *same}
      deletion.deadline: |
        30 days
      audit.rate:
"""
JSON = '{"contract": "acme", "terms": {"breach.notice": {"value": "2 days", "at": "§ 4"}}}'
TOML = 'contract = "acme"\n[terms]\n"breach.notice" = "2 days"\n'
WARNED = "documents: [{id: a, terms: {output.owner: customer}}]"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("TERMWISE_CACHE_DIR", str(folder))
    return folder


def agrees(path: Path) -> bool:
    """Whether a contract is read alike without the cache, into the cache, and from it; problems included."""
    problems = [Problems() for _ in range(3)]
    plain = read_contract(str(path), problems[0])
    through = [cached_contract(str(path), own) for own in problems[1:]]
    same = all(own.all == problems[0].all and own.sources == problems[0].sources for own in problems)
    return same and all(not list(differences(plain, each)) for each in through)


@pytest.mark.parametrize("path", VENDORS, ids=lambda path: path.stem)
def test_the_example_contracts_are_the_same_from_the_cache(path: Path, cache: Path) -> None:
    assert agrees(path)
    assert len(entries(cache)) == 1


@pytest.mark.parametrize(
    ("name", "text"), [("c.yaml", TEXT), ("c.json", JSON), ("c.toml", TOML), ("c", TEXT), ("w.yaml", WARNED)]
)
def test_every_format_is_the_same_from_the_cache(name: str, text: str, cache: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert agrees(path)
    assert len(entries(cache)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("broken.yaml", "terms: [unclosed"),
        ("twice.yaml", "terms: {a: 1, a: 2}"),
        ("broken.json", '{"a": '),
        ("what.docx", "terms: {}"),
        ("empty.yaml", ""),
    ],
)
def test_what_has_problems_is_not_kept(name: str, text: str, cache: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert agrees(path)
    assert not cache.exists() or entries(cache) == []


def test_an_edit_and_another_place_miss(cache: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("a.yaml", "b.yaml"), 1):
        path = tmp_path / name
        path.write_text(TEXT, "utf-8")
        assert agrees(path)
        assert len(entries(cache)) == number
    path.write_text(TEXT.replace("30 days", "31 days"), "utf-8")
    assert agrees(path)
    assert len(entries(cache)) == 3


def test_an_entry_of_a_policy_is_no_contract(cache: Path, tmp_path: Path) -> None:
    """Whatever stands under a name, only a contract comes back."""
    path = tmp_path / "c.yaml"
    path.write_text(TEXT, "utf-8")
    assert agrees(path)
    (entry,) = entries(cache)
    damaged = entry.read_text("utf-8").replace('"RawContract"', '"Policy"')
    entry.write_text(damaged, "utf-8")
    assert agrees(path)


def loaded(cache: Path, *words: str) -> set[str]:
    """Return the modules that a run of the command loads."""
    code = "import sys; from termwise.cli.app import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code, "check", *words, "--policy", "ai_data_protection"],
        capture_output=True, text=True, check=True, cwd=cache.parent,
    )  # fmt: skip
    return set(ran.stderr.split())


def test_a_few_contracts_that_are_named_are_kept(cache: Path, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(f"terms: {{breach.notice: 2 days}}\ncontract: {name}\n", "utf-8")
    assert "yaml" in loaded(cache, "a.yaml", "b.yaml")
    assert "yaml" not in loaded(cache, "a.yaml", "b.yaml")


def test_contracts_that_are_found_in_a_folder_are_not_kept(cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "a.yaml").write_text("terms: {breach.notice: 2 days}", "utf-8")
    for _ in range(2):
        assert "yaml" in loaded(cache, "contracts")
    assert len(entries(cache)) == 1  # the policy


def test_a_check_of_nothing_new_loads_nothing_slow(cache: Path, tmp_path: Path) -> None:
    """Each of these would take a tenth of a start of Python, or many; together they took six."""
    (tmp_path / "a.yaml").write_text("terms: {breach.notice: 2 days}", "utf-8")
    loaded(cache, "a.yaml")
    bare = subprocess.check_output([sys.executable, "-c", "import sys; print(*sys.modules)"], text=True).split()
    parsers = {"lark", "termwise.compiler", "termwise.check.policy", "termwise.syntax", "yaml", "pydantic", "networkx"}
    slow = {"dataclasses", "inspect", "typing", "pathlib", "importlib", "hashlib", "tempfile", "shutil"}
    slow |= {"argparse", "contextlib", "json"}
    assert (loaded(cache, "a.yaml") - set(bare)) & (parsers | slow) == set()
