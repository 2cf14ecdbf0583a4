"""A rule of which no test expects anything: nobody has yet seen it say yes or no.

A policy without any test is one finding, not one a rule. What `tighten` and `relax` wrote is a rule of its own here,
because tests are not inherited.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.tested import expected
from termwise.quantities.numerals import count

CODE = "TW715"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules that no test of the file names."""
    rules, tested = text.distinct_rules, expected(text)
    hint = "a test supposes a contract in miniature: `given` facts, `expect` outcomes"
    if rules and not text.policy.tests:
        message = f"the policy has no tests for its {count(len(rules), 'rule')}"
        names = tuple(rule.name for rule in text.rules)
        yield Finding(problem(CODE, text.header.name.span, message, hint=hint), names)
        return
    for rule in rules:
        if rule.base not in tested:
            message = f"no test expects anything of `{rule.base}`"
            yield Finding(problem(CODE, rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
