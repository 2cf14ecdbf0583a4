"""Arrays of Arrow → arrays of NumPy, in place: the buffers of the one are the memory of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from termwise.columns.batch import Bits, Numbers, pack, width


def whole(column: Any) -> Any:  # noqa: ANN401 - arrays of pyarrow
    """Return a column as one array."""
    if isinstance(column, pa.ChunkedArray):
        return (
            column.chunk(0)
            if column.num_chunks == 1
            else column.unify_dictionaries().combine_chunks()
            if column.num_chunks
            else pa.array([], column.type)
        )
    return column


def validity(array: Any) -> Bits | None:  # noqa: ANN401
    """Return where an array has a value, or None where it has one everywhere."""
    if array.null_count == 0:
        return None
    buffer = array.buffers()[0]
    if buffer is None:  # the nulls of a dictionary, or of an array that is nothing else
        return pack(flags(pc.is_valid(array)))
    return shifted(buffer, array.offset, len(array))


def booleans(array: Any) -> Bits:  # noqa: ANN401
    """Return where an array of yes and no says yes; where it is null, whatever is there."""
    return shifted(array.buffers()[1], array.offset, len(array))


def shifted(buffer: Any, offset: int, count: int) -> Bits:  # noqa: ANN401
    """Return the bits of a buffer from an offset on."""
    whole = np.frombuffer(buffer, np.uint8)
    if offset % 8 == 0:
        return whole[offset // 8 : offset // 8 + width(count)]
    flags = np.unpackbits(whole, count=offset + count, bitorder="little")[offset:]
    return np.packbits(flags, bitorder="little")


def numbers(array: Any) -> Numbers:  # noqa: ANN401
    """Return the numbers of an array in place; where it is null, whatever is there."""
    dtype = array.type.to_pandas_dtype()
    whole = np.frombuffer(array.buffers()[1], dtype) if len(array) else np.zeros(0, dtype)
    return whole[array.offset : array.offset + len(array)]


def flags(array: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401
    """Return an array of yes and no as one flag a place."""
    found: npt.NDArray[np.bool_] = array.to_numpy(zero_copy_only=False)
    return found.astype(np.bool_)


def narrow(codes: Numbers, count: int) -> Numbers:
    """Return codes in the smallest numbers that hold them: comparing those is faster."""
    if codes.dtype.itemsize == 1 or count >= 1 << 16:
        return codes
    return codes.astype(np.uint8 if count < 1 << 8 else np.uint16)


def by_look(values: Sequence[object]) -> tuple[list[object], Numbers]:
    """Return the different values of a list of mappings and lists, and for each place which of them it has."""
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
