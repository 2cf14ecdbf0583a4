"""A guard that is written out in several rules: it is a notion of the policy's, and wants a name.

`when` and `unless` of a name alone are let be: that is what a definition looks like where it is used. How many rules
are several, the settings say.
"""

from __future__ import annotations

from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.syntax.print import print_expr
from termwise.syntax.tree import Expr, Flag, Name, Negation, RuleDecl, RulePasses

CODE = "TW736"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the conditions that guard as many rules as the settings say."""
    alike: dict[tuple[str, Expr], list[tuple[RuleDecl, Expr]]] = {}
    for rule in text.declared(RuleDecl):
        for word, guards in (("when", rule.when), ("unless", rule.unless)):
            for each in guards:
                if not _is_short(each):
                    alike.setdefault((word, each), []).append((rule, each))
    for (word, guard), uses in alike.items():
        rules = tuple(dict.fromkeys(rule.name.text for rule, _ in uses))
        if len(rules) < max(subject.settings.repeated_guards, 2):
            continue
        message = f"`{word} {print_expr(guard)}` is written in {len(rules)} rules"
        related = tuple(Label(each.span, "and here") for _, each in uses[1:])
        names = tuple(name for base in rules for name in text.names_of(base))
        hint = "`define` it under a name, and guard the rules by that"
        yield Finding(problem(CODE, uses[0][1].span, message, related=related, hint=hint), names)


def _is_short(guard: Expr) -> bool:
    return isinstance(guard.operand if isinstance(guard, Negation) else guard, Name | Flag | RulePasses)


LINT = OfPolicy(CODE, check)
