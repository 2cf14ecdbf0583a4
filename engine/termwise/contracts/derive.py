"""A pydantic model → the vocabulary it amounts to, for organisations that describe their terms in Python already.

Nested models become dotted names, lists of models lists of records, `Enum` and `Literal` enums, and a `dict` by an
enum a keyed term. What Python cannot say stands in `json_schema_extra`: `termwise` (a type such as `duration`, or
`scale` for symbols in order), `prefer`, and `context`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeGuard, Union, get_args, get_origin

from termwise.core.vocabulary import Direction, Term, Vocabulary
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

Annotation: TypeAlias = Any
"""What stands behind the colon of a field; Python has no type for it."""

_SCALARS: Mapping[Annotation, Scalar] = {
    bool: Scalar.BOOLEAN,
    int: Scalar.INTEGER,
    float: Scalar.NUMBER,
    Decimal: Scalar.NUMBER,
    date: Scalar.DATE,
    timedelta: Scalar.DURATION,
    str: Scalar.TEXT,
}


def vocabulary_from_model(model: type[BaseModel], name: str | None = None) -> Vocabulary:
    """Return the vocabulary of a pydantic model; a type that no term can have is a `TypeError` that names the field."""
    derived = _Derivation()
    derived.read(model, "", ())
    name = name or _snake(model.__name__)
    title = " ".join((model.__doc__ or "").split()) or name
    return Vocabulary(name, title, derived.enums, derived.records, derived.terms)


class _Derivation:
    """The declarations found so far."""

    def __init__(self) -> None:
        self.enums: dict[str, EnumType] = {}
        self.records: dict[str, RecordType] = {}
        self.terms: dict[str, Term] = {}

    def read(self, model: type[BaseModel], prefix: str, within: tuple[type[BaseModel], ...]) -> None:
        """Add the terms of a model."""
        if model in within:
            raise TypeError(f"{model.__name__} contains itself; terms have no end then")
        for field_name, info in model.model_fields.items():
            name = prefix + (info.alias or field_name)
            kind = _needed(info.annotation)
            if _is_model(kind):
                self.read(kind, f"{name}.", (*within, model))
            else:
                self.terms[name] = self._term(name, kind, info)

    def _term(self, name: str, kind: Annotation, info: FieldInfo) -> Term:
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        said, prefer = extra.get("termwise"), extra.get("prefer")
        key = None
        origin: Annotation = get_origin(kind)
        if origin is dict:
            key_kind, kind = get_args(kind)
            found = self._type(name, f"{_last(name)}_key", _needed(key_kind), None)
            if not isinstance(found, EnumType):
                raise TypeError(f"{name}: the keys of a dict have to be an Enum or a Literal")
            key, kind = found, _needed(kind)
        return Term(
            name,
            self._type(name, _last(name), kind, None if said is None else str(said)),
            key,
            ask=info.description,
            prefer=None if prefer is None else Direction(str(prefer)),
            is_context=bool(extra.get("context", False)),
        )

    def _type(self, name: str, own_name: str, kind: Annotation, said: str | None) -> Type:
        """Return the type of a field. `own_name` is what an enum without a name of its own is called."""
        origin: Annotation = get_origin(kind)
        arguments = get_args(kind)
        if origin in (set, frozenset, list):
            member = _needed(arguments[0])
            if origin is list and _is_model(member):
                return ListType(self._record(name, member))
            element = self._type(name, own_name, member, said)
            if isinstance(element, Scalar | EnumType):
                return SetType(element)
        elif origin is Literal:
            return self._enum(name, own_name, tuple(str(each) for each in arguments), said)
        elif isinstance(kind, type) and issubclass(kind, Enum):
            return self._enum(name, _snake(kind.__name__), tuple(str(each.value) for each in kind), said)
        elif said is not None and said in [each.value for each in Scalar]:
            return Scalar(said)
        elif kind in _SCALARS:
            return _SCALARS[kind]
        raise TypeError(f"{name}: no term can have the type {kind!r}")

    def _enum(self, name: str, enum: str, symbols: tuple[str, ...], said: str | None) -> EnumType:
        made = EnumType(enum, symbols, ordered=said == "scale")
        known = self.enums.setdefault(enum, made)
        if known != made:
            raise TypeError(f"{name}: there are two different enums called {enum}")
        return made

    def _record(self, name: str, model: type[BaseModel]) -> RecordType:
        record = _snake(model.__name__)
        fields: list[tuple[str, Scalar | EnumType | SetType]] = []
        for field_name, info in model.model_fields.items():
            extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            said = extra.get("termwise")
            inner = f"{name}.{field_name}"
            kind = self._type(inner, field_name, _needed(info.annotation), None if said is None else str(said))
            if not isinstance(kind, Scalar | EnumType | SetType):
                raise TypeError(f"{inner}: a field of a record cannot be a list of records")
            fields.append((info.alias or field_name, kind))
        made = RecordType(record, tuple(fields))
        if self.records.setdefault(record, made) != made:
            raise TypeError(f"{name}: there are two different records called {record}")
        return made


def _needed(kind: Annotation) -> Annotation:
    """Return a type without `None` and without annotations: every term may be silent."""
    origin: Annotation = get_origin(kind)
    if origin is Annotated:
        return _needed(get_args(kind)[0])
    if origin in (Union, UnionType):
        rest = [each for each in get_args(kind) if each is not NoneType]
        if len(rest) == 1:
            return _needed(rest[0])
    return kind


def _is_model(kind: Annotation) -> TypeGuard[type[BaseModel]]:
    from pydantic import BaseModel

    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _snake(name: str) -> str:
    """Return `DataKind` as `data_kind`; letters that stand for words (`DPA`) stay together."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower().strip("_")
