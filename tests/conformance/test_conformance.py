"""Runs every case of the conformance files on every evaluator."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import EVALUATORS, IN_COLUMNS, Case, Evaluator, InColumns, conformance

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = [pytest.param(case, id=f"{file.stem}: {case.name}") for file in FILES for case in conformance(file)]


@pytest.mark.parametrize("judge", EVALUATORS.values(), ids=EVALUATORS)
@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, judge: Evaluator) -> None:
    assert not list(case.differences(judge))


@pytest.mark.parametrize("judge", IN_COLUMNS.values(), ids=IN_COLUMNS)
@pytest.mark.parametrize("case", CASES)
def test_case_in_columns(case: Case, judge: InColumns) -> None:
    """Outcomes alone: a column says what came of a rule, and leaves rungs and causes to whoever asks about one row."""
    assert not list(case.differences_in_columns(judge))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_cases_of_a_file_have_names_of_their_own(file: Path) -> None:
    names = [case.name for case in conformance(file)]
    assert len(set(names)) == len(names)
