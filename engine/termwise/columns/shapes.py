"""Columns of Arrow in whatever type they come → one array of a type that is read in place, or values of Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from termwise.columns.batch import Numbers


def simple(column: Any) -> Any:  # noqa: ANN401 - arrays of pyarrow
    """Return a column as one array without run ends, views of text, or a type of somebody's own."""
    array = _whole(column)
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return simple(array.storage)
    if pa.types.is_run_end_encoded(kind):
        return simple(pc.run_end_decode(array))
    if pa.types.is_string_view(kind):
        return array.cast(pa.large_string())
    return array


def _whole(column: Any) -> Any:  # noqa: ANN401
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return column.unify_dictionaries().combine_chunks() if column.num_chunks else pa.array([], column.type)


def encoded(array: Any) -> tuple[list[object], Numbers]:  # noqa: ANN401
    """Return the different values of an array, and for each place which of them it has.

    Where the array is null, the code is any number that is not negative.
    """
    kind = array.type
    if pa.types.is_dictionary(kind):
        return values_of(array.dictionary), _codes(array.indices)
    try:
        found = pc.dictionary_encode(array)
    except pa.ArrowNotImplementedError:  # what holds other values, and what nobody thought of
        return _by_look(values_of(array))
    return values_of(found.dictionary), _codes(found.indices)


def values_of(array: Any) -> list[object]:  # noqa: ANN401
    """Return the values of an array as Python has them.

    A midnight is its day, and what a struct leaves null is left out, since its type has every key. Nanoseconds that
    Python cannot tell apart stay what they are, which is no value of any term.
    """
    try:
        return [_plain(each) for each in array.to_pylist()]
    except (ValueError, OverflowError):
        return [_alone(each) for each in array]


def _alone(scalar: Any) -> object:  # noqa: ANN401
    try:
        return _plain(scalar.as_py())
    except (ValueError, OverflowError):
        return Foreign(str(scalar.type))


class Foreign:
    """A value that Python has no form for."""

    def __init__(self, kind: str) -> None:
        """Keep what it is called."""
        self._kind = kind

    def __repr__(self) -> str:
        return f"<{self._kind}>"


def _plain(value: object) -> object:
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items() if each is not None}
        case list():
            return [_plain(each) for each in value]
        case datetime() if value.time() == time() and value.tzinfo is None:
            return value.date()
        case _:
            return value


def _by_look(values: Sequence[object]) -> tuple[list[object], Numbers]:
    known: dict[str, int] = {}
    distinct: list[object] = []
    codes = np.zeros(len(values), np.int32)
    for place, value in enumerate(values):
        look = repr(value)
        if look not in known:
            known[look] = len(distinct)
            distinct.append(value)
        codes[place] = known[look]
    return distinct, codes


def _codes(array: Any) -> Numbers:  # noqa: ANN401
    """Return codes in place; what stands where there is none becomes a large number instead of a negative one."""
    found = numbers(array)
    return found.view(f"u{found.dtype.itemsize}")


def numbers(array: Any) -> Numbers:  # noqa: ANN401
    """Return the numbers of an array in place; where it is null, whatever is there."""
    dtype = array.type.to_pandas_dtype()
    whole = np.frombuffer(array.buffers()[1], dtype) if len(array) else np.zeros(0, dtype)
    return whole[array.offset : array.offset + len(array)]


def text(array: Any) -> Any:  # noqa: ANN401
    """Return an array as text, or None where it holds what has no one text: whole numbers and text have."""
    kind = array.type
    element = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_text = pa.types.is_string(element) or pa.types.is_large_string(element) or pa.types.is_string_view(element)
    if not (is_text or pa.types.is_integer(element) or pa.types.is_null(element)):
        return None
    if pa.types.is_dictionary(kind):
        array = array.dictionary_decode()
    return array if array.type == pa.string() else array.cast(pa.string())
