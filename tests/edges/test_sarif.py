"""SARIF as the standard has it, read by its own schema, and what code scanning asks for beyond that."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from outputs_scene import CHECK, CHECK_BROKEN, CODES, CONTRACT, OUTCOMES, POLICY, RUNS, write_scene
from sarif_kit.validate import validation_errors
from sessions import Command

from termwise.lint.codes import codes

_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\((\d+)\)")


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    write_scene(tmp_path)


def run_of(command: Command, *words: str, form: str = "sarif") -> Any:
    log = json.loads(command(*words, "--format", form).out)
    assert validation_errors(log) == []
    (run,) = log["runs"]
    return run


def by_name(run: Any) -> dict[str, Any]:
    return {each["properties"]["name"]: each for each in run["results"]}


@pytest.mark.parametrize("form", ["sarif", "sarif-full"])
@pytest.mark.parametrize("name", RUNS)
def test_every_run_validates_and_says_how_it_ended(name: str, form: str, command: Command) -> None:
    run = run_of(command, *RUNS[name], form=form)
    (invocation,) = run["invocations"]
    assert invocation["exitCode"] == CODES[name]
    assert invocation["executionSuccessful"] == (CODES[name] != 2)
    assert run["results"]
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize("name", RUNS)
def test_every_run_meets_the_demands_of_code_scanning(name: str, command: Command) -> None:
    """What the host reads of a rule and of a result is there, within its limits, and unique where it has to be."""
    run = run_of(command, *RUNS[name], form="sarif-full")
    rules = run["tool"]["driver"]["rules"]
    assert len({each["id"] for each in rules}) == len(rules)
    for rule in rules:
        assert rule["name"] and len(rule["name"]) <= 255
        for part in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[part]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert Path(unquote(place["artifactLocation"]["uri"])).is_file()
        assert place["region"]["startLine"] >= 1
        assert result["kind"] == "fail" or result["level"] == "none"
        assert result["suppressions"] is not None, "the standard has all of them absent, or none"
    for key in ("primaryLocationLineHash", "termwiseIdentity/v1"):
        found = [each["partialFingerprints"][key] for each in run["results"]]
        assert len(set(found)) == len(found)
    assert run["automationDetails"]["id"].endswith("/")


def test_every_rule_of_the_policy_is_listed_and_explained(command: Command) -> None:
    """Also those with no result: a rule stands once for all its keys, weighed as the policy weighs it."""
    rules = {each["id"]: each for each in run_of(command, *CHECK)["tool"]["driver"]["rules"]}
    own = [name for name in rules if name.startswith("own/")]
    assert own == [f"own/{name}" for name in re.findall(r"^rule (\w+)", POLICY, re.MULTILINE)]
    weights = {name: (each["defaultConfiguration"]["level"], each["properties"].get("security-severity"))
               for name, each in rules.items()}  # fmt: skip
    assert weights["own/deletion_deadline"] == ("error", "9.5")
    assert weights["own/breach_notice"] == ("error", "7.5")
    assert weights["own/keys"] == ("warning", "5.0")
    assert weights["own/output_owner"] == ("note", "2.0")
    help_ = rules["own/deletion_deadline"]["help"]
    for said in ("deletion.deadline[request] <= 30 days", "Chief Privacy Officer", "DPA", "data_deletion"):
        assert said in help_["text"] and said in help_["markdown"]
    assert "security" in rules["own/keys"]["properties"]["tags"]


def test_every_code_that_lint_looks_for_is_listed(command: Command) -> None:
    run = run_of(command, *RUNS["lint"])
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == list(codes())
    assert "security-severity" not in run["tool"]["driver"]["rules"][0]["properties"]
    run = run_of(command, *RUNS["lint"], "--select", "TW701")
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == ["TW701"]


def test_kinds_are_those_of_the_standard(command: Command) -> None:
    full = by_name(run_of(command, *CHECK, form="sarif-full"))
    kinds = {name: each["kind"] for name, each in full.items()}
    assert {name: each["properties"]["verdict"] for name, each in full.items()} == OUTCOMES
    assert kinds == {
        "deletion_deadline[request]": "fail",
        "deletion_deadline[termination]": "review",
        "breach_notice": "open",
        "regions": "fail",
        "keys": "fail",
        "health": "notApplicable",
        "audits": "pass",
        "output_owner": "fail",
    }


def test_what_code_scanning_would_take_for_an_alert_is_left_out(command: Command) -> None:
    """The host reads no kinds: what passes, does not apply or wants an approval is in the full record alone."""
    found = by_name(run_of(command, *CHECK))
    assert {name for name in OUTCOMES if name not in found} == {
        "deletion_deadline[termination]",
        "health",
        "audits",
    }
    full = by_name(run_of(command, *CHECK, form="sarif-full"))
    assert all(full[name] == each for name, each in found.items())


def test_a_waiver_is_a_suppression_with_its_reason(command: Command) -> None:
    found = by_name(run_of(command, *CHECK))
    (suppression,) = found["keys"]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "Keys [arrive] (x) in (March)."
    assert suppression["properties"] == {"until": "2027-03-31", "approvedBy": "CISO"}
    assert all(each["suppressions"] == [] for name, each in found.items() if name != "keys")


def test_a_comment_for_lint_is_a_suppression_in_the_source(command: Command) -> None:
    run = run_of(command, *RUNS["lint"])
    suppressed = [each for each in run["results"] if each["suppressions"]]
    (suppression,) = suppressed[0]["suppressions"]
    assert [each["ruleId"] for each in suppressed] == ["TW707"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "counsel has it in writing")


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


def test_a_result_stands_where_the_contract_says_so(command: Command) -> None:
    """First the line of the contract; then the rule, the clause, what is displaced, and the waiver."""
    found = by_name(run_of(command, *CHECK))
    result = found["deletion_deadline[request]"]
    (first,) = result["locations"]
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "contracts/acme.yaml"
    assert first["physicalLocation"]["region"]["startLine"] == line_of(CONTRACT, "request: {value: 120")
    related = [
        (each["message"]["text"].split()[1], each["physicalLocation"]["artifactLocation"]["uri"],
         each["physicalLocation"]["region"]["startLine"])
        for each in result["relatedLocations"]
    ]  # fmt: skip
    assert related == [
        ("rule", "own.tw", line_of(POLICY, "rule deletion_deadline")),
        ("clause", "own.tw", line_of(POLICY, 'clause data_deletion "')),
        ("deletion.deadline[request]", "contracts/acme.yaml", line_of(CONTRACT, "deletion.deadline: {request")),
    ]
    waiver = found["keys"]["relatedLocations"][-1]
    assert waiver["message"]["text"] == "the waiver"
    assert waiver["physicalLocation"]["region"]["startLine"] == line_of(POLICY, "waive keys")


def test_a_silent_term_is_reported_at_the_start_of_the_contract(command: Command, tmp_path: Path) -> None:
    (tmp_path / "contracts/acme.yaml").write_text("contract: acme-2026\nterms: {audit.rate: quarterly}\n", "utf-8")
    found = by_name(run_of(command, *CHECK))
    region = found["breach_notice"]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (1, 11)


@pytest.mark.parametrize("name", RUNS)
def test_messages_hold_links_to_every_related_place_and_nothing_else_that_acts(name: str, command: Command) -> None:
    """GitHub shows a related place only where a message links it. Braces would be placeholders."""
    run = run_of(command, *RUNS[name], form="sarif-full")
    for result in run["results"]:
        text = result["message"]["text"]
        linked = [int(number) for _, number in _LINK.findall(text)]
        assert linked == [each["id"] for each in result["relatedLocations"]]
        assert not re.search(r"[{}]", text)
        assert text.count("](") == len(linked)
        for label, number in _LINK.findall(text):
            related = next(each for each in result["relatedLocations"] if each["id"] == int(number))
            assert re.sub(r"\\(.)", r"\1", label) == related["message"]["text"]


def test_what_no_test_sees_or_notices_is_a_result_where_it_stands(command: Command) -> None:
    """A measure that falls short is an error; what is behind it is a warning, known whatever the figures in it are."""
    run = run_of(command, *RUNS["thorough test"])
    short = [each for each in run["results"] if each["level"] == "error"]
    assert [each["ruleId"] for each in short] == ["loose/coverage", "loose/mutants"]
    moved = [each for each in run["results"] if "<= 73 hours" in each["properties"]["because"]]
    (place,) = (each["locations"][0]["physicalLocation"]["region"] for each in moved)
    assert (place["startLine"], place["startColumn"]) == (5, 30)
    assert {each["level"] for each in run["results"] if each not in short} == {"warning"}


def test_what_tests_miss_is_known_whatever_the_figures_are(command: Command, tmp_path: Path) -> None:
    def known() -> set[str]:
        results = run_of(command, *RUNS["thorough test"])["results"]
        return {each["partialFingerprints"]["termwiseIdentity/v1"] for each in results}

    before = known()
    path = tmp_path / "loose.tw"
    path.write_text(path.read_text("utf-8").replace("72 hours", "60 hours").replace("rule", "\nrule", 1), "utf-8")
    assert known() == before


def test_what_cannot_be_used_is_a_result_and_what_is_worth_knowing_a_notification(command: Command) -> None:
    run = run_of(command, *CHECK_BROKEN)
    (broken,) = (each for each in run["results"] if each["ruleId"] == "TW101")
    assert (broken["kind"], broken["level"]) == ("fail", "error")
    assert broken["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "contracts/broken.yaml"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (told["descriptor"]["id"], told["level"]) == ("TW513", "warning")
    assert run["tool"]["driver"]["rules"][told["associatedRule"]["index"]]["id"] == "TW513"


def test_addresses_are_relative_wherever_the_command_runs(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the root of the repository, which is where `.git` is; what is outside it has its whole address."""
    (tmp_path / ".git").mkdir()
    inside = tmp_path / "contracts"
    monkeypatch.chdir(inside)
    run = run_of(command, "check", "acme.yaml", "--policy", "../own.tw", *CHECK[-2:])
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert uris == {"contracts/acme.yaml"}
    (tmp_path / ".git").rename(inside / ".git")
    run = run_of(command, "check", "acme.yaml", "--policy", "../own.tw", *CHECK[-2:])
    rule = run["results"][0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]
    assert rule == {"uri": f"file://{tmp_path.as_posix()}/own.tw"}


