"""The sides of a comparison: their types, as far as they can be told alone, and their meaning as a type.

Types flow from what has one (terms, fields, variables, definitions) to what has none of its own (symbols, numbers).
"""

from __future__ import annotations

from collections.abc import Callable

from termwise.check import problems as words
from termwise.check.scope import Names, Scope, field_of, term_of
from termwise.check.values import ValueReader, dimension_of
from termwise.core.expr import Add, Constant, Defined, Expr, FieldRef, TermRef, children
from termwise.core.values import Symbol
from termwise.core.vocabulary import Term, instance
from termwise.diagnostics import Problems
from termwise.syntax import tree
from termwise.syntax.nesting import depth
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type

_ADDED = (Scalar.DURATION, Scalar.RATE, Scalar.INTEGER, Scalar.NUMBER, Scalar.PERCENT, Scalar.MONEY, Scalar.FEES)
_WITH_UNITS = (Scalar.DURATION, Scalar.RATE, Scalar.PERCENT, Scalar.MONEY, Scalar.FEES)
_NUMBERS = {Scalar.INTEGER, Scalar.NUMBER}
_AMOUNTS = {Scalar.MONEY, Scalar.FEES}

DEEPEST = 100
"""How deep definitions may be nested in each other, all their levels counted."""

LONGEST = 10_000
"""How many parts a definition may stand for, those of the definitions in it counted each time they are used."""

NO_SCOPE = Scope(positive=False)
"""Where a definition is made: it may be used under `not`, so a keyed term in it needs its key."""


