"""Conditions → formulas over the contents of a contract: what the reference interpreter says, for all of them at once.

Follows `evaluate/conditions.py` case by case. A condition becomes two formulas, that it holds and that it fails, in one
*view*: a world of the reference, the records that variables stand for, and terms that are looked at with another
content than their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, unique
from types import MappingProxyType

from termwise.analyze.cells import Amount, Claim, Instance, Rows, Steps
from termwise.analyze.comparing import Comparison, leaves
from termwise.analyze.contents import is_exactly, is_same
from termwise.analyze.instances import Instances
from termwise.analyze.ordering import Fees
from termwise.analyze.script import FALSE, TRUE, Formula, negation
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
    Passes,
    Quantified,
    Quantifier,
    Stated,
    TermRef,
)
from termwise.core.policy import Policy
from termwise.core.values import Value
from termwise.core.vocabulary import Term
from termwise.frozen import frozen, replace
from termwise.types import ListType

Asked = Callable[[str, "View"], Claim]
"""Whether another rule passes, by its name."""


@unique
class World(Enum):
    """Which facts are taken as said, as in the reference."""

    ASSURED = "assured"
    EVERYTHING = "everything"
    PRESUMED = "presumed"


@frozen
class View:
    """Where a condition is looked at. `records` is which record of which list each variable stands for.

    `instead` are terms that have another content here than in the contract.
    """

    policy: Policy
    world: World = World.ASSURED
    records: tuple[tuple[str, str, int], ...] = ()
    instead: Mapping[str, Instance] = MappingProxyType({})

    @property
    def key(self) -> tuple[object, ...]:
        """What two views that are the same have in common."""
        others = tuple((name, id(each.cell)) for name, each in self.instead.items())
        return (id(self.policy), self.world, self.records, others)


class Encoding:
    """What conditions say of the contents there can be."""

    def __init__(self, instances: Instances, asked: Asked) -> None:
        """Start with no condition. `asked` says when another rule passes."""
        self.instances = instances
        self.script = instances.script
        self._asked = asked
        self._claims: dict[tuple[object, ...], tuple[Expr, View, Claim]] = {}
        self._free: dict[tuple[object, ...], Claim] = {}
        self._presumed: dict[tuple[int, Value], Instance] = {}

    def claim(self, expr: Expr, view: View) -> Claim:
        """Return when a condition holds and when it fails."""
        key = (id(expr), *view.key)
        if key not in self._claims:
            self._claims[key] = (expr, view, self._claim(expr, view))
        return self._claims[key][2]

    def all_of(self, claims: list[Claim]) -> Claim:
        """Return when all of some claims hold."""
        script = self.script
        return Claim(script.both(*(each.holds for each in claims)), script.either(*(each.fails for each in claims)))

    def any_of(self, claims: list[Claim]) -> Claim:
        """Return when any of some claims holds."""
        return negated(self.all_of([negated(each) for each in claims]))

    def _claim(self, expr: Expr, view: View) -> Claim:
        match expr:
            case Not(operand):
                return negated(self.claim(operand, view))
            case All(operands):
                return self.all_of([self.claim(each, view) for each in operands])
            case AnyOf(operands):
                return self.any_of([self.claim(each, view) for each in operands])
            case Defined(_, body):
                return self.claim(body, view)
            case Stated(term):
                stated = self.read(term, view)[0].stated
                return Claim(stated, negation(stated))
            case Passes(rule):
                return self._asked(rule, view)
            case Compare():
                return self._compare(expr, view)
            case Quantified():
                return self._quantified(expr, view)
            case Constant(value):
                return Claim(TRUE, FALSE) if value is True else Claim(FALSE, TRUE)
            case TermRef() | FieldRef():
                instance, known = self.read(expr, view)
                assert isinstance(instance.cell, Steps)
                is_yes = instance.cell.low_from(1)
                return Claim(self.script.both(known, is_yes), self.script.both(known, negation(is_yes)))
            case Add():
                raise AssertionError("the checker lets no sum be a condition")

    # ---------------------------------------------------------------------------------------- comparisons

    def _compare(self, expr: Compare, view: View) -> Claim:
        script = self.script
        read = [self.read(each, view) for each in leaves(expr.left, expr.right)]
        known = script.both(*(each for _, each in read))
        fees = self._fees(expr, view)
        found = Comparison(
            expr, lambda ref: self.read(ref, view)[0], view.policy.holidays, fees, self.instances.calendar, script
        ).verdict()
        odd = script.both(known, script.either(found.odd, *(instance.odd for instance, _ in read)))
        if odd == FALSE:
            return Claim(script.both(known, found.holds), script.both(known, found.fails))
        free = self._guessed(expr, view)
        self.instances.note_odd(odd)
        limits = found.limits
        for one, other in (
            (limits.holds_if, free.holds),
            (free.holds, limits.holds_only_if),
            (limits.fails_if, free.fails),
            (free.fails, limits.fails_only_if),
        ):
            script.demand(script.implies(script.both(odd, one), other))
        return Claim(
            script.both(known, script.either(script.both(negation(odd), found.holds), script.both(odd, free.holds))),
            script.both(known, script.either(script.both(negation(odd), found.fails), script.both(odd, free.fails))),
        )

    def _guessed(self, expr: Compare | Quantified, view: View) -> Claim:
        """Return what may come of a condition that is not looked at: anything, but the same wherever it is written."""
        key = (expr, *replace(view, world=World.EVERYTHING).key)
        if key not in self._free:
            holds, fails = self.script.proposition("g"), self.script.proposition("g")
            self.script.demand(self.script.either(negation(holds), negation(fails)))
            self._free[key] = Claim(holds, fails)
        return self._free[key]

    def _fees(self, expr: Compare, view: View) -> Fees | None:
        """Return the fees of a year, if they are looked at together with what is compared."""
        if expr.annual_fees is None:
            return None
        instance, known = self.read(expr.annual_fees, view)
        return Fees(known, instance.cell) if isinstance(instance.cell, Amount) else None

    # -------------------------------------------------------------------------------------------- records

    def _quantified(self, expr: Quantified, view: View) -> Claim:
        script = self.script
        instance, known = self.read(expr.records, view)
        rows = instance.cell
        assert isinstance(rows, Rows)
        if instance.odd == TRUE:
            free = self._guessed(expr, view)
            self.instances.note_odd(known)
            return Claim(script.both(known, free.holds), script.both(known, free.fails))
        each = []
        for at, present in enumerate(rows.present):
            inner = replace(view, records=(*view.records, (expr.variable, expr.records.name, at)))
            body = self.claim(expr.body, inner)
            body = negated(body) if expr.quantifier is not Quantifier.EVERY else body
            each.append(Claim(script.implies(present, body.holds), script.both(present, body.fails)))
        found = self.all_of([*each, Claim(negation(rows.more), FALSE)])
        found = Claim(script.both(known, found.holds), script.both(known, found.fails))
        return negated(found) if expr.quantifier is Quantifier.SOME else found

    # ---------------------------------------------------------------------------------------------- terms

    def read(self, ref: TermRef | FieldRef, view: View) -> tuple[Instance, Formula]:
        """Return what there is to choose of a term or field, and whether it is known in a view."""
        if isinstance(ref, FieldRef):
            records, at = next((records, at) for name, records, at in view.records if name == ref.variable)
            rows = self.read(TermRef(records), view)[0].cell
            assert isinstance(rows, Rows)
            field = rows.fields[at][ref.name]
            return field, field.known
        term = view.policy.vocabulary.term_of(ref.name)
        assert term is not None
        own = view.instead.get(ref.name) or self.instances.of(ref.name, term)
        match view.world:
            case World.ASSURED:
                return own, own.assured[view.policy.assurance]
            case World.PRESUMED if term.presume is not None:
                known = self.script.either(own.known, negation(own.stated))
                if isinstance(term.type, ListType):
                    return replace(own, odd=TRUE), known
                return self._presume(own, term), known
            case World.EVERYTHING | World.PRESUMED:
                return own, own.known

    def _presume(self, own: Instance, term: Term) -> Instance:
        """Return the content a term has where silence is taken for what the vocabulary presumes."""
        assert term.presume is not None
        key = (id(own.cell), term.presume)
        if key not in self._presumed:
            made = self._presumed[key] = self.instances.another(own.name, term)
            script = self.script
            same = script.both(is_same(own.cell, made.cell, script), script.same(own.odd, made.odd))
            script.demand(script.implies(own.stated, same))
            presumed = script.both(is_exactly(made.cell, term.presume, script), negation(made.odd))
            script.demand(script.either(own.stated, presumed))
        return self._presumed[key]


def negated(claim: Claim) -> Claim:
    """Return the opposite of a claim; what is unknown stays so."""
    return Claim(claim.fails, claim.holds)
