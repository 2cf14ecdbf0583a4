"""What came of every row → a file of rows, whole or not at all: it has its name only once the last row is in it."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from termwise.columns import problems as words
from termwise.columns.batch import unpack
from termwise.columns.kernel import CODES
from termwise.columns.run import Judged
from termwise.core.policy import Policy
from termwise.diagnostics import PolicyError, Problems

ENDINGS = (".parquet", ".arrow", ".feather", ".csv", ".jsonl", ".ndjson")

_OUTCOMES = pa.array([each.value for each in CODES], pa.string())
_DECISIONS = pa.array(["pass", "undecided", "fail"], pa.string())
_NAMED = pa.dictionary(pa.uint8(), pa.string())


def outcomes_table(judged: Judged, policy: Policy) -> pa.Table:
    """Return one row a contract: its id, its vendor, the decision, and the outcome of every rule by its name.

    Rows that cannot be judged are left out.
    """
    batch, codes = judged.batch, judged.codes
    assert codes is not None
    vendors = pa.nulls(batch.rows, pa.string()) if batch.vendors is None else _array(batch.vendors)
    decisions = pa.DictionaryArray.from_arrays(pa.array(judged.decisions), _DECISIONS, safe=False)
    outcomes = (pa.DictionaryArray.from_arrays(pa.array(row), _OUTCOMES, safe=False) for row in codes)
    table = pa.table([_array(batch.ids), vendors, decisions, *outcomes], schema=schema_of(policy))
    return table if batch.bad is None else table.filter(pa.array(~unpack(batch.bad, batch.rows)))


def schema_of(policy: Policy) -> pa.Schema:
    """Return the columns of outcomes; a rule that is called as one of the first three is `rule NAME`."""
    first = {"contract": pa.string(), "vendor": pa.string(), "decision": _NAMED}
    names = (rule.name for rule in policy.rules)
    rules = [(f"rule {name}" if name in first else name, _NAMED) for name in names]
    return pa.schema([*first.items(), *rules])


class Sink(Protocol):
    """Where rows go."""

    def write(self, table: pa.Table) -> None:
        """Write some rows."""

    def close(self) -> None:
        """Write what is left."""


@contextmanager
def rows_file(path: str, schema: pa.Schema) -> Iterator[Sink]:
    """Open a file for rows, in the format that its name ends in; it replaces what was there when all is well."""
    target = os.path.realpath(path)
    made = f"{target}.{os.getpid()}.tmp"
    with _refused(path):
        if os.path.isdir(target):
            raise IsADirectoryError(path)
        sink = _Guarded(_sink(made, path, schema), path)
    try:
        yield sink
        with _refused(path):
            sink.close()
            _settle(made, target)
    finally:
        with suppress(OSError, pa.ArrowException):
            sink.close()
        with suppress(OSError):
            os.unlink(made)


def _settle(made: str, target: str) -> None:
    """Give a file that is whole its name, and the permissions of what had it."""
    with open(made, "rb+") as file:
        os.fsync(file.fileno())
    if os.path.exists(target):
        os.chmod(made, stat.S_IMODE(os.stat(target).st_mode))
    os.replace(made, target)


@contextmanager
def _refused(path: str) -> Iterator[None]:
    """Turn whatever the system refuses into a problem of the file."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        problems = Problems()
        problems.add(words.unwritable_rows(path, error))
        raise PolicyError(problems) from None


class _Guarded:
    """A sink whose troubles are those of its file."""

    def __init__(self, sink: Sink, path: str) -> None:
        self._sink = sink
        self._path = path

    def write(self, table: pa.Table) -> None:
        with _refused(self._path):
            self._sink.write(table)

    def close(self) -> None:
        self._sink.close()


def write_table(table: pa.Table, path: str) -> None:
    """Write a table to a file, whole or not at all."""
    with rows_file(path, table.schema) as sink:
        sink.write(table)


def _sink(made: str, path: str, schema: pa.Schema) -> Sink:
    name = path.lower()
    if name.endswith(".parquet"):
        writer: Any = pq.ParquetWriter(made, schema, compression="zstd")
        return _Written(writer.write_table, writer.close)
    if name.endswith((".arrow", ".feather")):
        file = pa.OSFile(made, "wb")
        stream = pa.ipc.new_file(file, schema)
        return _Written(stream.write_table, stream.close, file.close)
    if name.endswith(".csv"):
        plain = pa.schema([(each.name, pa.string()) for each in schema])
        writer = pa_csv.CSVWriter(made, plain)
        return _Written(lambda table: writer.write_table(table.cast(plain)), writer.close)
    return _Lines(made)


class _Written:
    def __init__(self, write: Any, *closing: Any) -> None:  # noqa: ANN401 - what pyarrow has
        self._write = write
        self._closing = closing

    def write(self, table: pa.Table) -> None:
        self._write(table)

    def close(self) -> None:
        for each in self._closing:
            each()


class _Lines:
    def __init__(self, path: str) -> None:
        self._file = open(path, "w", encoding="utf-8")  # noqa: SIM115 - it outlives this call

    def write(self, table: pa.Table) -> None:
        for row in table.to_pylist():
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._file.close()


def _array(values: Any) -> pa.Array:  # noqa: ANN401 - a list of texts, or an array
    if isinstance(values, list | np.ndarray):
        return pa.array(values, pa.string())
    return values.cast(pa.string()) if values.type != pa.string() else values


def joined(tables: Sequence[pa.Table]) -> pa.Table:
    """Return tables of rows as one."""
    return pa.concat_tables(tables)
