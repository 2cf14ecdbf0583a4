"""A condition that stands twice where once is enough: in one list of guards or requirements, or in one `and` or `or`.

One of the two was meant to be something else more often than not. A rule for each key has to repeat it at every key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.core.expr import All, AnyOf, Expr, walk
from termwise.core.policy import Rule
from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.reading import conjuncts
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Span

CODE = "TW734"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the conditions that equal one before them."""
    seen: set[Span] = set()
    for rule in text.distinct_rules:
        at_each_key = [set(_pairs(each)) for each in text.rules if each.base == rule.base]
        for first, second in sorted(set.intersection(*at_each_key), key=lambda pair: (pair[1].line, pair[1].column)):
            if text.wrote(second) and second not in seen:
                seen.add(second)
                related = (Label(first, "it already stands here"),)
                found = problem(CODE, second, "this condition stands twice", related=related, hint="remove one of them")
                yield Finding(found, text.names_of(rule.base))


def _pairs(rule: Rule) -> Iterator[tuple[Span, Span]]:
    """Yield the places of each condition that stands twice, the first one first."""
    rungs = [rule.prefer, rule.require, *((each.condition,) for each in rule.fallbacks)]
    for joined in (rule.when, *rungs):
        yield from _among(list(conjuncts(joined)))
    yield from _among(rule.unless)
    for each in (part for condition in rule.conditions for part in walk(condition)):
        if isinstance(each, All | AnyOf):
            yield from _among(each.operands)


def _among(conditions: Sequence[Expr]) -> Iterator[tuple[Span, Span]]:
    first: dict[Expr, Span] = {}
    for each in conditions:
        if each.span is None:
            continue
        before = first.setdefault(each, each.span)
        if before != each.span:
            yield before, each.span


LINT = OfPolicy(CODE, check)
