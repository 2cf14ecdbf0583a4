"""A policy, the distinct cells of a table and a date in; one SELECT out, which every engine of the dialect can run.

The statement gives a row a contract: `contract`, a column a rule with the name of its outcome, and `decision`. Nothing
in it but CASE, COALESCE, IN, comparisons and the three connectives, in a chain of WITH; no function has a meaning that
engines could differ in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum, unique

from termwise.columns.ladder import Landings, Readings, climb
from termwise.compiled.plan import Plan
from termwise.compiled.tables import Tables
from termwise.core.outcome import Outcome
from termwise.core.policy import Severity
from termwise.frozen import frozen
from termwise.report.decision import Decision
from termwise.sql.algebra import Layout, Node, SqlAlgebra
from termwise.sql.atoms import Atoms, SqlWorld, View
from termwise.sql.dialects import Dialect
from termwise.sql.faults import Fault
from termwise.sql.names import Names, plain_name
from termwise.sql.reading import Reading
from termwise.sql.sheet import Sheet
from termwise.sql.table import Columns

UNREADABLE = "unreadable"
"""The decision about a row that cannot be judged; its outcomes are NULL."""


@unique
class Faulty(Enum):
    """What becomes of rows that cannot be judged: they are marked, left out, or known not to be there."""

    MARKED = "marked"
    LEFT_OUT = "left out"
    ABSENT = "absent"


@frozen
class Statement:
    """SQL, the names of its columns (by rule, and of the decision), and what can come of each rule."""

    text: str
    rules: Mapping[str, str]
    outcomes: Mapping[str, tuple[str, ...]]
    decision: str


def sql_of(
    plan: Plan,
    columns: Columns,
    as_of: date,
    dialect: Dialect,
    *,
    fail_on: Severity = Severity.MINOR,
    table: str = "contracts",
) -> str:
    """Return the text of a statement that marks rows which it cannot judge."""
    return Composer(plan, columns, as_of, dialect).statement(table, fail_on).text


class Composer:
    """A policy on one table on a date, of which SQL can be written; raises `TableError` where the table is not fit."""

    def __init__(self, plan: Plan, columns: Columns, as_of: date, dialect: Dialect, *, strict: bool = True) -> None:
        """Read the cells. Unless `strict`, the table has no cell that is not among them."""
        self._plan = plan
        self._as_of = as_of
        self._dialect = dialect
        self._algebra = SqlAlgebra()
        self._names = Names(dialect.longest)
        self._reading = Reading(Tables(plan), columns)
        self._sheet = Sheet(self._reading, as_of, dialect, self._algebra, self._names, strict=strict)

    @property
    def faults(self) -> Sequence[Fault]:
        """What can make that a row cannot be judged."""
        return self._sheet.faults

    @property
    def unspoken(self) -> list[str]:
        """The instance names of the terms of the policy that no column speaks of."""
        inputs = zip(self._plan.inputs, self._sheet.inputs, strict=True)
        return [read.name for read, placed in inputs if not placed]

    @property
    def is_faulty(self) -> str:
        """The test on a row of the table that finds whether it has a fault; never NULL."""
        tests = " OR ".join(f"({each.test})" for each in self.faults)
        return f"COALESCE({tests}, FALSE)"

    def statement(self, table: str, fail_on: Severity = Severity.MINOR, faulty: Faulty = Faulty.MARKED) -> Statement:
        """Write the statement. `table` stands in it as it is given."""
        algebra, dialect = self._algebra, self._dialect
        landings = climb(self._plan, self._readings(), algebra, self._as_of, self._contracts())
        failing, passing = self._decided(landings, fail_on)
        roots = [node for each in landings for node in each.columns.values()]
        layout = Layout([*roots, failing, passing], algebra, dialect, self._names)
        names = Names(dialect.longest)
        contract = names.take("contract")
        decision = names.take("decision")
        rules: dict[str, str] = {}
        outcomes: dict[str, tuple[str, ...]] = {}
        selects = self._sheet.selects
        unfit = None
        if faulty is Faulty.MARKED:
            unfit = self._names.take("is_unreadable")
            selects[0].append((unfit, self.is_faulty))
            selects[1:] = [[*each, (unfit, dialect.identifier(unfit))] for each in selects[1:]]
            unfit = dialect.identifier(unfit)
        final = [(contract, dialect.identifier(self._sheet.contract))]
        for planned, landing in zip(self._plan.rules, landings, strict=True):
            name = planned.rule.name
            rules[name] = names.take(plain_name(name) if dialect.plain_names else name)
            cases = [(layout.text(node), outcome.value) for outcome, node in landing.columns.items()]
            outcomes[name] = (*(value for test, value in cases if test != "FALSE"), Outcome.UNDECIDED.value)
            final.append((rules[name], self._case(cases, Outcome.UNDECIDED.value, unfit, "NULL")))
        cases = [(layout.text(failing), Decision.FAIL.value), (layout.text(passing), Decision.PASS.value)]
        marked = dialect.literal(UNREADABLE)
        final.append((decision, self._case(cases, Decision.UNDECIDED.value, unfit, marked)))
        where = f"\nWHERE NOT {self.is_faulty}" if faulty is Faulty.LEFT_OUT else ""
        text = self._heading() + self._chain(table, where, selects, layout.levels, final)
        return Statement(text, rules, outcomes, decision)

    def _readings(self) -> Readings[Node]:
        atoms = Atoms(self._reading, self._sheet, self._dialect, self._algebra)
        everything = SqlWorld(atoms, View.EVERYTHING)
        placed = [each for several in self._sheet.inputs for each in several]
        is_sure = all(each.sure is self._algebra.everywhere for each in placed)
        assured = everything if is_sure else SqlWorld(atoms, View.ASSURED)
        presumed = SqlWorld(atoms, View.PRESUMED) if self._plan.presumes else everything
        return Readings(everything, assured, presumed)

    def _contracts(self) -> dict[str, Node]:
        column = self._dialect.identifier(self._sheet.contract)
        names = dict.fromkeys(waiver.contract for waiver in self._plan.policy.waivers)
        tests = {each: f"COALESCE({column} = {self._dialect.literal(each)}, FALSE)" for each in names}
        return {each: self._algebra.test(test) for each, test in tests.items()}

    def _decided(self, landings: Sequence[Landings[Node]], fail_on: Severity) -> tuple[Node, Node]:
        """Return where the contract fails, and where it passes, by the rules that weigh enough."""
        rules = zip(self._plan.rules, landings, strict=True)
        counted = [landing for planned, landing in rules if planned.rule.severity.reaches(fail_on)]
        bad = (Outcome.UNSECURED, Outcome.BREACHED)
        failing = [each.columns[outcome] for each in counted for outcome in bad if outcome in each.columns]
        return self._algebra.either(failing), self._algebra.both([each.passes for each in counted])

    def _case(self, cases: Sequence[tuple[str, str]], rest: str, unfit: str | None, marked: str) -> str:
        """Return an expression that is the first of some texts whose condition holds."""
        literal = self._dialect.literal
        whens = [f"WHEN {unfit} THEN {marked}"] if unfit is not None else []
        for test, value in cases:
            if test == "TRUE":
                rest = value
                break
            if test != "FALSE":
                whens.append(f"WHEN {test} THEN {literal(value)}")
        return f"CASE {' '.join(whens)} ELSE {literal(rest)} END" if whens else literal(rest)

    def _heading(self) -> str:
        policy = self._plan.policy
        version = "" if policy.version is None else f" {policy.version}"
        return f"-- {policy.name}{version}, as of {self._as_of}, in the SQL of {self._dialect.name}\n"

    def _chain(
        self,
        table: str,
        where: str,
        selects: Sequence[Sequence[tuple[str, str]]],
        levels: Sequence[Sequence[tuple[str, str]]],
        final: Sequence[tuple[str, str]],
    ) -> str:
        parts, source = [], table
        stages = [(each, "") for each in selects] + [(each, "*") for each in levels]
        for number, (columns, others) in enumerate(stages):
            name, end = f"termwise_{number}", "" if number else where
            select = self._select(columns, others)
            parts.append(f"{name} AS {self._dialect.materialized}(\n{select}\nFROM {source}{end}\n)")
            source = name
        return f"WITH {', '.join(parts)}\n{self._select(final, '')}\nFROM {source}\n"

    def _select(self, columns: Sequence[tuple[str, str]], others: str) -> str:
        written = [others] if others else []
        for name, text in columns:
            quoted = self._dialect.identifier(name)
            written.append(text if text == quoted else f"{text} AS {quoted}")
        return "SELECT\n  " + ",\n  ".join(written)
