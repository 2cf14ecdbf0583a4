"""Arrays of Arrow → bits of NumPy, in place: the buffers of the one are the memory of the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from termwise.columns.batch import Bits, Numbers, pack, width


def validity(array: Any) -> Bits | None:  # noqa: ANN401 - an array of pyarrow
    """Return where an array has a value, or None where it has one everywhere."""
    if array.null_count == 0:
        return None
    buffer = array.buffers()[0]
    if buffer is None:  # the nulls of an array that is nothing else
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


def flags(array: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401
    """Return an array of yes and no as one flag a place."""
    found: npt.NDArray[np.bool_] = array.to_numpy(zero_copy_only=False)
    return found.astype(np.bool_)


def narrow(codes: Numbers, count: int) -> Numbers:
    """Return codes in the smallest numbers that hold them: comparing those is faster."""
    if codes.dtype.itemsize == 1 or count >= 1 << 16:
        return codes
    return codes.astype(np.uint8 if count < 1 << 8 else np.uint16)


def both(left: Bits | None, right: Bits | None, rows: int) -> Bits:
    """Return where both say so; None says so everywhere."""
    if left is None or right is None:
        found = right if left is None else left
        return everywhere(rows) if found is None else found
    return left & right


def without(valid: Bits | None, taken: Bits) -> Bits:
    """Return where one says so and the other does not."""
    return ~taken if valid is None else valid & ~taken


def everywhere(rows: int) -> Bits:
    """Return bits that all say so."""
    return np.full(width(rows), 255, np.uint8)
