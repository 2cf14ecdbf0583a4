"""The workload by hand in NumPy: two arrays of bytes a condition, where it is sure to hold and where sure to fail.

Rows are taken in pieces that stay in the cache, and the pieces are shared out among threads. A condition that several
rules ask about is tried once a piece.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TypeAlias

import numpy as np

from benchmarks.workload import BREACHED, NOT_APPLICABLE, PREFERRED, RULES
from benchmarks.workload.contracts import Column
from benchmarks.workload.facts import FACTS, SPECS
from benchmarks.workload.masks import mask, masks
from benchmarks.workload.rules import RULES_BY_HAND, All, AnyOf, Between, Condition, Not, Rule, Sum, Test

Columns: TypeAlias = dict[str, tuple[np.ndarray, np.ndarray]]
"""For each term its values, and where there is one."""
Truth: TypeAlias = tuple[np.ndarray, np.ndarray]
"""Where a condition is sure to hold, and where it is sure to fail."""

_PIECE = 1 << 16
_CODES = [np.int8(code) for code in range(8)]
_COMPARE = {"<=": np.less_equal, ">=": np.greater_equal, ">": np.greater}


def arrays(columns: Mapping[str, Column]) -> Columns:
    """Return compact columns by term, with sets as bits."""
    return {
        spec.term: (masks(spec.term, column) if spec.kind == "set" else column.values, column.valid)
        for spec, column in ((spec, columns[spec.column]) for spec in FACTS)
    }


def outcomes(given: Columns, threads: int = os.cpu_count() or 1) -> np.ndarray:
    """Return the codes of all outcomes, a row for each rule."""
    count = len(next(iter(given.values()))[0])
    made = np.empty((len(RULES), count), np.int8)

    def run(start: int) -> None:
        piece = slice(start, start + _PIECE)
        columns = {term: (values[piece], valid[piece]) for term, (values, valid) in given.items()}
        known: dict[Condition, Truth] = {}
        for row, rule in zip(made, RULES_BY_HAND, strict=True):
            _write(rule, columns, known, row[piece])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(0, count, _PIECE)))
    return made


def _write(rule: Rule, columns: Columns, known: dict[Condition, Truth], out: np.ndarray) -> None:
    """Write the lowest code that holds: they rise from the guard down the ladder. It is the highest, counted from 7."""
    rungs = [(code, _truth(rung, columns, known)) for code, rung in rule.rungs]
    fails = reduce(np.bitwise_and, [truth[1] for code, truth in rungs if code != PREFERRED])
    applies = None if rule.applies is None else _truth(rule.applies, columns, known)
    if applies is not None:
        fails = fails & applies[0]
        rungs.append((NOT_APPLICABLE, (applies[1], applies[0])))
    highest = (~fails).view(np.int8)
    for code, truth in rungs:
        np.maximum(highest, truth[0].view(np.int8) * _CODES[BREACHED - code], out=highest)
    np.subtract(_CODES[BREACHED], highest, out=out)


def _truth(condition: Condition, columns: Columns, known: dict[Condition, Truth]) -> Truth:
    found = known.get(condition)
    if found is None:
        found = known[condition] = _found(condition, columns, known)
    return found


def _found(condition: Condition, columns: Columns, known: dict[Condition, Truth]) -> Truth:
    match condition:
        case Test():
            values, valid = columns[condition.term]
            return _sure(_test(condition, values), valid)
        case Between(op, left, right):
            (one, one_valid), (other, other_valid) = columns[left], columns[right]
            if op == "<=":
                return _sure(one <= other, one_valid & other_valid)
            missing = one & ~other if op == "within" else other & ~one
            return _sure(missing == 0, one_valid & other_valid)
        case Sum(left, right, most):
            (one, one_valid), (other, other_valid) = columns[left], columns[right]
            return _sure(one + other <= most, one_valid & other_valid)
        case Not(operand):
            holds, fails = _truth(operand, columns, known)
            return fails, holds
        case All(operands):
            truths = [_truth(each, columns, known) for each in operands]
            return reduce(np.bitwise_and, [each[0] for each in truths]), reduce(
                np.bitwise_or, [each[1] for each in truths]
            )
        case AnyOf(operands):
            truths = [_truth(each, columns, known) for each in operands]
            return reduce(np.bitwise_or, [each[0] for each in truths]), reduce(
                np.bitwise_and, [each[1] for each in truths]
            )


def _sure(holds: np.ndarray, valid: np.ndarray) -> Truth:
    return holds & valid, valid > holds


def _test(test: Test, values: np.ndarray) -> np.ndarray:
    if test.op == "yes":
        return values
    if isinstance(test.value, int):
        return _COMPARE[test.op](values, test.value)
    if test.op == "in":
        names = SPECS[test.term].names
        codes = [names.index(name) for name in test.value]
        if codes == [*range(len(codes))]:
            return values <= codes[-1]
        if codes == [*range(codes[0], len(names))]:
            return values >= codes[0]
        return reduce(np.bitwise_or, [values == code for code in codes])
    bits = np.uint8(mask(test.term, test.value))
    match test.op:
        case "includes":
            return values & bits == bits
        case "within":
            return values & ~bits == 0
        case _:
            return values & bits == 0
