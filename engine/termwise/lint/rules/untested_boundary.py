"""A figure that no test tries on both sides: thirty days and thirty-one.

Two tests fix a limit: one that supposes exactly the figure, and one on the side where the comparison comes out the
other way. Without the first, `<` for `<=` would go unnoticed; without the second, any greater figure would. A figure in
a definition needs the two in any of the rules that use it. Rules that no test names are another lint's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.core.expr import Op
from termwise.core.policy import Policy
from termwise.core.values import Bounded, Exact, Symbol, write_value
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.evaluate.compare import Range, compare, range_of
from termwise.lint.figures import ORDER, Figure, ladder_figures
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.tested import expected, tests_of
from termwise.source import Span
from termwise.truth import Truth
from termwise.types import EnumType

CODE = "TW718"

_INCLUSIVE = (Op.LE, Op.GE)
_OTHER_SIDE = {Op.LE: "more than", Op.LT: "less than", Op.GE: "less than", Op.GT: "more than"}


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the limits of tested rules of which a side is never supposed."""
    tested = expected(text)
    limits: dict[tuple[Span, str, Op], list[Figure]] = {}
    for rule in text.rules:
        for each in ladder_figures(text, rule) if rule.base in tested else ():
            if each.op in ORDER and _has_two_sides(each, text.policy):
                limits.setdefault((each.span, each.term_name, each.op), []).append(each)
    for (span, term, op), uses in limits.items():
        supposed = [found for each in uses for found in _supposed(each, text)]
        is_at = any(_stands(Op.EQ, each, uses[0], text.policy) is Truth.TRUE for each in supposed)
        wanted = Truth.FALSE if op in _INCLUSIVE else Truth.TRUE
        is_beyond = any(_stands(op, each, uses[0], text.policy) is wanted for each in supposed)
        if is_at and is_beyond:
            continue
        figure, names = write_value(uses[0].value), tuple(dict.fromkeys(each.rule.name for each in uses))
        beyond = f"{_OTHER_SIDE[op]} {figure}" if is_at else f"{figure}, and none {_OTHER_SIDE[op]} that"
        message = f"no test of `{uses[0].rule.base}` supposes `{term}` to be {figure if is_beyond else beyond}"
        hint = "test a limit on both sides: the figure itself, and its neighbour that gives the other answer"
        yield Finding(problem(CODE, span, message, hint=hint), names)


def _has_two_sides(figure: Figure, policy: Policy) -> bool:
    """Whether a comparison can come out both ways: on a scale, no symbol is above the highest."""
    term = policy.vocabulary.term_of(figure.term)
    if not isinstance(figure.value, Symbol) or term is None or not isinstance(term.type, EnumType):
        return True
    last = len(term.type.symbols) - 1
    return figure.value.rank != (last if figure.op in (Op.LE, Op.GT) else 0)


def _supposed(figure: Figure, text: PolicyText) -> Iterator[Range]:
    """Yield what the tests of a rule suppose of the term of a figure."""
    term = text.policy.vocabulary.term_of(figure.term)
    for test in tests_of(text, figure.rule):
        for given in test.givens:
            if given.term == figure.term and isinstance(given.content, Exact | Bounded) and term is not None:
                yield range_of(given.content, term.type)


def _stands(op: Op, supposed: Range, figure: Figure, policy: Policy) -> Truth | None:
    """Return how a supposed value compares with a figure; months of fees and money do not, without a contract."""
    ends = [end for end in (supposed.low, supposed.high) if end is not None]
    if any(type(end) is not type(figure.value) for end in ends):
        return None
    return compare(op, supposed, Range(figure.value, figure.value), policy.holidays)


LINT = OfPolicy(CODE, check)
