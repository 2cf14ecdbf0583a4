"""How Termwise's fast evaluators grow with a policy: what it takes to make them, and what a contract then takes.

Outcomes are first compared with those of the reference interpreter. Two more policies of a thousand rules say the same,
one with a condition that all rules share, the other with that condition written out in each.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from benchmarks import generate
from benchmarks.growth import VOCABULARY
from termwise.compiled.program import Program
from termwise.compiler import compile_policy
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge
from termwise.source import Source

SIZES = (30, 300, 1000, 3000, 10_000)
AS_OF = date(2026, 11, 24)
CONTRACTS, CHECKED = 40, 2
SHARING, PARTS = 1000, 12


def main() -> None:
    """Print what making code and judging take for each size, with the exponent of growth, and the two sharing ones."""
    gc.set_threshold(200_000)
    contracts = [_bound(generate.contract(number)) for number in range(CONTRACTS)]
    print(f"{'rules':>7} {'code, s':>9} {'exponent':>8} {'µs/contract':>12} {'exponent':>8}")
    before: tuple[float, float] | None = None
    for place, size in enumerate(SIZES):
        made, each = _measured(_compiled(generate.policy(size)), contracts)
        growth = ["", ""]
        if before is not None:
            growth = [
                f"{_exponent(SIZES[place - 1], old, size, new):.2f}"
                for old, new in zip(before, (made, each), strict=True)
            ]
        print(f"{size:>7} {made:>9.2f} {growth[0]:>8} {each * 1e6:>12.1f} {growth[1]:>8}", flush=True)
        before = (made, each)
    print(f"\n{SHARING} rules that share one condition of twelve parts")
    for name, is_shared in (("shared by name", True), ("written out in each", False)):
        made, each = _measured(_compiled(_sharing(is_shared)), contracts)
        print(f"{name:<22} code {made:>6.2f} s   {each * 1e6:>8.1f} µs a contract")


def _measured(policy: Policy, contracts: Sequence[Contract]) -> tuple[float, float]:
    """Return the seconds that making a program takes, and those that a contract then takes."""
    made, program = _best(lambda: Program(policy), 1)
    worlds = [(program.of_contract(each, AS_OF), each.id) for each in contracts]
    for contract in contracts[:CHECKED]:
        wanted = [result.outcome for result in judge(policy, contract, AS_OF).results]
        found = program.of_worlds(program.of_contract(contract, AS_OF), AS_OF, contract.id)
        assert [each.outcome for each in found] == wanted, "the evaluators do not agree"

    def outcomes() -> None:
        for each, name in worlds:
            program.of_worlds(each, AS_OF, name)

    outcomes()
    took, _ = _best(outcomes, 5)
    return made, took / len(worlds)


def _sharing(is_shared: bool) -> str:
    """Return a policy whose rules all ask for the same twelve things, in one of two spellings."""
    durations, booleans = range(1, 8 * PARTS, 8), range(0, 160, 8)  # as `generate` deals out types
    limits = " and ".join(f"topic_{each // 10}.subject_{each} <= {30 + each} days" for each in durations)
    define = f"define common = {limits}\n" if is_shared else ""
    named = "common" if is_shared else f"({limits})"
    asked = [f"topic_{each // 10}.subject_{each}" for each in booleans]
    rules = "\n".join(
        f"rule rule_{number}\n  require {asked[number % len(asked)]} or {named}" for number in range(SHARING)
    )
    return f"policy sharing\nuses generated_terms\n{define}{rules}\n"


def _compiled(text: str) -> Policy:
    problems = Problems()
    policy = compile_policy(Source("generated.tw", text), lambda _name, _asker: VOCABULARY, problems)
    assert policy is not None and not problems.has_errors, problems.all[0]
    return policy


def _bound(data: dict[str, Any]) -> Contract:
    problems = Problems()
    raw = mapping.raw(data, problems)
    vocabulary = _compiled(generate.policy(1)).vocabulary
    contract = None if raw is None else bind(raw, vocabulary, problems)
    assert contract is not None, problems.all[0]
    return contract


def _best(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    best, made = math.inf, None
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        made = run()
        best = min(best, time.process_time() - start)
    return best, made


def _exponent(size: int, seconds: float, larger: int, longer: float) -> float:
    return math.log(longer / seconds) / math.log(larger / size)
