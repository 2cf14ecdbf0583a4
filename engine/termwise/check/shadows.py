"""Names that would hide others, which are errors: what is hidden can no longer be said, and nothing would tell.

Names are looked up as variable, definition, term and symbol, in that order. With a definition `us`, the condition
`residency.regions = us` would silently mean something else than it says.
"""

from __future__ import annotations

from termwise.check import problems as words
from termwise.check.scope import Names, Scope
from termwise.diagnostics import Problems
from termwise.source import Span
from termwise.syntax import tree


def check_definition(name: tree.Word, names: Names, problems: Problems) -> None:
    """Report a definition that would hide a term or a symbol."""
    _report("definition", name, _beneath_definitions(name.text, names), problems)


def check_variable(name: tree.Word, names: Names, scope: Scope, problems: Problems, of_records: bool) -> bool:
    """Report a variable that would hide anything; return whether it hides nothing."""
    found = _variable(name.text, scope) or _definition(name.text, names) or _beneath_definitions(name.text, names)
    if found is None and of_records:
        found = _terms_of(name.text, names)
    return _report("variable", name, found, problems)


def _report(what: str, name: tree.Word, found: tuple[str, Span | None] | None, problems: Problems) -> bool:
    if found is not None:
        problems.add(words.hidden(name.span, what, name.text, *found))
    return found is None


def _variable(name: str, scope: Scope) -> tuple[str, Span | None] | None:
    known = name in scope.variables or name in scope.records
    return (f"the variable `{name}`", scope.places.get(name)) if known else None


def _definition(name: str, names: Names) -> tuple[str, Span | None] | None:
    found = names.definitions.get(name)
    return None if found is None else (f"the definition `{name}`", found.name.span)


def _beneath_definitions(name: str, names: Names) -> tuple[str, Span | None] | None:
    term = names.vocabulary.terms.get(name)
    if term is not None:
        return f"the term `{name}`", term.span
    enum = next((each for each in names.vocabulary.enums.values() if name in each.symbols), None)
    return None if enum is None else (f"the symbol `{name}` of `{enum.name}`", None)


def _terms_of(name: str, names: Names) -> tuple[str, Span | None] | None:
    """Return the terms that a variable of records would hide: those that look like a field of it."""
    found = next((term for term in names.vocabulary.terms.values() if term.name.startswith(f"{name}.")), None)
    return None if found is None else (f"terms such as `{found.name}`", found.span)
