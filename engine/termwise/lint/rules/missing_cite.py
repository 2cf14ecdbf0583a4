"""A rule without a source in a policy most of whose rules have one.

A policy that cites nothing has chosen not to; a policy that cites almost everywhere has a gap.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW708"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules without a `cite` where at least half of them have one."""
    rules = text.distinct_rules
    without = [rule for rule in rules if not rule.cites]
    if not without or 2 * len(without) > len(rules):
        return
    for rule in without:
        message = f"`{rule.base}` names no source; {len(rules) - len(without)} of {len(rules)} rules do"
        hint = 'add `cite "…"`: where the requirement stands, or why it goes beyond that'
        yield Finding(problem(CODE, rule.span, message, hint=hint), text.names_of(rule.base))


LINT = OfPolicy(CODE, check)
