"""The surface tree: what was written, statement by statement, with no name looked up and no type known.

Spans never take part in equality, so that printing a tree and reading it again gives an equal one.
"""

from __future__ import annotations

from termwise.frozen import field, frozen
from termwise.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@frozen
class Word:
    """A name, symbol or text with its place."""

    text: str
    span: Span = field(compare=False, repr=False)


# ------------------------------------------------------------------------------------------------- expressions


@frozen
class Name:
    """A name, dotted or not, perhaps with a key: a term, variable, definition, field or symbol."""

    path: str
    key: str | None
    span: Span = field(compare=False, repr=False)


@frozen
class Quoted:
    """Text in quotes: a text, or a symbol that is no name."""

    text: str
    span: Span = field(compare=False, repr=False)


@frozen
class Flag:
    """`yes` or `no`."""

    value: bool
    span: Span = field(compare=False, repr=False)


@frozen
class Quantity:
    """A number with whatever makes it a quantity, as text with single spaces."""

    text: str
    span: Span = field(compare=False, repr=False)


@frozen
class SetOf:
    """`{a, b}`."""

    items: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Row:
    """`{name: "A", notice: 30 days}`, one record of a list."""

    cells: tuple[tuple[Word, Expr], ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Rows:
    """`[{…}, {…}]`."""

    rows: tuple[Row, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class RulePasses:
    """`rule NAME passes`."""

    rule: str
    key: str | None
    span: Span = field(compare=False, repr=False)


@frozen
class Sum:
    """`a + b`, or `a - b`."""

    left: Expr
    right: Expr
    negative: bool
    span: Span = field(compare=False, repr=False)


@frozen
class Comparison:
    """`a <= b`; `operator` is the ASCII form."""

    operator: str
    left: Expr
    right: Expr
    span: Span = field(compare=False, repr=False)


@frozen
class IsState:
    """`a is stated`; which words make sense depends on where it stands."""

    operand: Expr
    word: Word
    span: Span = field(compare=False, repr=False)


@frozen
class Negation:
    """`not a`."""

    operand: Expr
    span: Span = field(compare=False, repr=False)


@frozen
class Conjunction:
    """`a and b and c`."""

    operands: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Disjunction:
    """`a or b or c`."""

    operands: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Quantification:
    """`every s in LIST satisfies …`; `quantifier` is `every`, `some` or `no`."""

    quantifier: str
    variable: Word
    records: Word
    body: Expr
    span: Span = field(compare=False, repr=False)


Expr: TypeAlias = (
    Name
    | Quoted
    | Flag
    | Quantity
    | SetOf
    | Rows
    | RulePasses
    | Sum
    | Comparison
    | IsState
    | Negation
    | Conjunction
    | Disjunction
    | Quantification
)


# ------------------------------------------------------------------------------------------------ declarations


@frozen
class TypeName:
    """`T`, `set of T` or `list of T`; `shape` is "", "set" or "list"."""

    shape: str
    name: Word


@frozen
class EnumDecl:
    """`enum NAME {a, b}`, or with `ordered` a `scale NAME {a < b}`."""

    name: Word
    symbols: tuple[Word, ...]
    ordered: bool
    span: Span = field(compare=False, repr=False)


@frozen
class RecordDecl:
    """`record NAME {field: type}`."""

    name: Word
    fields: tuple[tuple[Word, TypeName], ...]
    span: Span = field(compare=False, repr=False)


@frozen
class TermDecl:
    """`term NAME[ENUM]: TYPE`, or with `is_context` a `context`."""

    name: Word
    key: Word | None
    type: TypeName
    is_context: bool
    ask: Word | None
    prefer: Word | None
    presume: Expr | None
    span: Span = field(compare=False, repr=False)


@frozen
class AnnualFees:
    """`annual fees TERM`."""

    term: Word
    span: Span = field(compare=False, repr=False)


@frozen
class Define:
    """`define NAME = EXPR`."""

    name: Word
    value: Expr
    span: Span = field(compare=False, repr=False)


@frozen
class FallbackDecl:
    """`fallback EXPR approved by "WHO"`."""

    condition: Expr
    approved_by: Word | None
    span: Span = field(compare=False, repr=False)


@frozen
class RuleDecl:
    """A rule; `how` is `rule`, `tighten` or `relax`."""

    how: str
    name: Word
    each: tuple[Word, Word] | None
    severity: Word | None
    when: tuple[Expr, ...]
    unless: tuple[Expr, ...]
    prefer: tuple[Expr, ...]
    require: tuple[Expr, ...]
    fallbacks: tuple[FallbackDecl, ...]
    because: Word | None
    cites: tuple[Word, ...]
    clause: Word | None
    levers: tuple[Word, ...]
    in_force: Word | None
    until: Word | None
    span: Span = field(compare=False, repr=False)


@frozen
class WaiverDecl:
    """`waive RULE[KEY] for contract "ID"` with its bounds."""

    rule: Word
    key: str | None
    contract: Word
    condition: Expr | None
    until: Word
    approved_by: Word
    because: Word
    span: Span = field(compare=False, repr=False)


@frozen
class ClauseDecl:
    """`clause NAME "Title"` with what it grants and its wording."""

    name: Word
    title: Word
    grants: tuple[Expr, ...]
    text: Word
    span: Span = field(compare=False, repr=False)


@frozen
class GivenDecl:
    """`given FACT, FACT at ASSURANCE`."""

    facts: tuple[Expr, ...]
    assurance: Word | None


@frozen
class ReasonDecl:
    """`TERM[KEY] is STATE`, or `LIST[NUMBER].FIELD is STATE`: one reason why a rule is not decided."""

    term: Name
    part: Word | None
    state: Word


@frozen
class ExpectDecl:
    """`RULE[KEY] OUTCOME as OUTCOME at RUNG because REASON and REASON`, one expectation; all but the first is optional.

    `rung` is `prefer`, `require` or `fallback 1`, with one space.
    """

    rule: Word
    key: str | None
    outcome: Word
    would_be: Word | None
    rung: Word | None
    reasons: tuple[ReasonDecl, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class TestDecl:
    """`test "title"` with what is given and expected."""

    title: Word
    contract: Word | None
    as_of: Word | None
    givens: tuple[GivenDecl, ...]
    expectations: tuple[ExpectDecl, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class GuaranteeDecl:
    """`guarantee "title" when … ensure …`."""

    title: Word
    when: tuple[Expr, ...]
    ensure: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class HolidaysDecl:
    """`holidays DAYS per EVERY business days`."""

    days: int
    every: int
    span: Span = field(compare=False, repr=False)


@frozen
class Header:
    """The one header of a file; `kind` is `policy` or `vocabulary`."""

    kind: str
    name: Word
    title: Word | None
    version: Word | None
    owner: Word | None
    uses: Word | None
    extends: tuple[Word, ...]
    assurance: Word | None
    holidays: HolidaysDecl | None
    span: Span = field(compare=False, repr=False)


Declaration: TypeAlias = (
    EnumDecl
    | RecordDecl
    | TermDecl
    | AnnualFees
    | Define
    | RuleDecl
    | WaiverDecl
    | ClauseDecl
    | GuaranteeDecl
    | TestDecl
)


Lost: TypeAlias = tuple[str, str]
"""The kind and name of a declaration that could not be read: that it is missing has been said.

The kinds are `define`, `rule`, `clause`, `type` and `term`, and `rungs` for a rule some of whose parts are lost."""


@frozen
class File:
    """A whole file. The header is missing only from a file that has been reported; `lost` is what cannot be read."""

    path: str
    header: Header | None
    declarations: tuple[Declaration, ...]
    lost: frozenset[Lost] = frozenset()
