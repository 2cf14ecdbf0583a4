"""Two policies beside each other: does whatever passes the one pass the other, and which of them is stricter.

Every answer is proved, or refuted with a contract that is judged by both, or undecided. A waiver is no part of a
policy's demands, so no proof looks at waivers; a difference lists those that came and went.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, unique

from termwise.analyze.approvals import eases, is_eased
from termwise.analyze.encoding import View
from termwise.analyze.groups import terms_of_rule
from termwise.analyze.passing import COUNTS, Passing
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import BUDGET, Found
from termwise.analyze.study import Study
from termwise.analyze.witness import Witness, witness
from termwise.core.expr import Passes, walk
from termwise.core.policy import Policy, Rule, Severity, Waiver
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.frozen import frozen, replace


@unique
class Verdict(Enum):
    """What came of a claim."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@unique
class Relation(Enum):
    """What a policy, or a rule, is to an earlier one, by the contracts that pass."""

    STRICTER = "stricter"
    LOOSER = "looser"
    EQUIVALENT = "equivalent"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"
    ADDED = "added"
    REMOVED = "removed"


@frozen
class Claim:
    """That whatever passes one thing passes a rule, or all of a policy (`rule` None); a witness where it does not."""

    rule: Rule | None
    verdict: Verdict
    witness: Witness | None = None


@frozen
class Implication:
    """Whether every contract that passes a policy passes another, as a whole and rule by rule.

    Rules that weigh less than `fail_on` do not count, neither for what passes the first nor for the whole of the
    second. With `is_vacuous` no contract passes the first at all.
    """

    first: Policy
    second: Policy
    whole: Claim
    rules: tuple[Claim, ...]
    fail_on: Severity
    is_vacuous: bool = False

    @property
    def counting(self) -> tuple[Claim, ...]:
        """The claims on rules that count."""
        return tuple(each for each in self.rules if each.rule is None or each.rule.severity.reaches(self.fail_on))


@frozen
class RuleChange:
    """What became of a rule, by instance name. `tighter` passes before and fails after, `looser` the other way.

    `more_approval` passes both, and needs an approval after that it did not need before; `less_approval` the other
    way. A contract that passes by another approval than before is an example of both.
    """

    name: str
    before: Rule | None
    after: Rule | None
    relation: Relation
    tighter: Witness | None = None
    looser: Witness | None = None
    more_approval: Witness | None = None
    less_approval: Witness | None = None


@frozen
class Difference:
    """What became of a policy: `forward` is whether the new one implies the old, `backward` the other way round.

    A waiver is no part of what a policy demands, and yet lets a contract pass: those that came and went are listed.
    """

    old: Policy
    new: Policy
    relation: Relation
    forward: Implication
    backward: Implication
    rules: tuple[RuleChange, ...]
    waivers_added: tuple[Waiver, ...] = ()
    waivers_removed: tuple[Waiver, ...] = ()


def implication(first: Policy, second: Policy, *, fail_on: Severity = COUNTS, budget: int = BUDGET) -> Implication:
    """Say whether every contract that passes a policy passes another; their vocabularies must agree."""
    whole = Passing(first, budget, fail_on)
    can_pass = whole.can_pass()
    if can_pass is Found.NONE:
        claims = tuple(Claim(rule, Verdict.PROVED) for rule in second.rules)
        return Implication(first, second, Claim(None, Verdict.PROVED), claims, fail_on, is_vacuous=True)
    claims = tuple(_implied(whole, second, rule, can_pass, budget) for rule in second.rules)
    counting = [each for each in claims if each.rule is not None and each.rule.severity.reaches(fail_on)]
    refuted = next((each for each in counting if each.verdict is Verdict.REFUTED), None)
    is_open = any(each.verdict is Verdict.UNDECIDED for each in counting)
    verdict = Verdict.REFUTED if refuted else Verdict.UNDECIDED if is_open else Verdict.PROVED
    return Implication(first, second, Claim(None, verdict, refuted.witness if refuted else None), claims, fail_on)


