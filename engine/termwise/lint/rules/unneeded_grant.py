"""A clause that grants a term which no rule that names the clause reads.

What is asked for in a negotiation has a price. A grant that no requirement needs is paid for and buys no pass; more
often it is a sign that a rule has lost a requirement. Clauses that no rule names are another lint's business.
"""

from __future__ import annotations

from termwise.core.vocabulary import split_instance
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW705"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the grants, as written, of which no instance is read by a rule of the clause."""
    rules = [rule for each in subject.family(text) for rule in each.policy.rules]
    for clause in text.clauses:
        own = [rule for rule in rules if rule.clause == clause.name]
        read = {name for rule in own for name in rule.terms}
        needed = {grant.span for grant in clause.grants if grant.term in read}
        idle = {grant.span: grant for grant in clause.grants if grant.span not in needed}
        for grant in idle.values() if own else ():
            message = f"`{clause.name}` grants `{split_instance(grant.term)[0]}`, which no rule of it reads"
            names = tuple(dict.fromkeys(rule.name for rule in own))
            hint = "require it in a rule of the clause, or leave it out of the grants"
            yield Finding(problem(CODE, grant.span, message, hint=hint), names)


LINT = OfPolicy(CODE, check)
