"""What proofs cost: lint of the shipped library, and contradictions among ever more rules over 300 terms."""

from __future__ import annotations

import gc
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks import generate
from termwise.analyze.conflicts import Conflicts
from termwise.analyze.groups import groups
from termwise.analyze.study import Study
from termwise.compiler import compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.source import Source

SIZES = (100, 300, 1000)
RUNS = 5
VOCABULARY = Source("generated_terms.tw", generate.vocabulary())


def main() -> None:
    """Print how long lint takes with and without proofs, and how the search for contradictions grows."""
    for words in (["lint", "policies"], ["lint", "policies", "--no-proofs"]):
        taken = [_process(words) for _ in range(RUNS)]
        print(f"termwise {' '.join(words):<30} {statistics.median(taken):6.2f} s, whole process, median of {RUNS}")
    _table("rules that all hang together", generate.policy)
    _table("rules in groups of ten, every tenth group with a contradiction", generate.grouped)


def _table(title: str, made: Callable[[int], str]) -> None:
    print(f"\n{title}\n{'declared':>9} {'rules':>6} {'groups':>6} {'found':>6} {'seconds':>8} {'exponent':>8}")
    before: tuple[int, float] | None = None
    for size in SIZES:
        policy = _compiled(made(size))
        gc.collect()
        start = time.process_time()
        parts, found = contradictions(policy)
        seconds = time.process_time() - start
        growth = (
            "" if before is None else f"{math.log(seconds / before[1]) / math.log(len(policy.rules) / before[0]):.2f}"
        )
        print(f"{size:>9} {len(policy.rules):>6} {parts:>6} {found:>6} {seconds:>8.2f} {growth:>8}", flush=True)
        before = len(policy.rules), seconds


def contradictions(policy: Policy) -> tuple[int, int]:
    """Look for every smallest set of rules that cannot pass together; return how many groups and sets there are."""
    parts = groups(policy, policy.rules)
    found = 0
    for group in parts:
        study = Study([(policy, rule) for rule in group.rules])
        found += sum(1 for _ in Conflicts(policy, group, study).findings())
    return len(parts), found


def _compiled(text: str) -> Policy:
    problems = Problems()
    policy = compile_policy(Source("generated.tw", text), lambda _name, _asker: VOCABULARY, problems)
    assert policy is not None and not problems.has_errors, problems.all[0]
    return policy


def _process(words: Sequence[str]) -> float:
    """Return the processor time of a whole process, so that a busy machine does not count."""
    code = (
        "import sys, time; from termwise.cli.app import main; main(sys.argv[1:]);"
        "print(time.process_time(), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return float(ran.stderr.splitlines()[-1])
