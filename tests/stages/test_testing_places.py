"""Where words and statements stand in a text, and the text with some of them changed."""

from __future__ import annotations

import pytest

from termwise.diagnostics.finding import Edit
from termwise.source import Source, Span
from termwise.testing.places import Places

TEXT = """\
policy p  # "not a text"
uses v

rule r
  require   a <=  # >= 1 day
            30 days
  fallback  beta and "# no remark" = c
  approved by "Somebody"

define d = a
"""

PLACES = Places(Source("p.tw", TEXT))


def span(text: str) -> Span:
    """Return the place of the first occurrence of a text that stands on one line."""
    line = next(number for number, each in enumerate(TEXT.split("\n"), 1) if text in each)
    column = TEXT.split("\n")[line - 1].index(text) + 1
    return Span("p.tw", line, column, line, column + len(text))


def test_a_place_reads_as_one_line_without_comments() -> None:
    assert PLACES.text(Span("p.tw", 5, 13, 6, 20)) == "a <= 30 days"
    assert PLACES.text(span('"# no remark"')) == '"# no remark"'


def test_words_are_found_between_and_within_and_never_in_comments() -> None:
    assert PLACES.between("<=|>=", span("a <="), span("30 days")) is None  # it stands in the first of the two
    assert PLACES.between(">=", Span("p.tw", 5, 13, 5, 14), span("30 days")) is None
    assert PLACES.between("<=", Span("p.tw", 5, 13, 5, 14), span("30 days")) == Span("p.tw", 5, 15, 5, 17)
    assert PLACES.within(r"\band\b", PLACES.statement(span("beta and"))) == Span("p.tw", 7, 18, 7, 21)
    assert PLACES.within("nothing", span("beta and")) is None


def test_a_statement_ends_with_its_last_word() -> None:
    assert PLACES.statement(span("30 days")) == Span("p.tw", 5, 3, 6, 20)
    assert PLACES.statement(span("p  #")) == Span("p.tw", 1, 1, 1, 9)
    assert PLACES.statement(span("a <=")) == PLACES.statement(span("30 days"))


def test_the_parts_below_end_with_the_declaration() -> None:
    assert [word for word, _ in PLACES.below(span("30 days"))] == ["fallback", "approved"]
    assert list(PLACES.below(span("d = a"))) == []


def test_changes_do_not_move_each_other() -> None:
    edits = (Edit(span("30 days"), "1 week"), Edit(span("beta"), "long_name"), Edit(Span("p.tw", 5, 13, 5, 13), "not "))
    changed = PLACES.edited(edits)
    assert changed == TEXT.replace("30 days", "1 week").replace("beta and", "long_name and").replace("a <=", "not a <=")
    assert PLACES.edited(reversed(edits)) == changed


@pytest.mark.parametrize(
    ("edits", "before", "after"),
    [
        ((Edit(span("30 days"), "31 days"),), "require a <= 30 days", "require a <= 31 days"),
        ((Edit(PLACES.statement(span("30 days")), ""),), "require a <= 30 days", ""),
        (
            (Edit(span("beta"), "yes"), Edit(span('"Somebody"'), '"Nobody"')),
            'fallback beta and "# no remark" = c approved by "Somebody"',
            'fallback yes and "# no remark" = c approved by "Nobody"',
        ),
    ],
)
def test_whole_statements_are_shown(edits: tuple[Edit, ...], before: str, after: str) -> None:
    assert PLACES.shown(edits) == (before, after)
