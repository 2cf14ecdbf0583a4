"""A vocabulary → a pydantic model of the contracts that speak it, for programs that make contracts.

Field names are the names of terms with `_` for `.`, and their aliases are the names themselves; nested mappings and
keys behind a dot are understood as in files, and values are read by the same reader. A contract that the model accepts
can be handed over where a mapping can. What is not said is left out: None is refused, as `null` is in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from keyword import iskeyword
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from termwise.contracts.mapping import text_of
from termwise.contracts.orders import topics_of
from termwise.contracts.statements import FACT_WORDS, REMARKS, form_problem
from termwise.contracts.terms import is_group
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
        self._facts: dict[tuple[Type, bool], Annotation] = {}
        self._records: dict[str, Annotation] = {}

    def contract(self) -> type[BaseModel]:
        terms = self._terms("Terms", is_context=False)
        context = self._terms("Context", is_context=True)
        assurance = _LITERAL[tuple(each.value for each in Assurance)]
        text, day = _scalar(Scalar.TEXT, may_be_fees=False), _scalar(Scalar.DATE, may_be_fees=False)
        texts = dict.fromkeys(("title", "version", "source", "url", "notes", "sha256"), text)
        days = dict.fromkeys(("effective", "expires", "retrieved"), day)
        document = _model(
            "Document", {"id": (text, ...), **_optional({**texts, "assurance": assurance, **days, "terms": terms})}
        )
        order = text | _LIST[text | _LIST[text]]
        whole = {
            **dict.fromkeys(("contract", "title", "vendor", "source", "url", "notes"), text),
            "vocabulary": _LITERAL[self._vocabulary.name],
            "assurance": assurance,
            "retrieved": day,
            "context": context,
            "terms": terms,
            "documents": _LIST[document],
            "precedence": order | self._topical(order),
        }
        return _model("Contract", _optional(whole))

    def _topical(self, order: Annotation) -> Annotation:
        """Return the type of orders by topic; those of a group may be nested."""
        from pydantic import BeforeValidator

        topics, groups = topics_of(self._vocabulary)

        def flat(said: object, prefix: str = "") -> object:
            if not isinstance(said, Mapping):
                return said
            made: dict[str, object] = {}
            for key, value in said.items():
                name = f"{prefix}{key}".strip()
                is_nested = isinstance(value, Mapping) and name in groups
                found = flat(value, f"{name}.") if is_nested else {name: value}
                assert isinstance(found, dict)
                if not is_nested and name not in topics:
                    raise ValueError(f"`{name}` is no topic of precedence")
                made |= found
            return made

        return Annotated[_DICT[str, order], BeforeValidator(flat)]

    def _terms(self, name: str, *, is_context: bool) -> type[BaseModel]:
        fields: dict[str, Annotation] = {}
        for term in self._vocabulary.terms.values():
            if term.is_context is is_context:
                self._add_term(term, fields)
        return _model(name, fields, self._by_name)

    def _by_name(self, said: Mapping[Any, Any], prefix: str = "") -> dict[Any, Any]:
        """Return what is said by the names of terms, in whichever of their spellings it was."""
        made: dict[Any, Any] = {}
        for key, value in said.items():
            name = f"{prefix}{key}".strip()
            found = self._by_name(value, f"{name}.") if self._is_nested(name, value) else {self._instance(name): value}
            for each in found:
                if each in made:
                    raise ValueError(f"`{each}` is given twice")
            made |= found
        return made

    def _is_nested(self, name: str, value: object) -> bool:
        """Whether a mapping under a name holds terms, and is not itself what is said of one."""
        if not isinstance(value, Mapping) or not is_group(name, self._vocabulary):
            return False
        term = self._vocabulary.terms.get(name)
        keys = FACT_WORDS if term is None or term.key is None else (*FACT_WORDS, *term.key.symbols)
        return term is None or not any(key in keys for key in value)

    def _instance(self, name: str) -> str:
        """Return `t[key]` where `t.key` is written for it."""
        outer, _, last = name.rpartition(".")
        term = self._vocabulary.terms.get(outer)
        is_keyed = term is not None and term.key is not None and name not in self._vocabulary.terms
        return instance(outer, last) if is_keyed else name

    def _add_term(self, term: Term, fields: dict[str, Annotation]) -> None:
        said = self._said(term.type, is_fees=term.name == self._vocabulary.annual_fees)
        if term.key is None:
            _add(term.name, said, term.ask, fields)
            return
        symbols = _LITERAL[term.key.symbols]
        _add(term.name, said | _DICT[symbols, said], term.ask, fields)
        for symbol in term.key.symbols:
            _add(instance(term.name, symbol), said, term.ask, fields)

    def _said(self, kind: Type, *, is_fees: bool = False) -> Annotation:
        """Return the type of what may be said of something: a value, or a mapping that describes a fact.

        What the annual fees are (`is_fees`) cannot be counted in months of them.
        """
        if (kind, is_fees) not in self._facts:
            text = _scalar(Scalar.TEXT, may_be_fees=False)
            value = _scalar(Scalar.MONEY, may_be_fees=False) if is_fees else self._value(kind)
            forms: dict[str, Annotation] = {"value": value, "vague": text, "see": text}
            if isinstance(kind, SetType) or is_ordered(kind):
                forms |= {"between": _TUPLE[value, value], "at_most": value, "at_least": value}
            elif isinstance(kind, ListType):
                forms["at_least"] = value
            fields = _optional({**forms, **dict.fromkeys(REMARKS, text)})
            self._facts[kind, is_fees] = value | _model(f"Fact{len(self._facts) + 1}", fields, _in_one_form)
        return self._facts[kind, is_fees]

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


def _in_one_form(said: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return what describes a fact, unless it does so in no form or in several."""
    wrong = form_problem(tuple(said))
    if wrong is not None:
        raise ValueError(wrong[0])
    return said


def _as_it_is(said: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return said


def _model(
    name: str,
    fields: dict[str, Annotation],
    unified: Callable[[Mapping[Any, Any]], Mapping[Any, Any]] = _as_it_is,
) -> type[BaseModel]:
    """Return a model that reads what is said once `unified` has made one spelling of it."""
    from pydantic import ConfigDict, create_model, model_validator

    def read(said: object) -> object:
        if not isinstance(said, Mapping):
            return said
        found = unified(said)
        empty = next((key for key, value in found.items() if value is None), None)
        if empty is not None:
            raise ValueError(f"`{empty}` is None, which says nothing; leave it out")
        return found

    config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True, protected_namespaces=())
    validators: dict[str, Any] = {"read": model_validator(mode="before")(read)}
    made: type[BaseModel] = create_model(name, __config__=config, __validators__=validators, **fields)
    return made
