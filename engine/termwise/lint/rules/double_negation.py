"""A negation that is negated: `not not x`, `not x = no`, `not (a != b)`, `unless not x`.

Counsel reads it twice and may still get it wrong. In three-valued logic as in two, a double negation is the thing
itself, so taking both away is a safe edit; only `unless not` has to be turned into `when` by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.written import conditions, negated, operand_text, text_at, walk
from termwise.source import Source, Span
from termwise.syntax.tree import Expr, Negation, RuleDecl

CODE = "TW731"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the negations of what is a negation itself."""
    for declared in text.file.declarations:
        names = text.names_of(declared.name.text) if isinstance(declared, RuleDecl) else ()
        for span, plain in _twice_negated(conditions(declared), text.source):
            message = "this negates a negation"
            found = problem(CODE, span, message, hint=f"write `{' '.join(plain.split())}`")
            yield Finding(found, names, fixes=(Edit(span, plain),))
        for each in declared.unless if isinstance(declared, RuleDecl) else ():
            if isinstance(each, Negation) and negated(each) is None:
                said = operand_text(text.source, each.operand)
                message = "`unless not` is a double negation"
                found = problem(CODE, each.span, message, hint=f"write `when {' '.join(said.split())}`")
                yield Finding(found, names)


def _twice_negated(found: tuple[Expr, ...], source: Source) -> Iterator[tuple[Span, str]]:
    """Yield the double negations, the outermost of each chain, and what to write instead."""
    inner: set[Span] = set()
    for each in (part for condition in found for part in walk(condition)):
        if not isinstance(each, Negation) or each.span in inner:
            continue
        left = negated(each)
        if left is None:
            continue
        inner.add(each.operand.span)
        if isinstance(left, tuple):
            yield each.span, f"{text_at(source, left[0].span)} = {text_at(source, left[1].span)}"
        else:
            yield each.span, operand_text(source, left)


LINT = OfPolicy(CODE, check)
