"""Rules that punish a safer value: a term moves the way that its `prefer` calls safer, and the rule does worse.

Only exact values are moved, and only to one that is surely safer; and the rule has to apply before and after. That a
rule begins to apply is what guards are for.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, UNSHOWN, result_of, told, undecided, with_witness
from termwise.analyze.cells import Amount, Cell, Members, Steps
from termwise.analyze.contents import is_exact
from termwise.analyze.encoding import View
from termwise.analyze.groups import terms_of_rule
from termwise.analyze.linear import DAYS
from termwise.analyze.outcomes import rungs_of
from termwise.analyze.script import FALSE, Formula, Script, negation
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.analyze.witness import witness
from termwise.contracts.facts import Contract, Document
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule
from termwise.core.values import Content, write_content
from termwise.core.vocabulary import Direction, Term
from termwise.diagnostics.finding import Finding
from termwise.evaluate.judgement import Judgement
from termwise.evaluate.reference import judge
from termwise.frozen import replace
from termwise.graph.polarity import Polarity, polarity
from termwise.source import start_of

_HARMLESS = {
    Direction.LOWER: (Polarity.FALLING, Polarity.CONSTANT),
    Direction.HIGHER: (Polarity.RISING, Polarity.CONSTANT),
}
"""What the text of a rule alone proves to be in order."""


def punished(policy: Policy, rule: Rule, budget: int) -> Iterator[Finding]:
    """Yield the terms of which a safer value makes a rule do worse."""
    for name in sorted(terms_of_rule(rule, policy)):
        term = policy.vocabulary.term_of(name)
        if term is None or term.prefer is None or term.is_context:
            continue
        if polarity(rule, term.name, policy.vocabulary, policy) not in _HARMLESS[term.prefer]:
            yield from _punished(policy, rule, name, term, budget)


def _punished(policy: Policy, rule: Rule, name: str, term: Term, budget: int) -> Iterator[Finding]:
    direction = term.prefer or Direction.LOWER
    study = Study([(policy, rule)], budget=budget)
    outcomes, script = study.outcomes, study.script
    own = outcomes.instances.of(name, term)
    other = outcomes.instances.another(name, term)
    before, after = View(policy), View(policy, instead={name: other})
    ladders = [outcomes.ladder(rule, view) for view in (before, after)]
    worse = []
    for at, rung in enumerate(rungs_of(rule)):
        above = (negation(claim.holds) for _, claim in ladders[1].rungs[: at + 1])
        worse.append(script.both(outcomes.lands(rule, rung, before), *above))
    worsening = (
        own.assured[policy.assurance],
        negation(own.odd),
        negation(other.odd),
        is_exact(own.cell, script),
        is_exact(other.cell, script),
        _is_safer(own.cell, other.cell, direction, script),
        negation(outcomes.does_not_apply(ladders[1])),
        script.either(*worse),
    )
    answer = study.find(*worsening)
    diagnostic = words.punished(rule, name, direction, term.span or start_of(rule.span.path))
    if answer is Found.UNDECIDED:
        yield undecided(rule.span, f"`{rule.name}` does worse for a safer `{name}`", OUTSIDE, [rule])
    if answer is not Found.SOME:
        return
    found = study.illustration([policy], *worsening)
    if found is None:
        return
    less_safe, safer = study.content(own), study.content(other)
    moved = tuple((each, safer if each == name else content, worth) for each, content, worth in found.facts)
    shown = witness(
        Example(moved, found.as_of),
        [policy],
        lambda judged: _does_worse(judged[0], rule, name, less_safe),
        rules=[rule],
        keeps=frozenset((name,)),
    )
    if shown is None:
        yield undecided(rule.span, f"this is so: {diagnostic.message}", UNSHOWN, [rule])
        return
    earlier = _with(shown.judgements[0], name, less_safe)
    claim = (
        f"{told(shown.judgements[0], [rule])} where `{name}` is {write_content(safer)}, and "
        f"{told(earlier, [rule])} where it is {write_content(less_safe)}, which is less safe"
    )
    yield with_witness(diagnostic, [rule], shown, claim)


def _is_safer(cell: Cell, other: Cell, direction: Direction, script: Script) -> Formula:
    """Return whether the second of two exact contents is safer than the first."""
    low, high = (other, cell) if direction is Direction.LOWER else (cell, other)
    match low, high:
        case (Steps(points), Steps()):
            places = range(1, len(points))
            return script.either(*(script.both(high.low_from(at), negation(low.low_from(at))) for at in places))
        case (Members(), Members()):
            within = (script.implies(one, two) for one, two in zip(low.has, high.has, strict=True))
            more = (script.both(negation(one), two) for one, two in zip(low.has, high.has, strict=True))
            return script.both(*within, script.either(*more))
        case (Amount(), Amount()):
            pairs = zip(low.low_units, high.low_units, strict=True)
            alike = [
                script.both(one[0], two[0]) for one, two in pairs if not isinstance(one[1], tuple) or one[1] == DAYS
            ]
            return script.both(script.either(*alike), script.relation("<", low.low, high.low))
        case _:
            return FALSE


def _does_worse(judgement: Judgement, rule: Rule, term: str, less_safe: Content) -> bool:
    """Whether a rule that applies lands lower on a contract than on the one with the less safe value."""
    now, then = result_of(judgement, rule), result_of(_with(judgement, term, less_safe), rule)
    if Outcome.NOT_APPLICABLE in (now.outcome, then.outcome) or not then.outcome.passes:
        return False
    order = rungs_of(rule)
    return not now.outcome.passes or order.index(str(now.rung)) > order.index(str(then.rung))


def _with(judgement: Judgement, term: str, content: Content) -> Judgement:
    """Return what comes of the same contract with another content for a term."""
    contract = judgement.contract
    documents = tuple(_document(each, term, content) for each in contract.documents)
    changed: Contract = replace(contract, documents=documents)
    return judge(judgement.policy, changed, judgement.as_of)


def _document(document: Document, term: str, content: Content) -> Document:
    if term not in document.facts:
        return document
    return replace(document, facts={**document.facts, term: replace(document.facts[term], content=content)})
