"""Rules that follow from others: whatever passes those passes these.

A rule is only said to follow from rules that weigh as much as it does or more: a dealbreaker is not idle because some
advice asks for the same. Of two rules that say the same, the later one follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, Point, found, passes, undecided
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.core.policy import Policy, Rule
from termwise.diagnostics.finding import Finding


def implied(
    policy: Policy, rules: Sequence[Rule], passing: Sequence[Formula], study: Study, ignored: frozenset[str]
) -> Iterator[Finding]:
    """Yield the rules of a group that follow from others of it; `ignored` are at fault for themselves."""
    formulas = dict(zip((rule.name for rule in rules), passing, strict=True))
    kept = [rule for rule in rules if rule.name not in ignored]
    findings: list[Finding] = []
    for rule in reversed(kept):
        support = [each for each in kept if each is not rule and each.severity.reaches(rule.severity)]
        fails = negation(formulas[rule.name])
        answer = study.find(fails, *(formulas[each.name] for each in support))
        if answer is Found.UNDECIDED:
            findings.append(undecided(rule.span, f"`{rule.name}` follows from other rules", OUTSIDE, [rule]))
        if answer is not Found.NONE:
            continue
        core = study.core([fails, *(formulas[each.name] for each in support)])
        by_formula = {formulas[each.name]: each for each in reversed(support)}
        needed = [by_formula[each] for each in core if each in by_formula]
        kept.remove(rule)
        findings.append(_finding(policy, rule, needed, study, fails))
    yield from reversed(findings)


def _finding(policy: Policy, rule: Rule, needed: Sequence[Rule], study: Study, fails: Formula) -> Finding:
    """Return that a rule follows, shown by a contract that fails it, and with it one of those that it follows from."""
    example = study.illustration([policy], fails) or Example((), None)
    point = Point(
        policy,
        (rule, *needed),
        lambda judged: not passes(judged, rule) and not all(passes(judged, each) for each in needed),
    )
    return found(words.implied(rule, needed), point, example)
