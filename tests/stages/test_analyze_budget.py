"""A question that takes the solver too many steps is said to be undecided, wherever it is asked; nothing is skipped."""

from __future__ import annotations

import pytest

from termwise import library
from termwise.compiler import compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.source import Source

pytest.importorskip("z3")

from termwise.analyze.compare import Verdict, implication
from termwise.analyze.questions import findings

HARD = """\
policy hard
uses ai_procurement
rule sums: major
  require deletion.deadline[request] + breach.notice <= 30 days and deletion.deadline[request] - breach.notice >= 7 days
  require deletion.deadline[request] + security_retention.deadline >= breach.notice + 20 days
guarantee "within a month"
  ensure deletion.deadline[request] <= 30 days and breach.notice <= 30 days
"""


def compiled() -> Policy:
    problems = Problems()
    policy = compile_policy(Source("hard.tw", HARD), lambda name, _: library.find(name), problems)
    assert policy is not None and not problems.all, [each.message for each in problems.all]
    return policy


def test_too_few_steps_are_said_for_every_question() -> None:
    """With hardly a step to spend, each question that needs the solver is undecided; no finding is made up instead."""
    found = findings(compiled(), budget=1)
    assert {each.diagnostic.code for each in found} == {"TW613"}
    said = "\n".join(each.diagnostic.message for each in found)
    for question in ("can fail `sums`", "can meet `sums`", "can pass `hard`", "the guarantee", "does worse"):
        assert question in said


def test_the_same_steps_give_the_same_answers() -> None:
    """Steps are counted and not timed, so that a budget divides decided from undecided in one place."""
    budgets = (1, 1_000, 10_000, 100_000, 20_000_000)
    rounds = [[_told(budget) for budget in budgets] for _ in range(2)]
    assert rounds[0] == rounds[1]
    assert rounds[0][-1] != rounds[0][0]


def test_prove_is_undecided_too() -> None:
    policy = compiled()
    found = implication(policy, policy, budget=1)
    assert found.whole.verdict is Verdict.UNDECIDED
    assert [each.verdict for each in found.rules] == [Verdict.UNDECIDED]
    assert implication(policy, policy).whole.verdict is Verdict.PROVED


def _told(budget: int) -> list[tuple[str, str, str | None]]:
    return [
        (each.diagnostic.code, each.diagnostic.message, each.witness) for each in findings(compiled(), budget=budget)
    ]
