"""What some conditions read, and what of it matters to them: limits, texts, elements, and how many records.

A condition that compares a term with constants can only tell on which side of them a value lies. So the constants of
all conditions at hand say which values are enough to look at; and terms that a condition compares with each other have
to be looked at together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from termwise.analyze.cells import Unit
from termwise.analyze.linear import FEES, difference
from termwise.core.expr import (
    Add,
    Compare,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Op,
    Passes,
    Quantified,
    Stated,
    TermRef,
    children,
    terms_of,
    walk,
)
from termwise.core.policy import Policy
from termwise.core.values import Value
from termwise.core.vocabulary import Term, Vocabulary
from termwise.quantities.duration import Holidays
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType, Type

Variables = Mapping[str, str]
"""Which list the record of a variable is of."""

_AMOUNTS = (Scalar.MONEY, Scalar.FEES)


@dataclass(slots=True)
class Subject:
    """A term, or a field of the records of a list, and what conditions want to know of it.

    `limits` are the quantities it is measured against, `values` the texts and elements it is compared with, `parts`
    the parts of a text that are looked for. One that is `joint` is compared with another term.
    """

    name: str
    kind: Type
    limits: dict[tuple[Unit, Fraction], None] = field(default_factory=dict)
    values: dict[Value, None] = field(default_factory=dict)
    parts: dict[str, None] = field(default_factory=dict)
    is_joint: bool = False
    is_asked: bool = False


@dataclass(slots=True)
class Survey:
    """What the conditions of a question read. `readings` is in how many worlds each of them is looked at.

    `quantifiers` are the lists that are quantified over, each time with the lists of the quantifiers around it;
    `set_comparisons` are how often the sets of a group are compared.
    """

    readings: int
    subjects: dict[str, Subject] = field(default_factory=dict)
    quantifiers: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    set_comparisons: dict[str, int] = field(default_factory=dict)
    holidays: dict[Holidays, None] = field(default_factory=dict)
    annual_fees: str | None = None
    _leaders: dict[str, str] = field(default_factory=dict)
    _seen: dict[tuple[int, int], tuple[Expr, Policy]] = field(default_factory=dict)

    def conditions(self, conditions: Iterable[Expr], policy: Policy) -> None:
        """Take in conditions of a policy, with those of the rules that they ask about."""
        self.holidays.setdefault(policy.holidays)
        self.annual_fees = self.annual_fees or policy.vocabulary.annual_fees
        for expr in conditions:
            if (id(expr), id(policy)) in self._seen:
                continue
            self._seen[id(expr), id(policy)] = (expr, policy)
            reader = _Reader(self, policy.vocabulary)
            reader.read(expr, {})
            if self.readings > 1:
                for name in terms_of(expr):
                    term = policy.vocabulary.term_of(name)
                    if term is not None and term.presume is not None:
                        reader.read(presumption(name, term), {})
            for each in walk(expr):
                if isinstance(each, Passes):
                    asked = policy.rule(each.rule)
                    assert asked is not None
                    self.conditions(asked.conditions, policy)

    def settle(self) -> None:
        """Look at the fees of a year together with whatever is counted both in money and in months of fees."""
        annual = None if self.annual_fees is None else self.subjects.get(self.annual_fees)
        if annual is None:
            return
        for subject in list(self.subjects.values()):
            if subject.kind in _AMOUNTS and subject is not annual and self.is_mixed(subject):
                annual.is_joint = subject.is_joint = True
                self.join([annual, subject])

    def is_mixed(self, subject: Subject) -> bool:
        """Whether a term is measured, by itself or through another, both in money and in months of fees."""
        units = {unit for each in self.companions(subject) for unit, _ in each.limits}
        if subject.is_joint:
            units |= {FEES if each.kind is Scalar.FEES else "" for each in self.companions(subject)}
        return FEES in units and len(units) > 1

    # ---------------------------------------------------------------------------------------------- groups

    def subject(self, name: str, kind: Type) -> Subject:
        """Return what is known of a term or field, by its name."""
        return self.subjects.setdefault(name, Subject(name, kind))

    def join(self, subjects: Iterable[Subject]) -> None:
        """Note that some subjects are compared with each other."""
        first, *others = subjects
        for each in others:
            if self.leader(each) != self.leader(first):
                self._leaders[self.leader(each)] = self.leader(first)

    def companions(self, subject: Subject) -> list[Subject]:
        """Return all subjects that a subject has to be looked at with, itself among them."""
        leader = self.leader(subject)
        return [each for each in self.subjects.values() if self.leader(each) == leader]

    def leader(self, subject: Subject) -> str:
        """Return the name that stands for the group of a subject."""
        name = subject.name
        while name in self._leaders:
            name = self._leaders[name]
        return name

    # --------------------------------------------------------------------------------------------- records

    def records(self, name: str) -> int | None:
        """Return how many records of a list are enough, or None where no number is."""
        return self._records(name, ())

    def _records(self, name: str, within: tuple[str, ...]) -> int | None:
        if name in within:
            return None
        total = 1 if self.subjects[name].is_joint else 0
        for records, around in self.quantifiers:
            if records == name:
                times = self.readings
                for outer in around:
                    found = self._records(outer, (*within, name))
                    if found is None:
                        return None
                    times *= max(found, 1)
                total += times
        return total


def presumption(name: str, term: Term) -> Compare:
    """Return the condition that a term has the value that the vocabulary presumes."""
    assert term.presume is not None
    return Compare(Op.EQ, TermRef(name), Constant(term.presume))


def field_name(records: str, name: str) -> str:
    """Return the name under which a field of the records of a list is surveyed."""
    return f"{records}[].{name}"


def kind_of(expr: Expr, vocabulary: Vocabulary, variables: Variables) -> Type | None:
    """Return the type of an operand, as far as it reads anything; None of constants."""
    match expr:
        case TermRef(name):
            term = vocabulary.term_of(name)
            assert term is not None
            return term.type
        case FieldRef(variable, name):
            return record_of(variables[variable], vocabulary).field(name)
        case Add(left, right):
            return kind_of(left, vocabulary, variables) or kind_of(right, vocabulary, variables)
        case Defined(_, body):
            return kind_of(body, vocabulary, variables)
        case _:
            return None


def record_of(name: str, vocabulary: Vocabulary) -> RecordType:
    """Return the type of the records of a list term."""
    term = vocabulary.term_of(name)
    assert term is not None and isinstance(term.type, ListType)
    return term.type.record


def bare(expr: Expr) -> Expr:
    """Return what a definition stands for, or the expression itself."""
    return bare(expr.body) if isinstance(expr, Defined) else expr


class _Reader:
    """Walks one condition."""

    def __init__(self, survey: Survey, vocabulary: Vocabulary) -> None:
        self._survey = survey
        self._vocabulary = vocabulary

    def read(self, expr: Expr, variables: Variables) -> None:
        match expr:
            case Compare():
                self._compare(expr, variables)
            case Stated(term):
                self._subject(term, variables).is_asked = True
            case TermRef() | FieldRef():
                self._subject(expr, variables)
            case Quantified(_, variable, records, body):
                self._subject(records, variables)
                self._survey.quantifiers.append((records.name, tuple(variables.values())))
                self.read(body, {**variables, variable: records.name})
            case _:
                for each in children(expr):
                    self.read(each, variables)

    def _subject(self, ref: TermRef | FieldRef, variables: Variables) -> Subject:
        kind = kind_of(ref, self._vocabulary, variables)
        assert kind is not None
        if isinstance(ref, TermRef):
            return self._survey.subject(ref.name, kind)
        return self._survey.subject(field_name(variables[ref.variable], ref.name), kind)

    def _compare(self, expr: Compare, variables: Variables) -> None:
        left, right = bare(expr.left), bare(expr.right)
        kind = kind_of(left, self._vocabulary, variables) or kind_of(right, self._vocabulary, variables)
        if isinstance(kind, Scalar) and kind not in (Scalar.TEXT, Scalar.BOOLEAN):
            self._quantities(expr, right, variables)
            return
        read = [each for side in (left, right) for each in walk(side) if isinstance(each, TermRef | FieldRef)]
        sides = [self._subject(each, variables) for each in read]
        if isinstance(kind, ListType):
            for subject in sides:
                subject.is_joint = True
            return
        element = kind.element if isinstance(kind, SetType) else kind
        if isinstance(element, EnumType) or element is Scalar.BOOLEAN:
            return
        for constant in (each.value for each in (left, right) if isinstance(each, Constant)):
            for subject in sides:
                if expr.op is Op.INCLUDES and isinstance(constant, str) and kind is Scalar.TEXT:
                    subject.parts.setdefault(constant)
                else:
                    subject.values |= dict.fromkeys(constant if isinstance(constant, frozenset) else (constant,))
        self._together(sides)
        for leader in {self._survey.leader(each) for each in sides if isinstance(each.kind, SetType)}:
            self._survey.set_comparisons[leader] = self._survey.set_comparisons.get(leader, 0) + 1

    def _quantities(self, expr: Compare, right: Expr, variables: Variables) -> None:
        """Take in a comparison of quantities; one with a set of them is one with each."""
        if expr.annual_fees is not None:
            self._subject(expr.annual_fees, variables)
        others: list[Expr] = [right]
        if isinstance(right, Constant) and isinstance(right.value, frozenset):
            others = [Constant(each) for each in right.value]
        elif isinstance(kind_of(right, self._vocabulary, variables), SetType):
            self._together([self._subject(each, variables) for each in _read(expr.left, right)])
            return
        for other in others:
            total = difference(expr.left, other)
            subjects = [self._subject(ref, variables) for _, ref in total.leaves]
            self._together(subjects)
            for (sign, _), subject in zip(total.leaves, subjects, strict=True):
                for unit, number in total.constants:
                    moved = (-sign * unit[0], -sign * unit[1]) if isinstance(unit, tuple) else unit
                    subject.limits.setdefault((moved, -sign * number))

    def _together(self, sides: list[Subject]) -> None:
        if len(sides) > 1:
            for each in sides:
                each.is_joint = True
            self._survey.join(sides)


def _read(*sides: Expr) -> list[TermRef | FieldRef]:
    return [each for side in sides for each in walk(side) if isinstance(each, TermRef | FieldRef)]
