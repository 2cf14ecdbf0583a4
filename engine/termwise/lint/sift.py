"""Findings → those that count and those that a comment lets pass, and what is amiss with such comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.diagnostics import Problems
from termwise.diagnostics.finding import Finding
from termwise.frozen import frozen, replace
from termwise.lint.settings import Settings
from termwise.lint.subject import PolicyText, Subject, VocabularyText
from termwise.lint.suppress import Read, Suppression, amiss, in_contract, in_policy


@frozen
class Suppressed:
    """A finding that a comment lets pass."""

    finding: Finding
    by: Suppression


@frozen
class Sifted:
    """Findings with the levels that the settings give them, in the order of their places."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


def sifted(subject: Subject, found: Sequence[Finding], ran: frozenset[str], problems: Problems) -> Sifted:
    """Part findings; `ran` are the codes that were looked for: a suppression of another is not called unused."""
    read = list(_suppressions(subject, problems))
    every = [suppression for file in read for suppression in file.suppressions]
    counted: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in dict.fromkeys(found):
        by = next((each for each in every if each.holds(subject.as_of) and each.covers(finding)), None)
        if by is None:
            counted.append(finding)
        else:
            suppressed.append(Suppressed(finding, by))
    verdicts = [*(fault for file in read for fault in file.faults), *amiss(every, found, ran, subject.as_of)]
    counted += [each for each in verdicts if subject.settings.has(each.diagnostic.code)]
    return Sifted(
        tuple(sorted((_weighed(each, subject.settings) for each in counted), key=_place)),
        tuple(sorted(suppressed, key=lambda each: _place(each.finding))),
    )


def _suppressions(subject: Subject, problems: Problems) -> Iterator[Read]:
    texts: list[PolicyText | VocabularyText] = [*subject.policies, *subject.vocabularies]
    for text in texts:
        yield in_policy(text.source, text.statements)
    paths = dict.fromkeys(each.contract.path for each in subject.contracts)
    yield from (in_contract(problems.sources[path]) for path in paths if path in problems.sources)


def _weighed(finding: Finding, settings: Settings) -> Finding:
    return replace(finding, diagnostic=settings.weighed(finding.diagnostic))


def _place(finding: Finding) -> tuple[str, int, int, str, str]:
    found = finding.diagnostic
    span = found.primary.span
    return span.path, span.line, span.column, found.code, found.message