def _implied(whole: Passing, second: Policy, rule: Rule, can_pass: Found, budget: int) -> Claim:
    """Say whether every contract that passes a policy passes one rule of another."""
    first = whole.policy
    terms = terms_of_rule(rule, second)
    near = whole.near(terms)
    study = Study([*((first, each) for each in near), (second, rule)], budget=budget)
    passing = [study.outcomes.passes(each, View(first)) for each in near]
    fails = negation(study.outcomes.passes(rule, View(second)))
    answer = study.find(*passing, fails)
    if answer is Found.NONE:
        return Claim(rule, Verdict.PROVED)
    if answer is Found.UNDECIDED or can_pass is Found.UNDECIDED:
        return Claim(rule, Verdict.UNDECIDED)
    example = study.illustration([first, second], *passing, fails)
    if example is None:
        return Claim(rule, Verdict.UNDECIDED)

    def shows(judged: Sequence[Judgement]) -> bool:
        return whole.is_passed(judged[0]) and not _passes(judged[1], rule)

    shown = witness(whole.completed(example, terms), [first, second], shows)
    return Claim(rule, Verdict.UNDECIDED if shown is None else Verdict.REFUTED, shown)


# --------------------------------------------------------------------------------------------------- differences

_Shown = tuple[Verdict, Witness | None]
"""Whether nothing is so, and a contract that is."""


def difference(old: Policy, new: Policy, *, fail_on: Severity = COUNTS, budget: int = BUDGET) -> Difference:
    """Say what became of a policy, as a whole and rule by rule; the vocabularies must agree."""
    forward = implication(new, old, fail_on=fail_on, budget=budget)
    backward = implication(old, new, fail_on=fail_on, budget=budget)
    names = dict.fromkeys(rule.name for rule in (*old.rules, *new.rules))
    changes = tuple(_change(name, old, new, budget) for name in names)
    added, removed = _missing_from(old, new), _missing_from(new, old)
    counting = [each for each in changes if _counts((each.before, each.after), fail_on)]
    relation = _with(
        _relation(forward.whole.verdict, backward.whole.verdict),
        is_tighter=_waive_what_counts(removed, old, fail_on) or any(each.more_approval for each in counting),
        is_looser=_waive_what_counts(added, new, fail_on) or any(each.less_approval for each in counting),
    )
    return Difference(old, new, relation, forward, backward, changes, added, removed)


def _missing_from(policy: Policy, other: Policy) -> tuple[Waiver, ...]:
    """Return the waivers that only the other policy has; why they were given does not matter."""
    known = [replace(each, because="") for each in policy.waivers]
    return tuple(each for each in other.waivers if replace(each, because="") not in known)


def _waive_what_counts(waivers: Iterable[Waiver], policy: Policy, fail_on: Severity) -> bool:
    return any(_counts([rule for rule in policy.rules if each.covers(rule)], fail_on) for each in waivers)


def _counts(rules: Iterable[Rule | None], fail_on: Severity) -> bool:
    return any(rule is not None and rule.severity.reaches(fail_on) for rule in rules)


def _with(relation: Relation, *, is_tighter: bool, is_looser: bool) -> Relation:
    """Return a relation with what approvals and waivers have to say to it."""
    if relation is Relation.UNDECIDED:
        return relation
    tighter = is_tighter or relation in (Relation.STRICTER, Relation.INCOMPARABLE)
    looser = is_looser or relation in (Relation.LOOSER, Relation.INCOMPARABLE)
    if tighter and looser:
        return Relation.INCOMPARABLE
    return Relation.STRICTER if tighter else Relation.LOOSER if looser else Relation.EQUIVALENT


