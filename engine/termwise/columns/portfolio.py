"""A portfolio judged: the one way from a source of rows to counts, and to a file of outcomes where one is wanted."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from itertools import chain, islice
from typing import TypeVar

import pyarrow as pa

from termwise.columns import problems as words
from termwise.columns.batch import Batch
from termwise.columns.rows import joined, outcomes_table, rows_file, schema_of
from termwise.columns.run import Columnar, Judged
from termwise.columns.tally import Tally
from termwise.compiled.program import Program
from termwise.core.policy import Severity
from termwise.diagnostics import PolicyError, Problems
from termwise.frozen import frozen

T = TypeVar("T")

_WORKERS = min(os.cpu_count() or 1, 8)


@frozen
class Wanted:
    """What is wanted of a run.

    `skips` passes over rows that cannot be judged, and lists them; otherwise the first of them ends the run. `rows` is
    a file for the outcomes of every row; `keeps` keeps them in memory. `worst` is how many of the worst are named.
    """

    as_of: date
    fail_on: Severity = Severity.MINOR
    skips: bool = False
    rows: str | None = None
    keeps: bool = False
    worst: int = 10


class Outcomes:
    """The outcomes of every row, and what they come to as a whole."""

    def __init__(self, tally: Tally, kept: list[pa.Table]) -> None:
        """Keep both; there are rows only where they were to be kept."""
        self.tally = tally
        self._kept = kept

    @property
    def table(self) -> pa.Table:
        """One row a contract: id, vendor, decision, and the outcome of every rule; a copy is made at most once."""
        if len(self._kept) > 1:
            self._kept = [joined(self._kept)]
        return self._kept[0]


def run(
    program: Program,
    batches: Iterable[Batch],
    wanted: Wanted,
    name: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcomes:
    """Judge batches; `name` is what the source is called in a problem, `progress` hears of the rows done so far."""
    columnar = Columnar(program, wanted.as_of, wanted.fail_on)
    tally, kept = Tally(program.policy, wanted.worst), list[pa.Table]()
    needs_codes = wanted.keeps or wanted.rows is not None
    named: dict[str, int] = {}
    schema = schema_of(program.policy)

    def judged(batch: Batch) -> tuple[Judged, pa.Table | None]:
        made = columnar.judge(batch, codes=needs_codes, failing=wanted.worst > 0)
        return made, outcomes_table(made, program.policy) if needs_codes else None

    source = _sound(batches, wanted)
    first = list(islice(source, 1))  # whatever is wrong with the source is known before a file is opened
    opened = nullcontext() if wanted.rows is None or not first else rows_file(wanted.rows, schema)
    with opened as sink:
        for made, table in _in_turn(judged, chain(first, source)):
            _check_named(made, named, name)
            tally.add(made)
            if sink is not None:
                sink.write(table)
            if wanted.keeps:
                kept.append(table)
            progress(tally.rows)
    return Outcomes(tally, kept or [schema.empty_table()])


def _in_turn(work: Callable[[Batch], T], batches: Iterable[Batch]) -> Iterator[T]:
    """Yield what comes of each batch, in their order, as many at a time as there are cores.

    A batch is worked on by one thread: NumPy lets others run meanwhile, as long as what it is given is large.
    """
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[Future[T]] = deque()
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _sound(batches: Iterable[Batch], wanted: Wanted) -> Iterator[Batch]:
    """Yield batches; rows that cannot be judged are refused, unless they are to be skipped."""
    for batch in batches:
        _check(batch, wanted)
        yield batch


def _check(batch: Batch, wanted: Wanted) -> None:
    if batch.bad is None or wanted.skips:
        return
    problems = Problems()
    for each in batch.faults:
        problems.add(words.unusable_row(each))
    raise PolicyError(problems)


def _check_named(judged: Judged, named: dict[str, int], name: str) -> None:
    """Refuse a contract that a waiver names and that more than one row claims to be."""
    for contract, times in judged.named.items():
        named[contract] = named.get(contract, 0) + times
        if named[contract] > 1:
            problems = Problems()
            problems.add(words.repeated_contract(name, contract, named[contract]))
            raise PolicyError(problems)
