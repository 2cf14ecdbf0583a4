"""Results → files that are whole: several at once, all of them or none, so that nobody reads half a report."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from termwise.cli.problems import Misuse, unwritable
from termwise.frozen import frozen


@frozen
class Output:
    """A text, and the file it is for. What is appended follows what is there, as a log does."""

    path: str
    text: str
    is_appended: bool = False


def write_files(outputs: Sequence[Output]) -> None:
    """Write every file; where one of them cannot be written, none of those that were there before is touched."""
    staged: list[tuple[str, str, str]] = []
    direct: list[Output] = []
    try:
        for each in outputs:
            with _refused(each.path):
                if each.is_appended or (os.path.exists(each.path) and not os.path.isfile(each.path)):
                    direct.append(each)
                else:
                    target = os.path.realpath(each.path)  # a link stays one
                    made = f"{target}.{os.getpid()}.{len(staged)}.tmp"
                    staged.append((each.path, made, target))
                    _stage(made, target, _bytes(each.text))
        for each in direct:
            with _refused(each.path), suppress(BrokenPipeError):
                _write(each)
        while staged:
            path, made, target = staged[0]
            with _refused(path):
                os.replace(made, target)
            del staged[0]
    finally:
        for _, made, _ in staged:
            with suppress(OSError, ValueError):
                os.unlink(made)


def reason(error: OSError | ValueError) -> str:
    """Return in our own words why a file cannot be written."""
    match error:
        case FileNotFoundError():
            return "there is no such folder"
        case IsADirectoryError():
            return "it is a folder"
        case PermissionError():
            return "it may not be written"
        case OSError(strerror=str(words)):
            return words.lower()
        case _:
            return "its name is no file name"


@contextmanager
def _refused(path: str) -> Iterator[None]:
    """Turn whatever the system refuses into a word on the command line that cannot be followed."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = reason(error)
        raise Misuse(path, lambda span: unwritable(span, path, why)) from error


def _stage(made: str, target: str, data: bytes) -> None:
    """Write a file beside the target, with the permissions that the target has."""
    with open(made, "xb") as file:
        if os.path.exists(target):
            os.chmod(made, stat.S_IMODE(os.stat(target).st_mode))
        file.write(data)


def _write(output: Output) -> None:
    """Write to what is no file of ours to replace: a device, a pipe, or a log; a folder is refused here."""
    with open(output.path, "ab" if output.is_appended else "wb") as device:
        device.write(_bytes(output.text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
