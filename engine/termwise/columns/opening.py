"""Files of rows, opened: whatever the system or a format refuses becomes a problem of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pyarrow as pa

from termwise.columns import problems as words
from termwise.diagnostics import PolicyError, Problems

T = TypeVar("T")


@contextmanager
def refused(path: str) -> Iterator[None]:
    """Turn what cannot be read into a problem of the file."""
    try:
        yield
    except (OSError, pa.ArrowException, UnicodeDecodeError, csv.Error) as error:
        problems = Problems()
        problems.add(words.unreadable_table(path, error))
        raise PolicyError(problems) from None


def guarded(path: str, found: Iterable[T]) -> Iterator[T]:
    """Yield what a reader yields; where it cannot go on, that is a problem of the file."""
    reader = iter(found)
    while True:
        with refused(path):
            try:
                each = next(reader)
            except StopIteration:
                return
        yield each
