"""A name that hides another: a definition or a variable called like a term, a symbol, or each other.

Names are looked up as variable, definition, term and then symbol. So a definition `us` makes the region `us` unsayable
everywhere, without a word: `residency.regions = us` then means something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.lint.written import conditions, walk
from termwise.source import Span
from termwise.syntax.tree import Declaration, Define, Quantification, RuleDecl, Word

CODE = "TW725"

_Hidden = tuple[str, Span | None]
"""What is hidden, in words, and where it is declared, if that is known."""


def check(text: PolicyText, _subject: Subject) -> Findings:
    """Find the definitions and variables that stand before something else of their name."""
    beneath = _terms_and_symbols(text)
    definitions = {each.name.text: _definition(each) for each in text.declared(Define)}
    for definition in text.declared(Define):
        yield from _hiding("definition", definition.name, beneath, ())
    for declared in text.file.declarations:
        loops = [declared.each[0]] if isinstance(declared, RuleDecl) and declared.each is not None else []
        names = text.names_of(declared.name.text) if isinstance(declared, RuleDecl) else ()
        variables = {each.text: (f"the variable `{each.text}`", each.span) for each in loops}
        for each in loops:
            yield from _hiding("variable", each, {**beneath, **definitions}, names)
        for word in _records(declared):
            hidden = {**_groups(text, word), **beneath, **definitions, **variables}
            yield from _hiding("variable", word, hidden, names)


def _hiding(kind: str, word: Word, beneath: Mapping[str, _Hidden], rules: tuple[str, ...]) -> Findings:
    if word.text in beneath:
        hidden, span = beneath[word.text]
        related = () if span is None else (Label(span, "this is hidden"),)
        message = f"the {kind} `{word.text}` hides {hidden}"
        yield Finding(problem(CODE, word.span, message, related=related, hint="give it a name of its own"), rules)


def _terms_and_symbols(text: PolicyText) -> dict[str, _Hidden]:
    vocabulary = text.policy.vocabulary
    symbols: dict[str, _Hidden] = {
        symbol: (f"the symbol `{symbol}` of `{enum.name}`", None)
        for enum in vocabulary.enums.values()
        for symbol in enum.symbols
    }
    terms: dict[str, _Hidden] = {term.name: (f"the term `{term.name}`", None) for term in vocabulary.terms.values()}
    return symbols | terms


def _groups(text: PolicyText, word: Word) -> dict[str, _Hidden]:
    """Return the terms that a variable of records hides: those whose name begins like a field of it."""
    found = next((name for name in text.policy.vocabulary.terms if name.startswith(f"{word.text}.")), None)
    return {} if found is None else {word.text: (f"terms such as `{found}`", None)}


def _definition(each: Define) -> _Hidden:
    return f"the definition `{each.name.text}`", each.name.span


def _records(declared: Declaration) -> Iterator[Word]:
    """Yield the variables of the quantifiers of a declaration."""
    for condition in conditions(declared):
        yield from (each.variable for each in walk(condition) if isinstance(each, Quantification))


LINT = OfPolicy(CODE, check)
