"""What one contract takes, by rules written by hand in Python, by Termwise and by other engines, on one workload.

Everything is first tried on the same contracts, and nothing is measured unless all outcomes are equal. Then all take
turns: a round is one batch of each, and a ratio is taken within a round, so that a machine that slows down slows all.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import termwise
from benchmarks.workload import POLICY, RULES
from benchmarks.workload.agreement import AS_OF, Codes, agree, bound, codes, policy, reference
from benchmarks.workload.by_hand import outcomes as by_hand
from benchmarks.workload.contracts import contracts, mixed, plain
from benchmarks.workload.facts import FACTS
from benchmarks.workload.peers import ALL
from benchmarks.workload.reading import read
from termwise.api import Contract
from termwise.compiled.program import Program
from termwise.contracts import mapping
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge

CONTRACTS, SEED = 500, 2026
ROUNDS = 21
BATCH = 0.01
"""How many seconds a batch should take at least."""
YARDSTICK = "hand-written Python"


class Entry(NamedTuple):
    """A competitor: what it makes of a contract before it is measured, and what is measured."""

    name: str
    prepare: Callable[[dict[str, Any]], Any]
    run: Callable[[Any], Any]


def termwise_entries(rules: Policy) -> list[Entry]:
    """Return Termwise's evaluators: outcomes from a plain mapping of texts, symbols, sets and booleans."""
    loaded = termwise.load_policy(POLICY)
    return [
        Entry("Termwise, compiled", dict, lambda facts: loaded.outcomes(facts, as_of=AS_OF)),
        Entry("Termwise, reference", lambda facts: bound(rules, facts), lambda each: judge(rules, each, AS_OF)),
    ]


def mixed_entries(rules: Policy) -> list[Entry]:
    """Return what judges contracts of several documents, loaded before, as a program that asks again has them.

    The first time that a loaded contract is judged on a day, precedence has to find out which document speaks; that is
    measured too, as what a program that asks once has to wait for.
    """
    loaded = termwise.load_policy(POLICY)

    def contract(facts: dict[str, Any]) -> Contract:
        problems = Problems()
        raw = mapping.raw(facts, problems)
        assert raw is not None
        return Contract(raw, problems)

    def settled(facts: dict[str, Any]) -> Contract:
        made = contract(facts)
        loaded.outcomes(made, as_of=AS_OF)
        return made

    program = Program(rules)
    return [
        Entry("Termwise, compiled, outcomes", settled, lambda each: loaded.outcomes(each, as_of=AS_OF)),
        Entry(
            "the same, settled anew each time",
            lambda facts: bound(rules, facts),
            lambda each: program.of_worlds(program.of_contract(each, AS_OF), AS_OF, each.id),
        ),
        Entry(
            "Termwise, compiled, with causes",
            lambda facts: bound(rules, facts),
            lambda each: program.judge(each, AS_OF),
        ),
        Entry("Termwise, reference", lambda facts: bound(rules, facts), lambda each: judge(rules, each, AS_OF)),
    ]


def main() -> None:
    """Print what a contract takes, stated plainly and in several documents of different assurance."""
    rules = policy()
    peers, absent = _peers()
    given = contracts(CONTRACTS, SEED)
    assert [read(each) for each in given] == plain(CONTRACTS, SEED)
    hand = Entry(YARDSTICK, read, by_hand)
    reading = Entry("the same, text read too", dict, lambda facts: by_hand(read(facts)))
    title = f"plain mappings: {len(RULES)} rules over {len(FACTS)} facts"
    _table(title, [hand, reading, *termwise_entries(rules), *peers], rules, given, hand)
    for name, reason in absent:
        print(f"not measured: {name} ({reason})")
    title = "three documents of different assurance, with ranges, vague words and references (ratio: to plain, by hand)"
    print()
    _table(title, mixed_entries(rules), rules, mixed(CONTRACTS, SEED), hand)


def _peers() -> tuple[list[Entry], list[tuple[str, str]]]:
    found, absent = [], []
    for name in ALL:
        try:
            module = import_module(f"benchmarks.workload.peers.{name}")
            found.append(Entry(module.NAME, _from_text(module.prepare), module.load()))
        except ImportError as problem:
            absent.append((name, str(problem)))
    return found, absent


def _from_text(prepare: Callable[[Mapping[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda facts: prepare(read(facts))


def _table(title: str, entries: Sequence[Entry], rules: Policy, given: Sequence[dict[str, Any]], hand: Entry) -> None:
    """Verify, measure and print; the yardstick takes part in every round, also where it is no competitor."""
    wanted = [reference(rules, bound(rules, facts)) for facts in given]
    prepared = {entry.name: [entry.prepare(facts) for facts in given] for entry in entries}
    for entry in entries:
        agree(entry.name, [_codes_of(entry.run(each)) for each in prepared[entry.name]], wanted)
    prepared.setdefault(hand.name, [hand.prepare(facts) for facts in contracts(CONTRACTS, SEED)])
    racers = list(entries) if hand in entries else [hand, *entries]
    sizes = {entry.name: _batch(entry, prepared[entry.name]) for entry in racers}
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {entry.name: [] for entry in racers}
    for number in range(ROUNDS):
        for entry in racers:
            batch = _share(prepared[entry.name], sizes[entry.name], number)
            taken[entry.name].append(_seconds(entry, batch) / len(batch))
    gc.unfreeze()
    print(f"{title}; outcomes equal on {len(given)} contracts; medians of {ROUNDS} rounds")
    print(f"{'':<36} {'µs a contract':>14} {'contracts/s':>12} {'ratio':>8}")
    for entry in racers:
        ratio = statistics.median(one / other for one, other in zip(taken[entry.name], taken[hand.name], strict=True))
        middle = statistics.median(taken[entry.name])
        print(f"{entry.name:<36} {middle * 1e6:>14.1f} {1 / middle:>12,.0f} {ratio:>8.2f}")


def _codes_of(answer: Any) -> Codes:
    return codes(answer.results if hasattr(answer, "results") else answer)


def _batch(entry: Entry, prepared: Sequence[Any]) -> int:
    """Return how many contracts make a batch, so that each competitor is measured for about as long."""
    a_few = prepared[:5]
    each = min(_seconds(entry, a_few) for _ in range(3)) / len(a_few)
    return max(5, round(BATCH / each))


def _share(prepared: Sequence[Any], size: int, number: int) -> list[Any]:
    """Return the contracts of a round: others than in the round before, and again from the first after the last."""
    return [prepared[place % len(prepared)] for place in range(number * size, (number + 1) * size)]


def _seconds(entry: Entry, batch: Sequence[Any]) -> float:
    run = entry.run
    start = time.perf_counter()
    for each in batch:
        run(each)
    return time.perf_counter() - start