def _change(name: str, old: Policy, new: Policy, budget: int) -> RuleChange:
    before, after = old.rule(name), new.rule(name)
    if before is None or after is None:
        return RuleChange(name, before, after, Relation.ADDED if before is None else Relation.REMOVED)
    if _is_untouched(before, after, old, new):
        return RuleChange(name, before, after, Relation.EQUIVALENT)
    views = (before, View(old)), (after, View(new))
    study = Study([(old, before), (new, after)], budget=budget)
    passing = [study.outcomes.passes(*each) for each in views]

    def shown(wanted: Sequence[Formula], is_shown: Callable[[RuleResult, RuleResult], bool]) -> _Shown:
        """Say that no contract is like this, or show one."""
        answer = study.find(*wanted)
        if answer is not Found.SOME:
            return (Verdict.PROVED if answer is Found.NONE else Verdict.UNDECIDED), None
        example = study.illustration([old, new], *wanted)

        def shows(judged: Sequence[Judgement]) -> bool:
            return is_shown(_result(judged[0], before), _result(judged[1], after))

        found = None if example is None else witness(example, [old, new], shows, rules=(before, after))
        return (Verdict.UNDECIDED if found is None else Verdict.REFUTED), found

    backward, tighter = shown(
        (passing[0], negation(passing[1])), lambda one, other: one.outcome.passes and not other.outcome.passes
    )
    forward, looser = shown(
        (negation(passing[0]), passing[1]), lambda one, other: other.outcome.passes and not one.outcome.passes
    )
    relation = _relation(forward, backward)
    if _approvers(before) == _approvers(after) == {None} or relation is Relation.UNDECIDED:
        return RuleChange(name, before, after, relation, tighter, looser)
    more = shown(
        (*passing, eases(*views, study.outcomes)),
        lambda one, other: other.outcome.passes and is_eased(one, other),
    )
    less = shown(
        (*passing, eases(*views[::-1], study.outcomes)),
        lambda one, other: one.outcome.passes and is_eased(other, one),
    )
    if Verdict.UNDECIDED in (more[0], less[0]):
        return RuleChange(name, before, after, Relation.UNDECIDED, tighter, looser, more[1], less[1])
    whole = _with(relation, is_tighter=more[1] is not None, is_looser=less[1] is not None)
    return RuleChange(name, before, after, whole, tighter, looser, more[1], less[1])


def _approvers(rule: Rule) -> set[str | None]:
    return {None, *(each.approved_by for each in rule.fallbacks)}


def _relation(forward: Verdict, backward: Verdict) -> Relation:
    """Return what the new is to the old: `forward` is whether the new implies the old, `backward` the reverse."""
    match forward, backward:
        case (Verdict.UNDECIDED, _) | (_, Verdict.UNDECIDED):
            return Relation.UNDECIDED
        case (Verdict.PROVED, Verdict.PROVED):
            return Relation.EQUIVALENT
        case (Verdict.PROVED, _):
            return Relation.STRICTER
        case (_, Verdict.PROVED):
            return Relation.LOOSER
        case _:
            return Relation.INCOMPARABLE


def _is_untouched(before: Rule, after: Rule, old: Policy, new: Policy) -> bool:
    """Whether two versions of a rule ask the same in the same words, and are judged alike."""
    alike = (old.assurance, old.holidays) == (new.assurance, new.holidays)
    asks = any(isinstance(each, Passes) for condition in before.conditions for each in walk(condition))
    return alike and not asks and demands(before) == demands(after)


def demands(rule: Rule) -> object:
    """Return what a rule asks, without the words around it."""
    fallbacks = tuple((each.condition, each.approved_by) for each in rule.fallbacks)
    return (rule.when, rule.unless, rule.prefer, rule.require, fallbacks, rule.in_force_from, rule.in_force_until)


def disagreement(first: Policy, second: Policy) -> str | None:
    """Return a term that two policies read and their vocabularies declare differently, or None."""
    read = [_read(each.rules) for each in (first, second)]
    for name in sorted(read[0] & read[1]):
        one, other = first.vocabulary.term_of(name), second.vocabulary.term_of(name)
        if one is None or other is None or (one.type, one.is_context) != (other.type, other.is_context):
            return name
    if first.vocabulary.annual_fees != second.vocabulary.annual_fees:
        return second.vocabulary.annual_fees or first.vocabulary.annual_fees
    return None


def _read(rules: Iterable[Rule]) -> set[str]:
    return {name for rule in rules for name in rule.terms}


def _passes(judgement: Judgement, rule: Rule) -> bool:
    return _result(judgement, rule).outcome.passes


def _result(judgement: Judgement, rule: Rule) -> RuleResult:
    return next(each for each in judgement.results if each.rule.name == rule.name)
