"""Which way a rule moves with a term: what the compiler promises of "a safer value never worsens the rule".

The answer is syntactic and errs on one side: `RISING` and `FALLING` are proved from the form of the conditions, for
every contract, and whatever is not proved is `MIXED`. The order of values is the certain one (a set is higher than its
subsets, `yes` than `no`, a symbol of a scale than those before it), and text, bare enums and lists have none.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, unique

from termwise.core.expr import (
    Add,
    All,
    AnyOf,
    Compare,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Not,
    Op,
    Passes,
    Quantified,
    Quantifier,
    Stated,
    TermRef,
    bare,
)
from termwise.core.policy import Policy, Rule
from termwise.core.values import Symbol, Value
from termwise.core.vocabulary import Vocabulary, split_instance
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type, is_ordered


@unique
class Polarity(Enum):
    """What a higher value of a term does to a rule, or to a condition."""

    RISING = "rising"
    """It never worsens the rule (of a condition: never makes it less true)."""
    FALLING = "falling"
    """A lower one never does."""
    CONSTANT = "constant"
    """Nothing: the value is not read."""
    MIXED = "mixed"
    """It may do either, for all that the text proves."""


def polarity(rule: Rule, term: str, vocabulary: Vocabulary, policy: Policy | None = None) -> Polarity:
    """Return which way a rule moves with a term: at one key (`t[key]`), or by its bare name at all of them together.

    A rule that asks whether another passes is mixed in everything unless its policy is given to look that rule up in.
    """
    return _Reading(term, vocabulary, policy).rule(rule)


class _Reading:
    """One term, and the policy around the rules that may read it."""

    def __init__(self, term: str, vocabulary: Vocabulary, policy: Policy | None) -> None:
        self._term = term
        declared = vocabulary.term_of(term)
        assert declared is not None, term
        self._type = declared.type
        self._policy = policy

    def rule(self, rule: Rule) -> Polarity:
        """Join what the conditions do: a `when` that is less true is better, everything else the more true it is."""
        rungs = (*rule.unless, *rule.prefer, *rule.require, *(each.condition for each in rule.fallbacks))
        return _joined((*(_flipped(self._of(each)) for each in rule.when), *(self._of(each) for each in rungs)))

    def _of(self, expr: Expr) -> Polarity:
        """Return which way the truth of a condition, or the size of an operand, moves."""
        match expr:
            case Constant() | FieldRef() | Stated():
                return Polarity.CONSTANT
            case TermRef():
                return self._value(expr)
            case Add(left, right, negative):
                return _joined((self._of(left), _flipped(self._of(right)) if negative else self._of(right)))
            case Compare(_, _, _, annual_fees) if annual_fees is not None and self._is_read(annual_fees):
                return Polarity.MIXED
            case Compare(op, left, right):
                return self._comparison(op, bare(left), bare(right))
            case Not(operand):
                return _flipped(self._of(operand))
            case All(operands) | AnyOf(operands):
                return _joined(self._of(each) for each in operands)
            case Quantified(quantifier, _, records, body):
                inside = self._of(body)
                return _joined((self._of(records), _flipped(inside) if quantifier is Quantifier.NO else inside))
            case Defined(_, body):
                return self._of(body)
            case Passes(rule):
                return self._passes(rule)

    def _is_read(self, term: TermRef) -> bool:
        return self._term in (term.name, split_instance(term.name)[0])

    def _value(self, term: TermRef) -> Polarity:
        if not self._is_read(term):
            return Polarity.CONSTANT
        has_order = is_ordered(self._type) or self._type is Scalar.BOOLEAN or self._is_set
        return Polarity.RISING if has_order else Polarity.MIXED

    @property
    def _is_set(self) -> bool:
        return isinstance(self._type, SetType)

    def _passes(self, name: str) -> Polarity:
        """Follow the rule that is asked about: it passes sooner if it does better, or if its waiver holds sooner."""
        asked = self._policy.rule(name) if self._policy is not None else None
        if self._policy is None or asked is None:
            return Polarity.MIXED
        bounds = (each.condition for each in self._policy.waivers if each.covers(asked))
        return _joined((self.rule(asked), *(self._of(each) for each in bounds if each is not None)))

    def _comparison(self, op: Op, left: Expr, right: Expr) -> Polarity:
        mine, other = self._of(left), self._of(right)
        if mine is other is Polarity.CONSTANT:
            return Polarity.CONSTANT
        match op:
            case Op.LT | Op.LE:
                return _joined((_flipped(mine), other))
            case Op.GT | Op.GE:
                return _joined((mine, _flipped(other)))
            case Op.EQ:
                return self._equality(left, right)
            case Op.NE:
                return _flipped(self._equality(left, right))
            case Op.IN:
                return self._membership(left, right)
            case Op.WITHIN if self._is_set:
                return _joined((_flipped(mine), other))
            case Op.INCLUDES if self._is_set:
                return _joined((mine, _flipped(other)))
            case Op.EXCLUDES if self._is_set:
                return _joined((_flipped(mine), _flipped(other)))
            case Op.INCLUDES:
                return self._membership(right, left)
            case Op.EXCLUDES:
                return _flipped(self._membership(right, left))
            case Op.WITHIN:
                return Polarity.MIXED

    def _equality(self, left: Expr, right: Expr) -> Polarity:
        """To equal an end of the domain is to be at least, or at most, that; anything else is missed on both sides."""
        for side, fixed in ((left, right), (right, left)):
            if isinstance(side, TermRef) and isinstance(fixed, Constant) and self._of(side) is Polarity.RISING:
                lowest, highest = _ends(self._type)
                if fixed.value == highest:
                    return Polarity.RISING
                if fixed.value == lowest:
                    return Polarity.FALLING
        return Polarity.MIXED

    def _membership(self, element: Expr, members: Expr) -> Polarity:
        """Tell a set that grows from an element that moves: it enters a set surely if that is an end of its domain."""
        if self._of(element) is Polarity.CONSTANT:
            return self._of(members)
        domain = _domain(self._type)
        value = members.value if isinstance(members, Constant) else None
        if not domain or not isinstance(element, TermRef) or not isinstance(value, frozenset):
            return Polarity.MIXED
        inside = [each in value for each in domain]
        if inside == sorted(inside):
            return Polarity.RISING
        return Polarity.FALLING if inside == sorted(inside, reverse=True) else Polarity.MIXED


def _domain(kind: Type) -> tuple[Value, ...]:
    """Return every value of a type from the lowest to the highest, or nothing where they are without end or order."""
    match kind:
        case Scalar.BOOLEAN:
            return (False, True)
        case EnumType(name, symbols, ordered=True):
            return tuple(Symbol(name, symbol, rank) for rank, symbol in enumerate(symbols))
        case Scalar() | EnumType() | SetType() | RecordType() | ListType():
            return ()


def _ends(kind: Type) -> tuple[Value | None, Value | None]:
    """Return the lowest and the highest value of a type, each None where there is none."""
    match kind:
        case SetType(EnumType(name, symbols)):
            return frozenset(), frozenset(Symbol(name, symbol, rank) for rank, symbol in enumerate(symbols))
        case SetType():
            return frozenset(), None
        case Scalar() | EnumType() | RecordType() | ListType():
            domain = _domain(kind)
            return (domain[0], domain[-1]) if domain else (None, None)


def _flipped(polarity: Polarity) -> Polarity:
    match polarity:
        case Polarity.RISING:
            return Polarity.FALLING
        case Polarity.FALLING:
            return Polarity.RISING
        case Polarity.CONSTANT | Polarity.MIXED:
            return polarity


def _joined(parts: Iterable[Polarity]) -> Polarity:
    """Return what several parts that count the same way make together."""
    moving = set(parts) - {Polarity.CONSTANT}
    if len(moving) > 1:
        return Polarity.MIXED
    return moving.pop() if moving else Polarity.CONSTANT
