"""A rung that repeats another, so that one of the two decides nothing.

`prefer` asks for `require` anyway, so a condition in both says nothing in one of them. A fallback that asks for all
that the requirement, or an earlier fallback, asks for is never landed on: whoever meets it has passed before. This is
seen in the text; what takes a proof to see is a matter of proofs.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.core.expr import Expr
from termwise.core.policy import Rule
from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.frozen import frozen
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.reading import conjuncts
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Span

CODE = "TW735"


@frozen
class _Repeat:
    """What repeats something, what that is, and why it matters."""

    span: Span
    of: Span | None
    message: str
    hint: str


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rungs that repeat another at every key."""
    for rule in text.distinct_rules:
        at_each_key = [list(_repeats(each)) for each in text.rules if each.base == rule.base]
        for each in at_each_key[0]:
            if all(each in others for others in at_each_key):
                related = () if each.of is None else (Label(each.of, "here"),)
                found = problem(CODE, each.span, each.message, related=related, hint=each.hint)
                yield Finding(found, text.names_of(rule.base))


def _repeats(rule: Rule) -> Iterator[_Repeat]:
    require = list(conjuncts(rule.require))
    for each in conjuncts(rule.prefer):
        if each in require and each.span is not None:
            message = "`prefer` repeats what `require` asks for, and asks for that anyway"
            yield _Repeat(each.span, _place(each, require), message, "leave it out of `prefer`")
    above: list[tuple[str, list[Expr], Span | None]] = [("`require`", require, rule.require[0].span)]
    for number, fallback in enumerate(rule.fallbacks, 1):
        own = list(conjuncts((fallback.condition,)))
        for name, conditions, place in above:
            if set(conditions) <= set(own):
                message = f"whoever meets this fallback meets {name} too, so nothing is ever left on it"
                yield _Repeat(fallback.span, place, message, "ask for less, or remove it")
                break
        above.append((f"fallback {number}", own, fallback.span))


def _place(wanted: Expr, conditions: list[Expr]) -> Span | None:
    return next(each.span for each in conditions if each == wanted)


LINT = OfPolicy(CODE, check)
