"""Where comments stand: beside what they stood beside, above what they stood above, each with its own declaration."""

from __future__ import annotations

import pytest
from format_words import declared, formatted, required


def test_comments_around_the_header() -> None:
    """Keep comments above and within the header, and line up those at the ends of its lines."""
    text = """\


#!shebang
\t# What the file is about.

# The header.
policy p "P" # one
   version   2026.1
# who
owner "Us"   # two
uses  vocabulary_of_ours     # three
# assurance  agreed

define a = b
"""
    assert (
        formatted(text)
        == """\
#!shebang
# What the file is about.

# The header.
policy p "P"  # one
version    2026.1
# who
owner      "Us"                # two
uses       vocabulary_of_ours  # three
# assurance  agreed

define a = b
"""
    )


def test_a_comment_right_above_a_declaration_belongs_to_it() -> None:
    """Put the blank line between declarations above the comment of the second."""
    text = "policy p\n# of d\ndefine d = a\nrule r require a\n# of s\nrule s require a"
    assert (
        formatted(text)
        == """\
policy p

# of d
define d = a

rule r
  require   a

# of s
rule s
  require   a
"""
    )


def test_an_indented_comment_below_a_declaration_belongs_to_it() -> None:
    """Tell by its indentation whether a comment ends a declaration or begins the next."""
    text = (
        "rule r\n require a\n\n    # no more\n     # than that\n# of s\nrule s require a\n  # the end of s\n# the end\n"
    )
    assert (
        declared(text)
        == """\
rule r
  require   a
  # no more
  # than that

# of s
rule s
  require   a
  # the end of s

# the end
"""
    )


def test_a_file_that_is_indented_as_a_whole_has_no_such_comments() -> None:
    """Compare a comment with the declarations around it, and not with the margin."""
    text = "\n".join(f"    {line}" for line in ("rule r", "  require a", "# of s", "rule s", "  require a", "  # end"))
    assert declared(text) == "rule r\n  require   a\n\n# of s\nrule s\n  require   a\n  # end\n"


def test_a_heading_keeps_its_distance() -> None:
    """Keep a blank line between a heading and what follows, at most one, and add none."""
    text = "# Training.\n\n\n\n# Two\n# lines.\nrule r require a\n\n\n# Deletion.\n\nrule s require a\n\n\n# End.\n\n"
    assert (
        declared(text)
        == """\
# Training.

# Two
# lines.
rule r
  require   a

# Deletion.

rule s
  require   a

# End.
"""
    )


def test_comments_between_the_parts_of_a_rule() -> None:
    """Indent a comment like the part below it, and keep those at the ends of lines there."""
    text = """\
rule r: major # head
# above when
  when a # guard

      # above require

  require b
  fallback c # rung
      # above approval
    approved by "X" # who
  because "Y"
"""
    assert (
        declared(text)
        == """\
rule r: major  # head
  # above when
  when      a  # guard
  # above require
  require   b
  fallback  c  # rung
            # above approval
            approved by "X"  # who
  because   "Y"
"""
    )


def test_comments_in_a_condition() -> None:
    """Break a condition with a comment in it before each `and`; what stood beside an operand stays there."""
    condition = "a = 1 and # of a\n b # of b\n # of c\n # as well\n and c or d # of d"
    assert (
        required(condition)
        == """\
  require   a = 1  # of a
            and b  # of b
            # of c
            # as well
            and c
            or d  # of d
"""
    )


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("# x\n a", "  require   a  # x\n"),
        ("\n# x\n a", "  # x\n  require   a\n"),
        ("a # x\n <= # y\n 3 days # z", "  # x\n  # y\n  require   a <= 3 days  # z\n"),
        ("a # x\n <= \n # y\n 3 days", "  # x\n  # y\n  require   a <= 3 days\n"),
        ("a[ # x\n k]", "  require   a[k]  # x\n"),
        ("(a # x\n)", "  require   a  # x\n"),
        ("( # x\n a)", "  require   a  # x\n"),
        ("not ( # x\n a # y\n and b) # z", "  # x\n  require   not (a       # y\n                 and b)  # z\n"),
        ("a in {} # x", "  require   a in {}  # x\n"),
        ("a in { # x\n}", "  require   a in {}  # x\n"),
        ("a in # x\n force_1", "  require   a in force_1  # x\n"),
        ("a in # x\n force", "  require   a in (force)  # x\n"),
    ],
)
def test_comments_where_no_line_can_end(written: str, made: str) -> None:
    """Put a comment that no line can end at above the line it is in, or at its end where that is free."""
    assert required(written) == made


