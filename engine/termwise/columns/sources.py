"""Where the rows of a portfolio come from: files of columns, lines of JSON, contract files, or tables in memory.

Whatever it is, it comes as batches of a bounded size, so that a hundred million rows take no more memory than a few.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from termwise.columns import problems as words
from termwise.columns.arrow import ArrowReader
from termwise.columns.batch import Batch
from termwise.columns.header import ROW_COLUMNS, Header, read_header
from termwise.columns.lines import batches_of_files, batches_of_lines
from termwise.columns.opening import guarded, refused
from termwise.compiled.program import Program
from termwise.contracts.files import ENDINGS, ending_of, find_contracts
from termwise.contracts.problems import not_followed
from termwise.diagnostics import PolicyError, Problems
from termwise.frozen import frozen

BATCH = 1 << 19
"""How many rows of a table are read at once."""

TABLES = (".parquet", ".arrow", ".feather", ".csv")
LINES = (".jsonl", ".ndjson")

Tabular: TypeAlias = Any
"""A table, record batch or reader of pyarrow, or anything that hands one over through Arrow's C stream."""


@frozen
class Reading:
    """How a portfolio is read: for which policy, on which day, and which columns may be absent or passed over.

    With `may_be_missing`, a term without a column is silent in every row; `ignored` are columns that say nothing here.
    """

    program: Program
    as_of: date
    may_be_missing: bool = False
    ignored: frozenset[str] = frozenset()


def batches_of_tables(table: Tabular, name: str, reading: Reading) -> Iterator[Batch]:
    """Yield the batches of a table in memory."""
    with refused(name):
        reader = _reader_of(table)
    columns = checked(reader.schema.names, name, reading)
    yield from _arrow(guarded(name, reader), columns, reading, name)


def batches_of_paths(paths: Sequence[str], reading: Reading, problems: Problems) -> Iterator[Batch]:
    """Yield the batches of files and folders, in order; a folder has contracts, or files of columns or lines."""
    for path in paths:
        kind, files = _inside(path, problems) if os.path.isdir(path) else (kind_of(path), [path])
        if kind == "contracts":
            yield from batches_of_files(files, reading.program, reading.as_of)
            continue
        for file in files:
            is_lines = kind_of(file) == "lines"
            yield from (
                batches_of_lines(file, reading.program, reading.as_of) if is_lines else _of_table(file, reading)
            )


def count_rows(paths: Sequence[str]) -> int | None:
    """Return how many rows files have, where that can be told without reading them."""
    total = 0
    for path in paths:
        if not path.lower().endswith(".parquet") or os.path.isdir(path):
            return None
        with refused(path):
            total += pq.ParquetFile(path).metadata.num_rows
    return total


def refuse_over(rows: str | None, paths: Sequence[str]) -> None:
    """Refuse to write rows over what they come of."""
    if rows is None or not os.path.exists(rows):
        return
    target = os.path.realpath(rows)
    for path in paths:
        source = os.path.realpath(path)
        if target == source or target.startswith(os.path.join(source, "")):
            problems = Problems()
            problems.add(words.rows_over_source(rows))
            raise PolicyError(problems)


def kind_of(path: str) -> str:
    """Return what a file has by its name: "tables", "lines" or "contracts"."""
    name = path.lower()
    if name.endswith(TABLES):
        return "tables"
    if name.endswith(LINES):
        return "lines"
    if ending_of(path).lower() in ENDINGS:
        return "contracts"
    with refused(path):
        os.stat(path)
    problems = Problems()
    problems.add(words.unknown_kind(path, (*TABLES, *LINES, *ENDINGS)))
    raise PolicyError(problems)


def _inside(folder: str, problems: Problems) -> tuple[str, list[str]]:
    """Return what a folder has: files of columns or lines, at any depth, or contracts, and not both."""
    rows, others, linked = list[str](), list[str](), list[str]()
    for place, folders, names in os.walk(folder, onerror=_raised):
        folders[:] = sorted(each for each in folders if each[0] not in "._")
        linked += [os.path.join(place, each) for each in folders if os.path.islink(os.path.join(place, each))]
        for name in sorted(each for each in names if each[0] not in "._"):
            chosen = rows if name.lower().endswith((*TABLES, *LINES)) else others
            chosen.append(os.path.normpath(os.path.join(place, name)))
    if not rows:
        return "contracts", find_contracts([folder], problems)
    contracts = find_contracts([folder], Problems())
    if contracts:
        problems.add(words.mixed_folder(folder, rows[0], contracts[0]))
        raise PolicyError(problems)
    for left, said in ((others, words.no_rows_in), (linked, not_followed)):
        if left:
            problems.add(said(folder, [os.path.relpath(each, folder) for each in left]))
    return "rows", rows


