"""A waiver that covers nothing in the contract it is for: the rule passes without it, or its bounds do not hold."""

from __future__ import annotations

from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfJudgements
from termwise.lint.subject import PolicyText, Subject

CODE = "TW519"


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find what judging its contract has noticed of a waiver."""
    for judgement in text.judgements:
        for notice in judgement.notices:
            if notice.code == CODE and text.wrote(notice.primary.span):
                meant = [each for each in text.policy.waivers if each.span == notice.primary.span]
                names = tuple(rule.name for rule in text.policy.rules if any(each.covers(rule) for each in meant))
                yield Finding(notice, names)


LINT = OfJudgements(CODE, check)
