"""An ordered term that does not say which way is safer for the customer.

Without `prefer` nothing can tell that a rule punishes the better value, `strictest` cannot choose between documents,
and a comparison of offers cannot say which is better. Context is never negotiated, a date is not safer for being late,
and the annual fees are what they are: those have no direction.
"""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfVocabulary
from termwise.lint.subject import Subject, VocabularyText
from termwise.types import Scalar, is_ordered, name_of

CODE = "TW713"


def check(text: VocabularyText, _subject: Subject) -> Findings:
    """Find the ordered terms without a `prefer`."""
    vocabulary = text.vocabulary
    for term in vocabulary.terms.values():
        has_order = is_ordered(term.type) and term.type is not Scalar.DATE and term.name != vocabulary.annual_fees
        if has_order and term.prefer is None and not term.is_context and term.span is not None:
            message = f"`{term.name}`, a {name_of(term.type)}, does not say which way is safer"
            hint = "add `prefer lower` or `prefer higher`"
            yield Finding(problem(CODE, term.span, message, hint=hint))


LINT = OfVocabulary(CODE, check)
