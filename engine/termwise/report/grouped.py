"""Judgements → those of one contract together: a contract may be judged by several policies."""

from __future__ import annotations

from collections.abc import Iterable

from termwise.evaluate.judgement import Judgement


def by_contract(judgements: Iterable[Judgement]) -> list[list[Judgement]]:
    """Return the judgements of each contract, in the order in which contracts and policies first appear.

    A contract is known by its file and its id. No policy judges one contract twice, so two mappings that share both
    are still two contracts.
    """
    groups: list[list[Judgement]] = []
    latest: dict[tuple[str, str], list[Judgement]] = {}
    for each in judgements:
        name = (each.contract.path, each.contract.id)
        group = latest.get(name)
        if group is None or any(other.policy is each.policy for other in group):
            group = latest[name] = []
            groups.append(group)
        group.append(each)
    return groups
