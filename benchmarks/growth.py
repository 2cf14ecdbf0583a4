"""How parsing and compiling grow with the size of a policy: they should take twice as long for twice the rules."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable

from benchmarks import generate
from termwise.compiler import compile_policy
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.parse import parse

SIZES = (100, 300, 1000, 3000, 10_000)
VOCABULARY = Source("generated_terms.tw", generate.vocabulary())


def main() -> None:
    """Print seconds, rules a second and the exponent of growth for each size, parsed alone and compiled whole."""
    gc.set_threshold(200_000)  # as the command has it
    _seconds(_compile, Source("warm.tw", generate.policy(10)))
    headings = "".join(f"   {name:>10} {'rules/s':>8} {'exponent':>8}" for name in ("parse, s", "compile, s"))
    print(f"{'rules':>7} {'kB':>6}{headings}")
    before: list[float] = []
    for number, size in enumerate(SIZES):
        source = Source("generated.tw", generate.policy(size))
        taken = [_seconds(stage, source) for stage in (_parse, _compile)]
        cells = [f"{size:>7} {len(source.text) // 1000:>6}"]
        for place, seconds in enumerate(taken):
            growth = f"{_exponent(SIZES[number - 1], before[place], size, seconds):.2f}" if before else ""
            cells.append(f"{seconds:>10.2f} {size / seconds:>8.0f} {growth:>8}")
        print("   ".join(cells), flush=True)
        before = taken


def _exponent(size: int, seconds: float, larger: int, longer: float) -> float:
    """Return p, where the time grows as the size to the power of p: 1 is linear, 2 quadratic."""
    return math.log(longer / seconds) / math.log(larger / size)


def _parse(source: Source) -> None:
    problems = Problems()
    parse(source, problems)
    assert not problems.all, problems.all[0]


def _compile(source: Source) -> None:
    problems = Problems()
    policy = compile_policy(source, lambda _name, _asker: VOCABULARY, problems)
    assert policy is not None and not problems.has_errors, problems.all[0]


def _seconds(run: Callable[[Source], None], source: Source) -> float:
    """Return the processor time of a run, the best of a few: what else the machine does only makes it slower."""
    best = math.inf
    for _ in range(3 if len(source.text) < 1_000_000 else 1):
        gc.collect()
        start = time.process_time()
        run(source)
        best = min(best, time.process_time() - start)
    return best