def test_a_shipped_policy_is_named_without_the_folder_it_is_installed_in(command: Command) -> None:
    run = run_of(command, "check", "contracts/acme.yaml", "--policy", "gdpr_article_28", *CHECK[-2:])
    rules = {each["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert rules == {"gdpr_article_28.tw"}
    assert (
        run["results"][0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"]
        in (run["originalUriBaseIds"])
    )
    assert "site-packages" not in json.dumps(run) and str(Path.home()) not in json.dumps(run)


def test_names_of_files_are_written_as_addresses(command: Command, tmp_path: Path) -> None:
    (tmp_path / "contracts/acme.yaml").rename(tmp_path / "contracts/a b#ü%.yaml")
    run = run_of(command, "check", "contracts/a b#ü%.yaml", "--policy", "own.tw", *CHECK[-2:])
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "contracts/a%20b%23%C3%BC%25.yaml"


def test_each_verb_and_policy_has_a_category_of_its_own(command: Command) -> None:
    """The host takes two runs of one category for the same, and closes what the second does not say."""
    runs = [run_of(command, *words)["automationDetails"]["id"] for words in RUNS.values()]
    assert runs == [
        *("termwise/check/own/", "termwise/check/own/"),
        *("termwise/test/tested/", "termwise/test/loose/", "termwise/lint/"),
    ]
