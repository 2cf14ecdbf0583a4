"""Rules as written → rules as meant, one per key of `for each`, with what a replacement keeps of what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from termwise.check import problems as words
from termwise.check.conditions import Conditions
from termwise.check.scope import Scope
from termwise.core.policy import Fallback, Rule, Severity
from termwise.core.values import Symbol
from termwise.diagnostics import Problems
from termwise.syntax import tree
from termwise.types import EnumType

_SEVERITIES = tuple(each.value for each in Severity)


@dataclass(frozen=True, slots=True)
class Head:
    """What is kept of a rule for those who replace it: its variable and keys, where it stands once per key."""

    variable: str | None
    keys: EnumType | None


def head_of(declared: tree.RuleDecl, inherited: Head | None, conditions: Conditions) -> Head | None:
    """Return for which keys a rule stands, a replacement for those of what it replaces; None for keys nobody knows."""
    if declared.each is None:
        return inherited or Head(None, None)
    variable, enum = declared.each
    enums = conditions.names.vocabulary.enums
    keys = enums.get(enum.text)
    if keys is None:
        conditions.problems.add(words.unknown_type(enum.span, enum.text, enums, "enum"))
        return None
    return Head(variable.text, keys)


def make_rules(
    declared: tree.RuleDecl, head: Head, replaced: Rule | None, policy: str, conditions: Conditions
) -> tuple[Rule, ...]:
    """Return the rules that a declaration makes; `replaced` is one of those that it replaces."""
    severity = _severity(declared, replaced, conditions.problems)
    start, end = _day(declared.in_force), _day(declared.until)
    if start is not None and end is not None and end < start:
        conditions.problems.add(words.never_in_force(declared.name.span, declared.name.text, start, end))
    made = []
    for key, scope in _instances(head):
        guard = Scope(scope.variables, positive=False)
        fallbacks = [
            Fallback(condition, each.approved_by.text if each.approved_by is not None else None, each.span)
            for each in declared.fallbacks
            if (condition := conditions.condition(each.condition, scope)) is not None
        ]
        made.append(
            Rule(
                base=declared.name.text,
                key=key,
                severity=severity,
                when=conditions.all(declared.when, guard),
                unless=conditions.all(declared.unless, guard),
                prefer=conditions.all(declared.prefer, scope),
                require=conditions.all(declared.require, scope),
                fallbacks=tuple(fallbacks),
                origin=policy,
                span=declared.name.span,
                in_force_from=start,
                in_force_until=end,
                because=_text(declared.because) or (replaced.because if replaced else None),
                cites=_texts(declared.cites) or (replaced.cites if replaced else ()),
                clause=_text(declared.clause) or (replaced.clause if replaced else None),
                levers=_texts(declared.levers) or (replaced.levers if replaced else ()),
                replaces=declared.how if declared.how != "rule" else None,
            )
        )
    return tuple(made)


def _instances(head: Head) -> Iterator[tuple[str | None, Scope]]:
    if head.keys is None or head.variable is None:
        yield None, Scope()
        return
    for rank, symbol in enumerate(head.keys.symbols):
        yield symbol, Scope({head.variable: (head.keys, Symbol(head.keys.name, symbol, rank))})


def _severity(declared: tree.RuleDecl, replaced: Rule | None, problems: Problems) -> Severity:
    inherited = replaced.severity if replaced is not None else Severity.MINOR
    word = declared.severity
    if word is None:
        return inherited
    if word.text not in _SEVERITIES:
        problems.add(words.unknown_word(word.span, word.text, "severity", _SEVERITIES))
        return inherited
    own = Severity(word.text)
    if declared.how == "tighten" and not own.reaches(inherited):
        problems.add(words.lowered_severity(word.span, declared.name.text, own.value, inherited.value))
    return own


def _day(word: tree.Word | None) -> date | None:
    return None if word is None else date.fromisoformat(word.text)


def _text(word: tree.Word | None) -> str | None:
    return None if word is None else word.text


def _texts(said: tuple[tree.Word, ...]) -> tuple[str, ...]:
    return tuple(word.text for word in said)
