"""The grammar is LALR(1) and means one thing: nothing in it is settled by precedence that nobody wrote."""

from __future__ import annotations

import re

from lark import Lark

from termwise import library
from termwise.syntax.grammar import whole_word
from termwise.syntax.words import ALSO_NAMES, RESERVED


def test_the_grammar_has_no_conflict() -> None:
    """Strict mode refuses a grammar with a shift/reduce conflict or with terminals that match the same text."""
    text = library.grammar().replace("{reserved}", "|".join(sorted(RESERVED)))
    Lark(
        text, parser="lalr", lexer="contextual", start=["start", "statement"], maybe_placeholders=True, strict=True,
        edit_terminals=whole_word,
    )  # fmt: skip


def test_the_reserved_words_are_those_of_the_grammar() -> None:
    """A word the grammar spells out is reserved, save the few that follow another word; and no other word is."""
    grammar = re.sub(r"//.*", "", library.grammar())
    spelt = set(re.findall(r'"([a-z]+)"', grammar)) - {"reserved"}
    only_after_another_word = {"fees", "by", "contract", "each", "from", "as", *ALSO_NAMES}
    assert spelt - only_after_another_word == set(RESERVED)
