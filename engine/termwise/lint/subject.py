"""What lints look at: policies and vocabularies as text and as what they mean, contracts, a date, and settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from termwise.contracts.facts import Contract
from termwise.core.policy import Clause, Rule
from termwise.core.policy import Policy as CorePolicy
from termwise.core.vocabulary import Vocabulary as CoreVocabulary
from termwise.evaluate.judgement import Judgement
from termwise.frozen import frozen
from termwise.lint.settings import Settings
from termwise.source import Source, Span
from termwise.syntax import tree

_Declared = TypeVar("_Declared", bound=tree.Declaration)


@frozen
class PolicyText:
    """A policy file that compiles: its text, the tree that was written, the policy it means.

    `statements` are the places of its statements; `judgements` what comes of each contract at hand under it.
    """

    source: Source
    file: tree.File
    statements: tuple[Span, ...]
    policy: CorePolicy
    judgements: tuple[Judgement, ...] = ()

    def wrote(self, span: Span | None) -> bool:
        """Whether a place is in this file, and not in one that it extends."""
        return span is not None and span.path == self.source.path

    def declared(self, kind: type[_Declared]) -> Iterator[_Declared]:
        """Yield the declarations of one kind, in order."""
        return (each for each in self.file.declarations if isinstance(each, kind))

    @property
    def header(self) -> tree.Header:
        """The header, which whatever compiles has."""
        assert self.file.header is not None
        return self.file.header

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that this file wrote, once a key."""
        return tuple(rule for rule in self.policy.rules if self.wrote(rule.span))

    @property
    def distinct_rules(self) -> tuple[Rule, ...]:
        """The rules that this file wrote, each at its first key alone: what holds for one holds for all."""
        return tuple({rule.base: rule for rule in reversed(self.rules)}.values())[::-1]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that this file wrote."""
        return tuple(clause for clause in self.policy.clauses if self.wrote(clause.span))

    def names_of(self, base: str) -> tuple[str, ...]:
        """Return the instance names of a rule."""
        return tuple(rule.name for rule in self.policy.rules if rule.base == base)

    def is_extended_by(self, other: PolicyText) -> bool:
        """Whether another policy inherits from this one, by whatever way."""
        inherited = (*other.policy.rules, *(rule for each in other.policy.replacements for rule in each.before))
        return other is not self and any(self.wrote(rule.span) for rule in inherited)


@frozen
class VocabularyText:
    """A vocabulary file that compiles."""

    source: Source
    file: tree.File
    statements: tuple[Span, ...]
    vocabulary: CoreVocabulary

    def declared(self, kind: type[_Declared]) -> Iterator[_Declared]:
        """Yield the declarations of one kind, in order."""
        return (each for each in self.file.declarations if isinstance(each, kind))


@frozen
class ContractText:
    """A contract, as one of the policies at hand reads it."""

    contract: Contract
    vocabulary: CoreVocabulary


@frozen
class Subject:
    """Everything that one run of lint looks at. A contract stands here once per vocabulary that it is read in."""

    policies: tuple[PolicyText, ...]
    vocabularies: tuple[VocabularyText, ...]
    contracts: tuple[ContractText, ...]
    as_of: date
    settings: Settings

    def family(self, text: PolicyText) -> Iterator[PolicyText]:
        """Yield a policy and those at hand that inherit from it."""
        yield text
        yield from (other for other in self.policies if text.is_extended_by(other))

    def policies_of(self, vocabulary: CoreVocabulary) -> tuple[CorePolicy, ...]:
        """Return the policies at hand that speak a vocabulary."""
        return tuple(each.policy for each in self.policies if each.policy.vocabulary == vocabulary)
