"""Why something is undecided, in words: which terms are silent, vague, referred, disputed or straddle a limit."""

from __future__ import annotations

from collections.abc import Iterable

from termwise.contracts.facts import Disputed, Fact, Spoken
from termwise.core.expr import Passes, Quantified
from termwise.core.values import Content, Exact
from termwise.evaluate.conditions import answer
from termwise.evaluate.judgement import Cause, Judgement, RuleResult, State
from termwise.report.atoms import Atom
from termwise.report.basis import Basis, name_of
from termwise.report.printable import listed, on_one_line
from termwise.report.shown import shown
from termwise.report.straddle import other_currency, straddle


def open_points(atoms: Iterable[Atom], causes: Iterable[Cause], basis: Basis) -> list[str]:
    """Return what leaves some conditions open, each point once; silent terms are one point, and stand last.

    `atoms` are what is open; whatever of `causes` none of them accounts for is told without them.
    """
    points: dict[str, None] = {}
    silent: dict[str, None] = {}
    told: set[Cause] = set()
    for atom in atoms:
        found = answer(atom.expr, atom.basis.everything).causes
        told |= found
        if isinstance(atom.expr, Passes):
            points[_open_rule(atom.expr.rule, found, basis)] = None
        else:
            _tell(found, atom, basis, points, silent)
    _tell(set(causes) - told, None, basis, points, silent)
    names = list(silent)
    if names:
        points[f"{listed(names)} {'is' if len(names) == 1 else 'are'} silent"] = None
    return list(points)


def _tell(
    causes: Iterable[Cause], atom: Atom | None, basis: Basis, points: dict[str, None], silent: dict[str, None]
) -> None:
    for cause in sorted(causes, key=lambda each: each.sort_key):
        if cause.state is State.SILENT:
            silent[name_of(cause)] = None
        else:
            points[_point(cause, atom, basis)] = None


def _point(cause: Cause, atom: Atom | None, basis: Basis) -> str:
    said = _said(cause, basis)
    name = name_of(cause)
    match cause.state:
        case State.SILENT | State.REFERRED:
            return f"{name} is {shown(said)}"
        case State.VAGUE:
            is_money = atom is not None and isinstance(said, Exact)
            return other_currency(atom) if atom is not None and is_money else f"{name} is {shown(said)}"
        case State.DISPUTED:
            return f"{name} is disputed: {versions_of(cause.term, basis)}"
        case State.UNASSURED:
            return f"{name} is {_unassured(cause.term, said, basis)}"
        case State.BOUNDED if atom is None or isinstance(atom.expr, Quantified):
            return f"{name} is {shown(said)} and may hold more"
        case State.BOUNDED:
            return straddle(atom)


def _said(cause: Cause, basis: Basis) -> Content | State:
    """Return what is said of the place a cause names."""
    said = basis.everything.said.get(cause.term, State.SILENT)
    if cause.part is None:
        return said
    number, _, name = cause.part.removeprefix("[").partition("]")
    records = said.value if isinstance(said, Exact) else getattr(said, "low", None)
    record = records[int(number) - 1] if isinstance(records, tuple) else None
    return State.SILENT if record is None else record.fields.get(name.removeprefix("."), State.SILENT)


def versions_of(term: str, basis: Basis) -> str:
    """Return who says what of a disputed term."""
    match basis.standing(term):
        case Disputed(facts):
            return listed([f"{on_one_line(each.document)} says {shown(each.content)}" for each in facts])
        case _:
            return "documents of equal rank differ"


def _unassured(term: str, said: Content | State, basis: Basis) -> str:
    needed = basis.judgement.policy.assurance.value
    match basis.standing(term):
        case Spoken(fact):
            return f"{shown(said)} only as {who_says(fact)}; {needed} is needed"
        case _:
            return f"not assured; {needed} is needed"


def who_says(fact: Fact) -> str:
    """Return the document behind a fact and its worth: "product-defaults says it (documented)"."""
    return f"{on_one_line(fact.document)} says it ({fact.assurance.value})"


def _open_rule(name: str, causes: Iterable[Cause], basis: Basis) -> str:
    """Return why another rule neither passes nor is breached."""
    result = result_of(name, basis.judgement)
    points = open_points([], causes, basis)
    why = f" ({'; '.join(points)})" if points else ""
    return f"rule {name} is {result.outcome.value.replace('_', ' ')}{why}"


def result_of(name: str, judgement: Judgement) -> RuleResult:
    """Return what came of the rule of this instance name."""
    return next(each for each in judgement.results if each.rule.name == name)
