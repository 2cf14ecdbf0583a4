"""A vocabulary → the text that declares it: the way from a Python model to a file that people read and keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from termwise.core.values import Content, Exact, Record, Symbol, Value, write_value
from termwise.core.vocabulary import Term, Vocabulary
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.source import start_of
from termwise.syntax import tree
from termwise.syntax.print import print_file
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, name_of

_NOWHERE = start_of("<vocabulary>")


def write_vocabulary(vocabulary: Vocabulary) -> str:
    """Return the text of a file that declares the vocabulary."""
    version = None if vocabulary.version is None else _word(vocabulary.version)
    header = tree.Header(
        "vocabulary", _word(vocabulary.name), _word(vocabulary.title), version, None, None, (), None, None, _NOWHERE
    )
    return print_file(tree.File(_NOWHERE.path, header, tuple(_declarations(vocabulary))))


def _declarations(vocabulary: Vocabulary) -> Iterator[tree.Declaration]:
    for enum in vocabulary.enums.values():
        symbols = tuple(_word(each) for each in enum.symbols)
        yield tree.EnumDecl(_word(enum.name), symbols, enum.ordered, _NOWHERE)
    for record in vocabulary.records.values():
        fields = tuple((_word(name), _type_name(kind)) for name, kind in record.fields)
        yield tree.RecordDecl(_word(record.name), fields, _NOWHERE)
    for term in vocabulary.terms.values():
        yield _term(term)
    if vocabulary.annual_fees is not None:
        yield tree.AnnualFees(_word(vocabulary.annual_fees), _NOWHERE)


def _term(term: Term) -> tree.TermDecl:
    return tree.TermDecl(
        _word(term.name),
        None if term.key is None else _word(term.key.name),
        _type_name(term.type),
        term.is_context,
        None if term.ask is None else _word(term.ask),
        None if term.prefer is None else _word(term.prefer.value),
        None if term.presume is None else _expr(term.presume),
        _NOWHERE,
    )


def _type_name(kind: Type) -> tree.TypeName:
    match kind:
        case SetType(element):
            return tree.TypeName("set", _word(name_of(element)))
        case ListType(record):
            return tree.TypeName("list", _word(record.name))
        case Scalar() | EnumType() | RecordType():
            return tree.TypeName("", _word(name_of(kind)))


def _expr(value: Value) -> tree.Expr:
    match value:
        case bool():
            return tree.Flag(value, _NOWHERE)
        case str():
            return tree.Quoted(value, _NOWHERE)
        case Symbol(name=name):
            return tree.Quoted(name, _NOWHERE)
        case frozenset():
            return tree.SetOf(tuple(_expr(each) for each in sorted(value, key=write_value)), _NOWHERE)
        case tuple():
            return tree.Rows(tuple(_row(each) for each in value), _NOWHERE)
        case Fraction() | Duration() | Rate() | Percent() | Money() | Fees() | date():
            return tree.Quantity(write_value(value), _NOWHERE)


def _row(record: Record) -> tree.Row:
    return tree.Row(tuple((_word(name), _expr(_exact(content))) for name, content in record.fields.items()), _NOWHERE)


def _exact(content: Content) -> Value:
    assert isinstance(content, Exact), "a policy has no way to write any other"
    return content.value


def _word(text: str) -> tree.Word:
    return tree.Word(text, _NOWHERE)
