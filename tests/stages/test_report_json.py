"""The object that `check --format json` prints: its keys, their order, and what stands under each."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from report_words import TODAY, judged, policy_of, signed

from termwise.core.policy import Severity
from termwise.diagnostics import Diagnostic, problem
from termwise.evaluate.judgement import Judgement
from termwise.report.json import check_report, dump
from termwise.source import Span

POLICY = """
policy ai_data "AI data" version 2026.1 uses v
rule deletion for each t in trigger: dealbreaker
  require  deletion.deadline[t] <= 30 days
  fallback deletion.deadline[t] <= 90 days and carve.out
           approved by "Privacy Officer"
  because  "Copies outlive contracts."
  cite     "DPA, section 2"
  clause   data_deletion
  lever    "Term length."
rule audit: major
  require  audit.notice <= 60 days
clause data_deletion "Deletion" grants deletion.deadline = 30 days text "Delete it."
"""
CONTRACT = """\
contract: aws-bedrock
vendor: AWS
documents:
  - id: amendment
    title: DPA amendment
    assurance: signed
    terms:
      deletion.deadline:
        termination: 30 days
  - id: service-terms
    title: Service terms
    assurance: agreed
    terms:
      deletion.deadline: {value: 120 days, at: "12.1", quote: "within one hundred and twenty days"}
      audit.notice: {vague: "reasonable — notice"}
