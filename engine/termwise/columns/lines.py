"""Contracts as files, and as lines of JSON → batches: what is wrong with one says nothing about the others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

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

BATCH = 1 << 14
"""How many contracts make a batch."""

_SIMPLE = frozenset(("contract", "vendor", "vocabulary", "assurance", "context", "terms"))
"""What a line may have and still be read without a look at its documents: it has none."""


def batches_of_files(files: Sequence[str], program: Program, as_of: date, first: int = 1) -> Iterator[Batch]:
    """Yield the contracts of files as batches."""
    gathered = _Gathered(program, as_of, first)
    for path in files:
        problems = Problems()
        raw = read_contract(path, problems)
        gathered.add(raw, path, problems)
        yield from gathered.full()
    yield from gathered.rest()


def batches_of_lines(path: str, program: Program, as_of: date, first: int = 1) -> Iterator[Batch]:
    """Yield the contracts of a file that has one a line, in JSON."""
    gathered = _Gathered(program, as_of, first)
    with refused(path):
        file = open(path, "rb")  # noqa: SIM115 - it is closed below; what is refused here is only its opening
    with file:
        for number, line in enumerate(guarded(path, file), 1):
            if line.strip():
                gathered.add_line(line, f"{path}:{number}", f"line {number}")
                yield from gathered.full()
    yield from gathered.rest()


class _Gathered:
    """The rows that have not been handed over yet."""

    def __init__(self, program: Program, as_of: date, first: int) -> None:
        self._program = program
        self._as_of = as_of
        self._first = first
        self._rows = Rows(program, as_of, first)
        self._seen: set[str] = set()

    def full(self) -> Iterator[Batch]:
        if len(self._rows) >= BATCH:
            yield from self.rest()

    def rest(self) -> Iterator[Batch]:
        if len(self._rows):
            yield self._rows.batch()
            self._first += len(self._rows)
            self._rows = Rows(self._program, self._as_of, self._first)

    def add_line(self, line: bytes, path: str, place: str) -> None:
        """Add the contract of a line: quickly where it is simple, and otherwise as its own file would be read."""
        if self._add_simple(line):
            return
        problems = Problems()
        raw: RawContract | None = None
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            self._rows.add_fault(None, place, "it is not UTF-8")
            return
        if len(line) > LARGEST:
            self._rows.add_fault(None, place, "it is too long for a contract")
            return
        raw = read_source(Source(path, text), ".json", problems)
        self.add(raw, place, problems)

    def add(self, raw: RawContract | None, place: str, problems: Problems) -> None:
        contract = None if raw is None else bind(raw, self._program.policy.vocabulary, problems)
        if contract is None or problems.has_errors:
            self._rows.add_fault(_named(raw), place, _why(problems))
        elif contract.id in self._seen:
            self._rows.add_fault(contract.id, place, "another contract has the same id")
        else:
            self._seen.add(contract.id)
            self._rows.add(contract)

    def _add_simple(self, line: bytes) -> bool:
        """Add a contract without documents whose every value has been met before, or is plain; False if it is not."""
        try:
            said: Any = json.loads(line, parse_float=Decimal, object_pairs_hook=_unique)
        except (ValueError, RecursionError):
            return False
        if not isinstance(said, dict) or not _SIMPLE.issuperset(said) or not isinstance(said.get("contract"), str):
            return False
        name, vendor = said["contract"], said.get("vendor")
        assurance = said.get("assurance", "signed")
        known = {each.value: each for each in Assurance}
        vocabulary = self._program.policy.vocabulary.name
        is_plain = (vendor is None and "vendor" not in said) or isinstance(vendor, str)
        if not is_plain or assurance not in known or said.get("vocabulary", vocabulary) != vocabulary:
            return False
        if name.strip() != name or not name or name in self._seen:
            return False
        terms, context = said.get("terms", {}), said.get("context", {})
        if not isinstance(terms, dict) or not isinstance(context, dict) or not (terms or context):
            return False
        if not self._rows.add_values(name, vendor, known[assurance], context, terms):
            return False
        self._seen.add(name)
        return True


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _named(raw: RawContract | None) -> str | None:
    if raw is None or not isinstance(raw.root, Fields):
        return None
    return next(
        (node.text for key, node in raw.root.entries if key.text == "contract" and isinstance(node, Leaf)), None
    )


def _why(problems: Problems) -> str:
    first = problems.errors[0]
    span = first.primary.span
    more = len(problems.errors) - 1
    also = f" (and {more} more)" if more else ""
    return f"{first.message} [{first.code}, {span.line}:{span.column}]{also}"
