"""Bytes on disk → text, with a place for whatever is wrong with them: shared by policy and contract files.

Size is looked at before content and reading stops at the limit, so that neither a huge file nor an endless device is
ever held in memory. Line ends become line feeds and a byte-order mark is dropped, so that all later stages count alike.
"""

from __future__ import annotations

import os

from termwise.diagnostics import Diagnostic, Problems, problem
from termwise.source import Source, Span, start_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

LARGEST = 16 * 1024 * 1024
"""Bytes beyond which a text file is a mistake."""

_CONTROL = frozenset(map(chr, range(32))) - set("\t\n\r\f") | {"\x7f"}
_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OTHER = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word document, a spreadsheet or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document or spreadsheet"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
"""How the files start that people give by mistake, and what they are."""


def read_text(path: str, problems: Problems, limit: int = LARGEST) -> Source | None:
    """Read a UTF-8 text file and make it known to `problems`; None where it cannot be used."""
    data = _read_bytes(path, problems, limit)
    return None if data is None else _decoded(path, data, problems)


def read_stream(name: str, stream: BinaryIO, problems: Problems, limit: int = LARGEST) -> Source | None:
    """Read UTF-8 text that comes from no file, such as standard input, under a name to show."""
    try:
        data = _within(name, stream, problems, limit)
    except OSError as error:
        problems.add(unreadable_file(name, _reason(error)))
        return None
    return None if data is None else _decoded(name, data, problems)


def _decoded(path: str, data: bytes, problems: Problems) -> Source | None:
    other = next((name for mark, name in _OTHER if data.startswith(mark)), None)
    if other is not None:
        problems.add(_no_text(path, other))
        return None
    if data.startswith(_UTF16):
        problems.add(_not_utf8(start_of(path), 0, is_utf16=True))
        return None
    try:
        text = _unified(data.removeprefix(_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        shown = _unified(data.removeprefix(_MARK).decode("utf-8", "replace"))
        before = _unified(data.removeprefix(_MARK)[: error.start].decode("utf-8"))
        if "\0" not in shown:
            problems.know(Source(path, shown))
        wrong = _binary if "\0" in before else _not_utf8
        problems.add(wrong(_place(path, before), data.removeprefix(_MARK)[error.start]))
        return None
    return _checked(Source(path, text), problems)


def control_character(text: str) -> int | None:
    """Return where the first character stands that no text should have, or None."""
    if text.isprintable() or not _CONTROL.intersection(text):
        return None
    return next(index for index, character in enumerate(text) if character in _CONTROL)


def _read_bytes(path: str, problems: Problems, limit: int) -> bytes | None:
    try:
        if os.path.isdir(path):
            problems.add(unreadable_file(path, "it is a folder"))
            return None
        if os.stat(path).st_size > limit:
            problems.add(_too_large(path, limit))
            return None
        with open(path, "rb", opener=_opened) as stream:
            return _within(path, stream, problems, limit)
    except (OSError, ValueError) as error:
        problems.add(unreadable_file(path, _reason(error)))
        return None


def _opened(path: str, flags: int) -> int:
    """Open a file without waiting: a named pipe that nobody writes to has nothing in it."""
    if not hasattr(os, "O_NONBLOCK"):
        return os.open(path, flags)
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    return descriptor


def _within(path: str, stream: BinaryIO, problems: Problems, limit: int) -> bytes | None:
    data = stream.read(limit + 1)
    if len(data) > limit:
        problems.add(_too_large(path, limit))
        return None
    return data


def _checked(source: Source, problems: Problems) -> Source | None:
    if not source.text.strip():
        problems.add(empty_file(source.path))
        return None
    control = control_character(source.text)
    if control is not None:
        problems.add(_binary(_place(source.path, source.text[:control]), ord(source.text[control])))
        return None
    problems.know(source)
    return source


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _place(path: str, before: str) -> Span:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Span(path, line, column, line, column + 1)


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "it may not be opened"
        case OSError(strerror=str(reason)):
            return reason.lower()
        case _:
            return "its name is no file name"


def unreadable_file(path: str, reason: str) -> Diagnostic:
    """Say that a file cannot be opened or read."""
    return problem("TW001", start_of(path), f"`{path}` cannot be read: {reason}")


def empty_file(path: str) -> Diagnostic:
    """Report a file with nothing but white space, or comments, in it."""
    return problem("TW004", start_of(path), f"`{path}` has nothing in it")


def _not_utf8(span: Span, byte: int, *, is_utf16: bool = False) -> Diagnostic:
    found = "the file is UTF-16 text" if is_utf16 else f"the byte 0x{byte:02x} is not UTF-8 text"
    return problem("TW002", span, f"{found}; UTF-8 is expected", hint="save the file again as UTF-8")


def _binary(span: Span, character: int) -> Diagnostic:
    found = "a NUL byte" if character == 0 else f"the control character 0x{character:02x}"
    return problem("TW003", span, f"{found} stands in the file; text is expected")


def _no_text(path: str, kind: str) -> Diagnostic:
    hint = "write what it states into a file of Termwise's own: YAML, JSON or TOML for a contract"
    return problem("TW003", start_of(path), f"`{path}` is {kind}; text is expected", hint=hint)


def _too_large(path: str, limit: int) -> Diagnostic:
    size = f"{limit // (1024 * 1024)} MB" if limit >= 1024 * 1024 else f"{limit} bytes"
    return problem("TW005", start_of(path), f"`{path}` is larger than {size}, the most that Termwise reads")
