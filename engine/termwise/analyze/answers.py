"""What comes of a question about a policy: a finding with its witness, or a note that it could not be decided.

Questions are asked rule by rule and instance by instance; what holds of several instances of one rule alike is said
once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from termwise.analyze import problems as words
from termwise.analyze.study import Example
from termwise.analyze.witness import Witness, witness
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule
from termwise.diagnostics import Diagnostic
from termwise.diagnostics.finding import Finding
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.frozen import frozen, replace
from termwise.source import Span

OUTSIDE = "a condition in it is of a kind that is not looked at in full, or the question takes too many steps"
UNSHOWN = "the contract that was found to show it does not show it when it is judged"

Shows = Callable[[Judgement], bool]

_KEY = re.compile(r"\[[^\]`]+\](?=[^`]*`)")


@frozen
class Point:
    """What a finding is about: the rules that take part, and how a judgement of a contract shows it."""

    policy: Policy
    rules: tuple[Rule, ...]
    shows: Shows


def found(diagnostic: Diagnostic, point: Point, example: Example, keeps: frozenset[str] = frozenset()) -> Finding:
    """Return the finding with a contract that shows it, or, where that does not, a note that nothing is claimed.

    `keeps` are terms of which the contract must go on to say what it says.
    """
    shown = witness(example, [point.policy], lambda judged: point.shows(judged[0]), rules=point.rules, keeps=keeps)
    if shown is None:
        return undecided(diagnostic.primary.span, f"this is so: {diagnostic.message}", UNSHOWN, point.rules)
    return with_witness(diagnostic, point.rules, shown)


def with_witness(diagnostic: Diagnostic, rules: Sequence[Rule], shown: Witness, claim: str | None = None) -> Finding:
    """Return a finding that a contract shows; without a claim, what came of the rules on it is claimed."""
    said = claim or told(shown.judgements[0], rules)
    if shown.as_of is not None:
        said = f"as of {shown.as_of}, {said}"
    text = f"# {said[0].upper()}{said[1:]}.\n{shown.text}"
    return Finding(diagnostic, tuple(each.name for each in rules), text, f"{said[0].upper()}{said[1:]}.")


def undecided(span: Span, question: str, why: str, rules: Sequence[Rule] = ()) -> Finding:
    """Return the note that a question could not be decided."""
    return Finding(words.undecided(span, question, why), tuple(each.name for each in rules))


def told(judgement: Judgement, rules: Iterable[Rule]) -> str:
    """Return what came of some rules, in a sentence."""
    names = {rule.name for rule in rules}
    by_outcome: dict[Outcome, list[str]] = {}
    for result in judgement.results:
        if result.rule.name in names:
            by_outcome.setdefault(result.outcome, []).append(f"`{result.rule.name}`")
    return " and ".join(f"{_listed(each)} {_said(outcome, len(each))}" for outcome, each in by_outcome.items())


def result_of(judgement: Judgement, rule: Rule) -> RuleResult:
    """Return what came of one rule."""
    return next(each for each in judgement.results if each.rule.name == rule.name)


def passes(judgement: Judgement, rule: Rule) -> bool:
    """Whether a rule passes."""
    return result_of(judgement, rule).outcome.passes


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings, those that say the same of several instances of a rule joined, in the order of the first."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        found_ = each.diagnostic
        key = (found_.code, found_.primary.span, _KEY.sub("", found_.message))
        alike.setdefault(key, []).append(each)
    return tuple(_joined(each) for each in alike.values())


def _joined(findings: Sequence[Finding]) -> Finding:
    first = findings[0]
    if len(findings) == 1:
        return first
    rules = tuple(dict.fromkeys(name for each in findings for name in each.rules))
    related = tuple(dict.fromkeys(label for each in findings for label in each.diagnostic.related))
    related = tuple({(label.span, _KEY.sub("", label.text)): label for label in related}.values())
    plain = replace(first.diagnostic, message=_KEY.sub("", first.diagnostic.message), related=related)
    return replace(first, diagnostic=plain, rules=rules)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _said(outcome: Outcome, number: int) -> str:
    if outcome is Outcome.NOT_APPLICABLE:
        return "does not apply" if number == 1 else "do not apply"
    return f"{'is' if number == 1 else 'are'} {outcome.value}"
