"""Random policies that compile: guards, ladders, `for each`, definitions, rules about rules, waivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from strategies.condition import Scope, conditions
from strategies.contract import CONTRACT
from strategies.values import NOWHERE, Plain, literal, rarely, texts, word
from strategies.vocabulary import NAME, Terms
from termwise.syntax import tree
from termwise.types import EnumType, Scalar

AS_OF = date(2026, 11, 24)
_DAYS = ("2026-11-23", "2026-11-24", "2026-11-25")


@st.composite
def policies(
    draw: DrawFn, terms: Terms, *, asks_states: bool = True, asks_rules: bool = True, waivers: bool = True
) -> tree.File:
    """A policy over a vocabulary."""
    scope = Scope(terms, asks_states=asks_states)
    declared: list[tree.Declaration] = []
    for number in range(draw(st.integers(0, 2))):
        scope, definition = _define(draw, scope, f"d{number}")
        declared.append(definition)
    known: list[tuple[str, EnumType | None]] = []
    for number in range(draw(st.integers(1, 4))):
        each = draw(st.sampled_from(terms.keys)) if draw(rarely(3)) else None
        inside = replace(scope, variable=None if each is None else ("it", each))
        inside = replace(inside, asks_rules=tuple(known) if asks_rules else ())
        declared.append(_rule(draw, inside, f"r{number}"))
        known.append((f"r{number}", each))
    for _ in range(draw(st.integers(0, 2)) if waivers else 0):
        name, keys = draw(st.sampled_from(known))
        declared.append(_waiver(draw, scope, name, keys))
    header = tree.Header(
        kind="policy",
        name=word("p"),
        title=None,
        version=None,
        owner=None,
        uses=word(NAME),
        extends=(),
        assurance=draw(st.sampled_from([None, *map(word, ("claimed", "documented", "agreed", "signed"))])),
        holidays=tree.HolidaysDecl(draw(st.integers(0, 2)), 5, NOWHERE) if draw(rarely(6)) else None,
        span=NOWHERE,
    )
    return tree.File("p.tw", header, tuple(declared))


def _define(draw: DrawFn, scope: Scope, name: str) -> tuple[Scope, tree.Define]:
    if draw(st.booleans()):
        body = draw(conditions(replace(scope, positive=False), 1))
        return replace(scope, conditions=(*scope.conditions, name)), tree.Define(word(name), body, NOWHERE)
    kinds: list[Plain] = [Scalar.DURATION, Scalar.INTEGER, Scalar.MONEY, Scalar.PERCENT]
    kind = draw(st.sampled_from(kinds))
    value = literal(kind, draw(st.sampled_from(texts(kind))))
    return replace(scope, values=(*scope.values, (name, kind))), tree.Define(word(name), value, NOWHERE)


def _rule(draw: DrawFn, scope: Scope, name: str) -> tree.RuleDecl:
    def some(least: int, most: int) -> tuple[tree.Expr, ...]:
        depth = 2 if draw(rarely(4)) else 1
        return tuple(draw(conditions(scope, depth)) for _ in range(draw(st.integers(least, most))))

    in_force = word(draw(st.sampled_from(_DAYS))) if draw(rarely(8)) else None
    later = _DAYS[_DAYS.index(in_force.text) :] if in_force is not None and draw(st.booleans()) else ()
    until = word(draw(st.sampled_from(later))) if later else None
    guarded = replace(scope, positive=False)  # a bare keyed term in a guard reads two ways
    return tree.RuleDecl(
        how="rule",
        name=word(name),
        each=None if scope.variable is None else (word(scope.variable[0]), word(scope.variable[1].name)),
        severity=draw(st.sampled_from([None, *map(word, ("dealbreaker", "major", "minor", "advice"))])),
        when=(draw(conditions(guarded, 1)),) if draw(st.booleans()) else (),
        unless=(draw(conditions(guarded, 1)),) if draw(rarely(4)) else (),
        prefer=some(0, 1),
        require=some(1, 2),
        fallbacks=tuple(
            tree.FallbackDecl(each, word("Somebody") if draw(st.booleans()) else None, NOWHERE) for each in some(0, 2)
        ),
        because=word("Because.") if draw(rarely(6)) else None,
        cites=(word("Art. 1"),) if draw(rarely(8)) else (),
        clause=None,
        levers=(word("Ask\nagain."),) if draw(rarely(8)) else (),
        in_force=in_force,
        until=until,
        span=NOWHERE,
    )


def _waiver(draw: DrawFn, scope: Scope, rule: str, keys: EnumType | None) -> tree.WaiverDecl:
    quiet = replace(scope, positive=False, asks_states=False)
    return tree.WaiverDecl(
        rule=word(rule),
        key=draw(st.sampled_from([None, *keys.symbols])) if keys is not None else None,
        contract=word(draw(st.sampled_from([CONTRACT, CONTRACT, "another"]))),
        condition=draw(conditions(quiet, 1)) if draw(st.booleans()) else None,
        until=word(draw(st.sampled_from(_DAYS))),
        approved_by=word("Somebody"),
        because=word("For now."),
        span=NOWHERE,
    )
