"""What comes of every rule of a policy, for a contract, on a date: the reference, to be read beside the language page.

Nothing here is fast or clever on purpose. It reads the core policy and not the shared graph, so that whatever is built
from the graph can be tested against something that does not depend on it. The three steps: precedence says which
document speaks (`settle`), a *world* says what of that may be relied on, and a ladder is climbed in a world.
`conditions.py` beside this file says when a condition holds, `compare.py` when a comparison does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from graphlib import TopologicalSorter

from termwise.contracts.facts import Contract, Disputed, Standing
from termwise.contracts.precedence import settle
from termwise.core.expr import Passes, walk
from termwise.core.policy import Policy, Rule
from termwise.core.values import Content, Exact
from termwise.evaluate.conditions import Answer, World, all_answers, answer, not_answer, unknown_causes
from termwise.evaluate.judgement import Cause, Judgement, Outcome, RuleResult, State
from termwise.evaluate.waivers import notices, waiver_for
from termwise.frozen import frozen, replace
from termwise.truth import Truth, known

__all__ = ["Answer", "Landing", "World", "Worlds", "answer", "judge", "ladder", "worlds"]


@frozen
class Worlds:
    """The three readings: facts of enough assurance, all facts, and all facts with presumptions for what is silent."""

    assured: World
    everything: World
    presumed: World


@frozen
class Landing:
    """Where the ladder of a rule is left in one world."""

    outcome: Outcome
    rung: str | None = None
    approved_by: str | None = None
    causes: frozenset[Cause] = frozenset()


def judge(policy: Policy, contract: Contract, as_of: date) -> Judgement:
    """Return what comes of every rule of a policy, for a contract bound to its vocabulary, on a date."""
    settlement = settle(contract, policy.vocabulary, as_of, policy.holidays)
    passing: dict[str, Answer] = {}
    views = _worlds(policy, settlement.standings, passing)
    results: dict[str, RuleResult] = {}
    rules = {rule.name: rule for rule in policy.rules}
    for name in _askers_last(policy):
        results[name] = _result(rules[name], policy, contract, as_of, views)
        passing[name] = _passes(results[name], as_of, views)
    in_order = tuple(results[rule.name] for rule in policy.rules)
    remarks = (*settlement.notices, *notices(policy, contract, in_order, as_of))
    return Judgement(policy, contract, as_of, in_order, settlement.standings, remarks)


def worlds(policy: Policy, judgement: Judgement) -> Worlds:
    """Return the worlds in which a judgement was made, for whoever has to explain it."""
    passing: dict[str, Answer] = {}
    views = _worlds(policy, judgement.standings, passing)
    by_name = {result.rule.name: result for result in judgement.results}
    for name in _askers_last(policy):
        passing[name] = _passes(by_name[name], judgement.as_of, views)
    return views


# ------------------------------------------------------------------------------------------- the outcome function


def _result(rule: Rule, policy: Policy, contract: Contract, as_of: date, views: Worlds) -> RuleResult:
    """Assured facts first, then all facts, then a breach; what is left is undecided. A waiver covers what fails."""
    would_be: Outcome | None = None
    landing = ladder(rule, views.assured, as_of)
    if not landing.outcome.passes:
        landing = ladder(rule, views.everything, as_of)
        if landing.outcome.passes:
            would_be = landing.outcome
            landing = replace(landing, outcome=Outcome.UNSECURED)
        elif views.presumed is not views.everything and _is_breached(rule, views.presumed, as_of):
            landing = Landing(Outcome.BREACHED)
    causes = tuple(sorted(landing.causes, key=lambda cause: cause.sort_key))
    if not landing.outcome.passes:
        waiver = waiver_for(rule, policy.waivers, contract, as_of, lambda bounds: answer(bounds, views.assured).truth)
        if waiver is not None:
            return RuleResult(rule, Outcome.WAIVED, landing.rung, landing.outcome, causes, waiver.approved_by, waiver)
    return RuleResult(rule, landing.outcome, landing.rung, would_be, causes, landing.approved_by)


def _is_breached(rule: Rule, world: World, as_of: date) -> bool:
    return ladder(rule, world, as_of).outcome is Outcome.BREACHED


def ladder(rule: Rule, world: World, as_of: date) -> Landing:
    """Climb the ladder of a rule in one world."""
    guards = [Answer(known(rule.is_in_force(as_of)))]
    guards += [answer(condition, world) for condition in rule.when]
    guards += [not_answer(answer(condition, world)) for condition in rule.unless]
    if any(guard.truth is Truth.FALSE for guard in guards):
        return Landing(Outcome.NOT_APPLICABLE)
    rungs = list(_rungs(rule, world))
    for landing, holds in rungs:
        if holds.truth is Truth.TRUE:
            return landing
    met_guards = all(guard.truth is Truth.TRUE for guard in guards)
    if met_guards and all(holds.truth is Truth.FALSE for _, holds in rungs):
        return Landing(Outcome.BREACHED)
    unknown = [*guards, *(holds for _, holds in rungs)]
    return Landing(Outcome.UNDECIDED, causes=unknown_causes(unknown))


def _rungs(rule: Rule, world: World) -> Iterator[tuple[Landing, Answer]]:
    require = [answer(condition, world) for condition in rule.require]
    if rule.prefer:
        prefer = [answer(condition, world) for condition in rule.prefer]
        yield Landing(Outcome.PREFERRED, "prefer"), all_answers([*prefer, *require])
    yield Landing(Outcome.MET, "require"), all_answers(require)
    for number, fallback in enumerate(rule.fallbacks, 1):
        yield (
            Landing(Outcome.CONCEDED, f"fallback {number}", fallback.approved_by),
            answer(fallback.condition, world),
        )


def _passes(result: RuleResult, as_of: date, views: Worlds) -> Answer:
    """Whether a rule passes, as another rule may ask: no for a breach, unknown for whatever else fails."""
    if result.outcome.passes:
        return Answer(Truth.TRUE)
    match result.outcome:
        case Outcome.BREACHED:
            return Answer(Truth.FALSE)
        case Outcome.UNSECURED:
            return Answer(Truth.UNKNOWN, ladder(result.rule, views.assured, as_of).causes)
        case _:
            return Answer(Truth.UNKNOWN, frozenset(result.causes))


def _askers_last(policy: Policy) -> Iterable[str]:
    """Return the names of the rules, each after those whose outcome it asks about; the checker excludes circles."""
    asks = TopologicalSorter[str]({rule.name: () for rule in policy.rules})
    for rule in policy.rules:
        leave = [waiver.condition for waiver in policy.waivers if waiver.condition and waiver.covers(rule)]
        for condition in (*rule.conditions, *leave):
            asks.add(rule.name, *(each.rule for each in walk(condition) if isinstance(each, Passes)))
    return asks.static_order()


# ---------------------------------------------------------------------------------------------------- the worlds


def _worlds(policy: Policy, standings: Mapping[str, Standing], passing: Mapping[str, Answer]) -> Worlds:
    everything: dict[str, Content | State] = {}
    assured: dict[str, Content | State] = {}
    for name, standing in standings.items():
        if isinstance(standing, Disputed):
            everything[name] = assured[name] = State.DISPUTED
            continue
        term = policy.vocabulary.term_of(name)
        is_assured = (term is not None and term.is_context) or standing.fact.assurance.reaches(policy.assurance)
        everything[name] = standing.fact.content
        assured[name] = standing.fact.content if is_assured else State.UNASSURED
    presuming = ((term, term.presume) for term in policy.vocabulary.terms.values() if term.presume is not None)
    presumed = {name: Exact(value) for term, value in presuming for name in term.instances}
    stated = frozenset(standings)
    whole = World(policy, everything, stated, passing)
    worst = World(policy, presumed | everything, stated, passing) if presumed else whole
    return Worlds(World(policy, assured, stated, passing), whole, worst)