def _raised(error: OSError) -> None:
    with refused(str(error.filename)):
        raise error


def _of_table(path: str, reading: Reading) -> Iterator[Batch]:
    with refused(path):
        if path.lower().endswith(".parquet"):
            file = pq.ParquetFile(path)
            header = checked(file.schema_arrow.names, path, reading)
            names = _names(header)
            # Ids differ in every row, and a dictionary of them would only grow.
            once = header.rows.get("contract")
            texts = [each.name for each in file.schema_arrow if each.name in names and each.name != once]
            texts = [each for each in texts if _is_text(file.schema_arrow.field(each).type)]
            file = pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False)  # what it buffers, it keeps to the end
            found: Iterable[Any] = file.iter_batches(BATCH, columns=names)
        else:
            reader = _csv(path) if path.lower().endswith(".csv") else _ipc(path)
            header = checked(reader.schema.names, path, reading)
            found = reader
    yield from _arrow(guarded(path, found), header, reading, path)


def _arrow(found: Iterable[Any], header: Header, reading: Reading, name: str) -> Iterator[Batch]:
    reader, first = ArrowReader(reading.program, header, reading.as_of, name), 1
    for table in found:
        for start in range(0, table.num_rows, BATCH):
            with refused(name):
                batch = reader.batch(table.slice(start, BATCH), first)
            yield batch
            first += batch.rows


def _ipc(path: str) -> Any:  # noqa: ANN401 - a reader of pyarrow
    source = pa.memory_map(path)
    try:
        file = pa.ipc.open_file(source)
    except pa.ArrowInvalid:
        source.seek(0)
        return pa.ipc.open_stream(source)
    return _Batches(file)


def _csv(path: str) -> Any:  # noqa: ANN401
    """Open a CSV file; every cell is the text it is, and an empty one is silent."""
    _check_quotes(path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file), [])
    texts = dict.fromkeys(names, pa.string())
    return pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(block_size=_BLOCK),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(column_types=texts, null_values=[""], strings_can_be_null=True),
    )


def _check_quotes(path: str) -> None:
    """Refuse a file with a quotation mark that is never closed: the rest of the file would be one cell."""
    marks = 0
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            marks += block.count(b'"')
    if marks % 2:
        raise csv.Error("a quotation mark is opened and never closed")


_BLOCK = 1 << 23
"""Bytes of a CSV file that are read at once; a row is no longer."""


class _Batches:
    """The batches of an Arrow file, as a stream has them."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401
        self._file = file
        self.schema = file.schema

    def __iter__(self) -> Iterator[Any]:
        for number in range(self._file.num_record_batches):
            batch = self._file.get_batch(number)
            batch.validate(full=True)  # it is used in place, and codes that lead nowhere would lead somewhere
            yield batch


def _reader_of(table: Tabular) -> Any:  # noqa: ANN401
    match table:
        case pa.RecordBatchReader():
            return table
        case pa.Table():
            return table.to_reader(max_chunksize=BATCH)
        case pa.RecordBatch():
            return pa.RecordBatchReader.from_batches(table.schema, [table])
        case _ if hasattr(table, "__arrow_c_stream__"):
            return pa.RecordBatchReader.from_stream(table)
        case _:
            raise TypeError(f"a table of Arrow, or what can become one, is expected, and not a {type(table).__name__}")


def checked(names: Sequence[str], path: str, reading: Reading) -> Header:
    """Return what the columns of a table are for; one that is for nothing, or missing, is an error."""
    problems = Problems()
    header = read_header(names, reading.program.policy.vocabulary)
    for name, meant in header.unknown:
        if name not in reading.ignored:
            problems.add(words.unknown_column(path, name, meant))
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(words.doubled_column(path, name))
    for name, other in header.doubled:
        problems.add(words.same_column(path, name, other))
    if "contract" not in header.rows:
        problems.add(words.no_contract_column(path, ROW_COLUMNS))
    known = {(each.term.name, each.key) for each in header.terms if each.words is not None or each.numbers}
    missing = [
        read.name
        for read in reading.program.plan.inputs
        if (read.term.name, None) not in known and (read.term.name, _key(read.name)) not in known
    ]
    if missing and not reading.may_be_missing:
        problems.add(words.missing_columns(path, missing))
    if problems.has_errors:
        raise PolicyError(problems)
    return header


def _key(name: str) -> str | None:
    return name.partition("[")[2].removesuffix("]") or None


def _names(header: Header) -> list[str]:
    """Return the columns that have to be read."""
    terms = (
        name
        for each in header.terms
        for name in (each.words, each.assurance, *(column for _, column in each.numbers))
        if name is not None
    )
    return [*header.rows.values(), *terms]


def _is_text(kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
