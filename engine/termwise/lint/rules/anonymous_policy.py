"""A policy that does not say who answers for it, or which version of it this is.

A report that says "fail" is a decision. Whoever gets it has to know whom to ask, and which text was applied.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject

CODE = "TW711"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the parts that the header lacks."""
    header = text.header
    lacking = [word for word, part in (("version", header.version), ("owner", header.owner)) if part is None]
    if lacking:
        message = f"the policy `{header.name.text}` has no {' and no '.join(lacking)}"
        hint = {"version": "add `version 2026.1`", "owner": 'add `owner "…"`'}[lacking[-1]]
        yield Finding(problem(CODE, header.name.span, message, hint=hint))


LINT = OfPolicy(CODE, check)
