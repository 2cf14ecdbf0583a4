"""The contents of a contract, term by term, for a solver to choose: stated, known, how assured, and what."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from termwise.analyze.cells import Blank, Cell, Instance, Rows, Steps
from termwise.analyze.domains import Domains
from termwise.analyze.loose import Calendar
from termwise.analyze.script import FALSE, TRUE, Formula, Script, negation
from termwise.analyze.survey import Subject, Survey, field_name
from termwise.core.policy import Assurance
from termwise.core.vocabulary import Term
from termwise.frozen import replace
from termwise.types import ListType

MOST_RECORDS = 16
"""How many records of a list are tried at most; a question that needs more is not decided."""


class Instances:
    """Makes what there is to choose of each term, once."""

    def __init__(self, survey: Survey, script: Script, needed: Iterable[Assurance], *, keeps_apart: bool) -> None:
        """Start with no term. `needed` are the assurances that somebody asks for.

        With `keeps_apart`, facts of too little assurance are told from facts without a value. Where only assured
        facts count, the two are the same.
        """
        survey.settle()
        self.survey = survey
        self.script = script
        self.keeps_apart = keeps_apart
        self.made: dict[str, Instance] = {}
        self.calendar = Calendar(script, tuple(survey.holidays))
        self._domains = Domains(survey, script, self.calendar)
        self._needed = sorted(set(needed), key=list(Assurance).index)
        self._odd: list[Formula] = []

    def of(self, name: str, term: Term) -> Instance:
        """Return what there is to choose of a term, by instance name."""
        if name not in self.made:
            self.made[name] = self._instance(name, self.survey.subject(name, term.type), term.is_context)
        return self.made[name]

    def another(self, name: str, term: Term) -> Instance:
        """Return a term with another value than its own, as known and as assured as that."""
        cell, odd = self._domains.cell(self.survey.subject(name, term.type))
        self.note_odd(odd)
        return replace(self.of(name, term), cell=cell, odd=odd)

    def one_of(self, values: Iterable[object]) -> Steps:
        """Return a cell that is one of some values."""
        return self._domains.exact_steps(tuple(values))  # type: ignore[arg-type]  # whoever asks knows what they are

    def note_odd(self, formula: Formula) -> None:
        """Note when something is of a shape that is not looked at in full."""
        if formula != FALSE:
            self._odd.append(formula)

    @property
    def modelled(self) -> Formula:
        """Whether everything is of a shape that is looked at in full."""
        return negation(self.script.either(*self._odd))

    def _instance(self, name: str, subject: Subject, is_context: bool) -> Instance:
        script = self.script
        known = script.proposition("k")
        assured = dict.fromkeys(self._needed, known)
        if self.keeps_apart and not is_context:
            above = known
            for each in self._needed:
                if each is not Assurance.CLAIMED:
                    assured[each] = script.proposition("a")
                    script.demand(script.implies(assured[each], above))
                    above = assured[each]
        stated = self._stated(subject, known, always=self.keeps_apart)
        cell, odd = self._rows(subject) if isinstance(subject.kind, ListType) else self._domains.cell(subject)
        self.note_odd(script.both(odd, known))
        return Instance(name, subject.kind, stated, known, assured, cell, odd)

    def _stated(self, subject: Subject, known: Formula, *, always: bool = False) -> Formula:
        """Return whether a subject is spoken of; if nobody asks, whoever says nothing definite might say nothing."""
        if not (always or subject.is_asked):
            return known
        stated = self.script.proposition("s")
        self.script.demand(self.script.implies(known, stated))
        return stated

    def _rows(self, subject: Subject) -> tuple[Cell, Formula]:
        script = self.script
        count = self.survey.records(subject.name)
        if count == 0:
            return Blank(), FALSE
        if count is None or count > MOST_RECORDS:
            return Rows((), FALSE, ()), TRUE
        present = tuple(script.proposition("r") for _ in range(count))
        for one, following in pairwise(present):
            script.demand(script.implies(following, one))
        kind = subject.kind
        assert isinstance(kind, ListType)
        surveyed = [name for name, _ in kind.record.fields if field_name(subject.name, name) in self.survey.subjects]
        rows = tuple({name: self._field(subject.name, name, at) for name in surveyed} for at in range(count))
        return Rows(present, script.proposition("r"), rows), FALSE

    def _field(self, records: str, name: str, at: int) -> Instance:
        subject = self.survey.subjects[field_name(records, name)]
        known = self.script.proposition("k")
        stated = self._stated(subject, known)
        cell, odd = self._domains.cell(subject)
        self.note_odd(self.script.both(odd, known))
        return Instance(f"{records}[{at + 1}].{name}", subject.kind, stated, known, {}, cell, odd)
