"""Questions about one rule by itself: can it be met, can it fail, does it ever apply, is every rung of use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.analyze import problems as words
from termwise.analyze.answers import OUTSIDE, Point, found, passes, result_of, undecided
from termwise.analyze.conflicts import conjuncts
from termwise.analyze.encoding import View
from termwise.analyze.outcomes import rungs_of
from termwise.analyze.script import Formula, negation
from termwise.analyze.solve import Found
from termwise.analyze.study import Example, Study
from termwise.core.expr import Expr
from termwise.core.outcome import Outcome
from termwise.core.policy import Policy, Rule
from termwise.diagnostics import Diagnostic
from termwise.diagnostics.finding import Finding

SILENCE = Example((), None)
"""The contract that says nothing."""


def findings(policy: Policy, rule: Rule, budget: int) -> Iterator[Finding]:
    """Yield what is amiss with a rule by itself; what follows from a fault already named is left out."""
    yield from _Alone(policy, rule, Study([(policy, rule)], budget=budget)).findings()


class _Alone:
    """One rule under a solver."""

    def __init__(self, policy: Policy, rule: Rule, study: Study) -> None:
        self._policy = policy
        self._rule = rule
        self._study = study
        self._view = View(policy)
        self._ladder = study.outcomes.ladder(rule, self._view)

    def findings(self) -> Iterator[Finding]:
        guards = list(self._guards())
        yield from guards
        rule, study, outcomes = self._rule, self._study, self._study.outcomes
        applies = outcomes.applies(rule, self._view)
        if any(each.diagnostic.code == words.DEAD_GUARD for each in guards) and study.find(applies) is Found.NONE:
            return
        fails = negation(outcomes.passes(rule, self._view))
        answer = study.find(fails)
        if answer is Found.NONE:
            yield self._found(words.never_fails(rule), SILENCE, passing=True)
            return
        if answer is Found.UNDECIDED:
            yield self._undecided(f"a contract can fail `{rule.name}`")
        holds = study.script.either(*(claim.holds for _, claim in self._ladder.rungs))
        answer = study.find(applies, holds)
        if answer is Found.NONE:
            yield self._never_met(applies)
            return
        if answer is Found.UNDECIDED:
            yield self._undecided(f"a contract can meet `{rule.name}`")
        yield from self._rungs()

    # ---------------------------------------------------------------------------------------------- guards

    def _guards(self) -> Iterator[Finding]:
        """Yield the guards that never hold, and if each can, whether all of them never hold together."""
        rule, study = self._rule, self._study
        dead = False
        for word, guards in (("when", rule.when), ("unless", rule.unless)):
            for guard in guards:
                answer = study.find(study.outcomes.encoding.claim(guard, self._view).holds)
                if answer is Found.NONE:
                    dead = True
                    yield self._dead_guard(word, [guard])
                elif answer is Found.UNDECIDED:
                    yield self._undecided(f"`{word}` of `{rule.name}` ever holds", guard)
        if not dead and (rule.when or rule.unless):
            answer = study.find(study.outcomes.applies(rule, self._view))
            if answer is Found.NONE:
                yield self._dead_guard("when", [*rule.when, *rule.unless])
            elif answer is Found.UNDECIDED:
                yield self._undecided(f"`{rule.name}` ever applies")

    def _dead_guard(self, word: str, guards: Sequence[Expr]) -> Finding:
        """Return that guards never hold, shown by a contract to which the rule does not apply, or does at last."""
        rule, study = self._rule, self._study
        diagnostic = words.never_applies(rule, word, guards)
        away = study.outcomes.does_not_apply(self._ladder)
        wanted = study.outcomes.applies(rule, self._view) if word == "unless" else away
        example = study.illustration([self._policy], wanted) or SILENCE
        is_away = word != "unless" and example is not SILENCE
        point = Point(
            self._policy,
            (rule,),
            lambda judged: (result_of(judged, rule).outcome is Outcome.NOT_APPLICABLE) is is_away,
        )
        return found(diagnostic, point, example)

    # ----------------------------------------------------------------------------------------------- rungs

    def _never_met(self, applies: Formula) -> Finding:
        """Return that no rung can hold, with the conditions that exclude each other, as few as do."""
        rule, study = self._rule, self._study
        claims = {
            study.outcomes.encoding.claim(each, self._view).holds: each
            for condition in rule.require
            for each in conjuncts(condition)
        }
        core = study.core([applies, *claims])
        clash = [claims[each] for each in core if each in claims]
        fails = negation(study.outcomes.passes(rule, self._view))
        example = study.illustration([self._policy], applies, fails, *core[:-1])
        example = example or study.illustration([self._policy], fails) or SILENCE
        return self._found(words.never_met(rule, clash), example, passing=False)

    def _rungs(self) -> Iterator[Finding]:
        rule, study = self._rule, self._study
        for at, rung in enumerate(rungs_of(rule)):
            answer = study.find(study.outcomes.lands(rule, rung, self._view))
            if answer is Found.NONE:
                yield self._unreachable(at, rung)
            elif answer is Found.UNDECIDED:
                question = f"a contract can land on `{rung}` of `{rule.name}`"
                yield undecided(words.rung_span(rule, rung), question, OUTSIDE, [rule])

    def _unreachable(self, at: int, rung: str) -> Finding:
        """Return that nothing lands on a rung: it cannot hold, or one above it holds whenever it does."""
        rule, study = self._rule, self._study
        span = words.rung_span(rule, rung)
        holds = study.script.both(
            negation(study.outcomes.does_not_apply(self._ladder)), self._ladder.rungs[at][1].holds
        )
        example = study.illustration([self._policy], holds)
        if example is None:
            away = negation(study.outcomes.passes(rule, self._view))
            example = study.illustration([self._policy], away) or SILENCE
            return self._found(words.unreachable_rung(rule, rung, span, None), example, passing=False)
        above = [name for name, claim in self._ladder.rungs[:at] if self._covers(claim.holds, holds)]
        diagnostic = words.unreachable_rung(rule, rung, span, above[0] if above else self._ladder.rungs[0][0])
        if rung == "require":
            diagnostic = words.idle_prefer(rule, words.rung_span(rule, "prefer"))
        return self._found(diagnostic, example, passing=True)

    def _covers(self, above: Formula, below: Formula) -> bool:
        return self._study.find(below, negation(above)) is Found.NONE

    # --------------------------------------------------------------------------------------------- answers

    def _found(self, diagnostic: Diagnostic, example: Example, *, passing: bool) -> Finding:
        rule = self._rule
        return found(diagnostic, Point(self._policy, (rule,), lambda judged: passes(judged, rule) is passing), example)

    def _undecided(self, question: str, where: Expr | None = None) -> Finding:
        span = where.span if where is not None and where.span is not None else self._rule.span
        return undecided(span, question, OUTSIDE, [self._rule])
