"""Conditions as written → conditions as meant: names looked up, types and units checked, keys written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from termwise.check import problems as words
from termwise.check.operands import NO_SCOPE, Operands
from termwise.check.scope import Names, Scope, bare_keyed_terms, field_of, term_of
from termwise.check.shadows import check_variable
from termwise.core.expr import (
    All,
    AnyOf,
    Compare,
    Constant,
    Defined,
    Expr,
    Not,
    Op,
    Passes,
    Quantified,
    Quantifier,
    Stated,
    TermRef,
    terms_of,
)
from termwise.core.vocabulary import instance
from termwise.diagnostics import Problems
from termwise.frozen import frozen, replace
from termwise.syntax import tree
from termwise.syntax.nesting import children
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered, name_of

_Reader = Callable[[tree.Expr, Scope], Expr | None]

_Sides = tuple[Expr | None, Expr | None]

_STATES = ("stated", "silent")
_ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)


@frozen
class Conditions:
    """Reads conditions against the names of a policy. What cannot be read is reported, and None."""

    names: Names
    operands: Operands
    problems: Problems

    def all(self, conditions: Sequence[tree.Expr], scope: Scope) -> tuple[Expr, ...]:
        """Return those of several conditions that can be read."""
        read = [self.condition(each, scope) for each in conditions]
        return tuple(each for each in read if each is not None)

    def condition(self, expr: tree.Expr, scope: Scope) -> Expr | None:
        """Return what a condition means."""
        match expr:
            case tree.Conjunction(operands):
                return self._joined(All, operands, expr, scope)
            case tree.Disjunction(operands):
                return self._joined(AnyOf, operands, expr, scope)
            case tree.Negation(operand):
                inner = self.condition(operand, replace(scope, positive=False))
                return None if inner is None else Not(inner, expr.span)
            case tree.Comparison():
                return self._for_every_key((expr.left, expr.right), expr, scope, self._comparison)
            case tree.IsState():
                return self._state(expr, scope)
            case tree.RulePasses():
                return self._passes(expr, scope)
            case tree.Quantification():
                return self._quantified(expr, scope)
            case tree.Flag(value):
                return Constant(value, expr.span)
            case tree.Name():
                return self._for_every_key((expr,), expr, scope, self._boolean)
            case tree.Quoted() | tree.Quantity() | tree.SetOf() | tree.Rows() | tree.Sum():
                found = {tree.Quoted: "a text", tree.SetOf: "a set", tree.Rows: "a list"}.get(type(expr), "a quantity")
                self.problems.add(words.not_a_condition(expr.span, found, "compare it with a term"))
                return None

    def definition(self, declared: tree.Define) -> Expr | None:
        """Return what a definition stands for, or None where only its use can tell (or it is reported)."""
        name = tree.Name(declared.name.text, None, declared.name.span)
        value = declared.value
        kind = self.operands.type_of(value, NO_SCOPE) or self.operands.guess(value)
        if isinstance(value, tree.SetOf):
            kind = self._set_type(value)
            if kind is None:
                return None
        if not self.operands.enter(name):
            return None
        match kind:
            case SetType():
                found = self.operands.set_of(value, kind, NO_SCOPE)
            case ListType():
                found = self.operands.list_of(value, kind, NO_SCOPE)
            case Scalar() | EnumType() if kind is not Scalar.BOOLEAN:
                found = self.operands.plain(value, kind, NO_SCOPE)
            case _:
                found = None if isinstance(value, tree.Quoted) else self.condition(value, NO_SCOPE)
        self.operands.open_definitions.pop()
        return found

    # ------------------------------------------------------------------------------------------- connectives

    def _joined(
        self, joint: type[All | AnyOf], operands: tuple[tree.Expr, ...], expr: tree.Expr, scope: Scope
    ) -> Expr | None:
        read = self.all(operands, scope)
        return joint(read, expr.span) if len(read) == len(operands) else None

    def _for_every_key(self, sides: tuple[tree.Expr, ...], expr: tree.Expr, scope: Scope, read: _Reader) -> Expr | None:
        """Read a condition once per key of the keyed terms in it that have none, and ask for all of them."""
        bare = [found for side in sides for found in bare_keyed_terms(side, self.names, scope)]
        if not bare:
            return read(expr, scope)
        name, term = bare[0]
        assert term.key is not None
        if not scope.positive:
            self.problems.add(words.needs_key(name.span, term, "here it could mean one key or every one"))
            return None
        other = next((each for each in bare if each[1].key != term.key), None)
        if other is not None:
            self.problems.add(words.two_key_enums(other[0].span, term, other[1]))
            return None
        read_at = [
            read(expr, replace(scope, keys={**scope.keys, **{each.name: symbol for _, each in bare}}))
            for symbol in term.key.symbols
        ]
        each_key = tuple(found for found in read_at if found is not None)
        return All(each_key, expr.span) if len(each_key) == len(read_at) else None

    # ------------------------------------------------------------------------------------------------- leaves

    def _boolean(self, expr: tree.Expr, scope: Scope) -> Expr | None:
        assert isinstance(expr, tree.Name)
        name = expr.path
        if name in self.names.definitions and name not in scope.variables:
            return self._defined(expr)
        kind = self.operands.type_of(expr, scope)
        if kind is None:
            if field_of(expr, scope) is not None:
                self.operands.reference(expr, scope)
            else:
                self.operands.unknown(expr, scope)
            return None
        if kind is not Scalar.BOOLEAN:
            hint = f"compare it, as in `{name} {_example(kind)}`"
            self.problems.add(words.not_a_condition(expr.span, f"`{name}`, a `{name_of(kind)}`,", hint))
            return None
        return self.operands.reference(expr, scope)

    def _defined(self, expr: tree.Name) -> Expr | None:
        if expr.key is not None:
            self.problems.add(words.no_keys(expr.span, expr.path))
            return None
        value = self.names.definitions[expr.path].value
        if isinstance(value, tree.Quantity | tree.Quoted | tree.SetOf | tree.Rows | tree.Sum):
            self.problems.add(words.not_a_condition(expr.span, f"`{expr.path}`, a value,", "compare a term with it"))
            return None
        body = self.operands.once(expr, Scalar.BOOLEAN, lambda: self.condition(value, NO_SCOPE))
        return None if body is None else Defined(expr.path, body, expr.span)

    def _state(self, expr: tree.IsState, scope: Scope) -> Expr | None:
        word = expr.word
        if word.text not in _STATES:
            self.problems.add(words.unknown_word(word.span, word.text, "state to ask for", _STATES))
            return None
        operand = expr.operand
        if not isinstance(operand, tree.Name):
            self.problems.add(words.not_a_condition(expr.span, "only a term is stated or silent, so this"))
            return None
        found = self.operands.reference(operand, scope)
        if found is None:
            if term_of(operand, self.names, scope) is None and field_of(operand, scope) is None:
                self.operands.unknown(operand, scope)
            return None
        stated = Stated(found, expr.span)
        return stated if word.text == "stated" else Not(stated, expr.span)

    def _passes(self, expr: tree.RulePasses, scope: Scope) -> Expr | None:
        if expr.rule not in self.names.rules:
            if ("rule", expr.rule) in self.names.lost:
                return None
            self.problems.add(words.unknown_rule(expr.span, expr.rule, self.names.rules))
            return None
        keys = self.names.rules[expr.rule]
        if keys is None:
            if expr.key is not None:
                self.problems.add(words.rule_needs_no_key(expr.span, expr.rule))
                return None
            return Passes(expr.rule, expr.span)
        if expr.key is None:
            return All(tuple(Passes(instance(expr.rule, symbol), expr.span) for symbol in keys.symbols), expr.span)
        symbol = self.operands.key_of(expr.key, keys, scope)
        if symbol is None:
            self.problems.add(words.unknown_symbol(expr.span, expr.key, keys))
            return None
        return Passes(instance(expr.rule, symbol), expr.span)

    def _quantified(self, expr: tree.Quantification, scope: Scope) -> Expr | None:
        name = expr.records
        term = self.names.vocabulary.terms.get(name.text)
        if term is None or not isinstance(term.type, ListType):
            if term is None:
                self.operands.unknown(tree.Name(name.text, None, name.span), scope)
            else:
                self.problems.add(words.mismatch(name.span, term.type, ListType(RecordType("record", ()))))
            return None
        if term.key is not None:
            self.problems.add(words.needs_key(name.span, term, "a quantifier speaks of one list"))
            return None
        if not check_variable(expr.variable, self.names, scope, self.problems, of_records=True):
            return None
        quantifier = Quantifier(expr.quantifier)
        within = replace(
            scope,
            records={**scope.records, expr.variable.text: term.type.record},
            positive=scope.positive and quantifier is Quantifier.EVERY,
            places={**scope.places, expr.variable.text: expr.variable.span},
        )
        body = self.condition(expr.body, within)
        if body is None:
            return None
        return Quantified(quantifier, expr.variable.text, TermRef(term.name, name.span), body, expr.span)

    # -------------------------------------------------------------------------------------------- comparisons

    def _comparison(self, expr: tree.Expr, scope: Scope) -> Expr | None:
        assert isinstance(expr, tree.Comparison)
        op = Op(expr.operator)
        left, right = self.operands.type_of(expr.left, scope), self.operands.type_of(expr.right, scope)
        if left is None and right is None:
            left = self._type_of_strangers(expr, scope)
            if left is None:
                return None
        match op:
            case Op.IN:
                return self._member(expr, left, right, scope)
            case Op.WITHIN | Op.INCLUDES | Op.EXCLUDES:
                return self._of_sets(op, expr, left, right, scope)
            case _:
                kind = left if left is not None else right
                assert kind is not None
                return self._of_one_type(op, expr, kind, scope)

    def _type_of_strangers(self, expr: tree.Comparison, scope: Scope) -> Type | None:
        """Return the type of a comparison in which nothing has one by itself, or report what means nothing."""
        strangers = [side for side in (expr.left, expr.right) if isinstance(side, tree.Name)]
        if any(self.names.is_lost(side.path) for side in strangers):
            return None
        for side in _terms_first(strangers):
            at = field_of(side, scope)
            if at is not None:
                self.operands.reference(side, scope)
            elif side.path in self.operands.open_definitions:
                self.operands.enter(side)
            elif side.path not in self.names.definitions:
                self.operands.unknown(side, scope)
        guessed = self.operands.guess(expr.left) or self.operands.guess(expr.right)
        definitions = [side for side in strangers if side.path in self.names.definitions]
        for side in definitions:
            guessed = guessed or self.operands.guess(self.names.definitions[side.path].value)
        if strangers and len(definitions) < len(strangers):
            return None
        if guessed is None:
            self.problems.add(words.nothing_compared(expr.span))
        return guessed

    def _of_one_type(self, op: Op, expr: tree.Comparison, kind: Type, scope: Scope) -> Expr | None:
        if op in _ORDER and not is_ordered(kind):
            self.problems.add(words.unsuited(expr.span, op.value, kind, _instead(op, kind)))
            return None
        match kind:
            case SetType():
                sides = (self.operands.set_of(expr.left, kind, scope), self.operands.set_of(expr.right, kind, scope))
            case ListType():
                sides = (self.operands.list_of(expr.left, kind, scope), self.operands.list_of(expr.right, kind, scope))
            case Scalar() | EnumType():
                sides = (self.operands.plain(expr.left, kind, scope), self.operands.plain(expr.right, kind, scope))
            case RecordType():
                sides = (None, None)
        return self._compare(op, sides, kind, expr, scope)

    def _member(self, expr: tree.Comparison, left: Type | None, right: Type | None, scope: Scope) -> Expr | None:
        if isinstance(left, SetType):
            hint = "a set is `within` another"
            self.problems.add(words.unsuited(expr.span, "in", left, hint))
            return None
        element = left if left is not None else right.element if isinstance(right, SetType) else right
        if not isinstance(element, Scalar | EnumType):
            if element is not None:
                self.problems.add(words.unsuited(expr.span, "in", element, "use `every`, `some` or `no`"))
            return None
        item = self.operands.plain(expr.left, element, scope)
        members = self.operands.set_of(expr.right, SetType(element), scope)
        return self._compare(Op.IN, (item, members), element, expr, scope)

    def _of_sets(
        self, op: Op, expr: tree.Comparison, left: Type | None, right: Type | None, scope: Scope
    ) -> Expr | None:
        if left is Scalar.TEXT and op is Op.INCLUDES:
            sides = self.operands.plain(expr.left, left, scope), self.operands.plain(expr.right, left, scope)
            return self._compare(op, sides, left, expr, scope)
        whole = left if isinstance(left, SetType) else right if isinstance(right, SetType) and left is None else None
        if whole is None:
            kind = left if left is not None else right
            assert kind is not None
            hint = "write `in` for one value" if op is Op.WITHIN else _instead(op, kind)
            self.problems.add(words.unsuited(expr.span, op.value, kind, hint))
            return None
        one = self.operands.set_of(expr.left, whole, scope)
        is_element = op is not Op.WITHIN and right is not None and not isinstance(right, SetType)
        if is_element and isinstance(expr.right, tree.Name) and expr.right.path not in scope.variables:
            other = self.operands.plain(expr.right, whole.element, scope)
        else:
            other = self.operands.set_of(expr.right, whole, scope)
        return self._compare(op, (one, other), whole.element, expr, scope)

    def _compare(
        self, op: Op, sides: tuple[Expr | None, Expr | None], kind: Type, expr: tree.Comparison, scope: Scope
    ) -> Expr | None:
        left, right = sides
        if left is None or right is None:
            return None
        annual = self.names.vocabulary.annual_fees
        is_amount = kind in (Scalar.MONEY, Scalar.FEES) and annual is not None
        made = Compare(op, left, right, TermRef(annual) if is_amount and annual is not None else None, expr.span)
        if not (terms_of(left) or terms_of(right) or self._varies(expr, scope)):
            self.problems.add(words.nothing_compared(expr.span))
            return None
        return made

    def _varies(self, expr: tree.Comparison, scope: Scope) -> bool:
        """Whether a comparison speaks of a record or of a key, so that it is not the same for every contract."""
        pending: list[tree.Expr] = [expr]
        while pending:
            here = pending.pop()
            if isinstance(here, tree.Name) and (here.path in scope.variables or field_of(here, scope) is not None):
                return True
            pending.extend(children(here))
        return False

    def _set_type(self, written: tree.SetOf) -> SetType | None:
        """Return the one type that a set written out can have, or None where its use has to tell."""
        names = [each.path for each in written.items if isinstance(each, tree.Name)]
        if names:
            kinds = [each for each in self.names.vocabulary.enums.values() if set(names) <= set(each.symbols)]
            if not kinds:
                for each in written.items:
                    if isinstance(each, tree.Name) and not self._is_symbol(each.path):
                        self.operands.unknown(each, NO_SCOPE)
            return SetType(kinds[0]) if len(kinds) == 1 else None
        found = next((kind for each in written.items if (kind := self.operands.guess(each)) is not None), None)
        return SetType(found) if isinstance(found, Scalar) else None

    def _is_symbol(self, name: str) -> bool:
        return name in self.names.definitions or any(
            name in each.symbols for each in self.names.vocabulary.enums.values()
        )


def _terms_first(strangers: list[tree.Name]) -> list[tree.Name]:
    """Return the names to report: beside an unknown term, a bare symbol is unknown only because its type is."""
    dotted = [each for each in strangers if "." in each.path]
    return dotted or strangers[:1]


def _instead(op: Op, kind: Type) -> str | None:
    """Return what to write for an operator that does not suit a type."""
    if isinstance(kind, SetType) and op in _ORDER:
        return "use `within` or `includes`" if op in (Op.LT, Op.LE) else "use `includes` or `within`"
    if isinstance(kind, EnumType) and op in _ORDER:
        return f"the symbols of `{kind.name}` have no order; use `=` or `in`"
    if isinstance(kind, ListType):
        return "use `every`, `some` or `no`"
    return "use `=` or `in`"


def _example(kind: Type) -> str:
    match kind:
        case EnumType(symbols=symbols):
            return f"= {symbols[0]}"
        case SetType(EnumType(symbols=symbols)):
            return f"includes {symbols[0]}"
        case Scalar.DURATION:
            return "<= 30 days"
        case Scalar.RATE:
            return ">= 2 per year"
        case Scalar.TEXT:
            return 'includes "…"'
        case _:
            return "= …"