class Operands:
    """Reads operands against the names of a policy. `open_definitions` are those being read, to find circles."""

    def __init__(self, names: Names, problems: Problems) -> None:
        """Start with no definition read."""
        self.names = names
        self.problems = problems
        self.open_definitions: list[str] = []
        self._reported: set[str] = set()
        self._types: dict[str, Type | None] = {}
        self._guesses: dict[str, Type | None] = {}
        self._dead_ends = 0
        self._bodies: dict[tuple[str, Type], Expr | None] = {}
        self._sizes: dict[str, int] = {}

    # ------------------------------------------------------------------------------------------------ types

    def type_of(self, expr: tree.Expr, scope: Scope) -> Type | None:
        """Return the type that an operand has by itself, or None where only its surroundings can tell."""
        match expr:
            case tree.Name():
                return self._type_of_name(expr, scope)
            case tree.Flag():
                return Scalar.BOOLEAN
            case tree.Sum(left, right):
                types = [kind for side in (left, right) if (kind := self.type_of(side, scope)) is not None]
                return Scalar.NUMBER if set(types) == _NUMBERS else next(iter(types), None)
            case _:
                return None

    def _type_of_name(self, expr: tree.Name, scope: Scope) -> Type | None:
        if expr.path in scope.variables:
            return scope.variables[expr.path][0]
        at = field_of(expr, scope)
        if at is not None:
            return scope.records[at[0]].field(at[1])
        if expr.path in self.names.definitions:
            return self._type_of_definition(expr.path)
        term = self.names.vocabulary.terms.get(expr.path)
        return term.type if term is not None else None

    def _type_of_definition(self, name: str) -> Type | None:
        if name in self._types:
            return self._types[name]
        if name in self.open_definitions or len(self.open_definitions) > DEEPEST:
            self._dead_ends += 1
            return None
        before = self._dead_ends
        self.open_definitions.append(name)
        found = self.type_of(self.names.definitions[name].value, NO_SCOPE)
        self.open_definitions.pop()
        if found is not None or self._dead_ends == before:  # else it may look different from elsewhere
            self._types[name] = found
        return found

    def guess(self, expr: tree.Expr) -> Type | None:
        """Return the type of a quantity that stands where nothing asks for one."""
        match expr:
            case tree.Quantity(text):
                return dimension_of(text)
            case tree.Sum(left, right):
                return self.guess(left) or self.guess(right)
            case tree.Name(name) if name in self.names.definitions:
                return self._guess_of_definition(name)
            case _:
                return None

    def _guess_of_definition(self, name: str) -> Type | None:
        if name not in self._guesses and len(self.open_definitions) <= DEEPEST:
            self._guesses[name] = None  # what a circle comes back to
            self.open_definitions.append(name)
            self._guesses[name] = self.guess(self.names.definitions[name].value)
            self.open_definitions.pop()
        return self._guesses.get(name)

    def fit(self, one: Type, other: Type) -> bool:
        """Whether values of two types may meet in a comparison."""
        if isinstance(one, SetType) and isinstance(other, SetType):
            return self.fit(one.element, other.element)
        met = {one, other}
        amounts = met == _AMOUNTS and self.names.vocabulary.annual_fees is not None
        return one == other or met == _NUMBERS or amounts

    # ---------------------------------------------------------------------------------------------- reading

    def plain(self, expr: tree.Expr, kind: Scalar | EnumType, scope: Scope) -> Expr | None:
        """Return an operand as one value of a type."""
        match expr:
            case tree.Name():
                return self._name(expr, kind, scope)
            case tree.Sum(left, right, negative):
                if kind not in _ADDED:
                    self.problems.add(words.not_summed(expr.span, kind))
                    return None
                one, other = self.plain(left, kind, scope), self.plain(right, kind, scope)
                return None if one is None or other is None else Add(one, other, negative, expr.span)
            case _:
                return self._constant(expr, kind, scope)

    def set_of(self, expr: tree.Expr, kind: SetType, scope: Scope) -> Expr | None:
        """Return an operand as a set; a bare symbol means the set of it alone."""
        if isinstance(expr, tree.Name):
            own = self._type_of_name(expr, scope)
            if isinstance(own, SetType) or (
                own is not None and expr.path not in (*scope.variables, *self._constants())
            ):
                return self._name(expr, kind, scope)
            if expr.path in self.names.definitions:
                body = self._of_definition(expr, kind)
                return None if body is None else Defined(expr.path, body, expr.span)
        return self._constant(expr, kind, scope)

    def list_of(self, expr: tree.Expr, kind: ListType, scope: Scope) -> Expr | None:
        """Return an operand as a list of records."""
        if isinstance(expr, tree.Name) and self._type_of_name(expr, scope) is not None:
            return self._name(expr, kind, scope)
        return self._constant(expr, kind, scope)

    def _constants(self) -> tuple[str, ...]:
        """Return the definitions that stand for a value written out."""
        return tuple(name for name, each in self.names.definitions.items() if not isinstance(each.value, tree.Name))

    def _constant(self, expr: tree.Expr, kind: Type, scope: Scope) -> Expr | None:
        if isinstance(expr, tree.Name) and self._is_lost(expr, scope):
            return None

        def lookup(name: tree.Name) -> tree.Expr | Symbol | None:
            if name.path in scope.variables:
                return scope.variables[name.path][1]
            found = self.names.definitions.get(name.path)
            return None if found is None else found.value

        reader = ValueReader(self.problems, self.names.vocabulary.annual_fees is not None, lookup)
        value = reader.value(expr, kind)
        return None if value is None else Constant(value, expr.span)

    def _is_lost(self, expr: tree.Name, scope: Scope) -> bool:
        known = expr.path in scope.variables or expr.path in self.names.definitions
        return not known and self.names.is_lost(expr.path)

    def _name(self, expr: tree.Name, kind: Type, scope: Scope) -> Expr | None:
        if expr.path in self.names.definitions and expr.path not in scope.variables:
            body = self._of_definition(expr, kind)
            return None if body is None else Defined(expr.path, body, expr.span)
        if expr.path in scope.variables:
            return self._constant(expr, kind, scope)
        found = self.reference(expr, scope)
        if found is not None:
            own = self._type_of_name(expr, scope)
            if own is not None and not self.fit(own, kind):
                self.problems.add(words.mismatch(expr.span, own, kind))
                return None
            return found
        if term_of(expr, self.names, scope) is not None or field_of(expr, scope) is not None:
            return None  # it was there, and what is wrong with it has been said
        if "." in expr.path or expr.key is not None:
            self.unknown(expr, scope)
            return None
        return self._constant(expr, kind, scope)

    def _of_definition(self, expr: tree.Name, kind: Type) -> Expr | None:
        if expr.key is not None:
            self.problems.add(words.no_keys(expr.span, expr.path))
            return None
        value = self.names.definitions[expr.path].value
        if not self._suits(expr, value, kind):
            return None
        return self.once(expr, kind, lambda: self._value_of(value, kind))

    def _value_of(self, value: tree.Expr, kind: Type) -> Expr | None:
        match kind:
            case SetType():
                return self.set_of(value, kind, NO_SCOPE)
            case ListType():
                return self.list_of(value, kind, NO_SCOPE)
            case Scalar() | EnumType():
                return self.plain(value, kind, NO_SCOPE)
            case RecordType():
                return None

    def once(self, expr: tree.Name, kind: Type, read: Callable[[], Expr | None]) -> Expr | None:
        """Return what a definition stands for as a type, read at its first use; None where it cannot be used."""
        name = expr.path
        if (name, kind) not in self._bodies:
            if not self.enter(expr):
                return None
            body = read()
            self.open_definitions.pop()
            self._bodies[name, kind] = body
            self._sizes[name] = 0 if body is None else self._size_of(body)
        if self._sizes[name] > LONGEST:
            self.problems.add(words.too_long(self.names.definitions[name].name.span, name, LONGEST))
            return None
        return self._bodies[name, kind]

    def _size_of(self, body: Expr) -> int:
        """Return how many parts a condition or value has, everything that its definitions stand for counted."""
        size, pending = 0, [body]
        while pending:
            here = pending.pop()
            size += self._sizes.get(here.name, 1) if isinstance(here, Defined) else 1
            if not isinstance(here, Defined):
                pending.extend(children(here))
        return size

    def _suits(self, expr: tree.Name, value: tree.Expr, kind: Type) -> bool:
        """Whether what a definition stands for can be of a type; where it cannot, the fault is where it is used."""
        own = self.type_of(value, NO_SCOPE) or self.guess(value)
        wanted = kind.element if isinstance(kind, SetType) and not isinstance(own, SetType) else kind
        lacks_unit = own is Scalar.NUMBER and wanted in _WITH_UNITS  # which is said where the number stands
        if own is not None and not lacks_unit and not self.fit(own, wanted):
            self.problems.add(words.mismatch(expr.span, own, kind))
            return False
        if isinstance(value, tree.SetOf) and not isinstance(kind, SetType):
            self.problems.add(words.wrong_value(expr.span, f"`{expr.path}`, a set,", kind))
            return False
        return True

    def enter(self, expr: tree.Name) -> bool:
        """Note that a definition is being read; if it already is, report the circle and return False."""
        name = expr.path
        if name not in self.open_definitions:
            if sum(depth(self.names.definitions[each].value) for each in (*self.open_definitions, name)) > DEEPEST:
                self.problems.add(words.too_deep(expr.span, name))
                return False
            self.open_definitions.append(name)
            return True
        circle = self.open_definitions[self.open_definitions.index(name) :]
        if not self._reported & set(circle):
            self._reported |= set(circle)
            first = min(circle)
            at = circle.index(first)
            chain = [*circle[at:], *circle[:at], first]
            self.problems.add(words.definition_cycle(self.names.definitions[first].name.span, chain))
        return False

    def reference(self, expr: tree.Name, scope: Scope) -> TermRef | FieldRef | None:
        """Return what a name reads from the contract, or None where it reads nothing, or its key is wrong."""
        at = field_of(expr, scope)
        if at is not None:
            variable, name = at
            record = scope.records[variable]
            if record.field(name) is None:
                known = [each for each, _ in record.fields]
                self.problems.add(words.unknown_field(expr.span, name, record.name, known))
                return None
            if expr.key is not None:
                self.problems.add(words.no_keys(expr.span, expr.path))
                return None
            return FieldRef(variable, name, expr.span)
        term = term_of(expr, self.names, scope)
        return None if term is None else self._of_term(expr, term, scope)

    def _of_term(self, expr: tree.Name, term: Term, scope: Scope) -> TermRef | None:
        if term.key is None:
            if expr.key is not None:
                self.problems.add(words.no_keys(expr.span, term.name))
                return None
            return TermRef(term.name, expr.span)
        if expr.key is None:
            symbol = scope.keys.get(term.name)
            if symbol is None:
                self.problems.add(words.needs_key(expr.span, term, "it is not said which is meant"))
                return None
            return TermRef(instance(term.name, symbol), expr.span)
        symbol = self.key_of(expr.key, term.key, scope)
        if symbol is None:
            self.problems.add(words.unknown_symbol(expr.span, expr.key, term.key))
            return None
        return TermRef(instance(term.name, symbol), expr.span)

    def key_of(self, text: str, kind: EnumType, scope: Scope) -> str | None:
        """Return the symbol that a key in brackets means, or None."""
        if text in scope.variables and scope.variables[text][0] == kind:
            return scope.variables[text][1].name
        return text if text in kind.symbols else None

    def unknown(self, expr: tree.Name, scope: Scope) -> None:
        """Report a name that means nothing, unless what it means could not be read."""
        if self.names.is_lost(expr.path):
            return
        known = (*self.names.terms_and_definitions(), *scope.variables)
        if "." in expr.path:
            self.problems.add(words.unknown_term(expr.span, expr.path, self.names.vocabulary.name, known))
        else:
            self.problems.add(words.unknown_name(expr.span, expr.path, known))
