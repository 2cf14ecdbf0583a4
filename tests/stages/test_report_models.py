"""The report as typed values, and the JSON Schema that ships: both are made from the same object."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from report_words import TODAY, judged, policy_of, signed

from termwise.evaluate.judgement import Outcome, State
from termwise.report.decision import Decision
from termwise.report.json import Json, check_report
from termwise.report.models import CheckReport, ContractReport, models_of, schema

POLICY = """
rule deletion for each t in trigger: dealbreaker
  require  deletion.deadline[t] <= 30 days
  fallback deletion.deadline[t] <= 90 days
           approved by "Board"
rule audit require audit.notice <= 1 day and carve.out
rule listed require every s in subprocessors.list satisfies (s.notice >= 30 days)
rule waived require audit.lineage
waive waived for contract "acme" until 2026-12-31 approved by "Ann" because "Pilot."
"""
CONTRACT = """
contract: acme
documents:
  - id: dpa
    assurance: signed
    expires: 2027-01-01
    terms: {deletion.deadline: {request: 90 days, termination: 99 days}, subprocessors.list: [{name: A}]}
  - {id: old, assurance: claimed, expires: 2020-01-01, terms: {}}
  - {id: site, assurance: claimed, terms: {deletion.deadline: 1 day, audit.notice: {between: [1 hour, 2 days]}}}
"""


def data(*contracts: str) -> dict[str, Json]:
    policy = policy_of(POLICY)
    return check_report([judged(policy, each) for each in contracts], as_of=TODAY, version="0.1.0")


def one(contract: str = CONTRACT) -> ContractReport:
    return models_of(data(contract)).contracts[0]


def test_the_report_is_read_by_name() -> None:
    report = one()
    assert report.decision == "fail"
    assert report["deletion[request]"].outcome == "conceded"
    assert report["deletion[request]"].approved_by == "Board"
    assert report["deletion[termination]"].facts[0].displaced[0].document == "site"
    assert report["audit"].unknown[0].term == "audit.notice"
    assert report["waived"].waiver is not None
    assert report["waived"].waiver.until == date(2026, 12, 31)


def test_a_rule_made_for_each_key_is_read_as_its_worst_instance() -> None:
    assert one()["deletion"].rule == "deletion[termination]"
    assert one(signed("deletion.deadline: 30 days"))["deletion"].rule == "deletion[request]"


def test_a_rule_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="no rule of the report is called `delete`"):
        one()["delete"]


def test_a_report_cannot_be_changed() -> None:
    report = one()
    with pytest.raises(ValidationError):
        report.decision = "pass"  # type: ignore[misc]  # that is the test


def test_models_say_what_the_object_says() -> None:
    whole = data(CONTRACT, signed("carve.out: yes"))
    again = models_of(whole).model_dump(mode="json", exclude_unset=True)
    assert again == whole


def test_the_schema_that_ships_is_the_one_of_the_models() -> None:
    shipped = files("termwise.report").joinpath("check.schema.json").read_text("utf-8")
    assert shipped == schema(), "write `termwise.report.models.schema()` to engine/termwise/report/check.schema.json"


def test_real_reports_validate() -> None:
    validator = Draft202012Validator(json.loads(schema()))
    validator.check_schema(validator.schema)
    validator.validate(json.loads(json.dumps(data(CONTRACT, "terms: {}", signed("audit.notice: 1 day")))))
    validator.validate(json.loads(json.dumps(data())))


@pytest.mark.parametrize(
    ("place", "value"),
    [("decision", "maybe"), ("as_of", None), ("contracts", {}), ("fail_on", "serious"), ("errors", [{}])],
)
def test_the_schema_refuses_what_is_no_report(place: str, value: object) -> None:
    validator = Draft202012Validator(json.loads(schema()))
    assert not validator.is_valid({**data(CONTRACT), place: value})


def test_the_words_of_the_models_are_the_words_of_the_engine() -> None:
    definitions = CheckReport.model_json_schema()["$defs"]
    rule, cause = definitions["RuleReport"]["properties"], definitions["CauseReport"]["properties"]
    assert set(rule["outcome"]["enum"]) == {each.value for each in Outcome}
    assert set(cause["state"]["enum"]) == {each.value for each in State}
    assert set(definitions["ContractReport"]["properties"]["decision"]["enum"]) == {each.value for each in Decision}
