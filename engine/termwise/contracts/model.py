"""A vocabulary → a pydantic model of the contracts that speak it, for programs that make contracts.

Field names are the names of terms with `_` for `.`, and their aliases are the names themselves. Values are read by the
same reader as those of files; a contract that the model accepts can be handed over where a mapping can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from keyword import iskeyword
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from termwise.contracts.mapping import text_of
from termwise.core.policy import Assurance
from termwise.core.reading import Misread, read_scalar
from termwise.core.values import Symbol
from termwise.core.vocabulary import Term, Vocabulary, instance
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered

if TYPE_CHECKING:
    from pydantic import BaseModel

Annotation: TypeAlias = Any
"""What stands behind the colon of a field; Python has no type for it."""

_LIST: Annotation = list
_SET: Annotation = set
_DICT: Annotation = dict
_TUPLE: Annotation = tuple
_LITERAL: Annotation = Literal


def contract_model(vocabulary: Vocabulary) -> type[BaseModel]:
    """Return the pydantic model of a contract in the words of a vocabulary."""
    return _Models(vocabulary).contract()


class _Models:
    """The models of one vocabulary, each made once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._facts: dict[Type, Annotation] = {}
        self._records: dict[str, Annotation] = {}

    def contract(self) -> type[BaseModel]:
        terms = self._terms("Terms", is_context=False)
        context = self._terms("Context", is_context=True)
        assurance = _LITERAL[tuple(each.value for each in Assurance)]
        texts = dict.fromkeys(("title", "version", "source", "url", "notes", "sha256"), str)
        days = dict.fromkeys(("effective", "expires", "retrieved"), date)
        document = _model(
            "Document", {"id": (str, ...), **_optional({**texts, "assurance": assurance, **days, "terms": terms})}
        )
        order = str | list[str | list[str]]
        whole = {
            **dict.fromkeys(("contract", "title", "vendor", "source", "url", "notes"), str),
            "vocabulary": _LITERAL[self._vocabulary.name],
            "assurance": assurance,
            "retrieved": date,
            "context": context,
            "terms": terms,
            "documents": _LIST[document],
            "precedence": order | dict[str, order],
        }
        return _model("Contract", _optional(whole))

    def _terms(self, name: str, *, is_context: bool) -> type[BaseModel]:
        fields: dict[str, Annotation] = {}
        for term in self._vocabulary.terms.values():
            if term.is_context is is_context:
                self._add_term(term, fields)
        return _model(name, fields)

    def _add_term(self, term: Term, fields: dict[str, Annotation]) -> None:
        said = self._said(term.type)
        if term.key is None:
            _add(term.name, said, term.ask, fields)
            return
        symbols = _LITERAL[term.key.symbols]
        _add(term.name, said | _DICT[symbols, said], term.ask, fields)
        for symbol in term.key.symbols:
            _add(instance(term.name, symbol), said, term.ask, fields)

    def _said(self, kind: Type) -> Annotation:
        """Return the type of what may be said of something: a value, or a mapping that describes a fact."""
        if kind not in self._facts:
            value = self._value(kind)
            forms: dict[str, Annotation] = {"value": value, "vague": str, "see": str}
            if isinstance(kind, SetType) or is_ordered(kind):
                forms |= {"between": _TUPLE[value, value], "at_most": value, "at_least": value}
            elif isinstance(kind, ListType):
                forms["at_least"] = value
            remarks = dict.fromkeys(("wording", "at", "quote", "note"), str)
            self._facts[kind] = value | _model(f"Fact{len(self._facts) + 1}", _optional({**forms, **remarks}))
        return self._facts[kind]

    def _value(self, kind: Type) -> Annotation:
        match kind:
            case Scalar() | EnumType():
                return _scalar(kind, may_be_fees=self._vocabulary.annual_fees is not None)
            case SetType(element):
                member = self._value(element)
                return reduce(or_, (_LIST[member], _SET[member], member, Literal["none"]))
            case ListType(record):
                return _LIST[self._record(record)] | Literal["none"]
            case RecordType():
                return self._record(kind)

    def _record(self, record: RecordType) -> Annotation:
        if record.name not in self._records:
            fields: dict[str, Annotation] = {}
            for name, kind in record.fields:
                _add(name, self._said(kind), None, fields)
            title = "".join(part.capitalize() for part in record.name.split("_"))
            self._records[record.name] = _model(title, fields)
        return self._records[record.name]


def _scalar(kind: Scalar | EnumType, *, may_be_fees: bool) -> Annotation:
    from pydantic import BeforeValidator

    made: Annotation = str
    match kind:
        case EnumType(symbols=symbols):
            made = _LITERAL[symbols]
        case Scalar.BOOLEAN:
            made = bool
        case Scalar.INTEGER:
            made = int
        case Scalar.NUMBER:
            made = Decimal
        case Scalar.DATE:
            made = date
        case _:
            pass
    kinds = (Scalar.MONEY, Scalar.FEES) if may_be_fees and kind in (Scalar.MONEY, Scalar.FEES) else (kind,)
    return Annotated[made, BeforeValidator(_reads(kinds))]


def _reads(kinds: Iterable[Scalar | EnumType]) -> Callable[[object], object]:
    """Return the function that reads a value as the first of some types that it is of."""
    known = tuple(kinds)

    def read(value: object) -> object:
        text = text_of(value)
        if value is None or text is None:
            raise ValueError("a single value is expected")
        found = [read_scalar(text, kind) for kind in known]
        for each in found:
            match each:
                case Misread():
                    continue
                case Fraction():
                    return int(each) if each.denominator == 1 else Decimal(text.replace(",", ""))
                case bool() | date() | Symbol():
                    return each.name if isinstance(each, Symbol) else each
                case _:
                    return text
        misread = found[0]
        assert isinstance(misread, Misread)
        raise ValueError(misread.message)

    return read


def _optional(fields: dict[str, Annotation]) -> dict[str, Annotation]:
    return {name: (kind | None, None) for name, kind in fields.items()}


def _add(name: str, kind: Annotation, ask: str | None, fields: dict[str, Annotation]) -> None:
    """Add an optional field under the nearest Python name that is free."""
    from pydantic import BaseModel, Field

    python_name = "".join(each if each.isalnum() else "_" for each in name).strip("_")
    while python_name in fields or iskeyword(python_name) or hasattr(BaseModel, python_name):
        python_name += "_"
    fields[python_name] = (kind | None, Field(default=None, alias=name, description=ask))


def _model(name: str, fields: dict[str, Annotation]) -> type[BaseModel]:
    from pydantic import ConfigDict, create_model

    config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True, protected_namespaces=())
    made: type[BaseModel] = create_model(name, __config__=config, **fields)
    return made
