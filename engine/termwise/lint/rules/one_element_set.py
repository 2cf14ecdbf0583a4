"""A set of one, where its element says it: `x in {a}` is `x = a`, and `s includes {a}` is `s includes a`.

`s within {a}` stays: it also holds of the empty set, and the braces say so. The meaning is the same, so the edit is
safe.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Edit, Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.written import conditions, text_at, walk
from termwise.syntax.tree import Comparison, RuleDecl, SetOf

CODE = "TW733"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the sets of one element behind `in` and `includes`."""
    for declared in text.file.declarations:
        names = text.names_of(declared.name.text) if isinstance(declared, RuleDecl) else ()
        for each in (part for condition in conditions(declared) for part in walk(condition)):
            match each:
                case Comparison("in", left, SetOf((item,))):
                    plain = f"{text_at(text.source, left.span)} = {text_at(text.source, item.span)}"
                    edit = Edit(each.span, plain)
                case Comparison("includes", left, SetOf((item,)) as one):
                    said = text_at(text.source, item.span)
                    plain = f"{text_at(text.source, left.span)} includes {said}"
                    edit = Edit(one.span, said)
                case _:
                    continue
            message = "this set has one element"
            hint = f"write `{' '.join(plain.split())}`"
            yield Finding(problem(CODE, each.span, message, hint=hint), names, fixes=(edit,))


LINT = OfPolicy(CODE, check)
