"""Mutants of whole statements: left out of a rule or a waiver, of another day, or of another assurance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from termwise.core.expr import Expr
from termwise.core.policy import Assurance, Policy, Rule, Waiver
from termwise.diagnostics.finding import Edit
from termwise.frozen import replace
from termwise.source import Span
from termwise.testing.mutant import Kind, Mutant
from termwise.testing.places import Places

_DAY = r"\d{4}-\d\d-\d\d"


def of_rule(rules: Sequence[Rule], places: Places) -> Iterator[Mutant]:
    """Yield the mutants of a rule, which is given once per key, that lack one of its statements or move a day."""
    owner = f"rule {rules[0].base}"
    yield from (replace(each, owner=owner) for each in _dropped(rules, places))
    yield from (replace(each, owner=owner) for each in _swapped(rules, places))
    yield from (replace(each, owner=owner) for each in _on_other_days(rules, places))


def _dropped(rules: Sequence[Rule], places: Places) -> Iterator[Mutant]:
    for kind, name in ((Kind.GUARD, "when"), (Kind.GUARD, "unless"), (Kind.RUNG, "prefer"), (Kind.RUNG, "require")):
        conditions: tuple[Expr, ...] = getattr(rules[0], name)
        for at, condition in enumerate(conditions):
            if condition.span is not None and (name != "require" or len(conditions) > 1):
                edit = Edit(places.statement(condition.span), "")
                yield Mutant(kind, "", (edit,), tuple(_without(rule, name, at) for rule in rules))
    for at, fallback in enumerate(rules[0].fallbacks):
        edits = tuple(Edit(span, "") for span in _with_approval(fallback.span, places))
        yield Mutant(Kind.RUNG, "", edits, tuple(_without(rule, "fallbacks", at) for rule in rules))


def _swapped(rules: Sequence[Rule], places: Places) -> Iterator[Mutant]:
    """Yield the mutants in which two fallbacks, one right after the other, change places with their approvals."""
    for at in range(len(rules[0].fallbacks) - 1):
        one, other = (_whole(each.span, places) for each in rules[0].fallbacks[at : at + 2])
        edits = (Edit(one, places.words(other)), Edit(other, places.words(one)))
        made = []
        for rule in rules:
            first, second = rule.fallbacks[at : at + 2]
            made.append(replace(rule, fallbacks=(*rule.fallbacks[:at], second, first, *rule.fallbacks[at + 2 :])))
        yield Mutant(Kind.RUNG, "", edits, tuple(made))


def _on_other_days(rules: Sequence[Rule], places: Places) -> Iterator[Mutant]:
    first = rules[0]
    for word, name in (("from", "in_force_from"), ("until", "in_force_until")):
        day: date | None = getattr(first, name)
        place = _day_of(first.span, word, places)
        if day is None or place is None:
            continue
        for moved in _moved(day):
            made = tuple(replace(rule, **{name: moved}) for rule in rules)
            if (made[0].in_force_from or date.min) <= (made[0].in_force_until or date.max):
                yield Mutant(Kind.DAY, "", (Edit(place, moved.isoformat()),), made)


def of_waiver(waiver: Waiver, policy: Policy, places: Places) -> Iterator[Mutant]:
    """Yield the mutants of a waiver: without it, without its bounds, for every key, and ending on another day."""
    owner = f"waive {waiver.target}"
    head = places.statement(waiver.span)
    parts = list(places.below(waiver.span))

    def mutant(kind: Kind, edits: Sequence[Edit], *instead: Waiver) -> Mutant:
        made = (other for each in policy.waivers for other in (instead if each is waiver else (each,)))
        return Mutant(kind, owner, tuple(edits), waivers=tuple(made))

    yield mutant(Kind.WAIVER, [Edit(head, ""), *(Edit(span, "") for _, span in parts)])
    for word, span in parts:
        if word == "while" and waiver.condition is not None:
            yield mutant(Kind.WAIVER, [Edit(span, "")], replace(waiver, condition=None))
        place = places.within(_DAY, span) if word == "until" else None
        if place is not None:
            for moved in _moved(waiver.until):
                yield mutant(Kind.DAY, [Edit(place, moved.isoformat())], replace(waiver, until=moved))
    bracket = places.within(r"\[[^\]]*\]", head)
    if waiver.key is not None and bracket is not None:
        yield mutant(Kind.WAIVER, [Edit(bracket, "")], replace(waiver, key=None))


def of_header(policy: Policy, places: Places) -> Iterator[Mutant]:
    """Yield the mutants that need more or less assurance; an extension cannot need less than what it extends."""
    statement = places.header("assurance")
    place = None if statement is None else places.within(rf"\b{policy.assurance.value}\b", statement)
    if place is None:
        return
    order = tuple(Assurance)
    at = order.index(policy.assurance)
    for other in (*(() if policy.extends else order[:at][-1:]), *order[at + 1 : at + 2]):
        yield Mutant(Kind.ASSURANCE, f"policy {policy.name}", (Edit(place, other.value),), assurance=other)


def _without(rule: Rule, name: str, at: int) -> Rule:
    """Return a rule with one fewer of its statements of a kind."""
    statements = getattr(rule, name)
    return replace(rule, **{name: (*statements[:at], *statements[at + 1 :])})


def _with_approval(fallback: Span, places: Places) -> Iterator[Span]:
    """Yield the statement of a fallback, and that of its approval, which speaks of the fallback before it."""
    yield places.statement(fallback)
    for word, span in places.below(fallback):
        if word == "fallback":
            return
        if word == "approved":
            yield span


def _whole(fallback: Span, places: Places) -> Span:
    """Return where a fallback stands from its first word to the last of its approval."""
    parts = list(_with_approval(fallback, places))
    first, last = parts[0], parts[-1]
    return Span(first.path, first.line, first.column, last.end_line, last.end_column)


def _day_of(rule: Span, word: str, places: Places) -> Span | None:
    """Return where the day stands from which, or until which, a rule is in force."""
    for start, span in places.below(rule):
        if start in ("in", "until"):
            said = places.within(rf"\b{word}\s+{_DAY}", span)
            if said is not None:
                return places.within(_DAY, said)
    return None


def _moved(day: date) -> Iterator[date]:
    if date.min < day < date.max:
        yield from (day - timedelta(days=1), day + timedelta(days=1))
