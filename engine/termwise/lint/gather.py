"""Texts and contracts → everything that lints look at. What cannot be used is reported, and the rest is linted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from termwise.cache import cached_policy
from termwise.check.vocabulary import check_vocabulary
from termwise.compiler import Finder, compile_vocabulary
from termwise.contracts import problems as words
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.nodes import Fields, Leaf, RawContract
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge
from termwise.frozen import replace
from termwise.lint.settings import Settings
from termwise.lint.subject import ContractText, PolicyText, Subject, VocabularyText
from termwise.lookup import declares
from termwise.source import Source, Span, start_of
from termwise.syntax.group import group
from termwise.syntax.parse import parse_words


def gathered(
    texts: Sequence[PolicyText | VocabularyText],
    contracts: Iterable[RawContract],
    settings: Settings,
    as_of: date,
    problems: Problems,
) -> Subject:
    """Return what is to be looked at, each policy with what comes of the contracts that speak its vocabulary."""
    policies = [text for text in texts if isinstance(text, PolicyText)]
    bound = tuple(_bound(list(contracts), _distinct(text.policy.vocabulary for text in policies), problems))
    return Subject(
        tuple(_judged(text, bound, as_of) for text in policies),
        tuple(text for text in texts if isinstance(text, VocabularyText)),
        bound,
        as_of,
        settings,
    )


def text_of(source: Source, find: Finder, problems: Problems) -> PolicyText | VocabularyText | None:
    """Return a text as written and as meant; None, and what is wrong with it, where it does not compile."""
    own = Problems()
    made: PolicyText | VocabularyText | None = None
    read = parse_words(source, own)
    if read is not None:
        file = group(source.path, read[0], own)
        places = tuple(each.span for each in read[0])
        if file.header is not None and file.header.kind == "vocabulary":
            made = VocabularyText(source, file, places, check_vocabulary(file, own))
        elif file.header is not None:
            policy = cached_policy(source, find, own)
            made = None if policy is None else PolicyText(source, file, places, policy)
    elif declares(source) == "vocabulary":  # what is wrong beside the syntax is said in the same run
        compile_vocabulary(source, own)
    else:
        cached_policy(source, find, own)
    problems.take(own)
    return None if own.has_errors else made


def _judged(text: PolicyText, bound: Iterable[ContractText], as_of: date) -> PolicyText:
    own = [each.contract for each in bound if each.vocabulary == text.policy.vocabulary]
    return replace(text, judgements=tuple(judge(text.policy, contract, as_of) for contract in own))


def _distinct(vocabularies: Iterable[Vocabulary]) -> list[Vocabulary]:
    found: list[Vocabulary] = []
    for each in vocabularies:
        if each not in found:
            found.append(each)
    return found


def _bound(
    contracts: Sequence[RawContract], vocabularies: Sequence[Vocabulary], problems: Problems
) -> Iterator[ContractText]:
    """Yield contracts as each vocabulary reads them; one that names its vocabulary, by that alone if it is at hand."""
    names = [each.name for each in vocabularies]
    for vocabulary in vocabularies:
        seen: dict[str, Span] = {}
        for raw in contracts:
            named = _speaks(raw)
            if named in names and named != vocabulary.name:
                continue
            contract = bind(raw, vocabulary, problems)
            if contract is not None and _is_first(contract, seen, problems):
                yield ContractText(contract, vocabulary)


def _speaks(raw: RawContract) -> str | None:
    """Return the vocabulary that a contract says it speaks, if it says so."""
    entries = raw.root.entries if isinstance(raw.root, Fields) else ()
    return next((node.text for key, node in entries if key.text == "vocabulary" and isinstance(node, Leaf)), None)


def _is_first(contract: Contract, seen: dict[str, Span], problems: Problems) -> bool:
    """Whether no contract before has the id of this one; where one has, that is reported."""
    span = contract.span or start_of(contract.path)
    first = seen.setdefault(contract.id, span)
    if first != span:
        problems.add(words.duplicate_contract(span, contract.id, first))
    return first == span
