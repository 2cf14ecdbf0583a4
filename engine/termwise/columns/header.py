"""The columns of a table of contracts: which term each speaks of, and in which unit its numbers are.

A header reads as the language does: `deletion.deadline[request]` holds what a contract file would write there ("30
days", a symbol, JSON for anything longer); `deletion.deadline[request] in days` holds numbers, which alone would say
nothing; `deletion.deadline[request] assurance` says what the fact of each row is worth. A bare `training.use` speaks
for every key, and gives way to a column of one key where that has something to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from termwise.core.vocabulary import Term, Vocabulary
from termwise.diagnostics.nearest import nearest
from termwise.frozen import field, frozen
from termwise.quantities import units
from termwise.types import Scalar

ROW_COLUMNS = ("contract", "vendor", "assurance", "effective", "expires")
"""What a table says of a whole row: its id, who it is with, what it is worth, and from when until when it speaks."""


@frozen
class TermColumns:
    """The columns that speak of a term at one key, or at all of them (`key` None) where it has keys.

    `numbers` are those with a unit, as (unit, column).
    """

    term: Term
    key: str | None
    words: str | None = None
    numbers: tuple[tuple[str, str], ...] = ()
    assurance: str | None = None


@frozen
class Header:
    """The columns of a table that are understood; `unknown` are the others, each with the name it may be meant for.

    `doubled` are columns that are for the same as another one, which comes second.
    """

    rows: Mapping[str, str]
    terms: tuple[TermColumns, ...]
    unknown: tuple[tuple[str, str | None], ...] = field(default=())
    doubled: tuple[tuple[str, str], ...] = field(default=())


@frozen
class _Meant:
    """What one column is for: a term, its key, and a unit, the word `assurance`, or neither."""

    term: Term
    key: str | None
    role: str


def read_header(names: Iterable[str], vocabulary: Vocabulary) -> Header:
    """Return what the columns of a table are for."""
    rows: dict[str, str] = {}
    unknown: list[tuple[str, str | None]] = []
    found: dict[tuple[str, str | None], TermColumns] = {}
    first: dict[_Meant, str] = {}
    doubled: list[tuple[str, str]] = []
    for name in names:
        meant = _meant(" ".join(name.split()), vocabulary)
        if name in ROW_COLUMNS:
            rows[name] = name
        elif meant is None:
            unknown.append((name, _suggestion(name, vocabulary)))
        else:
            if first.setdefault(meant, name) != name:
                doubled.append((name, first[meant]))
            place = (meant.term.name, meant.key)
            known = found.get(place) or TermColumns(meant.term, meant.key)
            found[place] = _with(known, meant.role, name)
    return Header(rows, tuple(found.values()), tuple(unknown), tuple(doubled))


def _with(known: TermColumns, role: str, name: str) -> TermColumns:
    words, numbers, assurance = known.words, known.numbers, known.assurance
    match role:
        case "":
            words = name
        case "assurance":
            assurance = name
        case _:
            numbers = (*numbers, (role, name))
    return TermColumns(known.term, known.key, words, numbers, assurance)


def _meant(name: str, vocabulary: Vocabulary) -> _Meant | None:
    stem, _, unit = name.partition(" in ")
    role = unit
    if not unit and name.endswith(" assurance"):
        stem, role = name.removesuffix(" assurance"), "assurance"
    base, bracket, rest = stem.partition("[")
    term = vocabulary.terms.get(base)
    if term is None or (unit and text_in(unit, term) is None):
        return None
    if not bracket:
        return _Meant(term, None, role)
    key = rest.removesuffix("]").strip("\"'")
    is_key = term.key is not None and key in term.key.symbols and rest.endswith("]")
    return _Meant(term, key, role) if is_key else None


def text_in(unit: str, term: Term) -> str | None:
    """Return how a number in a unit is written as a value of a term, with `{}` for the number; None if it is not."""
    match term.type:
        case Scalar.DURATION if units.singular(unit) in units.DURATION_UNITS:
            return f"{{}} {unit}"
        case Scalar.RATE if unit == "per year":
            return "{} per year"
        case Scalar.PERCENT if unit in ("%", "percent"):
            return "{}%"
        case Scalar.MONEY if len(unit) == 3 and unit.isascii() and unit.isupper():
            return f"{unit} {{}}"
        case Scalar.FEES if unit == "months of fees":
            return "{} months of fees"
        case Scalar.MONEY if unit == "months of fees":
            return "{} months of fees"
        case _:
            return None


def _suggestion(name: str, vocabulary: Vocabulary) -> str | None:
    base, _, unit = name.partition(" in ")
    if unit and _meant(base, vocabulary) is not None:
        return base  # it is the unit that is none of the term
    stem = name.partition(" in ")[0].removesuffix(" assurance")
    return nearest(stem, [*ROW_COLUMNS, *vocabulary.terms, *(each for each, _ in vocabulary.instances())])
