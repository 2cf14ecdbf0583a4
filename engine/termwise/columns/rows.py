"""What came of every row → a file of rows, whole or not at all: it has its name only once the last row is in it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from termwise.columns.batch import unpack
from termwise.columns.kernel import CODES
from termwise.columns.run import Judged
from termwise.core.policy import Policy

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
    columns: dict[str, pa.Array] = {"contract": _array(batch.ids)}
    if batch.vendors is not None:
        columns["vendor"] = _array(batch.vendors)
    columns["decision"] = pa.DictionaryArray.from_arrays(pa.array(judged.decisions), _DECISIONS)
    for rule, row in zip(policy.rules, codes, strict=True):
        columns[rule.name] = pa.DictionaryArray.from_arrays(pa.array(row), _OUTCOMES)
    table = pa.table(columns)
    return table if batch.bad is None else table.filter(pa.array(~unpack(batch.bad, batch.rows)))


def schema_of(policy: Policy, *, has_vendors: bool) -> pa.Schema:
    """Return the columns that rows of a policy have."""
    first = [("contract", pa.string()), *([("vendor", pa.string())] if has_vendors else []), ("decision", _NAMED)]
    return pa.schema([*first, *((rule.name, _NAMED) for rule in policy.rules)])


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
    try:
        sink = _sink(made, path, schema)
        yield sink
        sink.close()
        with open(made, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(made, target)
    finally:
        with suppress(OSError):
            os.unlink(made)


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
