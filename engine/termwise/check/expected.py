"""What a test expects of rules: outcomes and, where it says so, how they come about.

Only what can come of a rule may be expected: a rung that the rule has, another outcome behind `unsecured` and `waived`,
reasons for what is open. Anything else would be a test that no policy passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from termwise.check import problems as words
from termwise.check.conditions import Conditions
from termwise.check.operands import NO_SCOPE
from termwise.check.scope import term_of
from termwise.core.cause import Cause, State
from termwise.core.outcome import Outcome
from termwise.core.policy import Expectation, Rule
from termwise.core.vocabulary import Term, instance, split_instance
from termwise.diagnostics import Diagnostic
from termwise.frozen import frozen
from termwise.syntax import tree
from termwise.types import EnumType, ListType, RecordType

_BEHIND = {
    Outcome.UNSECURED: (Outcome.PREFERRED, Outcome.MET, Outcome.CONCEDED),
    Outcome.WAIVED: (Outcome.UNSECURED, Outcome.UNDECIDED, Outcome.BREACHED),
}
"""What may stand behind an outcome: what the rule would be, if it were assured, or without its waiver."""

_LANDS = {Outcome.PREFERRED: "prefer", Outcome.MET: "require", Outcome.CONCEDED: "fallback"}
"""The kind of rung that each outcome that lands on one lands on."""

_IN_DOUBT = {Outcome.UNDECIDED, Outcome.UNSECURED}
"""The outcomes that something leaves open."""


@frozen
class ExpectationReader:
    """Reads expectations. `rules` are those of the policy by the author's name. What cannot be is reported."""

    conditions: Conditions
    rules: Mapping[str, Sequence[Rule]]

    def read(self, declared: tree.ExpectDecl, names: Sequence[str], keys: EnumType | None) -> Iterator[Expectation]:
        """Yield what is expected of rules, by instance name, all of one rule that stands once per symbol of `keys`."""
        outcome = self._outcome(declared.outcome, tuple(Outcome))
        if outcome is None:
            return
        would_be = self._would_be(declared, outcome)
        rung = self._rung(declared, would_be or outcome)
        self._check_reasons(declared, (outcome, would_be or outcome))
        of_each = keys if declared.key is None else None
        for name in names:
            causes = tuple(cause for each in declared.reasons for cause in self._causes(each, name, of_each))
            in_order = tuple(sorted(set(causes), key=lambda cause: cause.sort_key)) if declared.reasons else None
            yield Expectation(name, outcome, declared.span, would_be, rung, in_order)

    # ------------------------------------------------------------------------------------------------- outcomes

    def _outcome(self, word: tree.Word, possible: Sequence[Outcome], what: str = "outcome") -> Outcome | None:
        known = tuple(each.value for each in possible)
        if word.text not in known:
            self._report(words.unknown_word(word.span, word.text, what, known))
            return None
        return Outcome(word.text)

    def _would_be(self, declared: tree.ExpectDecl, outcome: Outcome) -> Outcome | None:
        word = declared.would_be
        if word is None:
            return None
        if outcome not in _BEHIND:
            said = f"a rule that is `{outcome.value}` is nothing else besides"
            hint = "only `unsecured` and `waived` stand for something else"
            self._report(words.never_expected(word.span, said, hint))
            return None
        return self._outcome(word, _BEHIND[outcome], f"outcome behind `{outcome.value}`")

    def _rung(self, declared: tree.ExpectDecl, outcome: Outcome) -> str | None:
        word = declared.rung
        if word is None:
            return None
        if ("rungs", declared.rule.text) in self.conditions.names.lost:
            return None  # which rungs there are, nobody knows
        known = [rung for rule in self.rules.get(declared.rule.text, ())[:1] for rung in _rungs(rule)]
        if known and word.text not in known:
            said = f"`{declared.rule.text}` has no `{word.text}`"
            self._report(words.never_expected(word.span, said, f"its rungs are {words.listed(known)}"))
            return None
        landing = _LANDS.get(outcome)
        if outcome not in _BEHIND and landing != word.text.split()[0]:
            said = f"a rule that is `{outcome.value}` does not land on `{word.text}`"
            self._report(words.never_expected(word.span, said))
            return None
        return word.text

    # -------------------------------------------------------------------------------------------------- reasons

    def _check_reasons(self, declared: tree.ExpectDecl, outcomes: tuple[Outcome, Outcome]) -> None:
        """Report reasons of what is not in doubt. What a waiver covers may be, where it is not said."""
        if declared.reasons and outcomes != (Outcome.WAIVED, Outcome.WAIVED) and not set(outcomes) & _IN_DOUBT:
            said = f"nothing is open about a rule that is `{outcomes[1].value}`"
            hint = "reasons are expected of what is `undecided`, `unsecured` or `waived`"
            self._report(words.never_expected(declared.reasons[0].term.span, said, hint))

    def _causes(self, written: tree.ReasonDecl, rule: str, of_each: EnumType | None) -> Iterator[Cause]:
        """Yield the causes that one reason means. A keyed term without a key means all of them.

        Where the rule is meant at each of the same keys (`of_each`), it means the term at the key of the rule.
        """
        known = tuple(each.value for each in State)
        if written.state.text not in known:
            self._report(words.unknown_word(written.state.span, written.state.text, "reason", known))
            return
        operands = self.conditions.operands
        term = term_of(written.term, operands.names, NO_SCOPE)
        if term is None:
            operands.unknown(written.term, NO_SCOPE)
            return
        names = self._instances(term, written, rule, of_each)
        part = None if written.part is None else written.part.text
        if written.part is None or self._is_part(written.part, term):
            yield from (Cause(name, State(written.state.text), part) for name in names)

    def _instances(self, term: Term, written: tree.ReasonDecl, rule: str, of_each: EnumType | None) -> tuple[str, ...]:
        key, span = written.term.key, written.term.span
        if term.key is None:
            if key is not None:
                self._report(words.no_keys(span, term.name))
            return (term.name,)
        if key is not None:
            if key not in term.key.symbols:
                self._report(words.unknown_symbol(span, key, term.key))
            return (instance(term.name, key),)
        return (instance(term.name, split_instance(rule)[1]),) if term.key == of_each else term.instances

    def _is_part(self, part: tree.Word, term: Term) -> bool:
        """Whether a record of the term has the field that a part names, and report it where it does not."""
        if not isinstance(term.type, ListType):
            self._report(words.mismatch(part.span, term.type, ListType(RecordType("record", ()))))
            return False
        record, name = term.type.record, part.text.partition(".")[2]
        if record.field(name) is None:
            self._report(words.unknown_field(part.span, name, record.name, [each for each, _ in record.fields]))
            return False
        return True

    def _report(self, found: Diagnostic) -> None:
        self.conditions.problems.add(found)


def _rungs(rule: Rule) -> Iterator[str]:
    """Yield the rungs of a rule by name, from the top."""
    if rule.prefer:
        yield "prefer"
    yield "require"
    for number, _ in enumerate(rule.fallbacks, 1):
        yield f"fallback {number}"
