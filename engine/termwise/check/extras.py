"""What a policy says besides rules: clauses, waivers, guarantees, tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from termwise.check import problems as words
from termwise.check.conditions import Conditions
from termwise.check.expected import ExpectationReader
from termwise.check.facts import FactReader, merged
from termwise.check.operands import NO_SCOPE
from termwise.check.rules import Head
from termwise.check.scope import Scope
from termwise.core.expr import TermRef
from termwise.core.policy import Assurance, Clause, Expectation, Grant, Guarantee, Rule, SelfTest, Waiver
from termwise.core.vocabulary import instance
from termwise.frozen import frozen
from termwise.source import Span
from termwise.syntax import tree
from termwise.syntax.words import PLACEHOLDER

LAST_DAY = date(9999, 12, 31)
"""The day a test is judged on that names none: laws are in force, waivers have expired."""

_TEST = "test"


@frozen
class Extras:
    """Reads the declarations that speak of rules; `heads` and `rules` are those by the author's name."""

    conditions: Conditions
    heads: Mapping[str, Head]
    rules: Mapping[str, Sequence[Rule]]

    def clause(self, declared: tree.ClauseDecl) -> Clause:
        """Return a clause with what it grants, and its text cut at the placeholders."""
        grants = self._once(FactReader(self.conditions).grants(declared.grants))
        parts = tuple(self._parts(declared.text, grants))
        return Clause(declared.name.text, declared.title.text, grants, parts, declared.name.span)

    def guarantee(self, declared: tree.GuaranteeDecl) -> Guarantee:
        """Return what the author believes of every contract that passes."""
        quiet = Scope(positive=False)
        when = self.conditions.all(declared.when, quiet)
        return Guarantee(declared.title.text, when, self.conditions.all(declared.ensure, Scope()), declared.span)

    def waiver(self, declared: tree.WaiverDecl) -> Waiver | None:
        """Return a waiver, or None where its rule does not exist, or its bounds cannot be read."""
        condition = None
        if declared.condition is not None:
            condition = self.conditions.condition(declared.condition, Scope())
        names = self._instances(declared.rule, declared.key)
        if not names or (condition is None and declared.condition is not None):
            return None
        return Waiver(
            declared.rule.text,
            declared.key,
            declared.contract.text,
            condition,
            date.fromisoformat(declared.until.text),
            declared.approved_by.text,
            declared.because.text,
            declared.rule.span,
        )

    def test(self, declared: tree.TestDecl) -> SelfTest:
        """Return a test with its facts and expectations, those of a keyed rule without a key at every key."""
        reader = FactReader(self.conditions)
        givens = [
            given
            for each in declared.givens
            for given in reader.given(each, self._assurance(each.assurance) or Assurance.SIGNED)
        ]
        return SelfTest(
            declared.title.text,
            declared.contract.text if declared.contract is not None else _TEST,
            date.fromisoformat(declared.as_of.text) if declared.as_of is not None else LAST_DAY,
            merged(givens, reader),
            tuple(found for each in declared.expectations for found in self._expected(each)),
            declared.title.span,
        )

    # -------------------------------------------------------------------------------------------------------

    def _once(self, grants: Iterator[Grant]) -> tuple[Grant, ...]:
        """Return grants, each term once: what is said of one key, which comes last, stands instead."""
        kept: dict[str, Grant] = {}
        found = list(grants)
        for grant in found:
            before = kept.get(grant.term)
            if before is not None and sum(each.span == before.span for each in found) == 1:
                self.conditions.problems.add(words.given_twice(grant.span, grant.term))
            kept[grant.term] = grant
        return tuple(kept.values())

    def _parts(self, text: tree.Word, grants: tuple[Grant, ...]) -> Iterator[str | TermRef]:
        done = 0
        granted = {grant.term: grant for grant in grants}
        for found in PLACEHOLDER.finditer(text.text):
            term = self._placeholder(found[1], found[2], granted, text.span)
            if term is not None:
                yield from (part for part in (text.text[done : found.start()],) if part)
                yield term
                done = found.end()
        if text.text[done:]:
            yield text.text[done:]

    def _placeholder(self, name: str, key: str | None, granted: Mapping[str, Grant], span: Span) -> TermRef | None:
        """Return the granted term that a placeholder prints; a keyed one without a key needs one value for all keys."""
        term = self.conditions.names.vocabulary.terms.get(name)
        if term is None:
            self.conditions.operands.unknown(tree.Name(name, None, span), NO_SCOPE)
            return None
        names = term.instances if key is None else (instance(name, key),)
        values = [granted[each].value for each in names if each in granted]
        if len(values) < len(names):
            self.conditions.problems.add(words.not_granted(span, instance(name, key), granted))
            return None
        if any(value != values[0] for value in values):
            self.conditions.problems.add(words.needs_key(span, term, "the clause grants different values"))
            return None
        return TermRef(names[0], span)

    def _instances(self, rule: tree.Word, key: str | None) -> tuple[str, ...]:
        """Return the instance names that a rule's name, with or without a key, means."""
        problems = self.conditions.problems
        head = self.heads.get(rule.text)
        if head is None:
            if ("rule", rule.text) in self.conditions.names.lost:
                return ()
            problems.add(words.unknown_rule(rule.span, rule.text, self.heads))
            return ()
        if head.keys is None:
            if key is not None:
                problems.add(words.rule_needs_no_key(rule.span, rule.text))
                return ()
            return (rule.text,)
        if key is None:
            return tuple(instance(rule.text, symbol) for symbol in head.keys.symbols)
        if key not in head.keys.symbols:
            problems.add(words.unknown_symbol(rule.span, key, head.keys))
            return ()
        return (instance(rule.text, key),)

    def _expected(self, declared: tree.ExpectDecl) -> Iterator[Expectation]:
        names = self._instances(declared.rule, declared.key)
        head = self.heads.get(declared.rule.text)
        reader = ExpectationReader(self.conditions, self.rules)
        return reader.read(declared, names, head.keys if head is not None else None)

    def _assurance(self, word: tree.Word | None) -> Assurance | None:
        return None if word is None else read_assurance(word, self.conditions)


def read_assurance(word: tree.Word, conditions: Conditions) -> Assurance | None:
    """Return the assurance that a word names, or None where it names none (which is reported)."""
    known = tuple(each.value for each in Assurance)
    if word.text not in known:
        conditions.problems.add(words.unknown_word(word.span, word.text, "assurance", known))
        return None
    return Assurance(word.text)
