"""The printed form, where the round trip does not settle it: layout, and parentheses for the reader."""

from __future__ import annotations

import pytest

from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax import tree
from termwise.syntax.parse import parse
from termwise.syntax.print import print_expr, print_file


def printed(text: str) -> str:
    problems = Problems()
    file = parse(Source("p.tw", text), problems)
    assert not problems.all
    return print_file(file)


def reprinted(condition: str) -> str:
    problems = Problems()
    file = parse(Source("p.tw", f"policy p define d = {condition}"), problems)
    assert not problems.all
    (definition,) = file.declarations
    assert isinstance(definition, tree.Define)
    return print_expr(definition.value)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("a ≤ 30 days", "a <= 30 days"),
        ("a⊆{x,y,}", "a within {x, y}"),
        ("a ∈ force", "a in (force)"),
        ("a in (force.b + 1 day)", "a in (force.b + 1 day)"),
        ("((a))", "a"),
        ("a or b and c", "a or b and c"),
        ("(a or b) and c", "(a or b) and c"),
        ("(a and b) and c", "(a and b) and c"),
        ("a or (b or c)", "a or (b or c)"),
        ("not a", "not a"),
        ("not a = b", "not (a = b)"),
        ("not not a", "not (not a)"),
        ("not (a and b)", "not (a and b)"),
        ("every s in l satisfies s.ok", "every s in l satisfies s.ok"),
        ("every s in l satisfies not s.ok", "every s in l satisfies (not s.ok)"),
        ("no s in l satisfies s.n < 30 days", "no s in l satisfies (s.n < 30 days)"),
        ("(no s in l satisfies s.ok) = no", "(no s in l satisfies s.ok) = no"),
        ("a - (b - c) <= a - b - c", "a - (b - c) <= a - b - c"),
        ("a - - 3 days = 1", "a - -3 days = 1"),
        ("(a = b) = c", "(a = b) = c"),
        ("a is   stated", "a is stated"),
        ("rule r [ k ] passes", "rule r[k] passes"),
        ('a["us-east-1"] in {"rule", "eu"}', 'a["us-east-1"] in {"rule", "eu"}'),
        ('a["eu"] = true', "a[eu] = yes"),
        ('a = "say \\"x\\" \\\\ y\\n"', 'a = "say \\"x\\" \\\\ y\\n"'),
        ("a = USD 1,000", "a = USD 1,000"),
        ("a >= 12   months of fees", "a >= 12 months of fees"),
        ("a = [{n: 1, m: {x}}, {n: 2}]", "a = [{n: 1, m: {x}}, {n: 2}]"),
    ],
)
def test_expressions(written: str, canonical: str) -> None:
    """Print ASCII operators, and parentheses where the tree or the reader needs them."""
    assert reprinted(written) == canonical


def test_a_policy_is_laid_out_in_columns() -> None:
    """Print parts in the order a reader wants them, keywords in a column of their own."""
    text = """policy p "A policy" uses v owner "Us" version 2026.1 assurance signed holidays 2 per 5 business days
    define d = a and b
    rule r for each k in kind : major because "Why." require a[k] <= 30 days fallback d approved by "Who"
      when c in force from 2026-01-01 until 2027-01-01 cite "Art. 1" clause c_1 unless e prefer a[k] <= 7 days
    waive r[x] for contract "id" because "For now." until 2026-12-31 approved by "Who" while d
    test "one" for contract "id" as of 2026-11-24 given a[x] = 31 days, not b at agreed expect r[x] breached
    """
    assert (
        printed(text)
        == """\
policy p "A policy"
version    2026.1
owner      "Us"
uses       v
assurance  signed
holidays   2 per 5 business days

define d = a and b

rule r for each k in kind: major
  in force from 2026-01-01 until 2027-01-01
  when      c
  unless    e
  prefer    a[k] <= 7 days
  require   a[k] <= 30 days
  fallback  d
            approved by "Who"
  because   "Why."
  cite      "Art. 1"
  clause    c_1

waive r[x] for contract "id"
  while        d
  until        2026-12-31
  approved by  "Who"
  because      "For now."

test "one" for contract "id" as of 2026-11-24
  given  a[x] = 31 days, not b at agreed
  expect r[x] breached
"""
    )


def test_a_vocabulary_is_laid_out_in_columns() -> None:
    """Print short declarations of one kind without blank lines between them."""
    text = """vocabulary v enum kind {a, "b-c"} scale s {none < low} record r {n: text, k: set of kind}
    term t[kind]: s prefer lower presume low ask "What?" context l: list of r term m: money annual fees m"""
    assert (
        printed(text)
        == """\
vocabulary v

enum    kind { a, "b-c" }
scale   s { none < low }

record  r { n: text, k: set of kind }

term t[kind]: s
  ask     "What?"
  prefer  lower
  presume low

context l: list of r

term m: money

annual fees m
"""
    )


def test_long_lines_are_broken_where_a_reader_would_break_them() -> None:
    """Break conditions before `and` and `or`, sets and lists after a comma, facts after a comma."""
    long = "a_rather_long_name.of_some_term"
    text = f"""policy p
    define d = {long} <= 30 days and ({long} = one_symbol or {long} >= 4 per year or {long} = yes) and not {long}
    define e = {long} within {{{", ".join(f"symbol_{n}" for n in range(12))}}}
    define f = every s in {long} satisfies (s.first_of_all >= same and s.second_of_all >= 30 days and s.third = yes)
    test "t" given {", ".join(f"{long}_{n} = yes" for n in range(4))} at documented expect r met"""
    assert (
        printed(text)
        == """\
policy p

define d =
  a_rather_long_name.of_some_term <= 30 days
  and (a_rather_long_name.of_some_term = one_symbol
       or a_rather_long_name.of_some_term >= 4 per year
       or a_rather_long_name.of_some_term = yes)
  and not a_rather_long_name.of_some_term

define e = a_rather_long_name.of_some_term within {
  symbol_0, symbol_1, symbol_2, symbol_3, symbol_4, symbol_5, symbol_6, symbol_7, symbol_8, symbol_9, symbol_10,
  symbol_11
}

define f =
  every s in a_rather_long_name.of_some_term satisfies
    (s.first_of_all >= same and s.second_of_all >= 30 days and s.third = yes)

test "t"
  given  a_rather_long_name.of_some_term_0 = yes, a_rather_long_name.of_some_term_1 = yes,
         a_rather_long_name.of_some_term_2 = yes, a_rather_long_name.of_some_term_3 = yes at documented
  expect r met
"""
    )


def test_a_text_of_several_lines_keeps_them() -> None:
    """Print a text with line breaks between triple quotes, if that survives being read again."""
    text = 'policy p clause c "T" grants a = yes text """\n      One.\n        Two.\n\n      Three.\n   """'
    assert printed(text).endswith('  text """\n    One.\n      Two.\n\n    Three.\n  """\n')
    assert printed('policy p clause c "T" grants a = yes text "One.\\n "').endswith('  text   "One.\\n "\n')
