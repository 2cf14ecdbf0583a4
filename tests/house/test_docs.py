"""The pages are true: links lead somewhere, policies compile, and sessions print what they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown import Block, anchors, blocks, links
from repository import ROOT, configuration, files, pages, shown
from transcripts import ELLIPSIS, Step, Terminal, fits, steps

from termwise import compiler, library
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.parse import parse

CHECKED = {"console", "tw"}
READ = {"yaml", "toml", "sh", ""}
"""The languages of blocks that are run or compiled, and of those that are only read."""


def found(*languages: str) -> list[object]:
    return [
        pytest.param(path, block, id=f"{shown(path)}:{block.line}")
        for path in pages()
        for block in blocks(path.read_text("utf-8"), *languages)
    ]


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link within the repository names a file that exists, and a heading in it."""
    for link in links(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_every_block_says_what_it_is(page: Path) -> None:
    """No block is of a language that nobody has thought of here."""
    assert {block.language for block in blocks(page.read_text("utf-8"))} <= CHECKED | READ


@pytest.mark.parametrize(("page", "block"), found("console"))
def test_sessions_print_what_they_show(
    page: Path, block: Block, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each command of a session prints what stands below it."""
    terminal = Terminal(tmp_path)
    wanted = steps(block.text)
    printed = [Step(step.command, terminal.run(step.command)) for step in wanted]
    if request.config.getoption("--bless") and ELLIPSIS not in block.text:
        _bless(page, block, printed)
        return
    for got, want in zip(printed, wanted, strict=True):
        assert fits(got.output, want.output), f"$ {got.command}\n{got.output}"


def _bless(page: Path, block: Block, printed: list[Step]) -> None:
    text = page.read_text("utf-8")
    now = "".join(f"$ {step.command}\n{step.output}" for step in printed)
    page.write_text(text.replace(f"```console\n{block.text}", f"```console\n{now}"), "utf-8")


@pytest.mark.parametrize(("page", "block"), found("tw"))
def test_policies_are_sound(page: Path, block: Block) -> None:
    """A whole policy compiles without a word; a piece of one can at least be read."""
    problems = Problems()
    path = str(page.with_suffix(".tw"))
    if re.search(r"^vocabulary ", block.text, re.MULTILINE):
        compiler.compile_vocabulary(Source(path, block.text), problems)
    elif re.search(r"^policy ", block.text, re.MULTILINE):
        compiler.compile_policy(Source(path, block.text), lambda name, _: library.find(name), problems)
    else:
        parse(Source(path, f"policy piece\n{block.text}"), problems)
    assert not problems.all, problems.all


def test_the_readme_shows_the_examples() -> None:
    """What the README shows of a policy and a contract stands, to the letter, in files that can be copied."""
    copied = [path.read_text("utf-8") for path in files("examples", ".tw", ".yaml")]
    readme = (ROOT / "README.md").read_text("utf-8")
    for block in blocks(readme, "tw", "yaml"):
        assert any(block.text in text for text in copied), block.text
    assert len(readme.splitlines()) <= 100


def test_the_code_map_is_complete() -> None:
    """ARCHITECTURE.md has a row for everything that stands directly in the package, in the order of the layers."""
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    cells = re.findall(r"^\| (`.+?`) \|", page, re.MULTILINE)
    mapped = [name for cell in cells for name in re.findall(r"`(\w+)/?`", cell)]
    contracts = configuration()["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    heights = {name.strip(): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}
    assert set(mapped) == set(heights)
    assert [heights[name] for name in mapped] == sorted(heights[name] for name in mapped)


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_what_make_is_said_to_do_it_does(page: Path) -> None:
    """Every target a page names is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = re.findall(r"(?:^|[`$] ?)make ([a-z][a-z-]*)", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= targets
