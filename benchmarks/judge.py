"""What the reference interpreter takes for one contract: the base line for every evaluator that comes after it."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from benchmarks import generate
from termwise import library
from termwise.compiler import Finder, compile_policy
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.files import read_contract
from termwise.contracts.mapping import raw
from termwise.contracts.nodes import RawContract
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge
from termwise.source import Source

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")

VENDORS = Path(__file__).parent.parent / "examples/vendors"
AS_OF = date(2026, 11, 24)
RULES, CONTRACTS = 30, 100
ROUNDS = 7


def main() -> None:
    """Print the time a contract takes, to read, to bind and to judge, for two workloads."""
    shipped = _policy(library.find("ai_data_protection"), lambda name, _: library.find(name))
    files = [str(path) for path in sorted(VENDORS.glob("*.yaml"))]
    _show("six vendors under ai_data_protection", shipped, files, read_contract)
    words = Source("generated_terms.tw", generate.vocabulary())
    generated = _policy(Source("generated.tw", generate.policy(RULES)), lambda _name, _asker: words)
    data = [generate.contract(number) for number in range(CONTRACTS)]
    _show(f"{CONTRACTS} generated contracts under {RULES} generated rules", generated, data, raw)


def _show(name: str, policy: Policy, given: Sequence[T], read: Callable[[T, Problems], RawContract | None]) -> None:
    reading, found = _timed(lambda each: _sound(read(each, Problems())), given)
    binding, contracts = _timed(lambda each: _bound(each, policy), found)
    judging, judgements = _timed(lambda each: judge(policy, each, AS_OF), contracts)
    outcomes = Counter(result.outcome.value for judgement in judgements for result in judgement.results)
    count = len(given)
    print(f"{name} ({len(policy.rules)} rules, each key counted)")
    for what, seconds in (("read", reading), ("bind", binding), ("judge", judging)):
        print(f"  {what:<6} {seconds / count * 1e3:7.2f} ms a contract   {count / seconds:8.0f} contracts/s")
    print(f"  a rule {judging / count / len(policy.rules) * 1e6:7.1f} µs to judge")
    print("  " + ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common()))


def _timed(run: Callable[[A], B], given: Sequence[A]) -> tuple[float, list[B]]:
    """Return the best time of several rounds over everything given, and what came of it."""
    best, made = math.inf, []
    for _ in range(ROUNDS):
        start = time.process_time()
        made = [run(each) for each in given]
        best = min(best, time.process_time() - start)
    return best, made


def _policy(source: Source | None, find: Finder) -> Policy:
    problems = Problems()
    policy = None if source is None else compile_policy(source, find, problems)
    assert policy is not None and not problems.has_errors, problems.all[:1]
    return policy


def _sound(found: RawContract | None) -> RawContract:
    assert found is not None
    return found


def _bound(found: RawContract, policy: Policy) -> Contract:
    problems = Problems()
    contract = bind(found, policy.vocabulary, problems)
    assert contract is not None, problems.all[:1]
    return contract
