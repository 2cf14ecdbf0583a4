"""A term without a question: whoever fills in a contract has only its name to go by, and so does the vendor."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfVocabulary
from termwise.lint.subject import Subject, VocabularyText
from termwise.syntax.tree import TermDecl

CODE = "TW712"


def check(text: VocabularyText, _subject: Subject) -> Findings:
    """Find the terms, context included, that have no `ask`."""
    for each in text.declared(TermDecl):
        if each.ask is None:
            message = f"`{each.name.text}` does not say what it asks"
            hint = 'add `ask "…"`: one question that a contract answers'
            yield Finding(problem(CODE, each.name.span, message, hint=hint))


LINT = OfVocabulary(CODE, check)
