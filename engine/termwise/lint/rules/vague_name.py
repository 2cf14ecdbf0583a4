"""A name that says nothing: `rule1`, `misc`, `test 2`.

The name of a rule is what a report says is breached, and the name of a test what a failure says is broken. Whoever
reads it has nothing else to go by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.syntax.tree import ClauseDecl, Define, GuaranteeDecl, RuleDecl, TestDecl, Word

CODE = "TW726"

_EMPTY = (
    "a rule requirement policy check condition definition define value limit figure number clause text wording term "
    "guarantee test case example sample demo foo bar baz qux misc miscellaneous other others stuff thing things item "
    "tmp temp temporary new old general various some something anything untitled unnamed default draft my the"
).split()
"""The words of which a name may not consist altogether."""

_WORD = re.compile(r"[a-z]+|[0-9]+")


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the names and titles that consist of empty words, numbers and single letters alone."""
    for kind, word in _named(text):
        words = _WORD.findall(word.text.casefold())
        if all(each in _EMPTY or each.isdigit() or len(each) == 1 for each in words):
            message = f"the name `{word.text}` does not say what the {kind} is about"
            hint = "name it after what it asks for, as in `deletion_deadline`"
            names = text.names_of(word.text) if kind == "rule" else ()
            yield Finding(problem(CODE, word.span, message, hint=None if " " in word.text else hint), names)


def _named(text: PolicyText) -> Iterator[tuple[str, Word]]:
    for each in text.file.declarations:
        match each:
            case RuleDecl(how="rule", name=name):
                yield "rule", name
            case Define(name=name):
                yield "definition", name
            case ClauseDecl(name=name):
                yield "clause", name
            case TestDecl(title=title):
                yield "test", title
            case GuaranteeDecl(title=title):
                yield "guarantee", title
            case _:  # the others name something that is declared elsewhere
                continue


LINT = OfPolicy(CODE, check)
