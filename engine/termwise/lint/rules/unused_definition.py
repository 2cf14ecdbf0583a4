"""A definition that nothing uses.

What is defined and not used was meant for something: either the rule that was to read it is missing, or it spells the
condition out again and the two will drift apart. Policies at hand that extend the file may use its definitions too.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.written import names_in
from termwise.syntax.tree import Define

CODE = "TW701"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the definitions whose name stands in no expression."""
    used = frozenset[str]().union(*(names_in(each.file) for each in subject.family(text)))
    for each in text.declared(Define):
        if each.name.text not in used:
            message = f"nothing uses the definition `{each.name.text}`"
            yield Finding(problem(CODE, each.name.span, message, hint="use it, or remove it"))


LINT = OfPolicy(CODE, check)
