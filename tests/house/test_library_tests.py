"""The tests of the shipped library are thorough: they see all of it, and notice every change that means anything."""

from __future__ import annotations

from functools import cache

import pytest

from termwise import compiler, library, lookup
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.report.share import Share
from termwise.selftest import run_tests
from termwise.source import Source
from termwise.testing.coverage import Coverage, coverage
from termwise.testing.goals import Kind
from termwise.testing.mutate import mutation
from termwise.testing.places import Places

ENOUGH = 95
"""Percent of the mutants of each policy that its tests notice at least."""


def sources() -> list[Source]:
    found = [source for name in library.names() if (source := library.find(name)) is not None]
    return [source for source in found if lookup.declares(source) == "policy"]


@cache
def compiled(source: Source) -> Policy:
    problems = Problems()
    policy = compiler.compile_policy(source, lambda name, _: library.find(name), problems)
    assert policy is not None and not problems.has_errors
    return policy


@cache
def seen(source: Source) -> Coverage:
    policy = compiled(source)
    return coverage(policy, source, run_tests(policy))


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path.rsplit("/", 1)[-1])
def test_every_rung_is_landed_on(source: Source) -> None:
    """Every rung of every rule is landed on by a test that expects it, and every guard is tried both ways."""
    found = seen(source)
    missed = [each.goal for each in found.covered if each.missing and each.goal.kind in (Kind.RUNG, Kind.GUARD)]
    assert [(each.owner, each.text) for each in missed] == []
    assert found.count(Kind.RUNG)[1] > 0


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path.rsplit("/", 1)[-1])
def test_every_condition_is_seen_true_false_and_unknown(source: Source) -> None:
    missed = [(each.goal.owner, each.goal.text, each.missing) for each in seen(source).covered if each.missing]
    assert missed == []


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path.rsplit("/", 1)[-1])
def test_the_tests_of_a_policy_notice_its_mutants(source: Source) -> None:
    """A policy that ships is one whose every figure, operator and rung some test holds fast."""
    policy = compiled(source)
    found = mutation(policy, source)
    places = Places(source)
    survivors = "\n".join(f"{each.owner}: {' → '.join(places.shown(each.edits))}" for each in found.survivors)
    score = Share(len(found.killed), found.tried)
    assert score.reaches(ENOUGH), f"{score}\n{survivors}"
    assert found.tried > 100
