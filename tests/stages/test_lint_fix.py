"""Edits are made where they keep the meaning, never over each other or over a comment, and never on their word."""

from __future__ import annotations

import pytest
from lint_words import SOUND, linted, said

from termwise import library
from termwise.core.policy import Policy
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.fix import Fixed, fixed
from termwise.lint.meaning import same_meaning
from termwise.lint.run import mended
from termwise.source import Source, Span
from termwise.syntax.cut import comments

RULE = """
rule more: minor
  {0}
  because "…"

test "more"
  given regulatory.dpa, regulatory.scc, not change.unilateral, output.owner = customer
  expect more {1}
"""


def edited(requirement: str) -> str:
    """Return what becomes of a requirement, once all that is safe has been mended."""
    text = SOUND + RULE.format(requirement, "met")
    for _ in range(5):
        found = linted(text)
        (policy,) = found.subject.policies
        result = mended(policy, found.findings, lambda name, _asker: library.find(name))
        if not result.findings:
            break
        text = result.source.text
    before, after = RULE.format("\0", "met").split("\0")
    assert text.startswith(SOUND + before)
    assert text.endswith(after)
    return text[len(SOUND + before) : -len(after)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("require not not regulatory.dpa", "require regulatory.dpa"),
        ("require not not not regulatory.dpa", "require not regulatory.dpa"),
        ("require not regulatory.dpa = no", "require regulatory.dpa"),
        ("require not (regulatory.dpa != yes)", "require regulatory.dpa"),
        ("require not (output.owner != customer)", "require output.owner = customer"),
        ("require not not (regulatory.dpa or regulatory.scc)", "require (regulatory.dpa or regulatory.scc)"),
        ("require regulatory.dpa = yes and change.unilateral = no", "require regulatory.dpa and not change.unilateral"),
        ("require yes = regulatory.dpa", "require regulatory.dpa"),
        ("require regulatory.dpa != no", "require regulatory.dpa"),
        ("require output.owner in {customer}", "require output.owner = customer"),
        ("require customer.regimes includes {gdpr}", "require customer.regimes includes gdpr"),
        ('require deletion.standard in {"800-88"}', 'require deletion.standard = "800-88"'),
        ("require output.owner in {customer} and not not (\n    regulatory.dpa)",
         "require output.owner = customer and regulatory.dpa"),
    ],
)  # fmt: skip
def test_a_condition_is_said_plainly(written: str, plain: str) -> None:
    assert edited(written) == plain


@pytest.mark.parametrize(
    "written",
    [
        "require training.use = prohibited and regulatory.dpa",
        "require residency.regions within {us}",
        "require every s in subprocessors.list satisfies s.flow_down = same",
        "require regulatory.dpa and not change.unilateral",
        "require output.owner in {customer, shared}",
    ],
)
def test_what_is_plain_stays(written: str) -> None:
    assert edited(written) == written


def test_an_edit_does_not_go_over_a_comment() -> None:
    written = "require not  # it has to be said\n    not regulatory.dpa"
    assert edited(written) == written


def test_a_severity_is_written_out() -> None:
    text = SOUND.replace("rule breach_notice: major", "rule breach_notice  # for now")
    found = linted(text)
    (policy,) = found.subject.policies
    result = mended(policy, found.findings, lambda name, _asker: library.find(name))
    assert "rule breach_notice: minor  # for now\n" in result.source.text
    assert said(linted(result.source.text)) == []


def test_one_figure_is_spelt_as_it_is_first() -> None:
    found = edited("require deletion.deadline[request] <= 28 days and deletion.deadline[termination] <= 4 weeks")
    assert found == "require deletion.deadline[request] <= 28 days and deletion.deadline[termination] <= 28 days"


# --------------------------------------------------------------------------------------------------- edits alone


TEXT = Source("p.tw", "one two three\nfour five  # six\n")


def finding(*edits: tuple[int, int, int, int, str], path: str = "p.tw") -> Finding:
    spans = [(Span(path, *place), text) for *place, text in edits]
    first = spans[0][0] if spans else Span(path, 1, 1, 1, 1)
    return Finding(problem("TW731", first, "…"), fixes=tuple(Edit(span, text) for span, text in spans))


