"""A clause that no rule names: wording that no finding will ever offer to a negotiator."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW702"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the clauses that no rule of the policy, or of one at hand that extends it, names."""
    named = {rule.clause for each in subject.family(text) for rule in each.policy.rules}
    for clause in text.clauses:
        if clause.name not in named:
            message = f"no rule names the clause `{clause.name}`, so nothing ever offers its wording"
            hint = f"add `clause {clause.name}` to the rule it is for"
            yield Finding(problem(CODE, clause.span, message, hint=hint))


LINT = OfPolicy(CODE, check)