def test_comments_after_leading_operators() -> None:
    """Take the comment after an `and` that ends its line for one about the line, and not about the next operand."""
    assert required("a and # of a\n b and # of b\n c") == required("a # of a\n and b # of b\n and c")


def test_comments_in_a_quantifier() -> None:
    condition = "every s in l satisfies # who\n (s.a # one\n and s.b)"
    assert (
        required(condition)
        == """\
  require   every s in l satisfies  # who
              (s.a                  # one
               and s.b)
"""
    )


def test_comments_in_a_set() -> None:
    """Keep lines of a set as they were where one has a comment, since that speaks of its line."""
    condition = "a within { # why\n x, y, # both\n\n # of z\n z, # last\n } and b"
    assert (
        required(condition)
        == """\
  require   a within {  # why
              x, y,     # both
              # of z
              z  # last
            }
            and b
"""
    )


def test_comments_in_lists() -> None:
    """Keep comments beside the facts they speak of, and the lines of a list that has comments."""
    text = """\
test "t"
  given a = 1, b = 2, # two of them
    c = [{n: 1}, # the first
      {n: 2}], # the list
    # not said: e
    d at agreed # online
  expect r met, # as always
    s breached
"""
    assert (
        declared(text)
        == """\
test "t"
  given  a = 1, b = 2,  # two of them
         c = [
           {n: 1},  # the first
           {n: 2}
         ],  # the list
         # not said: e
         d at agreed  # online
  expect r met,       # as always
         s breached
"""
    )


def test_comments_in_vocabularies() -> None:
    text = """\
vocabulary v
enum e { a, # of a
  b } # of e
scale s { never < # of never
  # of always
  always }
record r { name: text # of name
 , days: duration # of days
 }
term t: e # of t
   # above ask
   ask "T?" # of ask
"""
    assert (
        formatted(text)
        == """\
vocabulary v

enum    e {
          a,  # of a
          b
        }  # of e
scale   s {
            never  # of never
          # of always
          < always
        }
record  r {
          name: text,     # of name
          days: duration  # of days
        }

term t: e  # of t
  # above ask
  ask     "T?"  # of ask
"""
    )


def test_comments_at_texts() -> None:
    """Keep the comment after a long text behind its closing quotes, and nothing in it for a comment."""
    text = 'clause c "C" grants a # why\n text # x\n """ # no comment\n One. """ # after\n'
    assert (
        declared(text)
        == """\
clause c "C"
  grants a  # why
  # x
  text \"\"\"
    # no comment
    One.
  \"\"\"  # after
"""
    )


def test_in_force_stays_apart_from_until_for_a_comment() -> None:
    text = "rule r in force from 2026-01-01 # law\n until 2027-01-01 require a"
    assert "  in force from 2026-01-01  # law\n  until     2027-01-01\n" in declared(text)
    text = "rule r in force from 2026-01-01 until 2027-01-01 # law\n require a"
    assert "  in force from 2026-01-01 until 2027-01-01  # law\n" in declared(text)


def test_comments_too_long_for_a_column_follow_their_lines() -> None:
    """Line comments up only where the longest line leaves room for the longest comment."""
    long = "a" * 90
    text = f"define b = c # short\ndefine d = {long} # {'x' * 30}\n"
    assert declared(text) == f"define b = c  # short\ndefine d = {long}  # {'x' * 30}\n"


def test_comments_are_kept_to_the_letter() -> None:
    """Change nothing in a comment but the white space after it."""
    text = '#\n#no space\n##  two\t\t tabs  \t\n# require "x" """ ≤ true\ndefine a = b #~\n'
    assert declared(text) == '#\n#no space\n##  two\t\t tabs\n# require "x" """ ≤ true\ndefine a = b  #~\n'
