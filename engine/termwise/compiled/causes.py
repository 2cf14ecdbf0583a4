"""Why a rule is undecided: the causes of an outcome that generated code only names, found when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from termwise.compiled.cells import SILENT, Cell
from termwise.compiled.landing import UNDECIDED, Landed
from termwise.compiled.plan import Asked, Every, Leaf, Opposite, PlannedRule, Some
from termwise.compiled.tables import Tables
from termwise.core.outcome import Outcome
from termwise.evaluate.conditions import Answer, all_answers, any_answer, not_answer, unknown_causes
from termwise.evaluate.judgement import Cause
from termwise.truth import Truth, known


class Causes:
    """The causes in one contract: where its rules landed, and the cells of the worlds they landed in."""

    def __init__(
        self,
        tables: Tables,
        landed: Sequence[Landed],
        everything: Mapping[str, Cell],
        assured: Mapping[str, Cell],
        as_of: date,
    ) -> None:
        """Keep what was judged."""
        self._tables = tables
        self._plan = tables.plan
        self._landed = landed
        self._worlds = (everything, assured)
        self._as_of = as_of
        self._known: tuple[dict[int, Answer], dict[int, Answer]] = ({}, {})
        self._of_rule: dict[int, tuple[Cause, ...]] = {}

    def of(self, number: int) -> tuple[Cause, ...]:
        """Return why a rule is undecided, sorted; nothing where it is not, nor would be without its waiver."""
        landed = self._landed[number]
        if landed is not UNDECIDED and landed.would_be is not Outcome.UNDECIDED:
            return ()
        found = self._of_rule.get(number)
        if found is None:
            causes = self._in_world(self._plan.rules[number], 0)
            found = self._of_rule[number] = tuple(sorted(causes, key=lambda cause: cause.sort_key))
        return found

    def _in_world(self, planned: PlannedRule, world: int) -> frozenset[Cause]:
        """Return what leaves the ladder of a rule open in a world: the unknown among its guards and its rungs."""

        def answers(numbers: Sequence[int]) -> list[Answer]:
            return [self._answer(each, world) for each in numbers]

        parts = [Answer(known(planned.rule.is_in_force(self._as_of)))]
        parts += answers(planned.when)
        parts += [not_answer(each) for each in answers(planned.unless)]
        if planned.prefer:
            parts.append(all_answers(answers((*planned.prefer, *planned.require))))
        parts.append(all_answers(answers(planned.require)))
        parts += answers(planned.fallbacks)
        return unknown_causes(parts)

    def _answer(self, number: int, world: int) -> Answer:
        found = self._known[world].get(number)
        if found is None:
            found = self._known[world][number] = self._condition(number, world)
        return found

    def _condition(self, number: int, world: int) -> Answer:
        match self._plan.conditions[number]:
            case Leaf(atom):
                asked = self._plan.atoms[atom]
                cells = self._worlds[world]
                inputs = [cells.get(self._plan.inputs[each].name, SILENT) for each in asked.inputs]
                return self._tables.answer(asked, inputs, [self._passes(rule) for rule in asked.rules])
            case Asked(rule):
                return self._passes(rule)
            case Opposite(of):
                return not_answer(self._answer(of, world))
            case Every(of):
                return all_answers([self._answer(each, world) for each in of])
            case Some(of):
                return any_answer([self._answer(each, world) for each in of])

    def _passes(self, number: int) -> Answer:
        landed = self._landed[number]
        if landed.passes:
            return Answer(Truth.TRUE)
        match landed.outcome:
            case Outcome.BREACHED:
                return Answer(Truth.FALSE)
            case Outcome.UNSECURED:
                return Answer(Truth.UNKNOWN, self._in_world(self._plan.rules[number], 1))
            case _:
                return Answer(Truth.UNKNOWN, frozenset(self.of(number)))
