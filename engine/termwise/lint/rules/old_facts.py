"""Facts that were taken from a page long before the date asked about: the page may say something else by now."""

from __future__ import annotations

from termwise.contracts.problems import old_facts
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfContract
from termwise.lint.subject import ContractText, Subject
from termwise.source import start_of

CODE = "TW515"


def check(text: ContractText, subject: Subject) -> Findings:
    """Find the contract, and the documents, that were read more days ago than the settings allow."""
    contract = text.contract
    whole = contract.span or start_of(contract.path)
    dated = [(contract.id, contract.retrieved, whole)]
    dated += [(each.id, each.retrieved, each.span or whole) for each in contract.documents]
    for name, retrieved, span in dated:
        if retrieved is not None and (age := (subject.as_of - retrieved).days) > subject.settings.stale_days:
            yield Finding(old_facts(span, name, retrieved.isoformat(), age))


LINT = OfContract(CODE, check)
