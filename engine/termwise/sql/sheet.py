"""The first SELECTs of a statement: the columns of the table under plain names, and nothing of rows that do not speak.

After them every input of a policy has one or more columns of which at most one is not NULL in a row: those of its key,
or else those of all keys, in rows that are in force. What is worth too little is a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from termwise.columns.header import read_header
from termwise.core.policy import Assurance
from termwise.frozen import frozen
from termwise.sql.algebra import Node, SqlAlgebra
from termwise.sql.dialects import Dialect, Scalar
from termwise.sql.faults import Fault, of_assurance, of_day, of_source
from termwise.sql.names import Names, plain_name
from termwise.sql.problems import no_contract_column, same_name, wrong_type
from termwise.sql.reading import Reading, day_of, levels
from termwise.sql.table import Kind, Source, sources_of


@frozen
class Placed:
    """A source with its column after the first SELECTs, and whether what it says there is worth enough."""

    source: Source
    column: str
    sure: Node


class Sheet:
    """The rows of a table, ready to be asked. `inputs` are the columns of each input of the plan, by its number."""

    def __init__(
        self, reading: Reading, as_of: date, dialect: Dialect, algebra: SqlAlgebra, names: Names, *, strict: bool
    ) -> None:
        """Write the first SELECTs; with `strict`, cells that nobody has read are faults of their rows."""
        self._reading = reading
        self._plan = reading.tables.plan
        self._as_of = as_of
        self._dialect = dialect
        self._algebra = algebra
        self._names = names
        self._strict = strict
        self._columns = reading.columns
        header = read_header(reading.columns, self._plan.policy.vocabulary)
        self._rows = header.rows
        if "contract" not in self._rows:
            raise no_contract_column()
        self._refuse_twins()
        self._first: dict[str, str] = {}
        self._second: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.contract = self._take("contract", self._text("contract"))
        self.faults.append(Fault("contract", f"{self._text('contract')} IS NULL", "is missing", is_certain=False))
        groups = [sources_of(each, header) for each in self._plan.inputs]
        self._in_force = self._window() if any(groups) else None
        is_plain = self._in_force is None and all(len(each) < 2 and len(each[0]) < 2 for each in groups if each)
        self.inputs = [self._placed(number, each, is_plain) for number, each in enumerate(groups)]
        self.is_plain = is_plain

    @property
    def selects(self) -> list[list[tuple[str, str]]]:
        """The names and expressions of the first SELECT, and of the second, if there is one."""
        first = [(name, text) for text, name in self._first.items()]
        if self.is_plain:
            return [first]
        kept = [(self.contract, self._dialect.identifier(self.contract)), *self._kept()]
        return [first, [*kept, *((name, text) for text, name in self._second.items())]]

    def _kept(self) -> Iterable[tuple[str, str]]:
        sure = {each.sure.text for placed in self.inputs for each in placed}
        names = (name for name in self._first.values() if self._dialect.identifier(name) in sure)
        return ((name, self._dialect.identifier(name)) for name in names)

    def said(self, placed: Sequence[Placed]) -> Node:
        """Return the rows in which some column says something."""
        return self._algebra.either([self.spoken(each) for each in placed])

    def spoken(self, placed: Placed) -> Node:
        """Return the rows in which one column says something."""
        return self._algebra.test(f"{placed.column} IS NOT NULL")

    def unassured(self, placed: Sequence[Placed]) -> Node:
        """Return the rows in which something is said that is worth too little."""
        low = [self._algebra.both([self.spoken(each), self._algebra.not_(each.sure)]) for each in placed]
        return self._algebra.either(low)

    # -------------------------------------------------------------------------------------------------- columns

    def _refuse_twins(self) -> None:
        known: dict[str, str] = {}
        for column in self._columns:
            name = plain_name(column) if self._dialect.plain_names else column
            other = known.setdefault(name.casefold(), column)
            if other != column:
                raise same_name(column, other)

    def _identifier(self, column: str) -> str:
        return self._dialect.identifier(plain_name(column) if self._dialect.plain_names else column)

    def _text(self, column: str) -> str:
        return self._dialect.text(self._identifier(column))

    def _value(self, column: str) -> str:
        return self._text(column) if self._columns[column].kind is Kind.TEXT else self._identifier(column)

    def _take(self, wanted: str, text: str) -> str:
        """Return the name under which the first SELECT has an expression."""
        if text not in self._first:
            self._first[text] = self._names.take(wanted)
        return self._first[text]

    def _placed(self, number: int, groups: Sequence[Sequence[Source]], is_plain: bool) -> tuple[Placed, ...]:
        """Return the columns of one input, the rows of each without those that a column before it speaks for."""
        read = self._plan.inputs[number]
        before: list[str] = []
        placed = []
        for group in groups:
            own = [self._base(each) for each in group]
            self._refuse_both(group)
            for source, base in zip(group, own, strict=True):
                column = base
                when = [f"{each} IS NULL" for each in before]
                if self._in_force is not None and not read.term.is_context:
                    when.insert(0, self._in_force)
                if not is_plain:
                    text = f"CASE WHEN {' AND '.join(when)} THEN {base} END" if when else base
                    if text not in self._second:
                        self._second[text] = self._names.take(f"{plain_name(read.name)}__said")
                    column = self._dialect.identifier(self._second[text])
                sure = self._algebra.everywhere if read.term.is_context else self._sure(source)
                placed.append(Placed(source, column, sure))
            before += own
        return tuple(placed)

    def _base(self, source: Source) -> str:
        column = source.column
        if column not in (each.column for each in self.faults):
            self.faults += of_source(self._reading, source, self._value(column), self._dialect, strict=self._strict)
        return self._dialect.identifier(self._take(plain_name(column), self._value(column)))

    def _refuse_both(self, group: Sequence[Source]) -> None:
        """Note the rows that say one thing in two columns as faults."""
        for place, source in enumerate(group):
            for other in group[:place]:
                test = f"{self._identifier(other.column)} IS NOT NULL AND {self._identifier(source.column)} IS NOT NULL"
                why = f"says something beside `{other.column}`, which is of the same term"
                if not any(each.test == test for each in self.faults):
                    self.faults.append(Fault(source.column, test, why, is_certain=False))

    # ----------------------------------------------------------------------------------- what is worth, and from when

    def _sure(self, source: Source) -> Node:
        """Return the rows in which a column is worth what the policy needs. Without any such column, all are."""
        columns = [each for each in (source.assurance, self._rows.get("assurance")) if each is not None]
        needed = levels(self._plan.policy.assurance)
        if not columns:
            return self._algebra.everywhere
        for column in columns:
            if self._columns[column].kind is not Kind.TEXT:
                raise wrong_type(column, self._columns[column].kind.value, "text")
            if column not in (each.column for each in self.faults):
                self.faults += of_assurance(
                    self._columns[column], column, self._text(column), self._dialect, strict=self._strict
                )
        if len(needed) == len(Assurance):
            return self._algebra.everywhere
        words = ", ".join([*(self._text(each) for each in columns), self._dialect.literal(Assurance.CLAIMED.value)])
        among = ", ".join(self._dialect.literal(each) for each in needed)
        name = self._take(f"{plain_name(columns[0])}__is_enough", f"COALESCE({words}) IN ({among})")
        return self._algebra.test(self._dialect.identifier(name), is_column=True)

    def _window(self) -> str | None:
        """Return the column that says which rows are in force, or None where all are."""
        tests = [self._bound(name) for name in ("effective", "expires") if name in self._rows]
        return self._dialect.identifier(self._take("in_force", " AND ".join(tests))) if tests else None

    def _bound(self, name: str) -> str:
        """Return the test that a row has begun, or is not over, on the day; without a date it always speaks."""
        column, value = self._columns[name], self._value(name)
        if column.kind is Kind.DATE:
            test = f"{value} {'<=' if name == 'effective' else '>='} {self._dialect.literal(self._as_of)}"
        elif column.kind is Kind.TEXT:
            self.faults += of_day(column, name, value, self._dialect, strict=self._strict)
            test = self._among(value, name)
        else:
            raise wrong_type(name, column.kind.value, "dates")
        return f"COALESCE({test}, TRUE)"

    def _among(self, value: str, name: str) -> str:
        def fits(cell: Scalar) -> bool:
            day = day_of(cell)
            return day is not None and (day <= self._as_of if name == "effective" else self._as_of <= day)

        found = [each for each in self._columns[name].values or () if fits(each)]
        if not found:
            return f"{value} IS NULL"
        return f"{value} IN ({', '.join(self._dialect.literal(each) for each in found)})"
