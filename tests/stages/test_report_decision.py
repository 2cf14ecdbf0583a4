"""What outcomes come to: the decision of a contract or of a run, and the code a command ends with."""

from __future__ import annotations

import pytest
from report_words import judged

from termwise.core.policy import Severity
from termwise.report.decision import Decision, decision, exit_code, worst

POLICY = """
rule light: advice  require carve.out
rule usual          require audit.lineage
rule heavy: major   require audit.notice <= 1 day
"""
PASSING = "carve.out: yes, audit.lineage: yes, audit.notice: 1 day"
UNSECURED = """
documents:
  - {id: dpa, assurance: signed, terms: {carve.out: yes, audit.lineage: yes}}
  - {id: site, assurance: agreed, terms: {audit.notice: 1 day}}
"""


@pytest.mark.parametrize(
    ("contract", "fail_on", "expected"),
    [
        (f"terms: {{{PASSING}}}", Severity.ADVICE, "pass"),
        ("terms: {carve.out: no, audit.lineage: yes, audit.notice: 1 day}", Severity.ADVICE, "fail"),
        ("terms: {carve.out: no, audit.lineage: yes, audit.notice: 1 day}", Severity.MINOR, "pass"),
        ("terms: {carve.out: yes, audit.notice: 1 day}", Severity.MINOR, "undecided"),
        ("terms: {carve.out: yes, audit.notice: 1 day}", Severity.MAJOR, "pass"),
        ("terms: {carve.out: yes, audit.notice: 2 days}", Severity.MINOR, "fail"),
        ("terms: {carve.out: yes, audit.notice: 2 days}", Severity.DEALBREAKER, "pass"),
        (UNSECURED, Severity.MINOR, "fail"),
    ],
)
def test_only_rules_that_weigh_enough_count(contract: str, fail_on: Severity, expected: str) -> None:
    assert decision(judged(POLICY, contract).results, fail_on) == expected


def test_minor_counts_unless_something_else_is_said() -> None:
    results = judged(POLICY, "terms: {carve.out: no, audit.lineage: no, audit.notice: 1 day}").results
    assert decision(results) is decision(results, Severity.MINOR) is Decision.FAIL


def test_the_worst_decision_stands() -> None:
    assert worst([Decision.PASS, Decision.UNDECIDED, Decision.FAIL]) is Decision.FAIL
    assert worst([Decision.PASS, Decision.UNDECIDED]) is Decision.UNDECIDED
    assert worst([]) is Decision.PASS


def test_every_decision_has_its_exit_code() -> None:
    assert {each.value: exit_code(each) for each in Decision} == {"fail": 1, "undecided": 3, "pass": 0}


def test_a_waiver_and_a_concession_pass() -> None:
    policy = """
    rule r require audit.lineage
    rule s require audit.notice <= 1 day fallback audit.notice <= 9 days
    waive r for contract "acme" until 2026-12-31 approved by "Ann" because "Pilot."
    """
    contract = "contract: acme\nterms: {audit.lineage: no, audit.notice: 2 days}"
    results = judged(policy, contract).results
    assert [each.outcome.value for each in results] == ["waived", "conceded"]
    assert decision(results) is Decision.PASS
