"""The one way in which the tests of coverage and mutation make policies: over the vocabulary of the graph's tests."""

from __future__ import annotations

from graph_words import VOCABULARY

from termwise.compiler import compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.selftest import run_tests
from termwise.source import Source
from termwise.testing.coverage import Coverage, coverage
from termwise.testing.mutants import mutants_of
from termwise.testing.mutate import Mutation, mutation
from termwise.testing.places import Places

HEADER = 'policy p "P"\nuses words\n'


def made(text: str, *others: Source) -> tuple[Policy, Source]:
    """Compile a policy with its tests, against the vocabulary and other policies."""
    header = "" if text.startswith("policy") else HEADER
    source, problems = Source("p.tw", header + text), Problems()
    known = {"words": VOCABULARY} | {each.path.removesuffix(".tw"): each for each in others}
    policy = compile_policy(source, lambda name, _: known.get(name), problems)
    assert policy is not None and not problems.has_errors, problems.all
    return policy, source


def covered(text: str, *others: Source) -> Coverage:
    """Return what the tests of a policy, which all hold, have seen of it."""
    policy, source = made(text, *others)
    results = run_tests(policy)
    assert not any(each.failures for each in results)
    return coverage(policy, source, results)


def unseen(text: str, *others: Source) -> list[str]:
    """Return what no test has seen: whose it is, what is written there, and what of it."""
    return [
        f"{each.goal.owner}: {each.goal.text}: {' '.join(each.missing)}"
        for each in covered(text, *others).covered
        if each.missing
    ]


def mutated(text: str, *others: Source) -> list[str]:
    """Return the lines that the mutants of a policy change, as they become; one that is left out is empty."""
    policy, source = made(text, *others)
    places = Places(source)
    return [places.shown(each.edits)[1] for each in mutants_of(policy, source)]


def tried(text: str, sample: int | None = None) -> Mutation:
    """Return what came of the mutants of a policy, whose tests all hold."""
    policy, source = made(text)
    assert not any(each.failures for each in run_tests(policy))
    return mutation(policy, source, sample=sample)


def survivors(text: str) -> list[str]:
    """Return the lines that no test would miss, as they would become."""
    found = tried(text)
    places = Places(made(text)[1])
    return [places.shown(each.edits)[1] for each in found.survivors]
