"""Contracts as files, and as lines of JSON → batches: what is wrong with one says nothing about the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any, NoReturn

from termwise.columns.batch import Batch
from termwise.columns.contracts import Rows
from termwise.columns.opening import guarded, refused
from termwise.compiled.program import Program
from termwise.contracts.bind import bind
from termwise.contracts.files import LARGEST, read_contract, read_source
from termwise.contracts.nodes import Fields, Leaf, RawContract
from termwise.core.policy import Assurance
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.textfile import control_character

BATCH = 1 << 14
"""How many contracts make a batch."""

_SIMPLE = frozenset(("contract", "vendor", "vocabulary", "assurance", "context", "terms"))
"""What a line may have and still be read without a look at its documents: it has none."""

_LEVELS = {each.value: each for each in Assurance}
_ODD = re.compile(r"\\(?:b|u(?:00[01]|007f|d[89a-f]))", re.IGNORECASE)
"""Escapes of characters that no text should have."""
_MARK = b"\xef\xbb\xbf"


def batches_of_files(files: Sequence[str], program: Program, as_of: date) -> Iterator[Batch]:
    """Yield the contracts of files as batches; two of one id are told apart by their files, and the second refused."""
    gathered = _Gathered(program, as_of)
    seen: set[str] = set()
    for path in files:
        problems = Problems()
        gathered.add(read_contract(path, problems), path, 1, problems, seen)
        yield from gathered.full()
    yield from gathered.rest()


def batches_of_lines(path: str, program: Program, as_of: date) -> Iterator[Batch]:
    """Yield the contracts of a file that has one a line, in JSON."""
    gathered = _Gathered(program, as_of)
    with refused(path):
        file = open(path, "rb")  # noqa: SIM115 - it is closed below; what is refused here is only its opening
    with file:
        for number, line in enumerate(guarded(path, _lines(file)), 1):
            if line.strip():
                gathered.add_line(line, path, number)
                yield from gathered.full()
    yield from gathered.rest()


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield lines, of each no more than it takes to see that it is too long."""
    line = file.readline(LARGEST + 1).removeprefix(_MARK)
    while line:
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = file.readline(LARGEST + 1)
        line = file.readline(LARGEST + 1)


class _Gathered:
    """The rows that have not been handed over yet."""

    def __init__(self, program: Program, as_of: date) -> None:
        self._program = program
        self._as_of = as_of
        self._first = 1
        self._rows = Rows(program, as_of)

    def full(self) -> Iterator[Batch]:
        if len(self._rows) >= BATCH:
            yield from self.rest()

    def rest(self) -> Iterator[Batch]:
        if len(self._rows):
            yield self._rows.batch()
            self._first += len(self._rows)
            self._rows = Rows(self._program, self._as_of, self._first)

    def add_line(self, line: bytes, path: str, number: int) -> None:
        """Add the contract of a line: quickly where it is simple, and otherwise as its own file would be read."""
        if len(line) > LARGEST:
            self._rows.add_fault(path, None, f"it is longer than {LARGEST // (1 << 20)} MB", number)
            return
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            before = line[: error.start].decode("utf-8")
            why = f"the byte 0x{line[error.start]:02x} is not UTF-8 text"
            self._rows.add_fault(path, None, why, number, len(before) + 1)
            return
        control = control_character(text)
        if control is not None:
            why = f"the control character 0x{ord(text[control]):02x} stands in it"
            self._rows.add_fault(path, None, why, number, control + 1)
        elif not self._add_simple(text):
            problems = Problems()
            self.add(read_source(Source(path, text), ".json", problems), path, number, problems)

    def add(
        self, raw: RawContract | None, path: str, line: int, problems: Problems, seen: set[str] | None = None
    ) -> None:
        """Add the contract of a text that begins on a line of a file; `seen` are the ids that it may not have."""
        contract = None if raw is None else bind(raw, self._program.policy.vocabulary, problems)
        if contract is None or problems.has_errors:
            span = problems.errors[0].primary.span
            self._rows.add_fault(path, _named(raw), _why(problems), line + span.line - 1, span.column)
        elif seen is not None and contract.id in seen:
            self._rows.add_fault(path, contract.id, "another contract has the same id", line)
        else:
            if seen is not None:
                seen.add(contract.id)
            self._rows.add(contract)

    def _add_simple(self, text: str) -> bool:
        """Add a contract without documents whose every value has been met before, or is plain; False if it is not."""
        if _ODD.search(text):
            return False
        try:
            said: Any = json.loads(text, parse_float=_decimal, parse_constant=_refuse, object_pairs_hook=_unique)
        except (ValueError, RecursionError):
            return False
        if not isinstance(said, dict) or not _SIMPLE.issuperset(said):
            return False
        name, vendor = said.get("contract"), said.get("vendor", "nobody")
        assurance, vocabulary = said.get("assurance", "signed"), self._program.policy.vocabulary.name
        terms, context = said.get("terms", {}), said.get("context", {})
        if not isinstance(name, str) or not all(_is_plain(each) for each in (name, vendor, assurance)):
            return False
        if assurance not in _LEVELS or said.get("vocabulary", vocabulary) != vocabulary:
            return False
        if not isinstance(terms, dict) or not isinstance(context, dict) or not (terms or context):
            return False
        return self._rows.add_values(name, said.get("vendor"), _LEVELS[assurance], context, terms)


def _is_plain(value: object) -> bool:
    """Whether a value is a text that any file could have there."""
    return isinstance(value, str) and value.isprintable() and value.strip() == value != ""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _decimal(text: str) -> Decimal:
    return Decimal(text) if "e" not in text.lower() else _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is to be read as it is written")


def _named(raw: RawContract | None) -> str | None:
    if raw is None or not isinstance(raw.root, Fields):
        return None
    return next(
        (node.text for key, node in raw.root.entries if key.text == "contract" and isinstance(node, Leaf)), None
    )


def _why(problems: Problems) -> str:
    first = problems.errors[0]
    more = len(problems.errors) - 1
    also = f" (and {more} more)" if more else ""
    return f"{first.message} [{first.code}]{also}"
