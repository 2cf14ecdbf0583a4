"""A rule that none of the contracts at hand decides.

Either nobody has asked the vendors yet, or the rule asks for something that contracts do not say. Both are better found
before the rule stands in a hundred reports as undecided.
"""

from __future__ import annotations

from collections.abc import Sequence

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.evaluate.judgement import Outcome, RuleResult
from termwise.lint.kinds import Findings, OfJudgements
from termwise.lint.subject import PolicyText, Subject

CODE = "TW740"

_MOST_NAMED = 3


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the rules that are undecided, with or without a waiver, in every contract."""
    results: dict[str, list[RuleResult]] = {}
    for judgement in text.judgements:
        for result in judgement.results:
            results.setdefault(result.rule.name, []).append(result)
    open_names = {name for name, found in results.items() if all(_is_undecided(each) for each in found)}
    for rule in text.distinct_rules:
        names = tuple(name for name in text.names_of(rule.base) if name in open_names)
        if not names:
            continue
        causes = dict.fromkeys(cause.term for name in names for each in results[name] for cause in each.causes)
        many = len(text.judgements)
        decides = f"none of the {many} contracts decides" if many > 1 else "the contract does not decide"
        is_whole = len(names) == len(text.names_of(rule.base))
        message = f"{decides} {_listed([rule.base] if is_whole else names)}"
        hint = f"ask the vendors about {_listed(tuple(causes))}" if causes else None
        yield Finding(problem(CODE, rule.span, message, hint=hint), names)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MOST_NAMED])
    rest = len(names) - _MOST_NAMED
    return f"{shown} and {rest} more" if rest > 0 else shown


def _is_undecided(result: RuleResult) -> bool:
    outcome = result.would_be if result.outcome is Outcome.WAIVED else result.outcome
    return outcome is Outcome.UNDECIDED


LINT = OfJudgements(CODE, check)
