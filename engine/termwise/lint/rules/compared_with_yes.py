"""A condition compared with `yes` or `no`: it is a condition already.

`x = yes` holds when `x` does, is unknown when `x` is, and for the same causes; so writing `x`, or `not x`, is a safe
edit. A keyed term without its key speaks of every key in a comparison with `no`, which `not` cannot say; it is let be.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.written import conditions, negated, text_at, walk
from termwise.syntax.tree import Comparison, Expr, Flag, Name, Negation, RuleDecl

CODE = "TW732"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the comparisons with `yes` and `no`, but for those that make a double negation."""
    for declared in text.file.declarations:
        names = text.names_of(declared.name.text) if isinstance(declared, RuleDecl) else ()
        parts = [each for condition in conditions(declared) for each in walk(condition)]
        elsewhere = {each.operand.span for each in parts if isinstance(each, Negation) and negated(each) is not None}
        for each in parts:
            found = _compared(each)
            if found is None or each.span in elsewhere or (not found[1] and _speaks_of_every_key(found[0], text)):
                continue
            said = " ".join(text_at(text.source, found[0].span).split())
            plain = said if found[1] else f"not {said}"
            message = f"`{said}` is a condition by itself"
            yield Finding(
                problem(CODE, each.span, message, hint=f"write `{plain}`"), names, fixes=(Edit(each.span, plain),)
            )


def _compared(expr: Expr) -> tuple[Name, bool] | None:
    """Return what is compared with a truth value, and whether it is to be true."""
    match expr:
        case Comparison("=" | "!=" as operator, Name() as name, Flag(value)):
            return name, value is (operator == "=")
        case Comparison("=" | "!=" as operator, Flag(value), Name() as name):
            return name, value is (operator == "=")
        case _:
            return None


def _speaks_of_every_key(name: Name, text: PolicyText) -> bool:
    term = text.policy.vocabulary.terms.get(name.path)
    return name.key is None and term is not None and term.key is not None


LINT = OfPolicy(CODE, check)
