"""The workload in the SQL of DuckDB, one expression a rule, on the same compact columns as Polars has them.

SQL has three values of truth of its own, and `CASE` takes what is not known for what does not hold.
"""

from __future__ import annotations

from typing import Any

from benchmarks.workload import NOT_APPLICABLE
from benchmarks.workload.facts import SPECS
from benchmarks.workload.masks import mask
from benchmarks.workload.rules import RULES_BY_HAND, All, AnyOf, Between, Condition, Not, Rule, Sum, Test


def query(table: str) -> str:
    """Return the query that answers with a column of outcome codes for every rule."""
    cases = ", ".join(f'{_case(rule)} AS "{rule.name}"' for rule in RULES_BY_HAND)
    return f"SELECT {cases} FROM {table}"


def _case(rule: Rule) -> str:
    fails = " AND ".join(f"NOT {_sql(rung)}" for code, rung in rule.rungs if code > 1)
    arms = [f"WHEN {_sql(rung)} THEN {code}" for code, rung in rule.rungs]
    if rule.applies is not None:
        arms.insert(0, f"WHEN NOT {_sql(rule.applies)} THEN {NOT_APPLICABLE}")
        fails += f" AND {_sql(rule.applies)}"
    return f"CAST(CASE {' '.join(arms)} WHEN {fails} THEN 7 ELSE 6 END AS TINYINT)"


def _sql(condition: Condition) -> str:
    match condition:
        case Test():
            return _test(condition)
        case Between("<=", left, right):
            return f"({_column(left)} <= {_column(right)})"
        case Between("within", left, right):
            return f"(({_column(left)} & ~{_column(right)}) = 0)"
        case Between(_, left, right):
            return f"(({_column(right)} & ~{_column(left)}) = 0)"
        case Sum(left, right, most):
            return f"({_column(left)} + {_column(right)} <= {most})"
        case Not(operand):
            return f"(NOT {_sql(operand)})"
        case All(operands):
            return f"({' AND '.join(map(_sql, operands))})"
        case AnyOf(operands):
            return f"({' OR '.join(map(_sql, operands))})"


def _test(test: Test) -> str:
    column = _column(test.term)
    if test.op == "yes":
        return column
    if isinstance(test.value, int):
        return f"({column} {test.op} {test.value})"
    if test.op == "in":
        codes = [SPECS[test.term].names.index(name) for name in test.value]
        is_range = codes == [*range(codes[0], codes[-1] + 1)]
        within = f"BETWEEN {codes[0]} AND {codes[-1]}" if is_range else f"IN ({', '.join(map(str, codes))})"
        return f"({column} {within})"
    bits = mask(test.term, test.value)
    match test.op:
        case "includes":
            return f"(({column} & {bits}) = {bits})"
        case "within":
            return f"(({column} & {255 ^ bits}) = 0)"
        case _:
            return f"(({column} & {bits}) = 0)"


def _column(term: str) -> str:
    return f'"{SPECS[term].column}"'


def connection(frame: Any) -> Any:
    """Return a DuckDB in memory with a table `contracts`, made from an Arrow table."""
    import duckdb

    made = duckdb.connect()
    made.register("given", frame)
    made.execute("CREATE TABLE contracts AS SELECT * FROM given")
    made.unregister("given")
    return made
