"""A test that states a fact on which nothing it expects depends.

Either the fact is left over from another test, or, worse, the author believes that the rule looks at it. A rule that
`tighten` or `relax` wrote may be tested with what the rule before it looked at: that it no longer does is the point.
"""

from __future__ import annotations

from termwise.core.expr import terms_of
from termwise.core.policy import Policy
from termwise.core.vocabulary import split_instance
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.tested import involved

CODE = "TW720"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the facts of a test, as written, of which no instance is read by a rule it expects something of."""
    for test in text.policy.tests:
        names = tuple(dict.fromkeys(each.rule for each in test.expectations))
        read = _read(text.policy, names)
        needed = {given.span for given in test.givens if given.term in read}
        idle = {given.span: given for given in test.givens if given.span not in needed}
        for given in idle.values():
            message = f"nothing that this test expects depends on `{split_instance(given.term)[0]}`"
            hint = "leave it out, or expect something of a rule that reads it"
            yield Finding(problem(CODE, given.span, message, hint=hint), names)


def _read(policy: Policy, names: tuple[str, ...]) -> set[str]:
    """Return the instance names of the terms that the outcome of some rules depends on, waivers included."""
    replaced = [rule for each in policy.replacements for rule in each.before if rule.name in names]
    rules = (*involved(policy, names), *replaced)
    conditions = [condition for rule in rules for condition in rule.conditions]
    conditions += [
        waiver.condition
        for waiver in policy.waivers
        if waiver.condition is not None and any(waiver.covers(rule) for rule in rules)
    ]
    return {name for condition in conditions for name in terms_of(condition)}


LINT = OfPolicy(CODE, check)
