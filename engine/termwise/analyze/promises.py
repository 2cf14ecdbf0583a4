"""What an author claims of a policy, put to the proof: `tighten`, `relax`, the clauses, the guarantees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.analyze import problems as words
from termwise.analyze.answers import (
    OUTSIDE,
    UNSHOWN,
    Point,
    found,
    passes,
    result_of,
    told,
    undecided,
    with_witness,
)
from termwise.analyze.approvals import eases, is_eased
from termwise.analyze.contents import is_exact
from termwise.analyze.encoding import View
from termwise.analyze.groups import terms_behind, terms_of_rule
from termwise.analyze.passing import Passing
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.analyze.witness import witness
from termwise.core.expr import Compare, Op, TermRef
from termwise.core.outcome import Outcome
from termwise.core.policy import Clause, Guarantee, Policy, Replacement, Rule
from termwise.diagnostics import Diagnostic
from termwise.diagnostics.finding import Finding
from termwise.evaluate.judgement import Judgement
from termwise.evaluate.reference import answer, worlds
from termwise.frozen import replace
from termwise.truth import Truth

_MET = (Outcome.NOT_APPLICABLE, Outcome.PREFERRED, Outcome.MET)


# ------------------------------------------------------------------------------------------- tighten and relax


def replaced(policy: Policy, replacement: Replacement, budget: int) -> Iterator[Finding]:
    """Yield where a `tighten` is not as strict as what it replaces, or a `relax` not looser."""
    looser = []
    fails_more = False
    for before, after in zip(replacement.before, replacement.after, strict=False):
        study = Study([(policy, before), (policy, after)], budget=budget)
        view = View(policy)
        eased = eases((after, view), (before, view), study.outcomes, by_name=False)
        if replacement.how == "tighten":
            yield from _never(policy, study, (after, before), eased, words.not_tighter(replacement, after, before))
            continue
        old, new = (study.outcomes.passes(rule, view) for rule in (before, after))
        diagnostic = words.not_looser(replacement, after, before, fails_more=True)
        findings = list(_never(policy, study, (before, after), study.script.both(old, negation(new)), diagnostic))
        yield from findings
        fails_more = fails_more or any(each.diagnostic.code == diagnostic.code for each in findings)
        looser.append(study.find(eased))
    if looser and not fails_more and all(each is Found.NONE for each in looser):
        before, after = replacement.before[0], replacement.after[0]
        diagnostic = words.not_looser(replacement, after, before, fails_more=False)
        study = Study([(policy, before), (policy, after)], budget=budget)
        fails = [negation(study.outcomes.passes(rule, View(policy))) for rule in (before, after)]
        example = study.illustration([policy], *fails) or Example((), None)
        yield _compared(policy, (before, after), diagnostic, example, passes_one=False)


def _never(
    policy: Policy, study: Study, versions: tuple[Rule, Rule], wanted: Formula, diagnostic: Diagnostic
) -> Iterator[Finding]:
    """Yield a contract that one version of a rule lets pass, and another does not, where there is one."""
    found_ = study.find(wanted)
    if found_ is Found.UNDECIDED:
        yield undecided(diagnostic.primary.span, f"this is so: {diagnostic.message}", OUTSIDE, [versions[0]])
    elif found_ is Found.SOME:
        example = study.illustration([policy], wanted) or Example((), None)
        yield _compared(policy, versions, diagnostic, example, passes_one=True)


def _compared(
    policy: Policy, versions: tuple[Rule, Rule], diagnostic: Diagnostic, example: Example, *, passes_one: bool
) -> Finding:
    """Return a finding on two versions of a rule, shown by a contract that passes one alone, or fares alike."""
    one, other = versions
    policies = [with_rule(policy, each) for each in versions]

    def shows(judged: Sequence[Judgement]) -> bool:
        if passes_one:
            return is_eased(result_of(judged[0], one), result_of(judged[1], other), by_name=False)
        return passes(judged[0], one) is passes(judged[1], other)

    shown = witness(example, policies, shows, rules=versions)
    if shown is None:
        return undecided(diagnostic.primary.span, f"this is so: {diagnostic.message}", UNSHOWN, [one])
    claim = ", ".join(
        f"{told(each, [rule])} as `{rule.origin}` has it" for each, rule in zip(shown.judgements, versions, strict=True)
    )
    return with_witness(diagnostic, [one], shown, claim)


def with_rule(policy: Policy, rule: Rule) -> Policy:
    """Return a policy with one version of a rule in the place of the one it has."""
    return replace(policy, rules=tuple(rule if each.name == rule.name else each for each in policy.rules))


# ------------------------------------------------------------------------------------------------------ clauses


def granted(policy: Policy, clause: Clause, rule: Rule, budget: int) -> Iterator[Finding]:
    """Yield that what a clause grants does not make a rule met, shown by a contract that grants just that.

    The demand has to be met by the grants alone, so the terms that only the ladder reads are silent unless granted.
    The situation is not in the clause's hands: the customer's own facts are anything definite, and the terms that
    guards read are anything at all.
    """
    terms = policy.vocabulary
    grants = [(each, Compare(Op.EQ, TermRef(each.term), each.value)) for each in clause.grants]
    study = Study([(policy, rule)], [(policy, each) for _, each in grants], budget=budget)
    view, script, outcomes = View(policy), study.script, study.outcomes
    given = [outcomes.encoding.claim(each, view).holds for _, each in grants]
    ladder = outcomes.ladder(rule, view)
    met = [claim.holds for name, claim in ladder.rungs if not name.startswith("fallback")]
    falls_short = negation(script.either(outcomes.does_not_apply(ladder), *met))
    own = {each.term for each in clause.grants}
    situation = terms_behind((*rule.when, *rule.unless), policy)
    supposed: list[Formula] = []
    for name in sorted(terms_of_rule(rule, policy) | terms_behind([each for _, each in grants], policy)):
        term = terms.term_of(name)
        if term is None:
            continue
        instance = outcomes.instances.of(name, term)
        if name in own or term.is_context:
            supposed += [instance.known, is_exact(instance.cell, script)]
        elif name not in situation:
            supposed.append(negation(instance.stated))
    diagnostic = words.falls_short(clause, rule)
    answer_ = study.find(falls_short, *given, *supposed)
    if answer_ is Found.SOME:
        example = study.example([policy])
        point = Point(policy, (rule,), lambda judged: result_of(judged, rule).outcome not in _MET)
        kept = frozenset(own) | {name for name, _, _ in example.facts}
        yield found(diagnostic, point, example, keeps=kept)
    elif answer_ is Found.UNDECIDED:
        yield undecided(clause.span, f"`{clause.name}` meets `{rule.name}`", OUTSIDE, [rule])


# --------------------------------------------------------------------------------------------------- guarantees


def guaranteed(policy: Policy, guarantee: Guarantee, whole: Passing, budget: int) -> Iterator[Finding]:
    """Yield a contract that passes the policy and breaks a guarantee.

    A guarantee speaks of what may be relied on: it is broken where its `when` holds on assured facts and something
    that it ensures does not, be it that it fails or that it is left open.
    """
    conditions = (*guarantee.when, *guarantee.ensure)
    terms = terms_behind(conditions, policy)
    rules = whole.near(terms)
    study = Study([(policy, rule) for rule in rules], [(policy, each) for each in conditions], budget=budget)
    view, claim = View(policy), study.outcomes.encoding.claim
    ensured = study.script.both(*(claim(each, view).holds for each in guarantee.ensure))
    given = [claim(each, view).holds for each in guarantee.when]
    passing = [study.outcomes.passes(rule, view) for rule in rules]
    diagnostic = words.broken_guarantee(guarantee)
    broken = (*passing, *given, negation(ensured))
    answer_ = study.find(*broken)
    if answer_ is Found.UNDECIDED:
        yield undecided(guarantee.span, f'the guarantee "{guarantee.title}" can be broken', OUTSIDE, rules)
    if answer_ is not Found.SOME:
        return
    example = study.illustration([policy], *broken) or Example((), None)

    def shows(judged: Sequence[Judgement]) -> bool:
        return whole.is_passed(judged[0]) and is_broken(guarantee, judged[0])

    shown = witness(whole.completed(example, terms), [policy], shows)
    if shown is None:
        yield undecided(guarantee.span, f"this is so: {diagnostic.message}", UNSHOWN, rules)
        return
    yield with_witness(diagnostic, rules, shown, f'{whole.told}, and "{guarantee.title}" is not kept')


def is_broken(guarantee: Guarantee, judgement: Judgement) -> bool:
    """Whether a guarantee is given by a contract, on assured facts, and not kept."""
    assured = worlds(judgement.policy, judgement).assured
    is_given = all(answer(each, assured).truth is Truth.TRUE for each in guarantee.when)
    return is_given and any(answer(each, assured).truth is not Truth.TRUE for each in guarantee.ensure)
