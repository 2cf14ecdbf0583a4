"""The conditions and names in what was written: the surface tree, walked for the lints that look at wording."""

from __future__ import annotations

from collections.abc import Iterator

from termwise.source import Source, Span
from termwise.syntax.nesting import children
from termwise.syntax.tree import (
    AnnualFees,
    ClauseDecl,
    Comparison,
    Conjunction,
    Declaration,
    Define,
    Disjunction,
    EnumDecl,
    Expr,
    File,
    Flag,
    GuaranteeDecl,
    Name,
    Negation,
    RecordDecl,
    RuleDecl,
    TermDecl,
    TestDecl,
    WaiverDecl,
)


def conditions(declared: Declaration) -> tuple[Expr, ...]:
    """Return what a declaration asks of contracts, as written; tests suppose, and clauses grant: they ask nothing."""
    match declared:
        case RuleDecl():
            ladder = (*declared.prefer, *declared.require, *(each.condition for each in declared.fallbacks))
            return (*declared.when, *declared.unless, *ladder)
        case Define(value=value):
            return (value,)
        case GuaranteeDecl(when=when, ensure=ensure):
            return (*when, *ensure)
        case WaiverDecl(condition=condition):
            return () if condition is None else (condition,)
        case EnumDecl() | RecordDecl() | TermDecl() | AnnualFees() | ClauseDecl() | TestDecl():
            return ()


def expressions(declared: Declaration) -> tuple[Expr, ...]:
    """Return every expression of a declaration."""
    match declared:
        case ClauseDecl(grants=grants):
            return grants
        case TestDecl(givens=givens):
            return tuple(fact for given in givens for fact in given.facts)
        case TermDecl(presume=presume):
            return () if presume is None else (presume,)
        case RuleDecl() | Define() | GuaranteeDecl() | WaiverDecl() | EnumDecl() | RecordDecl() | AnnualFees():
            return conditions(declared)


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield an expression and everything inside it, outermost first, in source order."""
    pending = [expr]
    while pending:
        here = pending.pop()
        yield here
        pending.extend(reversed(children(here)))


def parts(file: File) -> Iterator[Expr]:
    """Yield every part of every condition of a file."""
    for declared in file.declarations:
        for each in conditions(declared):
            yield from walk(each)


def names_in(file: File) -> frozenset[str]:
    """Return the names that the expressions of a file mention."""
    every = (each for declared in file.declarations for each in expressions(declared))
    return frozenset(each.path for expr in every for each in walk(expr) if isinstance(each, Name))


def negated(expr: Negation) -> Expr | tuple[Expr, Expr] | None:
    """Return what stays of a double negation: a condition, or two sides to be equal; None where it is none."""
    match expr.operand:
        case Negation(operand):
            return operand
        case Comparison("=", left, Flag(False)) | Comparison("!=", left, Flag(True)):
            return left
        case Comparison("!=", left, right):
            return left, right
        case _:
            return None


def text_at(source: Source, span: Span) -> str:
    """Return what stands at a place."""
    lines = source.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def operand_text(source: Source, expr: Expr) -> str:
    """Return the text of a condition as it may stand behind or between other words: in brackets where it needs them."""
    said = text_at(source, expr.span)
    return f"({said})" if isinstance(expr, Conjunction | Disjunction) else said
