"""What a solver found → a contract, which can be judged like any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Protocol

from termwise.analyze.cells import Amount, Blank, Cell, Choice, Instance, Members, Rows, Steps, Unit
from termwise.analyze.domains import folded
from termwise.analyze.points import value_of
from termwise.analyze.script import FALSE, TRUE, Formula, Number, constant_of
from termwise.contracts.facts import Contract, Document, Fact, Precedence
from termwise.core.policy import Assurance
from termwise.core.values import Bounded, Content, Exact, Record, Symbol, Vague, Value
from termwise.core.vocabulary import Vocabulary
from termwise.types import EnumType, Scalar, SetType, Type

NAME = "witness"
"""What the contract is called that shows a point."""

OPEN = Vague("in words that leave it open")
"""Stands for whatever has no value: vague words, a reference, a dispute. A rule cannot tell them apart."""

_TITLES = {
    Assurance.SIGNED: "Signed agreement",
    Assurance.AGREED: "Terms agreed to",
    Assurance.DOCUMENTED: "Product page",
    Assurance.CLAIMED: "Said by sales",
}

_FILLERS = ("other text {}", "text no. {}", "({})", "<{}>", "§ {}", "{}")
"""Texts that no condition names, to be told apart by a number."""


class Model(Protocol):
    """What was found for the constants of a script."""

    def holds(self, proposition: str) -> bool:
        """Return whether a proposition is true."""

    def number(self, name: str, *, whole: bool) -> Fraction:
        """Return the value of a number."""


def contract_of(facts: Iterable[tuple[str, Content, Assurance]], vocabulary: Vocabulary) -> Contract:
    """Return the contract that states some facts: one document for each assurance, the highest first."""
    context: dict[str, Fact] = {}
    stated: dict[Assurance, dict[str, Fact]] = {}
    for name, content, assurance in facts:
        term = vocabulary.term_of(name)
        assert term is not None
        document = "context" if term.is_context else assurance.value
        fact = Fact(name, content, Assurance.SIGNED if term.is_context else assurance, document)
        (context if term.is_context else stated.setdefault(assurance, {}))[name] = fact
    order = [each for each in reversed(Assurance) if each in stated]
    documents = tuple(Document(each.value, _TITLES[each], each, stated[each]) for each in order)
    listed = tuple((each.id,) for each in documents)
    return Contract(NAME, None, f"{NAME}.yaml", context, documents, Precedence(listed, {}))


class Decoder:
    """Reads contents from one model. `order` are the names of terms as the vocabulary has them."""

    def __init__(self, model: Model) -> None:
        """Keep the model."""
        self._model = model

    def facts(self, instances: Mapping[str, Instance], order: Iterable[str]) -> list[tuple[str, Content, Assurance]]:
        """Return what the contract states of each term that is not silent, in an order of names."""
        found = []
        for name in order:
            instance = instances.get(name)
            if instance is not None and self._holds(instance.stated):
                found.append((name, self.content(instance), self._assurance(instance)))
        return found

    def day(self, cell: Steps) -> Value:
        """Return the one value of a cell that is exact."""
        return cell.points[sum(self._holds(each) for each in cell.low)]

    def content(self, instance: Instance) -> Content:
        """Return what is stated of a term or field that is spoken of."""
        if not self._holds(instance.known):
            return OPEN
        return self._content(instance.cell, instance.kind)

    def _assurance(self, instance: Instance) -> Assurance:
        reached = [each for each, formula in instance.assured.items() if self._holds(formula)]
        if reached:
            return max(reached, key=list(Assurance).index)
        if self._holds(instance.known):
            return Assurance.CLAIMED
        return max(instance.assured, key=list(Assurance).index, default=Assurance.SIGNED)

    def _content(self, cell: Cell, kind: Type) -> Content:
        match cell:
            case Steps(points, low, high):
                return _between(*(points[sum(self._holds(each) for each in ladder)] for ladder in (low, high)))
            case Amount():
                ends = (self._end(cell, cell.low, cell.low_units), self._end(cell, cell.high, cell.high_units))
                return _between(*ends)
            case Members():
                return self._set(cell, kind)
            case Choice():
                return Exact(self._text(cell, next(at for at, each in enumerate(cell.chosen) if self._holds(each))))
            case Rows():
                return self._records(cell)
            case Blank():
                return Exact(_any_value(kind))

    # ------------------------------------------------------------------------------------------ quantities

    def _end(self, cell: Amount, number: Number, units: Iterable[tuple[Formula, Unit]]) -> Value:
        return value_of(cell.kind, self._unit(units), self._number(number))

    def _number(self, number: Number) -> Fraction:
        name = constant_of(number)
        return self._model.number(name, whole=name != number)

    def _unit(self, units: Iterable[tuple[Formula, Unit]]) -> Unit:
        return next(unit for formula, unit in units if self._holds(formula))

    # --------------------------------------------------------------------------------------- sets and texts

    def _set(self, cell: Members, kind: Type) -> Content:
        assert isinstance(kind, SetType)
        has = frozenset(self._elements(cell, cell.has, kind.element))
        can = frozenset(self._elements(cell, cell.can, kind.element))
        if self._holds(cell.more):
            return Bounded(has, None)
        if has == can:
            return Exact(has)
        if not has:
            return Bounded(None, can)
        if isinstance(kind.element, EnumType) and len(can) == len(cell.universe):
            return Bounded(has, None)
        return Bounded(has, can)

    def _elements(self, cell: Members, chosen: Iterable[Formula], element: Scalar | EnumType) -> Iterable[Value]:
        for at, formula in enumerate(chosen):
            if self._holds(formula):
                value = cell.universe[at]
                yield self._stranger(cell, at, element) if value is None else value

    def _stranger(self, cell: Members, at: int, element: Scalar | EnumType) -> Value:
        """Return an element that no condition names."""
        number = sum(each is None for each in cell.universe[: at + 1])
        if element is Scalar.TEXT:
            return _unnamed_text(number, {})
        assert isinstance(element, Scalar)
        values = (value_of(element, "USD" if element is Scalar.MONEY else "", Fraction(n)) for n in range(1, 10_000))
        free = (each for each in values if each not in cell.universe)
        return next(each for count, each in enumerate(free, 1) if count == number)

    def _text(self, cell: Choice, at: int) -> str:
        option = cell.options[at]
        if option is not None:
            return option
        number = sum(each is None for each in cell.options[: at + 1])
        wanted = {part: self._holds(includes[at]) for part, includes in cell.includes.items()}
        return _unnamed_text(number, wanted)

    # ---------------------------------------------------------------------------------------------- lists

    def _records(self, cell: Rows) -> Content:
        records = []
        for present, fields in zip(cell.present, cell.fields, strict=True):
            if self._holds(present):
                stated = {name: each for name, each in fields.items() if self._holds(each.stated)}
                records.append(Record({name: self.content(each) for name, each in stated.items()}))
        return Bounded(tuple(records), None) if self._holds(cell.more) else Exact(tuple(records))

    def _holds(self, formula: Formula) -> bool:
        if formula in (TRUE, FALSE):
            return formula == TRUE
        return self._model.holds(formula)


def _between(low: Value, high: Value) -> Content:
    return Exact(low) if low == high else Bounded(low, high)


def _unnamed_text(number: int, wanted: Mapping[str, bool]) -> str:
    """Return a text that no condition names, with just those parts that are wanted, if there is such a text."""
    parts = [part for part, is_wanted in wanted.items() if is_wanted]
    for filler in _FILLERS:
        for joint in (" ", " / ", " | ", " + "):
            text = joint.join([filler.format(number), *parts])
            if all((folded(part) in folded(text)) == is_wanted for part, is_wanted in wanted.items()):
                return text
    return " ".join([f"{number}", *parts])


def _any_value(kind: Type) -> Value:
    """Return some value of a type that no condition looks at."""
    match kind:
        case Scalar.BOOLEAN:
            return True
        case Scalar.TEXT:
            return _unnamed_text(1, {})
        case Scalar():
            unit = {Scalar.MONEY: "USD", Scalar.FEES: "months of fees"}.get(kind, "")
            return value_of(kind, unit, Fraction(1))
        case EnumType(name, symbols):
            return Symbol(name, symbols[0], 0)
        case SetType():
            return frozenset()
        case _:
            return ()
