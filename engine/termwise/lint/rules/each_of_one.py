"""A rule for each symbol of an enum that has one: it reads as if there were more to come, and reports carry a key."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.syntax.tree import RuleDecl

CODE = "TW737"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules that stand once, for each of one key."""
    for declared in text.declared(RuleDecl):
        if declared.each is None:
            continue
        enum = text.policy.vocabulary.enums[declared.each[1].text]
        if len(enum.symbols) == 1:
            message = f"`{enum.name}` has one symbol, `{enum.symbols[0]}`, so there is nothing to be for each of"
            hint = f"write `[{enum.symbols[0]}]` instead of `for each`"
            found = problem(CODE, declared.each[1].span, message, hint=hint)
            yield Finding(found, text.names_of(declared.name.text))


LINT = OfPolicy(CODE, check)
