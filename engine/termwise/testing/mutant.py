"""A mutant: a policy changed in one small way, as a core and as a text.

It is changed in the core so that it can be judged at once, and in the text so that it can be shown. The two are the
same (a law tests it): the changed text compiles to the changed core.
"""

from __future__ import annotations

from enum import Enum, unique

from termwise.core.policy import Assurance, Policy, Rule, Waiver
from termwise.diagnostics.finding import Edit
from termwise.frozen import frozen, replace
from termwise.source import Span


@unique
class Kind(Enum):
    """The kinds of changes; the value is what a report calls several of them."""

    FIGURE = "figures moved"
    SYMBOL = "symbols replaced"
    SET = "set members dropped or added"
    OPERATOR = "operators changed"
    NEGATION = "negations dropped or added"
    JOINT = "`and` and `or` swapped"
    PART = "parts of conditions dropped"
    QUANTIFIER = "quantifiers changed"
    KEY = "keys dropped or replaced"
    RUNG = "rungs dropped or swapped"
    GUARD = "guards dropped"
    DAY = "days moved"
    WAIVER = "waivers dropped or widened"
    ASSURANCE = "assurance raised or lowered"


@frozen
class Mutant:
    """A change in one place, of a declaration named as reports name it. `rules` are those it changes, as they become.

    `waivers` are all waivers of the policy where it changes one, and else None; so with `assurance`, which says what
    every rule needs.
    """

    kind: Kind
    owner: str
    edits: tuple[Edit, ...]
    rules: tuple[Rule, ...] = ()
    waivers: tuple[Waiver, ...] | None = None
    assurance: Assurance | None = None

    @property
    def span(self) -> Span:
        """Where the change begins."""
        return min((each.span for each in self.edits), key=lambda span: (span.line, span.column))

    def changed(self, policy: Policy) -> frozenset[str]:
        """Return the rules, by instance name, of which something else may come."""
        if self.assurance is not None:
            return frozenset(rule.name for rule in policy.rules)
        names = {rule.name for rule in self.rules}
        if self.waivers is not None:
            unlike = {*policy.waivers} ^ {*self.waivers}
            names |= {rule.name for rule in policy.rules if any(each.covers(rule) for each in unlike)}
        return frozenset(names)

    def of(self, policy: Policy) -> Policy:
        """Return the policy that it is a mutant of, changed."""
        made = {rule.name: rule for rule in self.rules}
        rules = tuple(made.get(rule.name, rule) for rule in policy.rules)
        return replace(
            policy,
            rules=rules,
            waivers=policy.waivers if self.waivers is None else self.waivers,
            assurance=policy.assurance if self.assurance is None else self.assurance,
        )