"""


def reported(*judgements: Judgement, **options: Any) -> dict[str, Any]:
    """Return the report as it is read back from its text."""
    whole: dict[str, Any] = json.loads(dump(check_report(judgements, as_of=TODAY, version="0.1.0", **options)))
    return whole


def test_the_report_is_this_object() -> None:
    whole = reported(judged(policy_of(POLICY), CONTRACT, path="examples/aws.yaml"))
    assert list(whole) == ["termwise", "as_of", "decision", "contracts", "fail_on", "policies", "errors", "known"]
    assert (whole["termwise"], whole["as_of"], whole["decision"]) == ("0.1.0", "2026-11-24", "fail")
    assert whole["policies"] == [{"policy": "ai_data", "title": "AI data", "version": "2026.1"}]
    (contract,) = whole["contracts"]
    assert list(contract) == ["contract", "vendor", "file", "decision", "rules", "notices", "as_of"]
    assert contract["as_of"] == "2026-11-24"
    assert [contract[each] for each in ("contract", "vendor", "file", "decision")] == [
        "aws-bedrock", "AWS", "examples/aws.yaml", "fail",
    ]  # fmt: skip
    assert contract["rules"][0] == {
        "policy": "ai_data",
        "rule": "deletion[request]",
        "severity": "dealbreaker",
        "outcome": "breached",
        "rung": None,
        "because": "deletion.deadline[request] is 120 days; the limit is 30 days, 90 with a fallback",
        "facts": [
            {
                "term": "deletion.deadline[request]",
                "value": "120 days",
                "document": "service-terms",
                "at": "12.1",
                "quote": "within one hundred and twenty days",
                "assurance": "agreed",
                "line": 14,
                "column": 7,
                "title": "Service terms",
                "wording": None,
                "note": None,
                "disputed": False,
                "displaced": [],
            }
        ],
        "unknown": [],
        "approved_by": None,
        "clause": "data_deletion",
        "would_be": None,
        "waiver": None,
        "reason": "Copies outlive contracts.",
        "cites": ["DPA, section 2"],
        "levers": ["Term length."],
        "origin": "ai_data",
    }


def test_the_keys_of_a_rule_and_of_a_fact_stand_in_the_promised_order() -> None:
    rule = reported(judged(policy_of(POLICY), CONTRACT))["contracts"][0]["rules"][0]
    promised = "policy rule severity outcome rung because facts unknown approved_by clause"
    assert list(rule)[:10] == promised.split()
    assert list(rule["facts"][0])[:8] == "term value document at quote assurance line column".split()


def test_rules_stand_in_source_order_and_say_their_rung_and_their_causes() -> None:
    rules = reported(judged(policy_of(POLICY), CONTRACT))["contracts"][0]["rules"]
    assert [(each["rule"], each["outcome"], each["rung"], each["unknown"]) for each in rules] == [
        ("deletion[request]", "breached", None, []),
        ("deletion[termination]", "met", "require", []),
        ("audit", "undecided", None, [{"term": "audit.notice", "state": "vague"}]),
    ]
    assert rules[1]["facts"][0]["displaced"][0]["value"] == "120 days"
    assert rules[1]["facts"][0]["displaced"][0]["document"] == "service-terms"


def test_a_cause_within_a_list_says_which_part() -> None:
    policy = "rule r require every s in subprocessors.list satisfies (s.notice >= 30 days)"
    whole = reported(judged(policy, signed("subprocessors.list: [{name: A}]")))
    assert whole["contracts"][0]["rules"][0]["unknown"] == [
        {"term": "subprocessors.list", "state": "silent", "part": "[1].notice"}
    ]


def test_what_is_waived_conceded_or_unsecured_says_more() -> None:
    policy = """
    rule waived require audit.lineage
    rule conceded require audit.notice <= 1 day fallback audit.notice <= 9 days approved by "Board"
    rule unsecured require carve.out
    waive waived for contract "acme" until 2026-12-31 approved by "Ann" because "Pilot."
    """
    contract = """
    contract: acme
    documents:
      - {id: dpa, assurance: signed, terms: {audit.lineage: no, audit.notice: 2 days}}
      - {id: site, assurance: claimed, terms: {carve.out: yes}}
    """
    waived, conceded, unsecured = reported(judged(policy, contract))["contracts"][0]["rules"]
    assert (waived["would_be"], waived["approved_by"]) == ("breached", "Ann")
    assert waived["waiver"] == {"until": "2026-12-31", "approved_by": "Ann", "because": "Pilot."}
    assert (conceded["rung"], conceded["approved_by"], conceded["would_be"]) == ("fallback 1", "Board", None)
    assert (unsecured["rung"], unsecured["would_be"], unsecured["waiver"]) == ("require", "met", None)


def test_one_contract_has_the_rules_of_all_its_policies_in_their_order() -> None:
    first, second = (
        policy_of("rule r require carve.out", name="one"),
        policy_of("rule r require audit.lineage", name="two"),
    )
    contract = signed("{carve.out: yes, audit.lineage: no}")
    judgements = [judged(each, contract) for each in (first, second)] + [
        judged(first, "terms: {carve.out: yes}", path="b")
    ]
    whole = reported(*judgements)
    assert [each["decision"] for each in whole["contracts"]] == ["fail", "pass"]
    assert [(each["policy"], each["outcome"]) for each in whole["contracts"][0]["rules"]] == [
        ("one", "met"),
        ("two", "breached"),
    ]
    assert [each["policy"] for each in whole["policies"]] == ["one", "two"]


def test_two_contracts_without_a_file_are_two_contracts() -> None:
    policy = policy_of("rule r require carve.out")
    judgements = [judged(policy, f"terms: {{carve.out: {said}}}", path="<mapping>") for said in ("yes", "no")]
    assert [each["decision"] for each in reported(*judgements)["contracts"]] == ["pass", "fail"]


def test_the_threshold_is_part_of_the_report() -> None:
    judgement = judged(policy_of(POLICY), CONTRACT.replace("120 days", "30 days"))
    assert reported(judgement)["decision"] == "fail"
    mild = reported(judged("rule r require carve.out", "terms: {}"), fail_on=Severity.MAJOR)
    assert (mild["fail_on"], mild["decision"], mild["contracts"][0]["decision"]) == ("major", "pass", "pass")


def broken() -> Diagnostic:
    return problem("TW501", Span("bad.yaml", 3, 5, 3, 6), "this is no YAML", hint="indent with spaces")


def test_a_contract_that_cannot_be_read_is_an_error_and_never_a_pass() -> None:
    good = judged("rule r require carve.out", "terms: {carve.out: yes}")
    whole = reported(good, errors=[broken()])
    assert whole["contracts"][0]["decision"] == "pass"
    assert whole["decision"] == "undecided"
    assert whole["errors"] == [
        {
            "code": "TW501",
            "level": "error",
            "message": "this is no YAML",
            "file": "bad.yaml",
            "line": 3,
            "column": 5,
            "hint": "indent with spaces",
        }
    ]


def test_notices_stand_with_their_contract() -> None:
    contract = """
    documents:
      - {id: dpa, assurance: signed, expires: 2026-01-01, terms: {carve.out: yes}}
    """
    (notice,) = reported(judged("rule r require carve.out", contract))["contracts"][0]["notices"]
    assert (notice["code"], notice["level"], notice["line"]) == ("TW514", "note", 3)


def test_the_same_judgements_are_the_same_bytes() -> None:
    def text() -> str:
        return dump(check_report([judged(policy_of(POLICY), CONTRACT)], as_of=date(2026, 11, 24), version="1"))

    assert text() == text()
    assert '      "contract": "aws-bedrock",' in text()
    assert "reasonable — notice" in text()
    assert text().endswith("}\n")


def test_a_run_over_nothing_is_an_empty_report() -> None:
    whole = reported()
    assert (whole["decision"], whole["contracts"], whole["policies"]) == ("pass", [], [])
