"""What a million contracts in columns take: by hand in Polars, NumPy and SQL, and by Termwise, on one workload.

Everything is first tried on the same rows: all competitors must agree on all of them, and with the reference
interpreter on a sample, or nothing is measured. Then all take turns, and a ratio is taken within a round; what
all cores together worked is said beside it, for machines that do other things too. Memory is
that of a process of its own for each competitor, and what the process needs beyond its columns is what counts.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.workload import POLICY, RULES
from benchmarks.workload.agreement import AS_OF, agree, bound, policy, reference
from benchmarks.workload.contracts import Column, columns, contracts, table

if TYPE_CHECKING:
    import numpy as np

ROWS, SEED = 1_000_000, 2026
SAMPLE = 200
ROUNDS = 9
NEEDED = ("numpy", "polars", "duckdb", "pyarrow")
YARDSTICK = "hand-written Polars"


class Entry(NamedTuple):
    """A competitor: what it makes of the columns first, what is measured, and the codes of a rule in its answer."""

    name: str
    prepare: Callable[[Mapping[str, Column]], Any]
    run: Callable[[Any], Any]
    column: Callable[[Any, str], np.ndarray]


def entries() -> list[Entry]:
    """Return all competitors. Termwise also counts; in one of its lines it names the contracts that fail most, too."""
    import termwise

    loaded = termwise.load_policy(POLICY)
    return [
        _polars(),
        _numpy(),
        _duckdb(),
        Entry("Termwise", _named, lambda rows: loaded.evaluate_table(rows, as_of=AS_OF, worst=0), _codes_of_table),
        Entry(
            "Termwise, the worst named", _named, lambda rows: loaded.evaluate_table(rows, as_of=AS_OF), _codes_of_table
        ),
    ]


def _named(given: Mapping[str, Column]) -> Any:
    """Return the columns with what Termwise wants besides: which contract each row is."""
    import pyarrow as pa

    made = table(given)
    return made.add_column(0, "contract", pa.array(range(made.num_rows)).cast(pa.string()))


def _codes_of_table(answer: Any, rule: str) -> np.ndarray:
    """Return the codes of a rule from a table with a column for each: of codes, or of the names of outcomes."""
    import numpy as np
    import pyarrow as pa

    from benchmarks.workload import OUTCOMES

    found = answer.table[rule]
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    if pa.types.is_integer(found.type):
        return found.to_numpy(zero_copy_only=False).astype("int8")
    encoded = found if pa.types.is_dictionary(found.type) else found.dictionary_encode()
    of_names = np.array([OUTCOMES.index(name) for name in encoded.dictionary.to_pylist()], "int8")
    return of_names[encoded.indices.to_numpy(zero_copy_only=False)]


def _polars() -> Entry:
    from benchmarks.workload import by_hand_polars

    return Entry(YARDSTICK, by_hand_polars.frame, by_hand_polars.outcomes, lambda answer, rule: answer[rule].to_numpy())


def _numpy() -> Entry:
    from benchmarks.workload import by_hand_numpy

    return Entry(
        "hand-written NumPy",
        by_hand_numpy.arrays,
        by_hand_numpy.outcomes,
        lambda answer, rule: answer[RULES.index(rule)],
    )


def _duckdb() -> Entry:
    from benchmarks.workload import by_hand_polars, sql

    query = sql.query("contracts")
    return Entry(
        "hand-written SQL, DuckDB",
        lambda given: sql.connection(by_hand_polars.frame(given).to_arrow()),
        lambda connection: connection.sql(query).to_arrow_table(),
        lambda answer, rule: answer[rule].to_numpy(),
    )


def main() -> None:
    """Print rows a second and memory, once everything agrees."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        print(f"not measured: {', '.join(missing)} cannot be imported")
        return
    found, given = entries(), columns(ROWS, SEED)
    prepared = {entry.name: entry.prepare(given) for entry in found}
    _verify(found, prepared)
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {entry.name: [] for entry in found}
    worked: dict[str, list[float]] = {entry.name: [] for entry in found}
    for _ in range(ROUNDS):
        for entry in found:
            start, busy = time.perf_counter(), time.process_time()
            entry.run(prepared[entry.name])
            taken[entry.name].append(time.perf_counter() - start)
            worked[entry.name].append(time.process_time() - busy)
    gc.unfreeze()
    cores = os.cpu_count()
    print(f"{ROWS:,} rows, {len(RULES)} rules, {cores} cores; outcomes equal; medians of {ROUNDS} rounds")
    print(f"{'':<28} {'ms':>8} {'M rows/s':>9} {'ratio':>7} {'cores, ms':>10} {'columns, MB':>12} {'peak, MB':>9}")
    for entry in found:
        pairs = zip(taken[entry.name], taken[YARDSTICK], strict=True)
        ratio = statistics.median(one / other for one, other in pairs)
        middle = statistics.median(taken[entry.name])
        before, peak = _memory(entry.name)
        busy = statistics.median(worked[entry.name])
        speed = f"{middle * 1e3:>8.1f} {ROWS / middle / 1e6:>9.2f} {ratio:>7.2f} {busy * 1e3:>10.1f}"
        print(f"{entry.name:<28} {speed} {before:>12.0f} {peak:>9.0f}")


def _verify(found: list[Entry], prepared: Mapping[str, Any]) -> None:
    """Stop where outcomes are not equal in every row, or not those of the reference interpreter in the first ones."""
    import numpy as np

    first, *others = found
    answer = first.run(prepared[first.name])
    wanted = {rule: first.column(answer, rule) for rule in RULES}
    for entry in others:
        answer = entry.run(prepared[entry.name])
        for rule in RULES:
            differ = np.flatnonzero(entry.column(answer, rule) != wanted[rule])
            if differ.size:
                raise SystemExit(f"{entry.name} and {first.name} do not agree on {rule}, first in row {differ[0]}")
    rules = policy()
    judged = [reference(rules, bound(rules, facts)) for facts in contracts(SAMPLE, SEED)]
    agree(first.name, [tuple(int(wanted[rule][row]) for rule in RULES) for row in range(SAMPLE)], judged)


def _memory(name: str) -> tuple[float, float]:
    """Return the megabytes that a process of its own holds once it has its columns, and at the peak of a run."""
    words = [sys.executable, "-m", "benchmarks.columnar", name]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    before, peak = map(float, ran.stdout.split())
    return before, peak


def _measure_memory(name: str) -> None:
    """Print what this process holds before a run and at its peak, in megabytes."""
    entry = next(each for each in entries() if each.name == name)
    prepared = entry.prepare(columns(ROWS, SEED))
    gc.collect()
    before = _peak_from_here()
    entry.run(prepared)
    print(before, _peak())


_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def _peak_from_here() -> float:
    """Forget the peak there was while the columns were made, where the system can, and return what is held now."""
    if _RESET.exists():
        _RESET.write_text("5", "ascii")
    return _peak()


def _peak() -> float:
    """Return the most memory that was held; asked of Linux itself, since `getrusage` can speak of the parent."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _measure_memory(sys.argv[1])
