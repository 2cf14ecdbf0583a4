"""Rules → formulas: when a rule passes, on which rung it lands, and when it is breached.

Follows `evaluate/reference.py`. Waivers are left out: a proof is about the rules, and a waiver is leave to fail one.
Precedence is left out too: whatever it makes of several documents is something that one document can say, or a
dispute, which tells a rule no more than vague words do. So one document of each assurance stands for all contracts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from termwise.analyze.cells import Claim, Steps
from termwise.analyze.encoding import Encoding, View, World, negated
from termwise.analyze.instances import Instances
from termwise.analyze.ordering import compare_with_limit
from termwise.analyze.script import FALSE, TRUE, Formula, Script, negation
from termwise.analyze.survey import Survey
from termwise.core.expr import Expr, Op, Passes, walk
from termwise.core.policy import Policy, Rule
from termwise.frozen import frozen, replace


@frozen
class Ladder:
    """A rule in one view: its guards, and its rungs by name, best first."""

    guards: tuple[Claim, ...]
    rungs: tuple[tuple[str, Claim], ...]


class Outcomes:
    """What comes of rules. `policies` with `rules` of them, and conditions besides, are all that is asked about."""

    def __init__(
        self,
        asked: Iterable[tuple[Policy, Rule]],
        besides: Iterable[tuple[Policy, Expr]] = (),
        *,
        in_full: bool = False,
    ) -> None:
        """Survey all that is asked about. Only `in_full`, what counts for nothing without assurance is looked at.

        `as_of` is the day on which the contract is judged, once some rule has made it matter.
        """
        pairs = [(policy, condition) for policy, rule in asked for condition in rule.conditions] + list(besides)
        asks_rules = any(isinstance(each, Passes) for _, condition in pairs for each in walk(condition))
        survey = Survey(3 if in_full or asks_rules else 1)
        for policy, condition in pairs:
            survey.conditions([condition], policy)
        self.script = Script()
        needed = {policy.assurance for policy, _ in pairs}
        keeps_apart = survey.readings > 1 or len(needed) > 1
        self.instances = Instances(survey, self.script, needed, keeps_apart=keeps_apart)
        self.encoding = Encoding(self.instances, self._asked)
        self._ladders: dict[tuple[object, ...], tuple[Rule, Ladder]] = {}
        self._days = _days(rule for policy in {id(p): p for p, _ in pairs}.values() for rule in policy.rules)
        self.as_of: Steps | None = None

    # ------------------------------------------------------------------------------------------- questions

    def passes(self, rule: Rule, view: View) -> Formula:
        """Return when a rule passes: it does not apply, or lands on a rung with assured facts."""
        ladder = self.ladder(rule, replace(view, world=World.ASSURED))
        away = self.does_not_apply(ladder)
        return self.script.either(away, *(claim.holds for _, claim in ladder.rungs))

    def lands(self, rule: Rule, rung: str, view: View) -> Formula:
        """Return when a rule lands on one rung, and on none above it."""
        ladder = self.ladder(rule, replace(view, world=World.ASSURED))
        names = [name for name, _ in ladder.rungs]
        at = names.index(rung)
        above = (negation(claim.holds) for _, claim in ladder.rungs[:at])
        return self.script.both(negation(self.does_not_apply(ladder)), ladder.rungs[at][1].holds, *above)

    def breached(self, rule: Rule, view: View) -> Formula:
        """Return when a rule is breached: it passes on no facts, and fails on all there are, presumptions included."""
        everything = replace(view, world=World.EVERYTHING)
        ladder = self.ladder(rule, everything)
        passes = self.script.either(self.does_not_apply(ladder), *(claim.holds for _, claim in ladder.rungs))
        presumed = self.ladder(rule, replace(view, world=World.PRESUMED))
        fails = (claim.fails for _, claim in presumed.rungs)
        applies = (guard.holds for guard in presumed.guards)
        return self.script.both(negation(self.passes(rule, view)), negation(passes), *applies, *fails)

    def does_not_apply(self, ladder: Ladder) -> Formula:
        """Return when a guard fails."""
        return self.script.either(*(guard.fails for guard in ladder.guards))

    def applies(self, rule: Rule, view: View) -> Formula:
        """Return when every guard holds."""
        return self.script.both(*(guard.holds for guard in self.ladder(rule, view).guards))

    def ladder(self, rule: Rule, view: View) -> Ladder:
        """Return the guards and rungs of a rule in a view."""
        key = (id(rule), *view.key)
        if key not in self._ladders:
            self._ladders[key] = (rule, self._ladder(rule, view))
        return self._ladders[key][1]

    def _ladder(self, rule: Rule, view: View) -> Ladder:
        claim, all_of = self.encoding.claim, self.encoding.all_of
        guards = [self._in_force(rule)]
        guards += [claim(each, view) for each in rule.when]
        guards += [negated(claim(each, view)) for each in rule.unless]
        require = [claim(each, view) for each in rule.require]
        rungs: list[tuple[str, Claim]] = []
        if rule.prefer:
            rungs.append(("prefer", all_of([*(claim(each, view) for each in rule.prefer), *require])))
        rungs.append(("require", all_of(require)))
        rungs += [(f"fallback {number}", claim(each.condition, view)) for number, each in enumerate(rule.fallbacks, 1)]
        return Ladder(tuple(guards), tuple(rungs))

    def _asked(self, name: str, view: View) -> Claim:
        """Return whether another rule passes: yes if it does, no if it is breached, unknown otherwise."""
        rule = view.policy.rule(name)
        assert rule is not None
        plain = replace(view, world=World.ASSURED, records=())
        return Claim(self.passes(rule, plain), self.breached(rule, plain))

    # --------------------------------------------------------------------------------------------- the day

    def _in_force(self, rule: Rule) -> Claim:
        if rule.in_force_from is None and rule.in_force_until is None:
            return Claim(TRUE, FALSE)
        if self.as_of is None:
            self.as_of = self.instances.one_of(self._days)
        begun = ended = TRUE
        if rule.in_force_from is not None:
            begun = _compared(Op.GE, self.as_of, rule.in_force_from, self.script)
        if rule.in_force_until is not None:
            ended = _compared(Op.LE, self.as_of, rule.in_force_until, self.script)
        holds = self.script.both(begun, ended)
        return Claim(holds, negation(holds))


def rungs_of(rule: Rule) -> tuple[str, ...]:
    """Return the names of the rungs of a rule, as judgements name them, best first."""
    fallbacks = (f"fallback {number}" for number in range(1, len(rule.fallbacks) + 1))
    return (*(("prefer",) if rule.prefer else ()), "require", *fallbacks)


def _days(rules: Iterable[Rule]) -> tuple[date, ...]:
    """Return a day for each stretch in which the same rules are in force."""
    first_days: set[date] = set()
    for rule in rules:
        if rule.in_force_from is not None:
            first_days.add(rule.in_force_from)
        if rule.in_force_until is not None and rule.in_force_until < date.max:
            first_days.add(rule.in_force_until + timedelta(days=1))
    starts = sorted(first_days)
    if not starts:
        return (date.max,)
    before = [starts[0] - timedelta(days=1)] if starts[0] > date.min else []
    return (*before, *starts)


def _compared(op: Op, cell: Steps, day: date, script: Script) -> Formula:
    return compare_with_limit(op, cell, 1, Fraction(day.toordinal()), script).holds
