"""The layout and the spellings of the formatter, comments aside."""

from __future__ import annotations

import pytest
from format_words import declared, formatted, required

from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.format import format_source
from termwise.syntax.layout import WIDTH

LONG = "a_rather_long_name.of_some_term"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("a≤30days", "a <= 30 days"),
        ("a ⊆ {x,y , }", "a within {x, y}"),
        ("a ∈ {x}", "a in {x}"),
        ("a ∈ force", "a in (force)"),
        ("a ∈ force[k] + 1 day", "a in (force[k]) + 1 day"),
        ("a in (force.b)", "a in (force.b)"),
        ("a ≠ b and c≥d", "a != b and c >= d"),
        ("a = true or b = false", "a = yes or b = no"),
        ("( ( a ) )", "a"),
        ("(a and b)", "a and b"),
        ("(a) and ((b or c))", "(a) and (b or c)"),
        ("not(a)", "not (a)"),
        ("not not a", "not not a"),
        ("a - - 3 days=-1", "a - -3 days = -1"),
        ("a-b+c < 5 %", "a - b + c < 5%"),
        ("rule r [ k ] passes", "rule r[k] passes"),
        ('a["us-east-1"]in{"rule","eu"}', 'a["us-east-1"] in {"rule", "eu"}'),
        ("a = USD  1,000", "a = USD 1,000"),
        ("a >= 12   months\n of fees", "a >= 12 months of fees"),
        ("a = [{n:1,m:{x,},},{n:2},]", "a = [{n: 1, m: {x}}, {n: 2}]"),
        ("a = { }", "a = {}"),
        ("every  s in l satisfies(s.ok)", "every s in l satisfies (s.ok)"),
        ("no in {yes}", "no in {yes}"),
        ("no s in l satisfies false", "no s in l satisfies no"),
        ('a includes "say \\"x\\"  \\\\ ≤ true"', 'a includes "say \\"x\\"  \\\\ ≤ true"'),
        ("a is   stated", "a is stated"),
    ],
)
def test_spelling_and_spaces(written: str, canonical: str) -> None:
    """Write one spelling of each word, and keep parentheses, save those that hold all of a condition or others."""
    assert required(written) == f"  require   {canonical}\n"


def test_parts_stand_in_columns_and_keep_their_order() -> None:
    text = """policy p "A policy" uses v owner "Us" version 2026.1-rc+3 assurance signed holidays 2 per 5 business days
    extends a,b
    tighten  rule r for   each k in kind : major because "Why." require a[k] ≤ 30 days fallback d approved by "Who"
      lever "Ask." when c in
      force from 2026-01-01 until 2027-01-01 cite "Art. 1" clause c_1 unless e prefer a[k] <= 7 days
    waive r[x] for contract "id" because "For now." until 2026-12-31 approved by "Who" while d
    guarantee "g" ensure a when b
    test "one" for contract "id" as of 2026-11-24 given a[x] = 31 days, not b at agreed expect r[x] breached"""
    assert (
        formatted(text)
        == """\
policy p "A policy"
uses       v
owner      "Us"
version    2026.1-rc+3
assurance  signed
holidays   2 per 5 business days
extends    a, b

tighten rule r for each k in kind: major
  because   "Why."
  require   a[k] <= 30 days
  fallback  d
            approved by "Who"
  lever     "Ask."
  when      c
  in force from 2026-01-01 until 2027-01-01
  cite      "Art. 1"
  clause    c_1
  unless    e
  prefer    a[k] <= 7 days

waive r[x] for contract "id"
  because      "For now."
  until        2026-12-31
  approved by  "Who"
  while        d

guarantee "g"
  ensure    a
  when      b

test "one" for contract "id" as of 2026-11-24
  given  a[x] = 31 days, not b at agreed
  expect r[x] breached
"""
    )


def test_an_approval_away_from_its_fallback_stands_like_any_part() -> None:
    text = 'rule r require a fallback b because "c" approved by "X"'
    assert declared(text).endswith('  because   "c"\n  approved by "X"\n')


