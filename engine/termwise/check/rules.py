"""Rules as written → rules as meant, one per key of `for each`, with what a replacement keeps of what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from termwise.check import problems as words
from termwise.check.conditions import Conditions
from termwise.check.scope import Names, Scope
from termwise.check.shadows import check_variable
from termwise.core.policy import Fallback, Rule, Severity
from termwise.core.values import Symbol
from termwise.diagnostics import Problems
from termwise.frozen import frozen
from termwise.source import Span
from termwise.syntax import tree
from termwise.syntax.nesting import children
from termwise.types import EnumType

_SEVERITIES = tuple(each.value for each in Severity)


@frozen
class Head:
    """What is kept of a rule for those who replace it: its variable and keys, where it stands once per key."""

    variable: str | None = None
    keys: EnumType | None = None
    place: Span | None = None


def head_of(declared: tree.RuleDecl, inherited: Head | None, conditions: Conditions) -> Head | None:
    """Return for which keys a rule stands, a replacement for those of what it replaces; None for what cannot be."""
    names, problems = conditions.names, conditions.problems
    if declared.each is None:
        head = inherited or Head()
        return head if head.keys is None or _fits_inherited(declared, head, names, problems) else None
    variable, enum = declared.each
    keys = names.vocabulary.enums.get(enum.text)
    if keys is None:
        problems.add(words.unknown_type(enum.span, enum.text, names.vocabulary.enums, "enum"))
    hides_nothing = check_variable(variable, names, Scope(), problems, of_records=False)
    return Head(variable.text, keys, variable.span) if keys is not None and hides_nothing else None


def _fits_inherited(declared: tree.RuleDecl, head: Head, names: Names, problems: Problems) -> bool:
    """Whether a replacement that says no `for each` of its own can stand for each key of what it replaces.

    It has to speak of that key: else `nt[beta]` would be judged on what is said of `alpha`, or on nothing of its own.
    """
    assert head.variable is not None
    assert head.keys is not None
    definition = names.definitions.get(head.variable)
    if definition is not None:
        other = f"the definition `{head.variable}`"
        problems.add(words.hidden(declared.name.span, "inherited variable", head.variable, other, definition.name.span))
        return False
    is_whole = ("rungs", declared.name.text) not in names.lost
    if is_whole and not any(_speaks_of_key(each, head, names) for each in _conditions_of(declared)):
        problems.add(words.keys_forgotten(declared.name.span, declared.name.text, head.variable, head.keys.name))
        return False
    return True


def _conditions_of(declared: tree.RuleDecl) -> Iterator[tree.Expr]:
    yield from (*declared.when, *declared.unless, *declared.prefer, *declared.require)
    yield from (each.condition for each in declared.fallbacks)


def _speaks_of_key(expr: tree.Expr, head: Head, names: Names) -> bool:
    """Whether a condition names the variable, or every key by naming none."""
    match expr:
        case tree.Name(path, key):
            term = names.vocabulary.terms.get(path)
            is_of_every = key is None and term is not None and term.key == head.keys
            return head.variable in (path, key) or is_of_every
        case tree.RulePasses(rule, key):
            return key == head.variable or (key is None and names.rules.get(rule) == head.keys)
        case _:
            return any(_speaks_of_key(each, head, names) for each in children(expr))


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
    places = {} if head.place is None else {head.variable: head.place}
    for rank, symbol in enumerate(head.keys.symbols):
        yield symbol, Scope({head.variable: (head.keys, Symbol(head.keys.name, symbol, rank))}, places=places)


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
