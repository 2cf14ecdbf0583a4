"""Every code has a page that ships, and it is true: what it calls wrong raises the code, what it calls right none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from page_examples import SECTIONS, Example, Page, code_pages
from transcripts import Terminal

from termwise import library, lookup
from termwise.compiler import compile_policy, compile_vocabulary
from termwise.contracts.files import read_contract
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.diagnostics.catalogue import CATALOGUE, Entry
from termwise.lint.codes import ADVICE, PROOFS, proof_codes
from termwise.lint.run import lint
from termwise.lint.settings import Settings
from termwise.run import judge_all
from termwise.source import Source
from termwise.textfile import read_text

PAGES = code_pages()
CONTRACTS = (".yaml", ".json", ".toml")
TODAY = date(2026, 11, 24)
"""The date for examples that name none."""

LONGEST = 60
LONGEST_OF_ADVICE = 90
"""Lines of a page. A policy that lint has nothing else to say about is a whole one, with its tests."""

_PRINTED = re.compile(r"\bTW[0-9]{3} \[.*")
"""How a diagnostic begins where the command prints it."""


@pytest.fixture(scope="session")
def bare() -> Policy:
    """A policy that requires nothing, to read contracts by that stand alone."""
    problems = Problems()
    source = Source("bare.tw", "policy bare\nuses ai_procurement\n")
    policy = compile_policy(source, lambda name, _: library.find(name), problems)
    assert policy is not None and not problems.all
    return policy


def test_codes_and_pages_are_the_same() -> None:
    """Every code has its page, and no page is left over."""
    assert list(PAGES) == [f"{each.code}.md" for each in CATALOGUE]


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_a_page_has_the_shape_of_all(entry: Entry) -> None:
    """Title and first line are the catalogue's, the sections always the same, and every block runs."""
    page = _page(entry)
    assert page.lead == f"# {entry.code} {entry.slug}\n\n{entry.title[0].upper()}{entry.title[1:]}.\n\n"
    assert tuple(heading for heading, _ in page.sections) == SECTIONS
    assert not page.stray_fences(), "a block without the name of a file is shown but never run"
    assert 1 <= len(page.examples("Wrong")) <= len(page.examples("Right"))
    lines = page.text.splitlines()
    assert len(lines) <= (LONGEST_OF_ADVICE if entry.code[2] == ADVICE else LONGEST)
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_what_is_wrong_raises_the_code_and_no_other(entry: Entry, tmp_path: Path, bare: Policy) -> None:
    """Each example of what is wrong, used as the command would, raises exactly the code of its page."""
    for number, example in enumerate(_page(entry).examples("Wrong")):
        found = _findings(example, entry, tmp_path / str(number), bare)
        assert {each.split()[0] for each in found} == {entry.code}, "\n".join(found)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_what_is_right_raises_nothing(entry: Entry, tmp_path: Path, bare: Policy) -> None:
    """Each example of what is right goes through without a word, a warning or a note."""
    for number, example in enumerate(_page(entry).examples("Right")):
        assert not _findings(example, entry, tmp_path / str(number), bare)


def _page(entry: Entry) -> Page:
    return PAGES[f"{entry.code}.md"]


def _findings(example: Example, entry: Entry, folder: Path, bare: Policy) -> list[str]:
    """Write the files of an example, use them, and return a line for everything there is to say, its code first."""
    folder.mkdir()
    for name, content in example.files.items():
        if content is not None:
            (folder / name).write_bytes(content)
    scripts = example.named(".sh")
    if scripts:
        return _PRINTED.findall(Terminal(folder).run(f". ./{scripts[0]}"))
    found = _problems(example, folder, bare) if entry.code[2] < PROOFS else _advised(example, entry, folder)
    return [
        f"{each.code} {Path(each.primary.span.path).name}:{each.primary.span.line}: {each.message}"
        for each in found.all
    ]


def _advised(example: Example, entry: Entry, folder: Path) -> Problems:
    """Lint the files of an example, as `termwise lint` would: for a proof by proofs alone, for advice without them."""
    problems = Problems()
    sources = [read_text(str(folder / name), problems) for name in example.named(".tw")]
    contracts = [read_contract(str(folder / name), problems) for name in example.named(*CONTRACTS)]
    is_proof = entry.code[2] == PROOFS
    found = lint(
        [source for source in sources if source is not None],
        [raw for raw in contracts if raw is not None],
        settings=Settings(select=proof_codes() if is_proof else ()),
        as_of=example.as_of or TODAY,
        find=lookup.finder(problems),
        problems=problems,
        prove=is_proof,
    )
    for each in found.findings:
        problems.add(each.diagnostic)
    return problems


def _problems(example: Example, folder: Path, bare: Policy) -> Problems:
    """Judge the contracts of an example by its policy, and return whatever is found on the way."""
    problems = Problems()
    policies, contracts = example.named(".tw"), example.named(*CONTRACTS)
    policy = _compiled(folder / policies[0], problems) if policies else bare
    if policy is None or problems.has_errors:
        assert not contracts, f"{contracts} are never read, because {policies[0]} cannot be used"
        return problems
    read = [read_contract(str(folder / name), problems) for name in contracts]
    judged = list(judge_all([raw for raw in read if raw is not None], [policy], example.as_of or TODAY, problems))
    assert len(judged) == len(contracts) or problems.has_errors
    for notice in (each for judgement in judged for each in judgement.notices):
        problems.add(notice)
    return problems


def _compiled(path: Path, problems: Problems) -> Policy | None:
    """Compile the first policy file of an example; a vocabulary makes no policy, but is compiled too."""
    source = read_text(str(path), problems)
    if source is None:
        return None
    if lookup.declares(source) == "vocabulary":
        compile_vocabulary(source, problems)
        return None
    return compile_policy(source, lookup.finder(problems), problems)
