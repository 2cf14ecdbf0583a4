"""A small vocabulary with every kind of term, and the one way in which these tests read contracts against it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.files import read_contract
from termwise.core.vocabulary import Direction, Term, Vocabulary
from termwise.diagnostics import Problems
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType

TRIGGER = EnumType("trigger", ("request", "termination"))
REGION = EnumType("region", ("us", "eu", "uk", "NO", "us-east-1"))
KIND = EnumType("kind", ("prompts", "outputs", "value"))
USE = EnumType("use", ("prohibited", "opt_in", "permitted"), ordered=True)
ISOLATION = EnumType("isolation", ("none", "logical", "physical"), ordered=True)
OWNER = EnumType("owner", ("customer", "vendor"))
SUPPLIER = RecordType(
    "supplier", (("name", Scalar.TEXT), ("regions", SetType(REGION)), ("notice", Scalar.DURATION), ("use", USE))
)
LOWER, HIGHER = Direction.LOWER, Direction.HIGHER

TERMS = (
    Term("deletion.deadline", Scalar.DURATION, TRIGGER, ask="How soon?", prefer=LOWER),
    Term("deletion.covers", SetType(KIND), prefer=HIGHER),
    Term("deletion.certified", Scalar.RATE, prefer=HIGHER),
    Term("deletion.standard", Scalar.TEXT),
    Term("training.use", USE, KIND, prefer=LOWER),
    Term("training.off", Scalar.BOOLEAN, prefer=HIGHER),
    Term("tuning.isolation", ISOLATION, prefer=HIGHER),
    Term("breach.notice", Scalar.DURATION, prefer=LOWER),
    Term("output.owner", OWNER),
    Term("audit.count", Scalar.INTEGER, prefer=HIGHER),
    Term("audit.share", Scalar.PERCENT),
    Term("audit.score", Scalar.NUMBER),
    Term("audit.until", Scalar.DATE),
    Term("residency.regions", SetType(REGION), prefer=LOWER),
    Term("residency.isolations", SetType(ISOLATION)),
    Term("residency.names", SetType(Scalar.TEXT)),
    Term("suppliers.list", ListType(SUPPLIER)),
    Term("liability.cap", Scalar.FEES, prefer=HIGHER),
    Term("liability.deposit", Scalar.MONEY),
    Term("fees.annual", Scalar.MONEY),
    Term("data.classes", SetType(OWNER), is_context=True),
    Term("data.hosted", Scalar.BOOLEAN, is_context=True),
)

VOCABULARY = Vocabulary(
    "words",
    "Words",
    {each.name: each for each in (TRIGGER, REGION, KIND, USE, ISOLATION, OWNER)},
    {"supplier": SUPPLIER},
    {each.name: each for each in TERMS},
    annual_fees="fees.annual",
)


def read(path: Path, vocabulary: Vocabulary = VOCABULARY) -> tuple[Contract | None, Problems]:
    """Read and bind a file."""
    problems = Problems()
    raw = read_contract(str(path), problems)
    return (None if raw is None else bind(raw, vocabulary, problems)), problems


def text(tmp_path: Path, content: str | bytes, name: str = "contract.yaml") -> tuple[Contract | None, Problems]:
    """Write a file, then read and bind it."""
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(file)


def data(content: Mapping[Any, Any]) -> tuple[Contract | None, Problems]:
    """Bind a Python mapping."""
    problems = Problems()
    raw = mapping.raw(content, problems)
    return (None if raw is None else bind(raw, VOCABULARY, problems)), problems


def sound(found: tuple[Contract | None, Problems]) -> Contract:
    """Return a contract that has no error."""
    contract, problems = found
    assert contract is not None, shown(problems)
    return contract


def codes(problems: Problems) -> list[str]:
    """Return the codes of what was found, in order of place."""
    return [each.code for each in problems.all]


def shown(problems: Problems) -> list[str]:
    """Return what was found with its place, one line each."""
    return [
        f"{each.primary.span.line}:{each.primary.span.column} {each.code} {each.message}"
        + (f" | {each.hint}" if each.hint else "")
        for each in problems.all
    ]
