"""Runs the tests that a policy carries: each supposes a contract in miniature, and expects outcomes of it.

A test is judged by the rules that it expects something of, and those that these ask about: the same comes of them, and
a policy with ten times the rules and tests takes ten times as long to test, not a hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from termwise.contracts.facts import Contract, Document, Fact, Precedence
from termwise.core.cause import Cause, State
from termwise.core.needs import narrowed, needs_of
from termwise.core.outcome import Outcome
from termwise.core.policy import Assurance, Expectation, Policy, SelfTest
from termwise.core.values import Vague
from termwise.core.vocabulary import Vocabulary
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.evaluate.reference import judge, ladder, worlds

_SECOND = "test, second opinion"


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that was not met, what came of the rule instead, and everything that leaves it open."""

    expectation: Expectation
    found: RuleResult
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test that was run, the judgement it led to, and what it expected in vain."""

    test: SelfTest
    judgement: Judgement
    failures: tuple[Failure, ...]


def run_tests(policy: Policy) -> tuple[TestResult, ...]:
    """Run every test of a policy, in source order."""
    needs = needs_of(policy)
    return tuple(run_test(narrowed(policy, _expected(test), needs), test) for test in policy.tests)


def run_test(policy: Policy, test: SelfTest) -> TestResult:
    """Run one test by a policy, which needs no more rules than those that the test expects something of."""
    judgement = judge(policy, supposed(test, policy.vocabulary), test.as_of)
    found = {result.rule.name: result for result in judgement.results}
    failures = tuple(
        Failure(expected, found[expected.rule], causes_of(found[expected.rule], judgement))
        for expected in test.expectations
        if not is_met(expected, found[expected.rule], judgement)
    )
    return TestResult(test, judgement, failures)


def _expected(test: SelfTest) -> Iterator[str]:
    return (each.rule for each in test.expectations)


def is_met(expected: Expectation, found: RuleResult, judgement: Judgement) -> bool:
    """Whether what came of a rule is what is expected, in everything that the test says of it."""
    return (
        found.outcome is expected.outcome
        and expected.would_be in (None, found.would_be)
        and expected.rung in (None, found.rung)
        and (expected.causes is None or expected.causes == causes_of(found, judgement))
    )


def causes_of(result: RuleResult, judgement: Judgement) -> tuple[Cause, ...]:
    """Return what leaves a rule open, sorted: what is not known, or, of an unsecured rule, what is not assured."""
    if Outcome.UNSECURED not in (result.outcome, result.would_be):
        return result.causes
    found = ladder(result.rule, worlds(judgement.policy, judgement).assured, judgement.as_of).causes
    return tuple(sorted((each for each in found if each.state is State.UNASSURED), key=lambda each: each.sort_key))


def supposed(test: SelfTest, vocabulary: Vocabulary) -> Contract:
    """Return the contract a test describes: a document per assurance, and a second opinion on what is disputed."""
    context: dict[str, Fact] = {}
    stated: dict[Assurance, dict[str, Fact]] = {}
    opposed: dict[Assurance, dict[str, Fact]] = {}
    for given in test.givens:
        content = given.content if given.content is not None else Vague("one reading")
        document = f"test, {given.assurance.value}"
        fact = Fact(given.term, content, given.assurance, document, span=given.span)
        term = vocabulary.term_of(given.term)
        if term is not None and term.is_context:
            context[given.term] = fact
            continue
        stated.setdefault(given.assurance, {})[given.term] = fact
        if given.content is None:
            other = Fact(given.term, Vague("another reading"), given.assurance, f"{_SECOND}, {given.assurance.value}")
            opposed.setdefault(given.assurance, {})[given.term] = other
    documents = [
        Document(f"{name}, {assurance.value}", name, assurance, facts)
        for name, by_assurance in (("test", stated), (_SECOND, opposed))
        for assurance, facts in by_assurance.items()
    ]
    equals = tuple(document.id for document in documents)
    order = Precedence((equals,) if equals else (), {})
    return Contract(test.contract, None, test.span.path, context, tuple(documents), order, span=test.span)
