"""Who has to approve what passes: a rule is easier to pass where fewer are asked, and another rule where others are.

A contract that a fallback lets pass needs the approval that the fallback names. So one version of a rule is as strict
as another only if whatever it lets pass with somebody's approval the other lets pass with that approval, or with none.
"""

from __future__ import annotations

from collections.abc import Sequence

from termwise.analyze.encoding import View, World
from termwise.analyze.outcomes import Outcomes
from termwise.analyze.script import Formula, negation
from termwise.core.policy import Rule
from termwise.evaluate.judgement import RuleResult
from termwise.frozen import replace


def eases(one: tuple[Rule, View], other: tuple[Rule, View], outcomes: Outcomes, *, by_name: bool = True) -> Formula:
    """Return when one version lets a contract pass with an approval, or none, with which the other does not.

    Unless approvals count `by_name`, that of one person is as good as that of any other.
    """
    either, both = outcomes.script.either, outcomes.script.both
    approvers = dict.fromkeys((None, *(each.approved_by for each in one[0].fallbacks)))
    everybody = (*approvers, *(each.approved_by for each in other[0].fallbacks))
    asked = [(who,) if by_name or who is None else everybody for who in approvers]
    return either(
        *(both(_permits(*one, names, outcomes), negation(_permits(*other, names, outcomes))) for names in asked)
    )


def _permits(rule: Rule, view: View, names: Sequence[str | None], outcomes: Outcomes) -> Formula:
    """Return when a rule passes and nobody has to approve it, or nobody but those named."""
    ladder = outcomes.ladder(rule, replace(view, world=World.ASSURED))
    free = [claim.holds for name, claim in ladder.rungs if not name.startswith("fallback")]
    conceded = [
        outcomes.lands(rule, f"fallback {number}", view)
        for number, each in enumerate(rule.fallbacks, 1)
        if each.approved_by is None or each.approved_by in names
    ]
    return outcomes.script.either(outcomes.does_not_apply(ladder), *free, *conceded)


def is_eased(one: RuleResult, other: RuleResult, *, by_name: bool = True) -> bool:
    """Whether one result passes with an approval, or none, with which the other does not."""
    is_enough = other.approved_by in (None, one.approved_by) or (not by_name and one.approved_by is not None)
    return one.outcome.passes and not (other.outcome.passes and is_enough)
