"""What the verbs that prove things have in common: a solver that may not be installed, and two policies."""

from __future__ import annotations

from termwise.cli.problems import Misuse, different_vocabularies, no_solver, vocabularies_disagree
from termwise.cli.revisions import load
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.lint.proofs import can_prove
from termwise.source import start_of


def need_solver(verb: str) -> None:
    """Refuse to go on where the solver is not installed, and name what brings it."""
    if not can_prove():
        raise Misuse(verb, lambda span: no_solver(span, verb))


def pair(first: str, second: str, problems: Problems) -> tuple[Policy, Policy] | None:
    """Return two policies whose vocabularies agree on what they read, or None; what is wrong is reported."""
    one, other = load(first, problems), load(second, problems)
    if one is None or other is None or problems.has_errors:
        return None
    names = one.vocabulary.name, other.vocabulary.name
    if names[0] != names[1]:
        problems.add(different_vocabularies(start_of(second), *names))
        return None
    from termwise.analyze.compare import disagreement

    term = disagreement(one, other)
    if term is not None:
        problems.add(vocabularies_disagree(start_of(second), term))
        return None
    return one, other
