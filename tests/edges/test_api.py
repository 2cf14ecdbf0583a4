"""`import termwise`: what the command does, as values, and one exception for input that cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, Field
from sessions import Command

import termwise

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)
POLICY = """\
policy own "Our own"
version 3
uses ai_procurement
rule notice: dealbreaker
  require breach.notice <= 72 hours
rule deletion for each trigger in deletion_trigger: minor
  require deletion.deadline[trigger] <= 30 days
test "one"
  given breach.notice = 1 day
  expect notice breached
"""


@pytest.fixture
def policy(tmp_path: Path) -> termwise.Policy:
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    return termwise.load_policy(tmp_path / "own.tw")


def problems(raised: pytest.ExceptionInfo[termwise.PolicyError]) -> list[str]:
    return [f"{each.code} {each.primary.span.line}:{each.primary.span.column}" for each in raised.value.diagnostics]


def test_all_names_are_there_and_there_are_not_many() -> None:
    assert len(termwise.__all__) <= 15
    assert dir(termwise) == sorted(termwise.__all__)
    assert all(getattr(termwise, name) is not None for name in termwise.__all__)
    with pytest.raises(AttributeError, match="no attribute `evaluate_all`"):
        termwise.evaluate_all  # noqa: B018 - what it does is what is tested


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert termwise.__version__ == project["version"]


def test_a_policy_says_what_it_is(policy: termwise.Policy) -> None:
    assert (policy.name, policy.title, policy.version) == ("own", "Our own", "3")
    assert [each.name for each in policy.rules] == ["notice", "deletion[request]", "deletion[termination]"]
    assert policy.vocabulary == termwise.load_vocabulary("ai_procurement")
    assert repr(policy) == "<termwise.Policy own: 3 rules>"


def test_shipped_policies_load_by_name_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert termwise.load_policy("ai_data_protection").name == "ai_data_protection"
    assert termwise.load_policy("healthcare").rules


def test_whatever_is_a_contract_can_be_judged(policy: termwise.Policy, tmp_path: Path) -> None:
    """A path, a contract that was read, a mapping of bare terms, a whole mapping, a model: all mean the same."""
    data = {"breach.notice": "5 days", "deletion.deadline": "30 days"}
    path = tmp_path / "acme.json"
    path.write_text(json.dumps({"contract": "acme", "vendor": "Acme", "terms": data}), "utf-8")
    contract = termwise.load_contract(path)
    assert (contract.id, contract.vendor, contract.path) == ("acme", "Acme", str(path))
    model = termwise.contract_model(policy.vocabulary)
    whole = {"contract": "acme", "terms": data}
    for each in (contract, path, str(path), data, whole, model.model_validate(whole)):
        report = policy.evaluate(each, as_of=DAY)
        assert report.decision == "fail"
        assert (report["notice"].outcome, report["deletion"].outcome) == ("breached", "met")
        assert "notice" in report and "notices" not in report
        assert report["notice"].because == "breach.notice is 5 days; the limit is 72 hours"
    assert termwise.load_contract(path).id == "acme"


def test_a_contract_without_an_id_has_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "acme.yaml").write_text("terms: {breach.notice: 5 days}", "utf-8")
    contract = termwise.load_contract(tmp_path / "acme.yaml")
    assert (contract.id, contract.vendor) == ("acme", None)
    assert "acme" in repr(contract)


def test_fail_on_decides(policy: termwise.Policy) -> None:
    data = {"breach.notice": "1 day", "deletion.deadline": "90 days"}
    assert policy.evaluate(data, as_of=DAY).decision == "fail"
    assert policy.evaluate(data, as_of=DAY, fail_on="dealbreaker").decision == "pass"


def test_many_contracts_are_judged_one_by_one(policy: termwise.Policy, tmp_path: Path) -> None:
    """Each is read when its turn comes, so a thousand need no more room than one."""
    taken = []

    def contracts() -> object:
        for days in ("1 day", "5 days"):
            taken.append(days)
            yield {"breach.notice": days}

    reports = policy.evaluate_many(contracts(), as_of=DAY)
    assert next(reports)["notice"].outcome == "met"
    assert taken == ["1 day"]
    assert next(reports)["notice"].outcome == "breached"
    for name in ("b", "a"):
        (tmp_path / f"{name}.yaml").write_text("terms: {breach.notice: 1 day}", "utf-8")
    assert [each.contract for each in policy.evaluate_many(tmp_path, as_of=DAY)] == ["a", "b"]


def test_checking_from_python_is_checking_from_the_command(
    policy: termwise.Policy, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "good.yaml").write_text("terms: {breach.notice: 1 day}", "utf-8")
    (tmp_path / "bad.yaml").write_text("terms: {breach.notcie: 1 day}", "utf-8")
    contracts = [Path("good.yaml"), "bad.yaml", "gone.yaml"]
    report = termwise.check_contracts(contracts, [policy], as_of=DAY, fail_on="major")
    words = (*map(str, contracts), "--policy", "own.tw", "--as-of", "2026-11-24", "--fail-on", "major")
    assert report.model_dump(mode="json") == type(report).model_validate_json(
        command("check", *words, "--format", "json").out
    ).model_dump(mode="json")
    assert [each.code for each in report.errors] == ["TW101", "TW001"]
    assert [each.decision for each in report.contracts] == ["pass"]


def test_a_rule_is_proved(policy: termwise.Policy) -> None:
    data = {"breach.notice": "5 days"}
    (proof,) = policy.explain(data, "notice", as_of=DAY)
    assert proof.outcome.value == "breached"
    assert [each.rule for each in policy.explain(data, "deletion", as_of=DAY)] == [
        "deletion[request]",
        "deletion[termination]",
    ]
    assert [each.rule for each in policy.explain(data, "deletion[request]", as_of=DAY)] == ["deletion[request]"]
    with pytest.raises(KeyError, match="no rule is called `notices`"):
        policy.explain(data, "notices")


def test_a_day_may_be_given_as_text_or_with_a_time(policy: termwise.Policy, tmp_path: Path) -> None:
    """The time of day says nothing: documents are in force for whole days."""
    (tmp_path / "one.yaml").write_text("terms: {breach.notice: 1 day}", "utf-8")
    for day in (DAY, "2026-11-24", datetime(2026, 11, 24, 23, 59)):
        report = policy.evaluate({"breach.notice": "1 day"}, as_of=day)
        assert (report.as_of, type(report.as_of)) == (DAY, date)
        assert termwise.check_contracts([tmp_path], [policy], as_of=day).as_of == DAY
        assert policy.explain({"breach.notice": "1 day"}, "notice", as_of=day)[0].as_of == DAY
    for text in ("24.11.2026", "2026-02-30", ""):
        with pytest.raises(termwise.PolicyError, match="as_of"):
            policy.evaluate({}, as_of=text)
    with pytest.raises(TypeError, match="not a int"):
        policy.evaluate({}, as_of=20261124)  # type: ignore[arg-type] # what a caller without types may do
    with pytest.raises(termwise.PolicyError, match=r"TW111 `sever` is no severity\n  = hint: write `dealbreaker`, "):
        policy.evaluate({}, fail_on="sever")  # type: ignore[arg-type]


def test_the_text_of_an_error_has_its_hints(policy: termwise.Policy) -> None:
    with pytest.raises(termwise.PolicyError) as raised:
        policy.evaluate({"breach.notcie": "1 day", "breach.notice": "1"})
    assert str(raised.value).split("\n") == [
        "<mapping>:1:1: TW101 the vocabulary `ai_procurement` has no term `breach.notcie`",
        "  = hint: did you mean `breach.notice`?",
        "<mapping>:2:16: TW202 `1` has no unit; a duration needs one",
        "  = hint: write `1 days`",
    ]


def test_policies_are_formatted_and_linted(tmp_path: Path, command: Command) -> None:
    """From Python as by the command."""
    path = tmp_path / "own.tw"
    path.write_text(POLICY, "utf-8")
    formatted = termwise.format_text(POLICY)
    command("fmt", "own.tw")
    assert path.read_text("utf-8") == formatted != POLICY
    with pytest.raises(termwise.PolicyError, match="<text>:2:8: TW010 "):
        termwise.format_text("policy own\nrequire require\n")
    found = termwise.lint_policies([path], as_of=DAY)
    said = json.loads(command("lint", "own.tw", "--as-of", "2026-11-24", "--format", "json").out)["findings"]
    assert [(each.code, each.line, each.hint) for each in found] == [(e["code"], e["line"], e["hint"]) for e in said]
    assert "TW707" in {each.code for each in found}
    (tmp_path / "c.yaml").write_text("terms: {audit.rate: yearly}", "utf-8")
    beside = termwise.lint_policies([path], [tmp_path / "c.yaml"], as_of=DAY)
    assert {each.code for each in beside} - {each.code for each in found} >= {"TW739"}
    assert isinstance(termwise.lint_policies(["ai_data_protection"], as_of=DAY), tuple)
    with pytest.raises(termwise.PolicyError, match="TW105"):
        termwise.lint_policies(["nobody"])


def test_what_a_term_touches(policy: termwise.Policy) -> None:
    assert [each.name for each in policy.impact("breach.notice").rules] == ["notice"]
    with pytest.raises(KeyError, match=r"no term is called `breach\.notcie`"):
        policy.impact("breach.notcie")
    assert [each.name for each in policy.impact("deletion.deadline[request]").rules] == ["deletion[request]"]
    with pytest.raises(KeyError, match="no term is called"):
        policy.impact("deletion.deadline[never]")


def test_tests_graph_and_pages(policy: termwise.Policy) -> None:
    (result,) = policy.test()
    assert [each.found.outcome.value for each in result.failures] == ["met"]
    assert len(policy.graph().nodes) > len(policy.rules)
    assert termwise.explain_code("TW203") == termwise.explain_code("wrong-dimension")
    with pytest.raises(KeyError, match="no diagnostic is called `TW999`"):
        termwise.explain_code("TW999")


def test_input_that_cannot_be_used_is_one_exception_with_every_diagnostic(
    policy: termwise.Policy, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.tw"
    rules = "rule a\n  require b.c\nrule a\n  require on\nrule d\n  require breach.notice\n"
    wrong.write_text(f"policy wrong\nuses ai_procurement\n{rules}", "utf-8")
    with pytest.raises(termwise.PolicyError) as raised:
        termwise.load_policy(wrong)
    assert problems(raised) == ["TW101 4:11", "TW107 5:6", "TW205 8:11"]
    assert f"{wrong}:4:11: TW101 " in str(raised.value)
    for name in ("nobody", "no/body.tw", "ai_procurement", tmp_path):
        with pytest.raises(termwise.PolicyError):
            termwise.load_policy(name)
    for name in ("nobody", tmp_path / "nobody.tw", wrong):
        with pytest.raises(termwise.PolicyError):
            termwise.load_vocabulary(name)
    with pytest.raises(termwise.PolicyError) as raised:
        termwise.load_contract(tmp_path / "nobody.yaml")
    assert problems(raised) == ["TW001 1:1"]
    with pytest.raises(termwise.PolicyError) as raised:
        policy.evaluate({"breach.notcie": "1 day", "breach.notice": "1"})
    assert problems(raised) == ["TW101 1:1", "TW202 2:16"]
    with pytest.raises(termwise.PolicyError):
        policy.evaluate(tmp_path)
    with pytest.raises(termwise.PolicyError):
        list(policy.evaluate_many(tmp_path))
    assert policy.evaluate({}).decision == "undecided"  # saying nothing is no mistake
    (tmp_path / "twice.yaml").write_text("terms: {breach.notice: 1 day, breach.notice: 2 days}", "utf-8")
    with pytest.raises(termwise.PolicyError):
        termwise.load_contract(tmp_path / "twice.yaml")


class Deletion(BaseModel):
    """How data is deleted."""

    deadline: dict[Literal["request", "termination"], str] = Field(json_schema_extra={"termwise": "duration"})


def test_vocabularies_come_from_models_and_yield_models_and_schemas(policy: termwise.Policy) -> None:
    vocabulary = termwise.vocabulary_of(Deletion)
    assert (vocabulary.name, vocabulary.title) == ("deletion", "How data is deleted.")
    assert termwise.vocabulary_of(Deletion, "other").name == "other"
    assert termwise.format_text(vocabulary).startswith('vocabulary deletion "How data is deleted."\n')
    with pytest.raises(termwise.PolicyError):
        termwise.format_text(termwise.vocabulary_of(Deletion, "no name"))
    assert "deadline[request]" in termwise.contract_schema(vocabulary)["$defs"]["terms"]["properties"]
    model = termwise.contract_model(vocabulary)
    assert model.model_validate({"terms": {"deadline": {"request": "3 days"}}})
    with pytest.raises(ValueError, match="3 fortnights"):
        model.model_validate({"terms": {"deadline": {"request": "3 fortnights"}}})


def test_the_date_of_today_is_read_where_none_is_given(policy: termwise.Policy) -> None:
    before = date.today()
    (proof,) = policy.explain({"breach.notice": "1 day"}, "notice")
    assert before <= proof.as_of <= date.today()


def test_python_m_termwise_is_the_command(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "termwise", "--version"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, f"termwise {termwise.__version__}\n")
