"""A name that hides another: a term called like a symbol.

Names are looked up as variable, definition, term and then symbol. What a policy itself would hide is an error there;
of a vocabulary, which others may have written long ago, it is advice: a symbol that cannot be said, or not any more.
"""

from __future__ import annotations

from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfVocabulary
from termwise.lint.subject import Subject, VocabularyText
from termwise.syntax.tree import EnumDecl, TermDecl

CODE = "TW725"


def check(text: VocabularyText, _subject: Subject) -> Findings:
    """Find the terms that stand before a symbol of their name."""
    symbols = {symbol.text: (symbol, enum.name.text) for enum in text.declared(EnumDecl) for symbol in enum.symbols}
    for each in text.declared(TermDecl):
        if each.name.text in symbols:
            symbol, enum = symbols[each.name.text]
            message = f"the term `{each.name.text}` hides the symbol `{symbol.text}` of `{enum}`"
            related = (Label(symbol.span, "this is hidden"),)
            hint = "give it a name of its own, such as one with a dot"
            yield Finding(problem(CODE, each.name.span, message, related=related, hint=hint))


LINT = OfVocabulary(CODE, check)
