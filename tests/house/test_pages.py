"""Every code has a page that ships, and its examples do what it says: the wrong one raises the code, the right one none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from page_examples import SECTIONS, Example, Page, code_pages

from termwise import compiler, library
from termwise.contracts.bind import bind
from termwise.contracts.files import read_contract
from termwise.contracts.precedence import settle
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.diagnostics.catalogue import CATALOGUE, Entry
from termwise.evaluate import reference
from termwise.source import Source
from termwise.textfile import read_text

CONTRACTS = (".yaml", ".json", ".toml")
PAGES = code_pages()


@pytest.fixture(scope="session")
def shipped() -> Vocabulary:
    """The vocabulary of contracts that stand alone."""
    source, problems = library.find("ai_procurement"), Problems()
    assert source is not None
    vocabulary = compiler.compile_vocabulary(source, problems)
    assert vocabulary is not None and not problems.all
    return vocabulary


def test_codes_and_pages_are_the_same() -> None:
    assert list(PAGES) == [f"{each.code}.md" for each in CATALOGUE]


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_a_page_has_the_shape_of_all(entry: Entry) -> None:
    page = _page(entry)
    assert page.lead == f"# {entry.code} {entry.slug}\n\n{entry.title[0].upper()}{entry.title[1:]}.\n\n"
    assert tuple(heading for heading, _ in page.sections) == SECTIONS
    assert not page.stray_fences(), "a fence without a file name is shown but never run"
    assert 1 <= len(page.examples("Wrong")) <= len(page.examples("Right"))
    lines = page.text.splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_what_is_wrong_raises_the_code_and_no_other(entry: Entry, tmp_path: Path, shipped: Vocabulary) -> None:
    for number, example in enumerate(_page(entry).examples("Wrong")):
        found = _problems(example, tmp_path / str(number), shipped)
        assert set(_codes(found)) == {entry.code}, _shown(found)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_what_is_right_raises_nothing(entry: Entry, tmp_path: Path, shipped: Vocabulary) -> None:
    for number, example in enumerate(_page(entry).examples("Right")):
        found = _problems(example, tmp_path / str(number), shipped)
        assert not found.all, _shown(found)


def _page(entry: Entry) -> Page:
    return PAGES[f"{entry.code}.md"]


def _codes(problems: Problems) -> Counter[str]:
    return Counter(each.code for each in problems.all)


def _shown(problems: Problems) -> str:
    return "\n".join(
        f"{Path(each.primary.span.path).name}:{each.primary.span.line}:{each.primary.span.column} "
        f"{each.code} {each.message}" + (f" | {each.hint}" if each.hint else "")
        for each in problems.all
    )


def _problems(example: Example, folder: Path, shipped: Vocabulary) -> Problems:
    """Write the files of an example, use them as the command would, and return everything there is to say."""
    folder.mkdir()
    for name, content in example.files.items():
        if content is not None:
            (folder / name).write_bytes(content)
    problems = Problems()
    policies, contracts = example.named(".tw"), example.named(*CONTRACTS)
    policy, vocabulary = _compiled(folder / policies[0], problems) if policies else (None, shipped)
    if vocabulary is None or problems.has_errors:
        assert not contracts, f"{contracts} are never read, because {policies[0]} cannot be used"
        return problems
    for name in contracts:
        raw = read_contract(str(folder / name), problems)
        contract = None if raw is None else bind(raw, vocabulary, problems)
        if contract is None or example.as_of is None:
            continue
        if policy is not None:
            notices = reference.judge(policy, contract, example.as_of).notices
        else:
            notices = settle(contract, vocabulary, example.as_of).notices
        for notice in notices:
            problems.add(notice)
    return problems


def _compiled(path: Path, problems: Problems) -> tuple[Policy | None, Vocabulary | None]:
    """Compile the first policy file of an example; a vocabulary is compiled as such."""
    source = read_text(str(path), problems)
    if source is None:
        return None, None
    if source.text.startswith("vocabulary "):
        return None, compiler.compile_vocabulary(source, problems)
    policy = compiler.compile_policy(source, _finder(path.parent, problems), problems)
    return policy, None if policy is None else policy.vocabulary


def _finder(folder: Path, problems: Problems) -> compiler.Finder:
    def find(name: str, _from: str) -> Source | None:
        path = folder / f"{name}.tw"
        return read_text(str(path), problems) if path.is_file() else library.find(name)

    return find
