"""JUnit XML, read back by an independent reader: what failed there is what decided how the command ends."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase
from outputs_scene import CHECK, CHECK_BROKEN, CODES, OUTCOMES, RUNS, write_scene
from sessions import Command


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    write_scene(tmp_path)


def read(command: Command, *words: str) -> JUnitXml:
    return JUnitXml.fromstring(command(*words, "--format", "junit").out.encode("utf-8"))


def cases(found: JUnitXml) -> list[TestCase]:
    return [case for suite in found for case in suite]


@pytest.mark.parametrize("name", RUNS)
def test_counts_are_those_of_the_cases(name: str, command: Command) -> None:
    """The reader counts again what the file says of itself; something failed where the command says so."""
    found = read(command, *RUNS[name])
    said = (found.tests, found.failures, found.errors, found.skipped)
    assert found.tests == len(cases(found)) > 0
    found.update_statistics()
    assert (found.tests, found.failures, found.errors, found.skipped) == said
    assert bool(found.errors) == (CODES[name] == 2)
    assert bool(found.failures) or CODES[name] != 1


def test_each_rule_is_a_case_of_its_contract(command: Command) -> None:
    found = read(command, *CHECK)
    (suite,) = found
    assert suite.name == "acme-2026"
    assert [(case.classname, case.name) for case in suite] == [("own", name) for name in OUTCOMES]
    results = {case.name: type(case.result[0]) if case.result else None for case in suite}
    assert results == {
        "deletion_deadline[request]": Failure,
        "deletion_deadline[termination]": None,
        "breach_notice": Failure,
        "regions": Failure,
        "keys": Skipped,
        "health": Skipped,
        "audits": None,
        "output_owner": Skipped,
    }
    told = {case.name: case.result[0] if case.result else None for case in suite}
    assert told["regions"].type == "unsecured"
    assert "only as site says it" in told["regions"].message
    assert told["output_owner"].message.startswith("breached, but advice does not count here: ")
    assert "waived until 2027-03-31" in told["keys"].message


def test_a_case_says_where_it_stands(command: Command) -> None:
    (suite,) = ElementTree.fromstring(command(*CHECK, "--format", "junit").out)
    places = {case.get("name"): (case.get("file"), case.get("line")) for case in suite}
    assert places["deletion_deadline[request]"] == ("contracts/acme.yaml", "11")


def test_what_cannot_be_used_is_an_error(command: Command) -> None:
    found = read(command, *CHECK_BROKEN)
    (broken,) = (case for case in cases(found) if case.result and isinstance(case.result[0], Error))
    assert broken.name.startswith("TW101 unknown-term")


def test_what_a_threshold_leaves_out_did_not_fail(command: Command) -> None:
    """With `--fail-on dealbreaker` nothing major fails, neither in the file nor in how the command ends."""
    found = read(command, *CHECK, "--fail-on", "dealbreaker")
    failed = [case.name for case in cases(found) if case.result and isinstance(case.result[0], Failure)]
    assert failed == ["deletion_deadline[request]"]


def test_a_failing_test_fails(command: Command) -> None:
    found = read(command, *RUNS["test"])
    by_name = {case.name: case for case in cases(found)}
    assert list(by_name) == ["two days, {well} inside", "three days are not <enough>"]
    assert not by_name["two days, {well} inside"].result
    (failure,) = by_name["three days are not <enough>"].result
    assert failure.message.startswith("breach_notice: expected breached, found met")


def test_where_no_test_is_found_that_is_what_failed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for given in ("own.tw", "empty"):
        found = read(command, "test", given)
        (case,) = (case for case in cases(found) if case.result)
        assert case.result[0].message == "no tests were found"


def test_what_falls_short_fails_and_what_is_behind_it_is_skipped(command: Command) -> None:
    found = read(command, *RUNS["thorough test"])
    failed = [case.name for case in cases(found) if case.result and not case.is_skipped]
    assert failed == ["coverage", "mutation score"]
    said = [case.result[0].message for case in cases(found) if case.is_skipped]
    assert any("breach.notice <= 72 hours: never false" in each for each in said)
    assert any("no test fails with: require breach.notice <= 73 hours (instead of" in each for each in said)
    assert any(
        each.endswith(
            "no test fails without: fallback breach.notice <= 96 hours and "
            'encryption.customer_keys approved by "CISO | <b>"'
        )
        for each in said
    )


def test_a_file_with_no_findings_has_passed(command: Command) -> None:
    found = read(command, *RUNS["lint"], "--select", "TW711")
    assert (found.tests, found.failures) == (1, 0)
    assert [suite.name for suite in found] == ["linted.tw"]


def test_no_character_breaks_the_document(command: Command, tmp_path: Path) -> None:
    """What XML cannot hold is replaced: noncharacters can stand in a contract, and in nothing that is XML."""
    path = tmp_path / "contracts/acme.yaml"
    path.write_text(path.read_text("utf-8").replace("promptly", "promptly \\uffff\\ufffe]]> &amp; <x/>"), "utf-8")
    found = {case.name: case for case in cases(read(command, *CHECK))}
    assert "promptly \ufffd\ufffd]]> &amp; <x/>" in found["breach_notice"].result[0].message
