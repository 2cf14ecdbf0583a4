"""Tables of truth: what atoms come to for each cell they have met, found by asking the reference interpreter once.

False, unknown and true are 0, 1 and 3, so that `&` is `and`, and `|` is `or`, in strong Kleene logic, also of several
lanes at once. No second meaning of a comparison exists here: a table remembers answers, and forgets them all before
there are too many.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from termwise.compiled.cells import SILENT, Cell, Cells
from termwise.compiled.lanes import Column
from termwise.compiled.plan import Atom, Plan
from termwise.core.cause import State
from termwise.core.values import Content
from termwise.evaluate.conditions import Answer, World, answer
from termwise.truth import Truth

FALSE, UNKNOWN, TRUE = 0, 1, 3
NUMBER = {Truth.FALSE: FALSE, Truth.UNKNOWN: UNKNOWN, Truth.TRUE: TRUE}
_TRUTH = {number: truth for truth, number in NUMBER.items()}
OPPOSITE = (TRUE, UNKNOWN, 2, FALSE)
"""The negation of each truth, by number; 2 is no truth."""

_MOST = 50_000


class Tables:
    """What the atoms of a plan come to."""

    def __init__(self, plan: Plan) -> None:
        """Start with nothing met."""
        self.plan = plan
        self.cells = Cells(plan.policy.vocabulary)
        self.plain: dict[Any, Cell | None] = {}
        """What plain values, as JSON has them, are cells of, by term and value."""
        self._answers: dict[tuple[object, ...], Answer] = {}  # by the id of an atom, which the plan keeps, and cells
        self.in_columns: object = None
        """What columns know of the same atoms; they keep it here, so that it goes when the policy goes."""

    def answer(self, atom: Atom, cells: Sequence[Cell], rules: Iterable[Answer] = ()) -> Answer:
        """Return what the reference says of an atom whose inputs are these cells, and whose rules came to this."""
        if atom.rules:
            return self._ask(atom, cells, rules)
        key = (id(atom), *cells)
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= _MOST:
                self._answers.clear()
            found = self._answers[key] = self._ask(atom, cells, ())
        return found

    def _ask(self, atom: Atom, cells: Sequence[Cell], rules: Iterable[Answer]) -> Answer:
        names = [self.plan.inputs[number].name for number in atom.inputs]
        said: dict[str, Content | State] = {}
        for name, cell in zip(names, cells, strict=True):
            if cell.said is not None:
                said[name] = cell.said
        stated = frozenset(name for name, cell in zip(names, cells, strict=True) if cell.stated)
        passing = {self.plan.rules[rule].rule.name: each for rule, each in zip(atom.rules, rules, strict=True)}
        return answer(atom.expr, World(self.plan.policy, said, stated, passing))

    def truth(self, atom: Atom, cells: Sequence[Cell], rules: Sequence[int] = ()) -> int:
        """Return the truth of an atom as a number."""
        return NUMBER[self.answer(atom, cells, [Answer(_TRUTH[each]) for each in rules]).truth]


class Table:
    """For what a contract says of one or several inputs, what that contributes to the rules that read them.

    `known` is what generated code looks into: for a value (or a tuple of several) one number for each column, or the
    only one. Whatever is not in it yet is a `KeyError` there, and `learn` puts it in.
    """

    def __init__(self, tables: Tables, inputs: tuple[int, ...], columns: Sequence[Column]) -> None:
        """Start with silence, so that a missing fact costs no more than any other."""
        self._tables = tables
        self._terms = [tables.plan.inputs[number].term for number in inputs]
        self._columns = columns
        silence = (SILENT,) * len(inputs)
        self.known: dict[Any, tuple[int, ...] | int] = {silence if len(inputs) != 1 else SILENT: self.packed(silence)}

    def packed(self, cells: Sequence[Cell]) -> tuple[int, ...] | int:
        """Return what cells contribute to each column."""
        truths: dict[int, int] = {}

        def of(atom: int, negated: bool) -> int:
            if atom not in truths:
                truths[atom] = self._tables.truth(self._tables.plan.atoms[atom], cells)
            return OPPOSITE[truths[atom]] if negated else truths[atom]

        made = []
        for column in self._columns:
            packed = 0
            for lane, atoms in enumerate(column):
                truth = TRUE
                for atom, negated in atoms:
                    truth &= of(atom, negated)
                packed |= truth << 2 * lane
            made.append(packed)
        return made[0] if len(made) == 1 else tuple(made)

    def learn(self, values: Sequence[Hashable]) -> None:
        """Work out what values contribute; one that is no value of its term is `Unreadable`."""
        key = values[0] if len(values) == 1 else tuple(values)
        if key not in self.known:
            cells = [self._tables.cells.read(value, term) for value, term in zip(values, self._terms, strict=True)]
            packed = self.packed(cells)
            if len(self.known) >= _MOST:
                self.known.clear()
            self.known[key] = packed


class Asking(dict[Any, int]):
    """The truth of an atom that asks what came of rules, for every combination of values and truths of rules."""

    def __init__(self, tables: Tables, number: int) -> None:
        """Start with nothing met."""
        super().__init__()
        self._tables = tables
        self._atom = tables.plan.atoms[number]

    def __missing__(self, key: tuple[Any, ...]) -> int:
        inputs, count = self._tables.plan.inputs, len(self._atom.inputs)
        terms = [inputs[number].term for number in self._atom.inputs]
        cells = [self._tables.cells.read(value, term) for value, term in zip(key[:count], terms, strict=True)]
        found = self._tables.truth(self._atom, cells, key[count:])
        if len(self) >= _MOST:
            self.clear()
        self[key] = found
        return found
