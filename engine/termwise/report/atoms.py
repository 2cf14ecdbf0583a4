"""A condition → the comparisons in it that made it come out as it did.

One descent serves every question: go down into whatever comes out as the whole does. Which of true, false and unknown
(or which pair of them, in two worlds) is meant by "as the whole does" is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from termwise.core.expr import All, AnyOf, Defined, Expr, Not, Quantified, Quantifier
from termwise.frozen import frozen
from termwise.report.basis import Basis, at_records, truth
from termwise.truth import Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Look: TypeAlias = Callable[[Expr, Basis], Hashable]
"""What is looked at in a condition, within the records that a basis stands at."""


@frozen
class Atom:
    """A condition that is not made of others, whether it is to hold (or, under `not`, to fail), and where it stands."""

    expr: Expr
    wanted: bool
    basis: Basis


def as_said(expr: Expr, basis: Basis) -> Hashable:
    """Look at the truth of a condition on all facts."""
    return truth(expr, basis.everything)


def as_presumed(expr: Expr, basis: Basis) -> Hashable:
    """Look at the truth of a condition on all facts, with presumptions for silence."""
    return truth(expr, basis.presumed)


def as_assured(expr: Expr, basis: Basis) -> Hashable:
    """Look at the truth of a condition on assured facts."""
    return truth(expr, basis.assured)


def as_said_and_assured(expr: Expr, basis: Basis) -> Hashable:
    """Look at the truth on all facts and on assured facts together: what holds, and only lacks assurance."""
    return truth(expr, basis.everything), truth(expr, basis.assured)


def deciding(
    conditions: Iterable[Expr], basis: Basis, look: Look, *, wanted: bool = True, known: Hashable = None
) -> list[Atom]:
    """Return the atoms that make each of some conditions come out as it does; `known` is how, where all do alike."""
    return [atom for each in conditions for atom in _deciding(each, wanted, basis, look, known)]


def _deciding(expr: Expr, wanted: bool, basis: Basis, look: Look, known: Hashable = None) -> Iterator[Atom]:
    """Yield the atoms of one condition; `known` is how it comes out, where that has been looked at already."""
    match expr:
        case Defined(_, body):
            yield from _deciding(body, wanted, basis, look, known)
        case Not(operand):
            yield from _deciding(operand, not wanted, basis, look)
        case All(operands) | AnyOf(operands):
            whole = look(expr, basis) if known is None else known
            for each in operands:
                if len(operands) == 1 or look(each, basis) == whole:
                    yield from _deciding(each, wanted, basis, look, whole)
        case Quantified():
            found = list(_deciding_records(expr, wanted, basis, look))
            yield from found or [Atom(expr, wanted, basis)]
        case _:
            yield Atom(expr, wanted, basis)


def _deciding_records(expr: Quantified, wanted: bool, basis: Basis, look: Look) -> Iterator[Atom]:
    """Yield what decides in the records that decide; where all of them have to, the quantifier says it better."""
    if truth(expr, basis.everything) is (Truth.FALSE if expr.quantifier is Quantifier.SOME else Truth.TRUE):
        return
    body: Expr = Not(expr.body) if expr.quantifier is Quantifier.NO else expr.body
    whole = look(expr, basis)
    for record in at_records(expr, basis):
        if look(body, record) == whole:
            yield from _deciding(body, wanted, record, look)
