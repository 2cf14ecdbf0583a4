"""A policy, whole and flat: every rule once per key, inheritance applied, nothing left to look up."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique

from termwise.core.cause import Cause
from termwise.core.expr import Expr, TermRef, terms_of
from termwise.core.outcome import Outcome
from termwise.core.values import Content
from termwise.core.vocabulary import Vocabulary, instance
from termwise.frozen import field, frozen
from termwise.quantities.duration import STANDARD_HOLIDAYS, Holidays
from termwise.source import Span


@unique
class Severity(Enum):
    """How much a rule weighs, heaviest first."""

    DEALBREAKER = "dealbreaker"
    MAJOR = "major"
    MINOR = "minor"
    ADVICE = "advice"

    def reaches(self, threshold: Severity) -> bool:
        """Whether this weighs at least as much as the threshold."""
        return _HEAVIEST_FIRST.index(self) <= _HEAVIEST_FIRST.index(threshold)


@unique
class Assurance(Enum):
    """What a statement is worth, least first; the value is how files write it."""

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    AGREED = "agreed"
    SIGNED = "signed"

    def reaches(self, needed: Assurance) -> bool:
        """Whether this is worth at least as much as what is needed."""
        return _LEAST_FIRST.index(self) >= _LEAST_FIRST.index(needed)


_HEAVIEST_FIRST = tuple(Severity)
_LEAST_FIRST = tuple(Assurance)


@frozen
class Fallback:
    """What is conceded, and who must approve that."""

    condition: Expr
    approved_by: str | None
    span: Span = field(compare=False, repr=False)


@frozen
class Rule:
    """One requirement at one key. `name` is the instance name; `base` the name the author wrote.

    `origin` is the policy that wrote this version; `replaces` is `tighten` or `relax` where it replaced an inherited
    one, and `relaxed_because` the reason a `relax` must give.
    """

    base: str
    key: str | None
    severity: Severity
    when: tuple[Expr, ...]
    unless: tuple[Expr, ...]
    prefer: tuple[Expr, ...]
    require: tuple[Expr, ...]
    fallbacks: tuple[Fallback, ...]
    origin: str
    span: Span = field(compare=False, repr=False)
    in_force_from: date | None = None
    in_force_until: date | None = None
    because: str | None = None
    cites: tuple[str, ...] = ()
    clause: str | None = None
    levers: tuple[str, ...] = ()
    replaces: str | None = None

    @property
    def name(self) -> str:
        """The name under which the rule is reported: `rule` or `rule[key]`."""
        return instance(self.base, self.key)

    def is_in_force(self, day: date) -> bool:
        """Whether the rule is law on a day; both ends are included."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def conditions(self) -> tuple[Expr, ...]:
        """Every condition of the rule: guards first, then the ladder from the top."""
        ladder = (*self.prefer, *self.require, *(each.condition for each in self.fallbacks))
        return (*self.when, *self.unless, *ladder)

    @property
    def terms(self) -> tuple[str, ...]:
        """The instance names of the terms the rule reads, each once, in source order."""
        return tuple(dict.fromkeys(name for condition in self.conditions for name in terms_of(condition)))


@frozen
class Waiver:
    """Leave to fail one rule (all its keys, or one) in one contract, within bounds, until a day (inclusive)."""

    rule: str
    key: str | None
    contract: str
    condition: Expr | None
    until: date
    approved_by: str
    because: str
    span: Span = field(compare=False, repr=False)

    @property
    def target(self) -> str:
        """What it waives, as it is written: `rule` or `rule[key]`."""
        return instance(self.rule, self.key)

    def covers(self, rule: Rule) -> bool:
        """Whether the waiver speaks of this rule at all."""
        return self.rule == rule.base and self.key in (None, rule.key)


@frozen
class Grant:
    """What a clause gives: a value for a term (by instance name), stated or read from another term."""

    term: str
    value: Expr
    span: Span = field(compare=False, repr=False)


@frozen
class Clause:
    """Contract wording with its effect. `parts` is text and, between it, the terms whose granted value is printed."""

    name: str
    title: str
    grants: tuple[Grant, ...]
    parts: tuple[str | TermRef, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Given:
    """A fact a test assumes. Without content the term is disputed: two documents of equal rank differ on it."""

    term: str
    content: Content | None
    assurance: Assurance
    span: Span = field(compare=False, repr=False)


@frozen
class Expectation:
    """What a test expects to come of a rule (by instance name), and how, as far as it says so (None: it does not).

    `would_be` is what an unsecured rule would be if it were assured, and a waived one without its waiver; `rung` is
    where it lands; `causes`, sorted, are everything that leaves it open.
    """

    rule: str
    outcome: Outcome
    span: Span = field(compare=False, repr=False)
    would_be: Outcome | None = None
    rung: str | None = None
    causes: tuple[Cause, ...] | None = None


@frozen
class SelfTest:
    """A contract in miniature and what must come of it. Without a date, the last day the calendar has."""

    title: str
    contract: str
    as_of: date
    givens: tuple[Given, ...]
    expectations: tuple[Expectation, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Guarantee:
    """What the author believes of every contract that passes."""

    title: str
    when: tuple[Expr, ...]
    ensure: tuple[Expr, ...]
    span: Span = field(compare=False, repr=False)


@frozen
class Replacement:
    """A rule that `tighten` or `relax` replaced, kept so that the claim about the two can be proved."""

    how: str
    before: tuple[Rule, ...]
    after: tuple[Rule, ...]
    because: str | None
    span: Span = field(compare=False, repr=False)


@frozen
class Policy:
    """Everything an organisation requires, in source order, inherited rules first."""

    name: str
    title: str
    vocabulary: Vocabulary
    assurance: Assurance
    rules: tuple[Rule, ...]
    version: str | None = None
    owner: str | None = None
    holidays: Holidays = STANDARD_HOLIDAYS
    extends: tuple[str, ...] = ()
    definitions: tuple[tuple[str, Expr], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    clauses: tuple[Clause, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    tests: tuple[SelfTest, ...] = ()

    def rule(self, name: str) -> Rule | None:
        """Return the rule with this instance name, or None."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def clause(self, name: str) -> Clause | None:
        """Return the clause with this name, or None."""
        return next((clause for clause in self.clauses if clause.name == name), None)
