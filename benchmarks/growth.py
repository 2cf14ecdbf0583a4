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
    """Print seconds, rules a second and the exponent of growth for each size and stage."""
    _compile(Source("warm.tw", generate.policy(10)))
    print(
        f"{'rules':>7} {'kB':>6}   {'parse s':>8} {'rules/s':>8} {'exponent':>8}   {'whole s':>8} {'rules/s':>8} {'exponent':>8}"
    )
    before: tuple[int, float, float] | None = None
    for size in SIZES:
        source = Source("generated.tw", generate.policy(size))
        parsing = _seconds(_parse, source)
        whole = _seconds(_compile, source)
        exponents = ("", "") if before is None else (
            f"{_exponent(before[0], before[1], size, parsing):.2f}",
            f"{_exponent(before[0], before[2], size, whole):.2f}",
        )  # fmt: skip
        print(
            f"{size:>7} {len(source.text) // 1000:>6}   {parsing:>8.2f} {size / parsing:>8.0f} {exponents[0]:>8}"
            f"   {whole:>8.2f} {size / whole:>8.0f} {exponents[1]:>8}",
            flush=True,
        )
        before = (size, parsing, whole)


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
    """Return the best of two runs: what else the machine does only ever makes a run slower."""
    best = math.inf
    for _ in range(2):
        gc.collect()
        start = time.perf_counter()
        run(source)
        best = min(best, time.perf_counter() - start)
    return best
