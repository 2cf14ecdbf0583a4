"""A term of a vocabulary that none of the policies at hand reads, though some of them speak the vocabulary.

Every term is a question that somebody answers for every contract. One that decides nothing is work without a use, or
the rule that should read it is missing. Without a policy of the vocabulary at hand there is nothing to say.
"""

from __future__ import annotations

from termwise.core.vocabulary import split_instance
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfVocabulary
from termwise.lint.reading import terms_read
from termwise.lint.subject import Subject, VocabularyText

CODE = "TW703"


def check(text: VocabularyText, subject: Subject) -> Findings:
    """Find the terms that no condition and no clause of a policy reads; annual fees are read on the way to money."""
    vocabulary = text.vocabulary
    policies = subject.policies_of(vocabulary)
    read = {split_instance(name)[0] for policy in policies for name in terms_read(policy)} | {vocabulary.annual_fees}
    for term in vocabulary.terms.values():
        if policies and term.name not in read and term.span is not None:
            message = f"no policy at hand reads `{term.name}`"
            yield Finding(problem(CODE, term.span, message, hint="ask for it in a rule, or remove it"))


LINT = OfVocabulary(CODE, check, needs_policies=True)
