"""However much is wrong with a file, what is said of it is short, and says that there is more."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from sessions import Command

from termwise.diagnostics import Level, Problems, problem
from termwise.diagnostics.model import MOST
from termwise.source import Span

MANY = 20_000


def test_a_hundred_problems_of_a_level_are_kept_and_the_others_counted() -> None:
    """Per file and level; saying the same twice counts once; what is counted is said at its first place."""
    problems, outer = Problems(), Problems()
    for _ in range(2):
        for line in range(1, 131):
            problems.add(problem("TW503", Span("a", line, 1, line, 2), "no key"))
        for line in range(1, 102):
            problems.add(problem("TW513", Span("a", line, 1, line, 2), "no assurance"))
        problems.add(problem("TW503", Span("b", 1, 1, 1, 2), "no key"))
    outer.take(problems)
    outer.take(problems)
    for each in (problems, outer):
        tallies = [(d.primary.span.line, d.level, d.message) for d in each.all if d.is_tally]
        assert tallies == [
            (101, Level.WARNING, "1 more warning is not shown"),
            (101, Level.ERROR, "30 more errors are not shown"),
        ]
        assert len(each.errors) == MOST + 1 + 1  # those of `a`, how many more it has, and that of `b`
        assert each.has_errors


def test_words_that_are_not_shown_are_not_looked_for() -> None:
    problems, asked = Problems(), []
    for line in range(1, MOST + 51):
        span = Span("a", line, 1, line, 2)
        problems.add_costly(span, lambda span=span: asked.append(span) or problem("TW101", span, "no term"))  # type: ignore[misc,func-returns-value]
    assert len(asked) == MOST
    assert [d.message for d in problems.all if d.is_tally] == ["50 more errors are not shown"]


@pytest.mark.parametrize("line", ["  k{}: 3 days", "  breach.notice: {} days", "  deletion.deadline.never{}: 3 days"])
def test_thousands_of_mistakes_are_told_shortly_and_soon(tmp_path: Path, command: Command, line: str) -> None:
    text = "terms:\n" + "\n".join(line.format(each) for each in range(MANY))
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    begun = time.perf_counter()
    said = command("check", "c.yaml", "--policy", "ai_data_protection", "--format", "json")
    assert time.perf_counter() - begun < 20  # it took minutes for some of them
    assert said.code == 2
    assert len(said.err) < 100_000
    assert "100 errors, and more that are not shown" in said.err
    report = json.loads(said.out)
    assert report["decision"] == "undecided"
    assert len(report["errors"]) == MOST + 1
    (tally,) = [each for each in report["errors"] if each["code"] == "TW021"]
    assert tally["message"].endswith(" more errors are not shown")


@pytest.mark.parametrize("key", ["breach.notice", "deletion.deadline", "x", "training.use", "residency.regions"])
def test_a_message_quotes_no_more_than_a_person_reads(tmp_path: Path, command: Command, key: str) -> None:
    (tmp_path / "c.yaml").write_text(f"terms:\n  {key}: {'long' * 50_000}\n", "utf-8")
    said = command("check", "c.yaml", "--policy", "ai_data_protection")
    assert said.code == 2
    assert len(said.err) < 1_500
    (tmp_path / "c.yaml").write_text(f"terms:\n  {'long' * 50_000}: 1 day\n", "utf-8")
    assert len(command("check", "c.yaml", "--policy", "ai_data_protection").err) < 1_500