def test_short_declarations_stand_as_close_as_they_did() -> None:
    """Keep the author's groups of declarations that have no parts; part all others by one blank line."""
    text = """vocabulary v
enum a {x}
enum b {"y-z",}


scale s {none<low}
term t: set   of a
term u[ a ]:s
context c: list of r
term w: money ask "W?"
annual fees w
record r{n:text,m:set of a}
"""
    assert (
        formatted(text)
        == """\
vocabulary v

enum    a { x }
enum    b { "y-z" }

scale   s { none < low }
term t: set of a
term u[a]: s
context c: list of r

term w: money
  ask     "W?"

annual fees w
record  r { n: text, m: set of a }
"""
    )


def test_conditions_are_broken_before_and_and_or() -> None:
    condition = (
        f"{LONG} <= 30 days and ({LONG} = one_symbol or {LONG} >= 4 per year or {LONG} = yes)"
        f" and not ({LONG} or {LONG} or {LONG} and {LONG} and {LONG})"
    )
    assert (
        required(condition)
        == """\
  require   a_rather_long_name.of_some_term <= 30 days
            and (a_rather_long_name.of_some_term = one_symbol
                 or a_rather_long_name.of_some_term >= 4 per year
                 or a_rather_long_name.of_some_term = yes)
            and not (a_rather_long_name.of_some_term
                     or a_rather_long_name.of_some_term
                     or a_rather_long_name.of_some_term
                        and a_rather_long_name.of_some_term
                        and a_rather_long_name.of_some_term)
"""
    )


def test_sets_and_lists_are_broken_within_their_brackets() -> None:
    """Fill the lines of a set; give each record of a list, and each field of a record, its own."""
    symbols = ", ".join(f"symbol_{number}" for number in range(14))
    rows = "{name: A, regions: {us, eu}, notice: 30 days}, {name: B, regions: {us, eu, uk}, notice: 60 days, places: 1}"
    text = f"""define d = {LONG} within {{{symbols}}}
    rule r require {LONG} within {{{symbols}}} and x
    enum e {{{symbols}}}
    scale s {{{symbols.replace(",", "<")}}}
    record r {{{symbols.replace(",", ": set of text,")}: text}}
    test "t" given x, l = [{rows}], y expect r met"""
    assert (
        declared(text)
        == """\
define d = a_rather_long_name.of_some_term within {
  symbol_0, symbol_1, symbol_2, symbol_3, symbol_4, symbol_5, symbol_6, symbol_7, symbol_8, symbol_9, symbol_10,
  symbol_11, symbol_12, symbol_13
}

rule r
  require   a_rather_long_name.of_some_term within {
              symbol_0, symbol_1, symbol_2, symbol_3, symbol_4, symbol_5, symbol_6, symbol_7, symbol_8, symbol_9,
              symbol_10, symbol_11, symbol_12, symbol_13
            }
            and x

enum    e {
          symbol_0, symbol_1, symbol_2, symbol_3, symbol_4, symbol_5, symbol_6, symbol_7, symbol_8, symbol_9, symbol_10,
          symbol_11, symbol_12, symbol_13
        }
"""
        + "scale   s {\n            symbol_0\n"
        + "".join(f"          < symbol_{number}\n" for number in range(1, 14))
        + "        }\nrecord  r {\n"
        + "".join(f"          symbol_{number}: set of text,\n" for number in range(13))
        + """\
          symbol_13: text
        }

test "t"
  given  x,
         l = [
           {name: A, regions: {us, eu}, notice: 30 days},
           {name: B, regions: {us, eu, uk}, notice: 60 days, places: 1}
         ],
         y
  expect r met
"""
    )


