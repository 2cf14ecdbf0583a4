"""The conditions and values of the language after names, types and units are resolved: the whole of it in one union.

Definitions keep their name (`Defined`) so that a proof can speak the author's words; `for each` is gone, a rule
stands once per key.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, unique

from termwise.core.values import Value
from termwise.frozen import field, frozen
from termwise.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@unique
class Op(Enum):
    """The comparisons; the value is how the language writes them."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    IN = "in"
    WITHIN = "within"
    INCLUDES = "includes"
    EXCLUDES = "excludes"


@unique
class Quantifier(Enum):
    """How many records of a list must satisfy a condition."""

    EVERY = "every"
    SOME = "some"
    NO = "no"


@frozen
class Constant:
    """A value the policy states."""

    value: Value
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class TermRef:
    """What the contract says of a term, by instance name (`t` or `t[key]`). A boolean one alone is a condition."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class FieldRef:
    """What the record bound to `variable` says of one of its fields. A boolean one alone is a condition."""

    variable: str
    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Add:
    """The sum of two quantities of one dimension, or with `negative` their difference."""

    left: Expr
    right: Expr
    negative: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Compare:
    """Two operands that fit each other. Unknown where their intervals leave it open.

    `annual_fees` is the term that turns months of fees into money, where the comparison may need it.
    """

    op: Op
    left: Expr
    right: Expr
    annual_fees: TermRef | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Stated:
    """Whether any document speaks of a term (or a record of a field) at all: true or false, whatever the assurance."""

    term: TermRef | FieldRef
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Passes:
    """Whether another rule (by instance name) passes."""

    rule: str
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Not:
    """The negation of a condition."""

    operand: Expr
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class All:
    """Every operand holds; true of none."""

    operands: tuple[Expr, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class AnyOf:
    """Some operand holds; false of none."""

    operands: tuple[Expr, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Quantified:
    """A condition on the records of a list term; in `body`, `variable` is one of them."""

    quantifier: Quantifier
    variable: str
    records: TermRef
    body: Expr
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Defined:
    """A definition by its name, and what it stands for."""

    name: str
    body: Expr
    span: Span | None = field(default=None, compare=False, repr=False)


Expr: TypeAlias = (
    Constant | TermRef | FieldRef | Add | Compare | Stated | Passes | Not | All | AnyOf | Quantified | Defined
)


def bare(expr: Expr) -> Expr:
    """Return what a definition stands for, or the expression itself."""
    return bare(expr.body) if isinstance(expr, Defined) else expr


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the expressions an expression is made of, in source order."""
    match expr:
        case Constant() | TermRef() | FieldRef() | Passes():
            return ()
        case Add(left, right):
            return (left, right)
        case Compare(_, left, right, annual_fees):
            return (left, right) if annual_fees is None else (left, right, annual_fees)
        case Stated(term):
            return (term,)
        case Not(operand):
            return (operand,)
        case All(operands) | AnyOf(operands):
            return operands
        case Quantified(_, _, records, body):
            return (records, body)
        case Defined(_, body):
            return (body,)


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield an expression and everything inside it, outermost first, in source order."""
    pending = [expr]
    while pending:
        here = pending.pop()
        yield here
        pending.extend(reversed(children(here)))


def terms_of(expr: Expr) -> tuple[str, ...]:
    """Return the instance names of the terms an expression reads, each once, in source order."""
    return tuple(dict.fromkeys(each.name for each in walk(expr) if isinstance(each, TermRef)))
