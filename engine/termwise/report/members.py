"""What is amiss with a set: the members that are missing, too many or not allowed, by name."""

from __future__ import annotations

from termwise.core.expr import Op
from termwise.core.values import Bounded, Exact, Symbol, Value, write_value
from termwise.evaluate.conditions import Known, operand
from termwise.report.basis import Basis, said_of
from termwise.report.demands import Demand, needed, wanted_text
from termwise.report.printable import listed, on_one_line


def amiss(demand: Demand, basis: Basis) -> str | None:
    """Return which members are surely amiss, or None where none is known to be, or none can."""
    said, wanted = said_of(demand.subject, basis), operand(demand.wanted, basis.presumed)
    if not demand.holds or not isinstance(said, Exact | Bounded) or not isinstance(wanted, Known):
        return None
    has = _members(said.value if isinstance(said, Exact) else said.low)
    can_have = said.value if isinstance(said, Exact) else said.high
    match demand.op:
        case Op.WITHIN:
            return _told(has - _members(wanted.values.high), f"not in {wanted_text(demand, basis)}")
        case Op.INCLUDES if isinstance(can_have, frozenset):
            missing = _members(wanted.values.low) - can_have
            return f"it lacks {_named(missing)}" if missing else None
        case Op.EXCLUDES:
            return _told(has & _members(wanted.values.high), "not allowed")
        case _:
            return None


def may_be_amiss(demand: Demand, said: Exact | Bounded, basis: Basis) -> str | None:
    """Return which members may be amiss of a set that is only bounded."""
    wanted = operand(demand.wanted, basis.presumed)
    if not demand.holds or not isinstance(said, Bounded) or not isinstance(wanted, Known):
        return None
    low, high, other = _members(said.low), _members(said.high), _members(wanted.values.low)
    match demand.op:
        case Op.INCLUDES if other:
            return f"it may lack {_named(other - low)}"
        case Op.WITHIN | Op.EXCLUDES if said.high is None:
            return f"it may have more, and {needed(demand, basis)}"
        case Op.WITHIN:
            return f"{_named(high - other)} may be in it, and {needed(demand, basis)}"
        case Op.EXCLUDES:
            return f"{_named(high & other)} may be in it, and {needed(demand, basis)}"
        case _:
            return None


def _told(members: frozenset[Value], what: str) -> str | None:
    return f"{_named(members)} {'is' if len(members) == 1 else 'are'} {what}" if members else None


def _members(value: Value | None) -> frozenset[Value]:
    match value:
        case frozenset():
            return value
        case Symbol():
            return frozenset((value,))
        case _:
            return frozenset()


def _named(members: frozenset[Value]) -> str:
    ordered = sorted(members, key=lambda each: (each.rank if isinstance(each, Symbol) else 0, write_value(each)))
    return listed([on_one_line(write_value(each)) for each in ordered])
