"""Random vocabularies: the file that declares one, and what the other generators need to know of it."""

from __future__ import annotations

from dataclasses import dataclass

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from strategies.values import DOMAIN, NOWHERE, Plain, literal, rarely, set_of, subsets, texts, type_name, word
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered

NAME = "v"

_TERMS = (
    *("alpha", "beta.limit", "output.owner", "commercial.term", "x", "data.rule.in", "delta", "epsilon.rate"),
    *("zeta", "eta.scope", "theta", "iota.fees"),
)
"""Some of them with reserved words as parts."""


@dataclass(frozen=True, slots=True)
class Known:
    """A term as the generators see it."""

    name: str
    kind: Type
    key: EnumType | None
    is_context: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """A vocabulary as the generators see it."""

    file: tree.File
    enums: tuple[EnumType, ...]
    record: RecordType
    terms: tuple[Known, ...]
    annual_fees: str | None

    @property
    def keys(self) -> tuple[EnumType, ...]:
        """The enums that terms and rules are keyed by."""
        return tuple(each for each in self.enums if not each.ordered)


@st.composite
def vocabularies(draw: DrawFn, *, presumptions: bool = True) -> Terms:
    """A vocabulary with every kind of declaration, two scales that share a symbol, and a few terms of any type."""
    enums = (
        EnumType("kind", ("prompts", "outputs", "feedback")[: draw(st.integers(1, 3))]),
        EnumType("region", ("us", "eu", "us-east-1", "other")[: draw(st.integers(2, 4))]),
        EnumType("level", ("none", "low", "high", "top")[: draw(st.integers(2, 4))], ordered=True),
        EnumType("grade", ("low", "same", "best"), ordered=True),
    )
    fields: tuple[tuple[str, Plain | SetType], ...] = (
        ("name", Scalar.TEXT),
        ("notice", Scalar.DURATION),
        ("listed", Scalar.BOOLEAN),
        ("level", enums[2]),
        ("regions", SetType(enums[1])),
    )
    record = RecordType("vendor", fields[: draw(st.integers(2, 5))])
    terms = tuple(_term(draw, name, enums, record) for name in _TERMS[: draw(st.integers(1, 6))])
    money = [each.name for each in terms if each.kind is Scalar.MONEY and each.key is None]
    annual_fees = draw(st.sampled_from([None, *money[:1]]))
    declared: list[tree.Declaration] = [
        *(tree.EnumDecl(word(each.name), tuple(map(word, each.symbols)), each.ordered, NOWHERE) for each in enums),
        tree.RecordDecl(
            word(record.name), tuple((word(name), type_name(kind)) for name, kind in record.fields), NOWHERE
        ),
        *(_declare(draw, each, presumptions) for each in terms),
    ]
    if annual_fees is not None:
        declared.append(tree.AnnualFees(word(annual_fees), NOWHERE))
    header = tree.Header("vocabulary", word(NAME), None, None, None, None, (), None, None, NOWHERE)
    return Terms(tree.File("v.tw", header, tuple(declared)), enums, record, terms, annual_fees)


def _term(draw: DrawFn, name: str, enums: tuple[EnumType, ...], record: RecordType) -> Known:
    sets = (*(SetType(each) for each in enums), SetType(Scalar.TEXT))
    kinds: list[Type] = [*DOMAIN, Scalar.DURATION, *enums, *sets, ListType(record), ListType(record)]
    kind = draw(st.sampled_from(kinds))
    is_keyed = not isinstance(kind, ListType) and draw(rarely(4))
    return Known(name, kind, draw(st.sampled_from(enums[:2])) if is_keyed else None, draw(rarely(5)))


def _declare(draw: DrawFn, term: Known, presumptions: bool) -> tree.TermDecl:
    kind, shape = term.kind, ""
    if isinstance(kind, ListType):
        kind, shape = kind.record, "list"
    has_direction = is_ordered(kind) or kind is Scalar.BOOLEAN or isinstance(kind, SetType)
    prefer = draw(st.sampled_from(["lower", "higher", None])) if has_direction and not term.is_context else None
    presume = _presumed(draw, kind) if presumptions and not term.is_context and draw(rarely(6)) else None
    return tree.TermDecl(
        name=word(term.name),
        key=None if term.key is None else word(term.key.name),
        type=type_name(kind, shape),
        is_context=term.is_context,
        ask=word("What?") if draw(rarely(8)) else None,
        prefer=None if prefer is None else word(prefer),
        presume=presume,
        span=NOWHERE,
    )


def _presumed(draw: DrawFn, kind: Type) -> tree.Expr | None:
    match kind:
        case SetType(element):
            return set_of(element, draw(subsets(element)))
        case Scalar() | EnumType():
            return literal(kind, draw(st.sampled_from(texts(kind))))
        case RecordType() | ListType():
            return None
