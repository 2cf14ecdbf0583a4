"""Values written out in a policy or a vocabulary → values of a type, with nothing looked up but symbols."""

from __future__ import annotations

from collections.abc import Callable

from termwise.check import problems as words
from termwise.core.reading import Misread, read_scalar, recognise
from termwise.core.values import Content, Exact, Record, Symbol, Value
from termwise.diagnostics import Problems
from termwise.frozen import frozen
from termwise.source import Span
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type

Lookup = Callable[[tree.Name], tree.Expr | Symbol | None]
"""What a name stands for that is not a symbol of the type asked for: a definition's value, or a variable's symbol."""


def _nothing(_name: tree.Name) -> tree.Expr | Symbol | None:
    return None


@frozen
class ValueReader:
    """Reads values. With `fees_are_money`, months of fees may be written for money, and the other way round."""

    problems: Problems
    fees_are_money: bool = False
    lookup: Lookup = _nothing

    def value(self, expr: tree.Expr, kind: Type) -> Value | None:
        """Return the value an expression states, or None where it states none (which is reported)."""
        match kind:
            case SetType(element):
                return self._set(expr, element)
            case ListType(record):
                return self._list(expr, record)
            case RecordType():
                self.problems.add(words.wrong_value(expr.span, "this", kind))
                return None
            case Scalar() | EnumType():
                return self._plain(expr, kind)

    def _plain(self, expr: tree.Expr, kind: Scalar | EnumType) -> Value | None:
        match expr:
            case tree.Name():
                return self._name(expr, kind)
            case tree.Quantity(text):
                if kind in (Scalar.BOOLEAN, Scalar.TEXT) or isinstance(kind, EnumType):
                    hint = f'texts are quoted: `"{text}"`' if kind is Scalar.TEXT else None
                    self.problems.add(words.wrong_value(expr.span, f"`{text}`", kind, hint))
                    return None
                return self._read(text, kind, expr.span)
            case tree.Quoted(text):
                if kind is Scalar.TEXT or isinstance(kind, EnumType):
                    return self._read(text, kind, expr.span)
                self.problems.add(words.wrong_value(expr.span, "a text", kind, "leave the quotation marks out"))
                return None
            case tree.Flag(value):
                if kind is Scalar.BOOLEAN:
                    return value
                self.problems.add(words.wrong_value(expr.span, "`yes` or `no`", kind))
                return None
            case tree.SetOf():
                hint = "ask whether it is `in` the set"
                self.problems.add(words.wrong_value(expr.span, "a set", kind, hint))
                return None
            case tree.Rows():
                self.problems.add(words.wrong_value(expr.span, "a list of records", kind))
                return None
            case _:
                self.problems.add(words.not_a_value(expr.span))
                return None

    def _name(self, expr: tree.Name, kind: Scalar | EnumType) -> Value | None:
        found = self.lookup(expr)
        if isinstance(found, Symbol):
            if isinstance(kind, EnumType) and found.enum == kind.name:
                return found
            self.problems.add(words.wrong_value(expr.span, f"a symbol of `{found.enum}`", kind))
            return None
        if found is not None:
            return self._plain(found, kind)
        if "." in expr.path or expr.key is not None:
            self.problems.add(words.not_a_constant(expr.span))
            return None
        if isinstance(kind, EnumType):
            if expr.path in kind.symbols:
                return Symbol(kind.name, expr.path, kind.symbols.index(expr.path))
            self.problems.add(words.unknown_symbol(expr.span, expr.path, kind))
            return None
        if kind is Scalar.TEXT:
            self.problems.add(
                words.wrong_value(expr.span, f"`{expr.path}`", kind, f'texts are quoted: `"{expr.path}"`')
            )
            return None
        return self._read(expr.path, kind, expr.span)

    def _read(self, text: str, kind: Scalar | EnumType, span: Span) -> Value | None:
        found = read_scalar(text, kind)
        if isinstance(found, Misread) and self.fees_are_money and kind in (Scalar.MONEY, Scalar.FEES):
            other = read_scalar(text, Scalar.FEES if kind is Scalar.MONEY else Scalar.MONEY)
            found = found if isinstance(other, Misread) else other
        if isinstance(found, Misread):
            self.problems.add(words.misread(found, span))
            return None
        return found

    def _set(self, expr: tree.Expr, element: Scalar | EnumType) -> Value | None:
        match expr:
            case tree.SetOf(items):
                members = [self._plain(each, element) for each in items]
                return None if None in members else frozenset(each for each in members if each is not None)
            case tree.Name(path="none", key=None) if not (isinstance(element, EnumType) and "none" in element.symbols):
                return frozenset()
            case tree.Name():
                found = self.lookup(expr)
                if found is not None and not isinstance(found, Symbol):
                    return self._set(found, element)
            case _:
                pass
        one = self._plain(expr, element)
        return None if one is None else frozenset((one,))

    def _list(self, expr: tree.Expr, record: RecordType) -> Value | None:
        match expr:
            case tree.Rows(rows):
                records = [self._record(row, record) for row in rows]
                return None if None in records else tuple(each for each in records if each is not None)
            case tree.Name(path="none", key=None):
                return ()
            case _:
                hint = f"write `[{{{record.fields[0][0]}: …}}]`" if record.fields else None
                self.problems.add(words.wrong_value(expr.span, "this", ListType(record), hint))
                return None

    def _record(self, row: tree.Row, record: RecordType) -> Record | None:
        fields: dict[str, Content] = {}
        sound = True
        for name, written in row.cells:
            kind = record.field(name.text)
            if kind is None:
                known = [each for each, _ in record.fields]
                self.problems.add(words.unknown_field(name.span, name.text, record.name, known))
                sound = False
                continue
            if name.text in fields:
                self.problems.add(words.given_twice(name.span, name.text))
            value = self.value(written, kind)
            sound = sound and value is not None
            if value is not None:
                fields[name.text] = Exact(value)
        return Record(fields) if sound else None


def dimension_of(text: str) -> Scalar | None:
    """Return the one type that the text of a quantity can only be of, or None where it is none."""
    found = recognise(text)
    return None if isinstance(found, Misread) else found[0]