def made(*findings: Finding) -> Fixed:
    return fixed(TEXT, findings, lambda _: True)


def test_edits_are_made_together_whatever_their_order() -> None:
    result = made(finding((2, 1, 2, 5, "4")), finding((1, 5, 1, 8, "2")), finding((1, 14, 1, 14, "!")))
    assert result.source.text == "one 2 three!\n4 five  # six\n"
    assert len(result.findings) == 3


def test_an_edit_may_take_or_make_lines() -> None:
    assert made(finding((1, 4, 2, 5, ""))).source.text == "one five  # six\n"
    assert made(finding((1, 4, 1, 5, "\n"))).source.text == "one\ntwo three\nfour five  # six\n"


@pytest.mark.parametrize(
    "second",
    [
        finding((1, 5, 1, 8, "x")),
        finding((1, 7, 1, 10, "x")),
        finding((1, 4, 2, 2, "x")),
        finding((1, 1, 1, 2, "x"), (1, 6, 1, 6, "y")),
    ],
)
def test_what_overlaps_waits_for_the_next_round(second: Finding) -> None:
    first = finding((1, 5, 1, 8, "2"))
    assert made(first, second).findings == (first,)


def test_neighbours_do_not_overlap() -> None:
    assert made(finding((1, 1, 1, 4, "1")), finding((1, 4, 1, 8, "-2"))).source.text == "1-2 three\nfour five  # six\n"


def test_an_edit_of_another_file_or_over_a_comment_is_left_alone() -> None:
    assert made(finding((1, 1, 1, 4, "x"), path="q.tw")).findings == ()
    assert made(finding((2, 8, 2, 14, "x"))).findings == ()
    assert made(finding()).source is TEXT


def test_edits_are_tried_one_by_one_where_together_they_are_not_safe() -> None:
    """What changes the meaning is left out, and what does not is made all the same."""
    good, bad, better = finding((1, 1, 1, 4, "1")), finding((1, 5, 1, 8, "bad")), finding((2, 1, 2, 5, "4"))
    result = fixed(TEXT, [good, bad, better], lambda source: "bad" not in source.text)
    assert result.findings == (good, better)
    assert result.source.text == "1 two three\n4 five  # six\n"


def test_an_edit_that_changes_the_meaning_is_not_made() -> None:
    """A lint that is wrong about what is safe does no harm: the policy is compiled again, and compared."""
    found = linted(SOUND)
    (policy,) = found.subject.policies
    line = SOUND.splitlines().index("  require breach.notice <= 72 hours") + 1
    for wrong in ("73 hours", "nonsense", "(72 hours"):
        edit = Edit(Span("p.tw", line, 28, line, 36), wrong)
        claimed = Finding(problem("TW728", edit.span, "…"), fixes=(edit,))
        result = mended(policy, [claimed], lambda name, _asker: library.find(name))
        assert result.findings == ()
        assert result.source.text == SOUND
    same = Finding(problem("TW728", edit.span, "…"), fixes=(Edit(edit.span, "3 days"),))
    assert "3 days" in mended(policy, [same], lambda name, _asker: library.find(name)).source.text


def test_policies_that_differ_in_more_than_form_are_told_apart() -> None:
    def policy(text: str) -> Policy:
        return linted(text).subject.policies[0].policy

    one = policy(SOUND)
    assert same_meaning(one, policy(SOUND.replace("<= 72 hours", "<= 3 days")))
    for before, after in (("<= 72", "< 72"), (": major", ": minor"), ("We cannot", "You cannot"), ("met", "preferred")):
        assert not same_meaning(one, policy(SOUND.replace(before, after)))


def test_comments_are_where_they_are() -> None:
    text = 'rule r  # one\n  because "# no" # two\n# three\n  text """\n# no\n""" #four\n'
    found = list(comments(Source("p.tw", text)))
    assert [(each.line, each.column, each.end_column) for each in found] == [
        (1, 9, 14),
        (2, 18, 23),
        (3, 1, 8),
        (6, 5, 10),
    ]
