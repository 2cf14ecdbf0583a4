"""A fact of a contract that none of the policies at hand reads.

It may be waiting for another policy. It may also be a fact somebody took for a protection, and that no rule asks for.
"""

from __future__ import annotations

from termwise.contracts.facts import Fact
from termwise.core.vocabulary import split_instance
from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfContract
from termwise.lint.reading import terms_read
from termwise.lint.subject import ContractText, Subject
from termwise.source import Span

CODE = "TW739"


def check(text: ContractText, subject: Subject) -> Findings:
    """Find the facts, as written, of which no instance is read by any policy."""
    policies = subject.policies_of(text.vocabulary)
    read = {name for policy in policies for name in terms_read(policy)} | {text.vocabulary.annual_fees}
    said = (text.contract.context, *(document.facts for document in text.contract.documents))
    facts = [fact for each in said for fact in each.values()]
    by_place: dict[Span, list[Fact]] = {}
    for fact in facts:
        if fact.span is not None:
            by_place.setdefault(fact.span, []).append(fact)
    for span, here in by_place.items():
        if not any(fact.term in read for fact in here):
            message = f"no policy at hand reads `{split_instance(here[0].term)[0]}`"
            yield Finding(problem(CODE, span, message))


LINT = OfContract(CODE, check)
