"""A comment lets a finding pass where it stands, for a reason, until a day; and one that does nothing is told so."""

from __future__ import annotations

from datetime import date

import pytest
from lint_words import SOUND, let_pass, linted, said

from termwise.lint.settings import Settings

RULE = "rule breach_notice: major\n"
REASON = '  because "We cannot warn about what nobody has told us."\n'
WITHOUT = SOUND.replace(REASON, "")
WHY = 'because "counsel has it in writing"'


@pytest.mark.parametrize(
    "text",
    [
        WITHOUT.replace(RULE, f"{RULE.rstrip()}  # lint: ignore TW707 {WHY}\n"),
        WITHOUT.replace(RULE, f"# lint: ignore TW707 {WHY}\n{RULE}"),
        WITHOUT.replace(RULE, f"# lint: ignore missing-because {WHY}\n{RULE}"),
        WITHOUT.replace(RULE, f"# lint: ignore TW707 {WHY}\n\n# What the law asks for.\n{RULE}"),
        WITHOUT.replace(RULE, f"#lint:ignore   TW707   {WHY}   until   2026-11-24\n{RULE}"),
        WITHOUT.replace(": major\n", "\n").replace(
            "rule breach_notice\n", f"# lint: ignore TW707, TW706 {WHY}\nrule breach_notice\n"
        ),
    ],
)
def test_a_comment_beside_a_statement_or_above_it(text: str) -> None:
    found = linted(text)
    assert said(found) == []
    assert "TW707" in let_pass(found)
    assert found.suppressed[0].by.reason == "counsel has it in writing"


@pytest.mark.parametrize(
    "text",
    [
        WITHOUT.replace("  require", f"  # lint: ignore TW707 {WHY}\n  require"),
        WITHOUT.replace("72 hours\n\n", f"72 hours  # lint: ignore TW707 {WHY}\n\n", 1),
        f"# lint: ignore TW707 {WHY}\n{WITHOUT}",
    ],
)
def test_a_comment_speaks_of_its_own_statement_alone(text: str) -> None:
    """The finding stands at the rule's head; a comment at another statement does nothing, and is told so."""
    assert sorted(code for code, _ in said(linted(text))) == ["TW707", "TW744"]


def test_a_comment_speaks_of_a_whole_statement_whatever_its_lines() -> None:
    text = SOUND.replace(
        "  require breach.notice <= 72 hours\n",
        f"  # lint: ignore TW734 {WHY}\n"
        "  require breach.notice <= 72 hours\n    and audit.lineage\n    and audit.lineage\n",
    )
    assert let_pass(linted(text)) == ["TW734"]


def test_words_in_a_text_are_no_comment() -> None:
    text = SOUND.replace("We cannot warn", "# lint: nonsense; we cannot warn")
    assert said(linted(text)) == []


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# lint: ignore", "TW741"),
        ("# lint: ignore TW707 for now", "TW741"),
        ("# lint: ignore TW707 because counsel has it", "TW741"),
        (f"# lint: disable TW707 {WHY}", "TW741"),
        (f"# lint: ignore TW203 {WHY}", "TW741"),
        (f"# lint: ignore TW707 {WHY} until 2027-02-30", "TW741"),
        ("# lint: ignore TW707", "TW742"),
        ('# lint: ignore TW707 because ""', "TW742"),
        ('# lint: ignore TW707 because " " until 2026-01-01', "TW742"),
        (f"# lint: ignore TW707 {WHY} until 2026-11-23", "TW743"),
    ],
)
def test_what_does_not_hold_suppresses_nothing(comment: str, code: str) -> None:
    text = WITHOUT.replace(RULE, f"{comment}\n{RULE}")
    assert said(linted(text)) == [(code, 6), ("TW707", 7)]


def test_it_ends_the_day_after_its_last() -> None:
    text = WITHOUT.replace(RULE, f"# lint: ignore TW707 {WHY} until 2027-01-01\n{RULE}")
    assert said(linted(text, as_of=date(2027, 1, 1))) == []
    assert said(linted(text, as_of=date(2027, 1, 2))) == [("TW743", 6), ("TW707", 7)]


def test_what_was_not_looked_for_is_not_called_unused() -> None:
    """Proofs were not tried, contracts not given, and a code may not be wanted: of those nothing can be said."""
    text = SOUND.replace(RULE, f"# lint: ignore TW740, TW706 {WHY}\n{RULE}")
    assert said(linted(text)) == [("TW744", 6)]
    assert said(linted(text, settings=Settings(ignore=("TW706",)))) == []
    (found,) = linted(text).findings
    assert found.diagnostic.message.startswith("`TW706` finds nothing here")
    contracts = {"acme.yaml": "{contract: acme, terms: {breach.notice: 5 days}}"}
    (found,) = linted(text, contracts=contracts).findings
    assert found.diagnostic.message.startswith("`TW740` and `TW706` find nothing here")


def test_a_verdict_on_a_suppression_can_be_left_out_but_not_suppressed() -> None:
    text = SOUND.replace(RULE, f"# lint: ignore TW744, TW707 {WHY}\n{RULE}")
    assert said(linted(text)) == [("TW744", 6)]
    assert said(linted(text, settings=Settings(ignore=("TW744",)))) == []


@pytest.mark.parametrize(
    "contract",
    [
        f"contract: acme\nterms:\n  breach.notice: 5 days\n  # lint: ignore TW739 {WHY}\n  audit.lineage: yes\n",
        f"contract: acme\nterms:\n  breach.notice: 5 days\n  audit.lineage: yes  # lint: ignore TW739 {WHY}\n",
    ],
)
def test_a_comment_in_a_contract_speaks_of_its_line_or_the_next(contract: str) -> None:
    found = linted(SOUND, contracts={"acme.yaml": contract})
    assert said(found) == []
    assert let_pass(found) == ["TW739"]


def test_a_comment_in_a_contract_can_be_amiss_too() -> None:
    contract = f"contract: acme  # lint: ignore TW739 {WHY}\nterms: {{breach.notice: 5 days}}\n"
    (found,) = linted(SOUND, contracts={"acme.yaml": contract}).findings
    assert (found.diagnostic.code, found.diagnostic.primary.span.path) == ("TW744", "acme.yaml")
