"""The reader reads by the table what `lark` reads, as it reads it; and the table that ships is that of the grammar."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lark import Tree
from lark.exceptions import UnexpectedInput

from termwise import library
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax import table as tables
from termwise.syntax.grammar import STARTS, parser
from termwise.syntax.parse import parse
from termwise.syntax.read import Place, Token, read
from termwise.syntax.tabulate import tabulate, written

ROOT = Path(__file__).parents[2]
STARTERS = ("rule", "require", "term", "test", "expect", "clause")
WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*|\w+|\s+|.')
ADDED = ("", "x", " ", "_", "é", ".", "-", "1", "\n", "# c\n", '"', "\\", "%")


def ours(text: str, start: str) -> Any:
    return read(tables.table(), text, start, lambda *made: made)


def theirs(text: str, start: str) -> Any:
    try:
        return parser().parse(text, start=start)
    except UnexpectedInput:
        return None


def agree(mine: Any, other: Any) -> bool:
    """Whether two trees have the same productions, words and places; `lark` has no place for what is empty."""
    if isinstance(other, Tree):
        name, place, children = mine
        at = None if other.meta.empty else (other.meta.start_pos, other.meta.end_pos)
        is_same = name == str(other.data) and at in (None, place) and len(children) == len(other.children)
        return is_same and all(map(agree, children, other.children))
    if mine is None or other is None:
        return mine is other
    return isinstance(mine, Token) and (mine.type, mine, mine.place) == (
        other.type, str(other), (other.start_pos, other.end_pos)
    )  # fmt: skip


def texts() -> list[str]:
    """Return every policy of this repository, whole files and pieces on pages alike."""
    pages = [page.read_text("utf-8") for page in ROOT.glob("**/*.md") if not page.is_relative_to(ROOT / ".venv")]
    pieces = [piece for page in pages for piece in re.findall(r"```tw\n(.*?)```", page, re.DOTALL)]
    return [(path.read_text("utf-8")) for path in sorted(ROOT.glob("*/**/*.tw"))] + sorted(pieces)


def slips(number: int) -> Iterator[str]:
    """Yield parts of these with a word or two left out, put in, exchanged or misspelt."""
    chance = random.Random(number)
    split = [WORDS.findall(text) for text in texts()]
    known = [word for words in split for word in words if not word.isspace()]
    for _ in range(400):
        words = list(chance.choice(split))
        starts = [
            at for at, word in enumerate(words) if word in ("rule", "require", "term", "test", "expect", "clause")
        ]
        first = chance.choice(starts or [0])
        words = words[first : first + chance.choice((10, 20, 40))] or ["rule"]
        for _ in range(chance.choice((0, 1, 1, 2))):
            at = chance.randrange(len(words))
            words[at : at + 1] = chance.choice(
                ([], [chance.choice(known)], [words[at], chance.choice(known)], [words[at] + chance.choice(ADDED)])
            ) or [" "]
        yield "".join(words)


def test_sound_texts_are_read_alike() -> None:
    read_by_both = 0
    for text in texts():
        whole = theirs(text, "start")
        assert (ours(text, "start") is None) == (whole is None)
        if whole is not None:
            assert agree(ours(text, "start"), whole)
            read_by_both += 1
    assert read_by_both > 100


@pytest.mark.parametrize("number", range(4))
def test_slips_are_seen_alike(number: int) -> None:
    sound = 0
    for text in slips(number):
        for start in STARTS:
            mine, other = ours(text, start), theirs(text, start)
            assert (mine is None) == (other is None), text
            assert other is None or agree(mine, other), text
            sound += other is not None
    assert sound > 20


def test_the_shipped_table_is_that_of_the_grammar() -> None:
    assert library.table() == written(tabulate()), "the grammar has changed; run `make table`"


def _without(name: str) -> Callable[[str], str]:
    return lambda text: text.replace(f'"{name}"', '"other"', 1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: None,
        lambda _: "",
        lambda _: "nonsense",
        lambda _: "[]",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(tables.made_of(), "0" * 64),
        _without("made_of"),
    ],
)
def test_any_other_table_is_computed_anew(damage: Callable[[str], str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    """That of another grammar above all: whoever changes the grammar sees what it now says."""
    source = Source("a.tw", 'policy p "P"\nrule r: major\n  require a.b <= 3 days\n')
    before = parse(source, Problems())
    whole = library.table()
    assert whole is not None
    monkeypatch.setattr(library, "table", lambda: damage(whole))
    tables.table.cache_clear()
    try:
        assert parse(source, Problems()) == before
    finally:
        tables.table.cache_clear()


def test_words_are_told_with_their_places() -> None:
    seen: list[Token] = []
    assert read(tables.table(), "uses  a # b\n", "statement", lambda *made: made, seen) is not None
    told: list[tuple[str, str, Place]] = [(each.type, str(each), each.place) for each in seen]
    assert told == [("USES", "uses", (0, 4)), ("NAME", "a", (6, 7))]
