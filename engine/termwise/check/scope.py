"""What names mean where a condition stands: variables, definitions, terms, rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

from termwise.core.values import Symbol
from termwise.core.vocabulary import Term, Vocabulary
from termwise.frozen import frozen
from termwise.source import Span
from termwise.syntax import tree
from termwise.types import EnumType, RecordType


@frozen
class Names:
    """What a whole policy can speak of. `rules` are its rules by the author's name, with the keys each stands for.

    `lost` is what was declared and could not be read: whatever asks for it is not to blame.
    """

    vocabulary: Vocabulary
    definitions: Mapping[str, tree.Define]
    rules: Mapping[str, EnumType | None]
    lost: Set[tree.Lost] = frozenset()

    def is_lost(self, name: str) -> bool:
        """Whether a term or definition is missing only because its declaration could not be read."""
        return ("term", name) in self.lost or ("define", name) in self.lost

    def terms_and_definitions(self) -> Iterable[str]:
        """Return every name that a condition may start with."""
        return (*self.vocabulary.terms, *self.definitions)


@frozen
class Scope:
    """What one place adds to that.

    `variables` are those of `for each`, at the key a rule is made for; `records` those of quantifiers. A bare keyed
    term speaks of every key where that reads one way (`positive`); `keys` says at which key it is being made. `places`
    are where the variables are declared.
    """

    variables: Mapping[str, tuple[EnumType, Symbol]] = MappingProxyType({})
    records: Mapping[str, RecordType] = MappingProxyType({})
    positive: bool = True
    keys: Mapping[str, str] = MappingProxyType({})
    places: Mapping[str, Span] = MappingProxyType({})


def field_of(expr: tree.Name, scope: Scope) -> tuple[str, str] | None:
    """Return the variable and the field of `s.field`, where `s` is the variable of a quantifier."""
    variable, dot, name = expr.path.partition(".")
    return (variable, name) if dot and variable in scope.records else None


def term_of(expr: tree.Name, names: Names, scope: Scope) -> Term | None:
    """Return the term that a name means, or None: variables and definitions come before terms."""
    if expr.path in scope.variables or expr.path in names.definitions or field_of(expr, scope) is not None:
        return None
    return names.vocabulary.terms.get(expr.path)


def bare_keyed_terms(expr: tree.Expr, names: Names, scope: Scope) -> list[tuple[tree.Name, Term]]:
    """Return the keyed terms that an operand names without a key, in source order."""
    match expr:
        case tree.Name(key=None):
            term = term_of(expr, names, scope)
            return [(expr, term)] if term is not None and term.key is not None and term.name not in scope.keys else []
        case tree.Sum(left, right):
            return [*bare_keyed_terms(left, names, scope), *bare_keyed_terms(right, names, scope)]
        case _:
            return []