def test_lists_of_facts_are_filled() -> None:
    """Break a list of facts after a comma, and what ends it before `at`."""
    facts = ", ".join(f"{LONG}_{number} = yes" for number in range(5))
    assert (
        declared(f'test "t" given {facts} at documented given {facts}, {"x" * 26} at agreed expect r met')
        == """\
test "t"
  given  a_rather_long_name.of_some_term_0 = yes, a_rather_long_name.of_some_term_1 = yes,
         a_rather_long_name.of_some_term_2 = yes, a_rather_long_name.of_some_term_3 = yes,
         a_rather_long_name.of_some_term_4 = yes at documented
  given  a_rather_long_name.of_some_term_0 = yes, a_rather_long_name.of_some_term_1 = yes,
         a_rather_long_name.of_some_term_2 = yes, a_rather_long_name.of_some_term_3 = yes,
         a_rather_long_name.of_some_term_4 = yes, xxxxxxxxxxxxxxxxxxxxxxxxxx at agreed
  expect r met
"""
    )


def test_a_quantifier_is_broken_before_what_it_says() -> None:
    body = f"s.first_of_all >= same and s.second_of_all >= 30 days and s.third = {LONG}"
    assert (
        required(f"every s in {LONG} satisfies ({body})")
        == f"  require   every s in {LONG} satisfies\n              ({body})\n"
    )


@pytest.mark.parametrize("spare", [0, 1])
def test_a_line_is_as_long_as_the_width_and_no_longer(spare: int) -> None:
    """Keep on one line what just fits, and break what is longer by one."""
    start = "  require   a and "
    last = "b" * (WIDTH - len(start) + spare)
    made = required(f"a and {last}")
    assert made == (f"{start}{last}\n" if spare == 0 else f"  require   a\n            and {last}\n")


def test_what_cannot_be_broken_is_left_long() -> None:
    because = "x" * 200
    assert declared(f'rule r require a because "{because}"') == f'rule r\n  require   a\n  because   "{because}"\n'


def test_long_texts_keep_their_lines_and_their_own_indentation() -> None:
    text = 'clause c "C"\n grants a\n text """   \n\n\t\tOne\n\t\t  two  \n\n\n\t\tthree.\n\t """\n'
    assert (
        declared(text)
        == """\
clause c "C"
  grants a
  text \"\"\"
    One
      two  \n

    three.
  \"\"\"
"""
    )


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('"""One."""', '  because """One."""\n'),
        ('"""\n  One.\n"""', '  because """One."""\n'),
        ('""" "One" """', '  because """\n    "One"\n  """\n'),
        (f'"""{"x" * 110}"""', f'  because """\n    {"x" * 110}\n  """\n'),
        ('"""One\nTwo"""', '  because """\n    One\n    Two\n  """\n'),
        ('"One\\nTwo ≤"', '  because   "One\\nTwo ≤"\n'),
    ],
)
def test_texts_stay_in_the_quotes_they_were_in(written: str, made: str) -> None:
    assert declared(f"rule r require a because {written}") == f"rule r\n  require   a\n{made}"


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_are_normalised(ending: str) -> None:
    text = 'policy p # c\n\nclause c "C"\n  grants a\n  text """\n    One.\n    Two.\n  """\n'
    assert formatted("\ufeff" + text.replace("\n", ending)) == text.replace("p # c", "p  # c")


@pytest.mark.parametrize("text", ["", "# only a comment\n", "policy p require a", "policy p rule r", "policy p define"])
def test_what_is_not_well_formed_is_reported_and_left_alone(text: str) -> None:
    problems = Problems()
    assert format_source(Source("p.tw", text), problems) is None
    assert problems.has_errors
    assert problems.sources


def test_errors_of_another_text_do_not_count() -> None:
    problems = Problems()
    format_source(Source("bad.tw", "policy"), problems)
    assert format_source(Source("good.tw", "policy p"), problems) == "policy p\n"


def test_the_deepest_nesting_that_is_read_is_formatted() -> None:
    """Walk whatever the parser lets through without running out of stack."""
    brackets = "a or (a and (" * 49 + "b" + "))" * 49
    assert required(brackets)
    assert required("not " * 98 + "a")
    assert required("a = " + "{" * 99 + "}" * 99)
