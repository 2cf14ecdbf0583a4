"""Tables of truth: what an atom comes to for each cell it has met, found by asking the reference interpreter once.

False, unknown and true are 0, 1 and 3, so that `&` is `and`, and `|` is `or`, in strong Kleene logic. No second
meaning of a comparison exists here: a table remembers answers, and forgets them all before there are too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from termwise.compiled.cells import SILENT, Cell, Cells
from termwise.compiled.plan import Atom, Plan
from termwise.core.cause import State
from termwise.core.values import Content
from termwise.evaluate.conditions import Answer, World, answer
from termwise.truth import Truth

FALSE, UNKNOWN, TRUE = 0, 1, 3
NUMBER = {Truth.FALSE: FALSE, Truth.UNKNOWN: UNKNOWN, Truth.TRUE: TRUE}
_TRUTH = {number: truth for truth, number in NUMBER.items()}
OPPOSITE = (TRUE, UNKNOWN, None, FALSE)

_MOST = 50_000


class Tables:
    """What the atoms of a plan come to."""

    def __init__(self, plan: Plan) -> None:
        """Start with nothing met."""
        self.plan = plan
        self.cells = Cells(plan.policy.vocabulary)
        self.plain: dict[Any, Cell | None] = {}
        """What plain values, as JSON has them, are cells of, by term and value."""
        self.in_columns: object = None
        """What columns know of the same atoms; they keep it here, so that it goes when the policy goes."""

    def answer(self, atom: Atom, cells: Sequence[Cell], rules: Iterable[Answer] = ()) -> Answer:
        """Return what the reference says of an atom whose inputs are these cells, and whose rules came to this."""
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


class Column(dict[Any, Any]):
    """For every value of one input, the truths of the atoms that read it alone: a tuple of them, or the only one.

    `wanted` are those atoms by number, each as it stands or negated.
    """

    def __init__(self, tables: Tables, number: int, wanted: Sequence[tuple[int, bool]]) -> None:
        """Start with silence, so that a missing fact costs no more than any other."""
        super().__init__()
        self._tables = tables
        self._term = tables.plan.inputs[number].term
        self._wanted = [(tables.plan.atoms[atom], negated) for atom, negated in wanted]
        self[SILENT] = self.truths(SILENT)

    def truths(self, cell: Cell) -> tuple[int, ...] | int:
        """Return what the atoms come to for a cell."""
        found = ((self._tables.truth(atom, (cell,)), negated) for atom, negated in self._wanted)
        made = tuple(OPPOSITE[truth] if negated else truth for truth, negated in found)
        return made[0] if len(made) == 1 else made  # type: ignore[return-value]  # 2 is no truth

    def __missing__(self, value: object) -> tuple[int, ...] | int:
        found = self.truths(self._tables.cells.read(value, self._term))
        if len(self) >= _MOST:
            self.clear()
        self[value] = found
        return found


class Joint(dict[Any, int]):
    """For every combination of values of several inputs (and the truths of rules), the truth of the atom on them."""

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
