"""Contracts under policies → judgements: what `check`, `explain` and the Python API have in common.

A contract is read once and bound once to each vocabulary, however many policies judge it. What is wrong with one
contract says nothing about the others: those that are sound are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from termwise.contracts import problems as words
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.nodes import RawContract
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate import reference
from termwise.evaluate.judgement import Judgement
from termwise.source import Span, start_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


Judge: TypeAlias = "Callable[[Policy, Contract, date], Judgement]"


def judge_all(
    contracts: Iterable[RawContract],
    policies: Sequence[Policy],
    as_of: date,
    problems: Problems,
    judge: Judge = reference.judge,
) -> Iterator[Judgement]:
    """Judge each contract by each policy, in order; whatever cannot be judged is reported instead.

    One contract is judged by the reference interpreter sooner than a policy is compiled; who has many gives `judge`.
    """
    seen: dict[str, Span] = {}
    for raw in contracts:
        found = bound(raw, policies, problems)
        if found is None:
            continue
        span = found[0].span or start_of(raw.path)
        if found[0].id in seen:
            problems.add(words.duplicate_contract(span, found[0].id, seen[found[0].id]))
            continue
        seen[found[0].id] = span
        for policy, contract in zip(policies, found, strict=True):
            yield judge(policy, contract, as_of)


def bound(raw: RawContract, policies: Sequence[Policy], problems: Problems) -> list[Contract] | None:
    """Return a contract as each policy reads it, or None where one of them, or there is none, to read it."""
    made: list[tuple[Vocabulary, Contract]] = []
    for policy in policies:
        if any(vocabulary == policy.vocabulary for vocabulary, _ in made):
            continue
        contract = bind(raw, policy.vocabulary, problems)
        if contract is None:
            return None
        made.append((policy.vocabulary, contract))
    return [next(contract for known, contract in made if known == policy.vocabulary) for policy in policies] or None
