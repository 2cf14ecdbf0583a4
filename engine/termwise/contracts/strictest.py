"""What is certain of a term on which documents may differ, where the more protective wins.

Whichever document prevails is at least as strict as each of them. So each of them bounds what the term is, and the
strictest of these bounds holds. What stays open is how much stricter the term is: a document that is vague, or refers
to another, may turn out to be stricter than every number beside it.

Sets have no such bound, since of two neither need hold the other, nor have amounts that may turn out to be in two
currencies. There a document prevails that is certainly strictest, and beside an open one none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from termwise.contracts.facts import Disputed, Fact, Spoken, Standing
from termwise.core.intervals import surely_at_most
from termwise.core.policy import Assurance
from termwise.core.values import Bounded, Exact, Symbol, Value
from termwise.core.vocabulary import Direction, Term
from termwise.frozen import replace
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration, Holidays, day_bounds
from termwise.types import EnumType

_WORTH = {each: -place for place, each in enumerate(Assurance)}


def strictest(facts: Sequence[Fact], term: Term, holidays: Holidays) -> Standing:
    """Return what stands of a term, of which the strictest of some facts does. `facts` are in listed order."""
    ranked = in_one_order(facts)
    definite = [each for each in ranked if isinstance(each.content, Exact | Bounded)]
    others = [each for each in ranked if each not in definite]
    has_order = term.prefer is not None and not (isinstance(term.type, EnumType) and not term.type.ordered)
    if all(each.content == ranked[0].content for each in ranked):
        settled: Fact | None = ranked[0]
    elif not has_order or not definite:
        settled = None
    else:
        settled = None if others else _certain(definite, term, holidays)
        if settled is None and _are_on_a_line(definite, bool(others)):
            settled = _at_least_as_strict(definite, others, term, holidays)
        elif settled is None and others:
            settled = others[0]
    if settled is None:
        return in_dispute(ranked)
    return Spoken(settled, tuple(each for each in facts if each.document != settled.document))


def in_one_order(facts: Sequence[Fact]) -> list[Fact]:
    """Return facts of one rank, the best assured first, in an order that does not depend on how they were listed."""
    return sorted(facts, key=lambda each: (_WORTH[each.assurance], each.document))


def in_dispute(facts: Sequence[Fact]) -> Disputed:
    """Return the dispute of facts between which nobody decides."""
    return Disputed(tuple(sorted(facts, key=lambda each: each.document)))


# ------------------------------------------------------------------------------------ where each is a bound of all


def _are_on_a_line(facts: list[Fact], may_be_more: bool) -> bool:
    """Whether any two values that facts of this kind can have are one no more than the other."""
    ends = [end for each in facts for end in _ends(each) if end is not None]
    currencies = {end.currency for end in ends if isinstance(end, Money)}
    is_one_kind = len({type(end) for end in ends}) == 1 and len(currencies) <= (0 if may_be_more else 1)
    return is_one_kind and all(_place(end, Direction.LOWER, None) is not None for end in ends)


def _at_least_as_strict(facts: list[Fact], others: list[Fact], term: Term, holidays: Holidays) -> Fact | None:
    """Return the fact whose bound holds, with all that is certain; None where none of them is a bound."""
    is_lower = term.prefer is Direction.LOWER
    pick = min if is_lower else max

    def far(end: Value) -> Fraction:
        return _place(end, Direction.HIGHER if is_lower else Direction.LOWER, holidays) or Fraction(0)

    def near(end: Value) -> Fraction:
        return _place(end, Direction.LOWER if is_lower else Direction.HIGHER, holidays) or Fraction(0)

    pairs = [_ends(each) if is_lower else _ends(each)[::-1] for each in facts]
    bounds = [(end, fact) for fact, (_, end) in zip(facts, pairs, strict=True) if end is not None]
    if not bounds:
        return others[0] if others else None
    bound, fact = pick(bounds, key=lambda each: far(each[0]))
    closest = [end for end, _ in pairs if end is not None]
    hoped = None if others or len(closest) < len(facts) else pick(closest, key=near)
    if isinstance(bound, bool):
        return others[0] if others and bound is is_lower else fact
    if isinstance(bound, Symbol) and isinstance(term.type, EnumType):
        hoped = bound if bound.name == term.type.symbols[0 if is_lower else -1] else hoped
    if hoped == bound:
        return replace(fact, content=Exact(bound)) if fact.content != Exact(bound) else fact
    content = Bounded(hoped, bound) if is_lower else Bounded(bound, hoped)
    return fact if fact.content == content else replace(fact, content=content)


def _place(value: Value, edge: Direction, holidays: Holidays | None) -> Fraction | None:
    """Return where on its line the lower or the higher edge of a value lies; None for what is on no line."""
    match value:
        case Duration():
            bounds = day_bounds(value) if holidays is None else day_bounds(value, holidays)
            return bounds.low if edge is Direction.LOWER else bounds.high
        case Rate(per_year):
            return per_year
        case Percent(points):
            return points
        case Money(_, amount):
            return amount
        case Fees(months):
            return months
        case Symbol():
            return Fraction(value.rank)
        case bool():
            return Fraction(value)
        case date():
            return Fraction(value.toordinal())
        case Fraction():
            return value
        case _:
            return None


# ------------------------------------------------------------------------------------------ where one may be neither


def _certain(facts: list[Fact], term: Term, holidays: Holidays) -> Fact | None:
    """Return the fact that is at least as strict as every other, wherever in its bounds the truth lies."""
    return next((each for each in facts if all(_is_as_strict(each, other, term, holidays) for other in facts)), None)


def _is_as_strict(fact: Fact, other: Fact, term: Term, holidays: Holidays) -> bool:
    less, more = (fact, other) if term.prefer is Direction.LOWER else (other, fact)
    high, low = _ends(less)[1], _ends(more)[0]
    is_known = high is not None and low is not None and bool(surely_at_most(high, low, holidays))
    return fact.content == other.content or is_known


def _ends(fact: Fact) -> tuple[Value | None, Value | None]:
    """Return the least and the most that a definite fact can be; None where it has no such bound."""
    match fact.content:
        case Exact(value):
            return value, value
        case Bounded(low, high):
            return low, high
        case _:
            return None, None
