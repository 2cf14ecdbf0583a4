"""The code quality report of GitLab, held against the keys that its documentation asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from outputs_scene import CHECK, RUNS, write_scene
from sessions import Command

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^[^/.][^\\]*$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What the documentation of the host requires; a path is relative, and does not start with `./`."""


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    write_scene(tmp_path)


def issues(command: Command, *words: str) -> Any:
    return json.loads(command(*words, "--format", "gitlab").out)


@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_what_the_host_reads(name: str, command: Command, tmp_path: Path) -> None:
    """Fingerprints are unique, or the host would take two problems for one; paths lead to files."""
    found = issues(command, *RUNS[name])
    Draft202012Validator(SCHEMA).validate(found)
    assert found
    assert len({each["fingerprint"] for each in found}) == len(found)
    assert all((tmp_path / each["location"]["path"]).is_file() for each in found)


def test_only_problems_are_in_it_the_worst_first(command: Command) -> None:
    found = [(each["severity"], each["check_name"]) for each in issues(command, *CHECK)]
    assert found == [
        ("blocker", "own/deletion_deadline"),
        ("major", "own/regions"),
        ("major", "own/breach_notice"),
        ("info", "own/output_owner"),
    ]


def test_where_there_is_no_problem_the_list_is_empty(command: Command, tmp_path: Path) -> None:
    (tmp_path / "one.tw").write_text("policy one\nuses ai_procurement\nrule r require audit.rate >= 1 per year\n")
    assert issues(command, "check", "contracts/acme.yaml", "--policy", "one.tw") == []
