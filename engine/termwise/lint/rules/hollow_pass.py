"""A rung that relies on another rule, which may not apply: a rule that does not apply passes.

`fallback … and rule customer_keys passes` reads like "if the keys are ours". It holds as well of every contract that
the guards of `customer_keys` let through unread. Where the rule that asks has the same guards, the two apply together.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.core.expr import All, AnyOf, Defined, Expr, Not, Passes, Quantified, Quantifier
from termwise.core.policy import Rule
from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Span

CODE = "TW745"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rungs that hold by `rule … passes` where the rule asked about may not apply."""
    found: dict[Span, tuple[Rule, Rule]] = {}
    for rule in text.rules:
        for rung in (*rule.prefer, *rule.require, *(each.condition for each in rule.fallbacks)):
            for asked in _relied_on(rung, is_positive=True):
                other = text.policy.rule(asked.rule)
                if (
                    other is not None
                    and asked.span is not None
                    and text.wrote(asked.span)
                    and _may_not_apply(other, rule)
                ):
                    found.setdefault(asked.span, (rule, other))
    for span, (rule, other) in found.items():
        message = f"`{other.name}` passes also where it does not apply"
        guard = next((each.span for each in (*other.when, *other.unless) if each.span is not None), other.span)
        related = (Label(guard, "whether it applies"),)
        hint = "ask for what that rule requires as well, or guard this rule alike"
        yield Finding(problem(CODE, span, message, related=related, hint=hint), text.names_of(rule.base))


def _may_not_apply(asked: Rule, asker: Rule) -> bool:
    """Whether a rule has a guard that the rule which asks about it has not."""
    days = {(asker.in_force_from, asker.in_force_until), (None, None)}
    return (
        any(each not in asker.when for each in asked.when)
        or any(each not in asker.unless for each in asked.unless)
        or (asked.in_force_from, asked.in_force_until) not in days
    )


def _relied_on(expr: Expr, *, is_positive: bool) -> Iterator[Passes]:
    """Yield the rules by whose passing a condition can hold."""
    match expr:
        case Passes():
            if is_positive:
                yield expr
        case Not(operand):
            yield from _relied_on(operand, is_positive=not is_positive)
        case All(operands) | AnyOf(operands):
            for each in operands:
                yield from _relied_on(each, is_positive=is_positive)
        case Defined(_, body):
            yield from _relied_on(body, is_positive=is_positive)
        case Quantified(quantifier, _, _, body):
            yield from _relied_on(body, is_positive=is_positive != (quantifier is Quantifier.NO))
        case _:
            return


LINT = OfPolicy(CODE, check)
