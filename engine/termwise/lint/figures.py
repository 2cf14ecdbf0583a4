"""The figures of a policy: every constant that a rule compares a term with, as compiled, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from termwise.core.expr import Compare, Constant, Defined, Expr, Op, TermRef, children
from termwise.core.policy import Rule
from termwise.core.values import Value
from termwise.core.vocabulary import split_instance
from termwise.frozen import frozen
from termwise.lint.subject import PolicyText
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.source import Span

ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)

_MIRRORED = {Op.LT: Op.GT, Op.LE: Op.GE, Op.GT: Op.LT, Op.GE: Op.LE}


@frozen
class Figure:
    """A constant, with the term on its left. `is_named` where the comparison stands in a definition."""

    rule: Rule
    op: Op
    term: str
    value: Value
    span: Span
    is_named: bool

    @property
    def term_name(self) -> str:
        """The name of the term without its key."""
        return split_instance(self.term)[0]


def figures(text: PolicyText) -> Iterator[Figure]:
    """Yield the figures that the rules of a file compare terms with, once a key, in source order."""
    for rule in text.rules:
        for condition in rule.conditions:
            yield from _in(condition, rule, is_named=False)


def ladder_figures(text: PolicyText, rule: Rule) -> Iterator[Figure]:
    """Yield the figures that this file wrote into the ladder of a rule: what decides whether it passes."""
    for condition in (*rule.prefer, *rule.require, *(each.condition for each in rule.fallbacks)):
        yield from (each for each in _in(condition, rule, is_named=False) if text.wrote(each.span))


def is_quantity(value: Value) -> bool:
    """Whether a value is a figure, and neither a symbol, a text, a set nor yes or no."""
    match value:
        case bool():
            return False
        case Fraction() | Duration() | Rate() | Percent() | Money() | Fees() | date():
            return True
        case _:
            return False


def _in(expr: Expr, rule: Rule, *, is_named: bool) -> Iterator[Figure]:
    if isinstance(expr, Compare):
        found = _figure(expr, rule, is_named)
        if found is not None:
            yield found
        return
    for each in children(expr):
        yield from _in(each, rule, is_named=is_named or isinstance(expr, Defined))


def _figure(expr: Compare, rule: Rule, is_named: bool) -> Figure | None:
    match _plain(expr.left), _plain(expr.right):
        case TermRef(name=name), Constant(value=value, span=Span() as span):
            return Figure(rule, expr.op, name, value, span, is_named or isinstance(expr.right, Defined))
        case Constant(value=value, span=Span() as span), TermRef(name=name):
            op = _MIRRORED.get(expr.op, expr.op)
            return Figure(rule, op, name, value, span, is_named or isinstance(expr.left, Defined))
        case _:
            return None


def _plain(expr: Expr) -> Expr:
    """Return what a chain of definitions stands for."""
    while isinstance(expr, Defined):
        expr = expr.body
    return expr
