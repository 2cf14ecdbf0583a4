"""The text of `termwise explain CONTRACT RULE`: what a person reads of a proof."""

from __future__ import annotations

import re

import pytest
from report_scenes import ACME, BOLT, CLEAR, POLICY
from report_words import judged, judged_data, policy_of, result, signed

from termwise.report.explain import proof
from termwise.report.explanation import explanation
from termwise.report.printable import width_of


def explained(rule: str, contract: str, policy: str = POLICY, width: int = 80) -> str:
    judgement = judged(policy_of(policy), contract)
    return explanation(proof(result(judgement, rule), judgement), width=width)


DELETION = """\
✎ conceded deletion[request] (dealbreaker)
acme (Acme Cloud), acme.yaml, judged by guard 2 as of 2026-11-24

  deletion.deadline[request] is 60 days; the limit is 30 days, 90 with a
  fallback; the fallback holds and needs the approval of "Privacy Officer"

The ladder
  ✗ prefer with all that is required: fails
      ✗ deletion.deadline[request] <= 7 days
          deletion.deadline[request] is 60 days
            dpa "Data processing agreement", 4.2 (signed, line 10): "within
              sixty days of a request"
              displaces 30 days in site "Trust centre", FAQ (documented, line
                20): "we delete within 30 days"
  ✗ require: fails
      ✗ deletion.deadline[request] <= 30 days
          deletion.deadline[request] is 60 days
  ✓ fallback 1, for "Privacy Officer" to approve: holds  ← here
      ✓ deletion.deadline[request] <= 90 days
          deletion.deadline[request] is 60 days
      ✓ careful
        ✓ carve.out
            carve.out is yes
              dpa "Data processing agreement" (signed, line 12)
        ✓ audit.lineage
            audit.lineage is yes
              dpa "Data processing agreement" (signed, line 13)

What would be better, in a signed document
  to be met (require):
    - deletion.deadline[request] must be at most 30 days (now 60 days)
  to be preferred (prefer), beside what is required:
    - deletion.deadline[request] must be at most 7 days (now 60 days)

Why       Copies that outlive the contract are copies nobody is accountable for.
Rests on  Playbook, section 2
Clause    data_deletion, "Deletion"
Lever     Offer a longer term.
"""


def test_a_proof_is_read_from_the_outcome_down_to_the_lever() -> None:
    assert explained("deletion[request]", ACME) == DELETION


FLOW_DOWN = """\
✗ breached flow_down (minor)
acme (Acme Cloud), acme.yaml, judged by guard 2 as of 2026-11-24

  subprocessors.list[1].notice ("Bolt Mail") is 10 days; at least 30 days is
  needed

The ladder
  ✗ require: fails
      ✗ every s in subprocessors.list satisfies (s.flow_down = same and s.notice
        >= 30 days)
          subprocessors.list is a list of 1 record
            site "Trust centre" (documented, line 23)
        ✗ record 1, "Bolt Mail"
          ◒ s.flow_down = same
              subprocessors.list[1].flow_down ("Bolt Mail") is same
          ✗ s.notice >= 30 days
              subprocessors.list[1].notice ("Bolt Mail") is 10 days

What would have to change, in a signed document
  to be met (require):
    - subprocessors.list must stand in a signed document (now documented, in
      site)
    - subprocessors.list[1].notice must be at least 30 days (now 10 days;
      documented, in site)
"""


def test_a_list_is_explained_record_by_record() -> None:
    # A field that holds is not assured here: the list stands on a web page.
    assert explained("flow_down", ACME) == FLOW_DOWN


def test_what_is_unsecured_would_be_somewhere() -> None:
    text = explained("isolated", ACME)
    assert "\n  ◒ require: holds, not assured  ← it would be here\n" in text
    assert "\n    - isolation must stand in a signed document (now documented, in site)\n" in text


def test_a_waiver_does_not_hide_what_would_have_to_change() -> None:
    text = explained("residency", ACME)
    assert text.startswith("⚑ waived residency (major)\n")
    assert "\nWhether it applies\n  ✓ when data.personal\n" in text
    assert "\nWhat would have to change, in a signed document\n  to be met (require):\n" in text


def test_a_rule_that_does_not_apply_shows_why_and_asks_for_nothing() -> None:
    text = explained("residency", BOLT)
    assert (
        "\nWhether it applies\n  ✗ when data.personal\n      data.personal is no\n        context (your own, line 3)\n"
        in text
    )
    assert "What would" not in text


def test_a_choice_is_told_as_one() -> None:
    policy = (
        "policy guard uses v\nassurance agreed\nrule r require (carve.out and audit.lineage) or audit.notice <= 1 day"
    )
    text = explained("r", signed("carve.out: yes"), policy)
    assert text.endswith(CHOICE)


CHOICE = """
What would have to change, in a document that is agreed or better
  to be met (require):
    - one of these:
      - state audit.lineage: yes (now silent)
    - or:
      - state audit.notice: at most 1 day (now silent)
"""


def test_a_rule_that_is_inherited_says_from_where() -> None:
    judgement = judged(policy_of(POLICY), CLEAR)
    whole = proof(result(judgement, "audits"), judgement)
    assert "From" not in explanation(whole)
    other = type(whole)(**{name: getattr(whole, name) for name in type(whole).__match_args__} | {"origin": "baseline"})
    assert explanation(other).endswith("\nFrom      baseline\n")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("rule", ["deletion[request]", "flow_down", "residency", "audits"])
def test_nothing_reaches_beyond_the_width(rule: str, width: int) -> None:
    lines = explained(rule, ACME, width=width).split("\n")
    assert max(map(width_of, lines)) <= min(width, 100)


def test_colour_adds_nothing_but_colour() -> None:
    judgement = judged(policy_of(POLICY), ACME)
    whole = proof(result(judgement, "deletion[request]"), judgement)
    coloured = explanation(whole, width=80, colour=True)
    assert "\x1b[33m✎ conceded\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == DELETION


def test_text_of_a_contract_cannot_drive_the_terminal() -> None:
    policy = policy_of("rule r require audit.notice <= 1 day")
    data = {"contract": "c\x1b[0m", "vendor": "v\n\n", "terms": {"audit.notice": {"vague": "a\x07\nb", "at": "\x9b"}}}
    judgement = judged_data(policy, data)
    text = explanation(proof(result(judgement), judgement))
    assert [each for each in text if not each.isprintable() and each != "\n"] == []
    assert '  audit.notice is vague ("a b")\n' in text
