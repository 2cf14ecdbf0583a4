"""What is wrong with a table of contracts, or with how much SQL a policy on it would take: one sentence, one hint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.diagnostics import Diagnostic, problem
from termwise.diagnostics.quoting import quoted
from termwise.frozen import frozen
from termwise.quantities.numerals import count
from termwise.source import start_of

_FEW = 5
_EMBEDDED = "use the embedded engine, which has no such limit"


@frozen
class BadRows:
    """What is wrong with some rows in one column, how many there are, and the contracts of a few of them."""

    column: str
    why: str
    rows: int
    contracts: tuple[str, ...]

    def __str__(self) -> str:
        """Return one sentence."""
        more = ", …" if self.rows > len(self.contracts) else ""
        return f"{count(self.rows, 'row')} ({', '.join(self.contracts)}{more}), at `{self.column}`: {self.why}"


class TableError(ValueError):
    """A table that cannot be judged by SQL: a code, a sentence, what to do about it, and the rows that it is about."""

    def __init__(self, code: str, message: str, hint: str | None = None, bad: Sequence[BadRows] = ()) -> None:
        """Keep them."""
        super().__init__("; ".join([message, *map(str, bad[:_FEW]), *([] if hint is None else [hint])]))
        self.code = code
        self.message = message
        self.hint = hint
        self.bad = tuple(bad)

    def diagnostics(self, path: str) -> Iterator[Diagnostic]:
        """Yield what to report of a table with a name: one problem, or one for each kind of bad rows."""
        for message in [str(each) for each in self.bad] or [self.message]:
            yield problem(self.code, start_of(path), message, hint=self.hint)


def unreadable(bad: Sequence[BadRows], rows: int) -> TableError:
    """Say that some rows have cells that cannot be understood."""
    return TableError(
        "TW524", f"{count(rows, 'row')} cannot be judged", "mend them, or have them skipped and counted", bad
    )


def too_many_cells(column: str) -> TableError:
    """Say that a column has more distinct cells than a statement can list."""
    return TableError("TW521", f"the column {quoted(column)} has too many distinct cells for one statement", _EMBEDDED)


def too_many_combinations(atom: str, most: int) -> TableError:
    """Say that a condition on several columns has more combinations of cells than a statement can list."""
    message = f"the cells that `{atom}` reads have more than {most:,} combinations, too many for one statement"
    return TableError("TW521", message, _EMBEDDED)


def wrong_type(column: str, found: str, wanted: str) -> TableError:
    """Say that the values of a column are of a type that is not read."""
    return TableError(
        "TW521", f"the column {quoted(column)} is {found}, not {wanted}", "cast it where the table is made"
    )


def same_name(column: str, other: str) -> TableError:
    """Say that two columns would have one name."""
    message = f"the columns {quoted(other)} and {quoted(column)} have one name, as engines compare names"
    return TableError("TW522", message, "rename one of them")


def unknown_column(name: str, meant: str | None) -> TableError:
    """Say that a column is for nothing that the vocabulary has."""
    hint = f"did you mean `{meant}`?" if meant is not None else "a column that is no term has to be ignored by name"
    return TableError("TW522", f"the column {quoted(name)} is no term of the vocabulary", hint)


def no_contract_column() -> TableError:
    """Say that rows have no identity."""
    return TableError(
        "TW523", "no column is called `contract`, so no row tells which it is", "add one, with the id of each"
    )


def missing_columns(terms: Sequence[str]) -> TableError:
    """Say which terms of a policy no column speaks of."""
    few = ", ".join(f"`{each}`" for each in terms[:_FEW]) + (", …" if len(terms) > _FEW else "")
    hint = "add the columns, or let what is missing count as silent"
    return TableError("TW523", f"the policy reads {count(len(terms), 'term')} without a column: {few}", hint)


def repeated_contract(name: str, times: int) -> TableError:
    """Say that several rows have the id of a contract that a waiver names."""
    message = f"{times} rows are called {quoted(name)}, and a waiver names that contract: which of them does it mean?"
    return TableError("TW516", message, "give each contract an id of its own")


def not_installed(package: str, extra: str) -> TableError:
    """Say which extra brings an engine that is not there."""
    return TableError("TW521", f"{package} reads the table, and is not installed", f"install `termwise[{extra}]`")


def wrong_setting(setting: str, found: str, wanted: str) -> TableError:
    """Say that a session reads SQL otherwise than it was written."""
    return TableError("TW521", f"the session has `{setting}` set to `{found}`", f"set it to `{wanted}`")


def unusable(why: str) -> TableError:
    """Say what an engine has to say of a table that it cannot read."""
    return TableError("TW521", f"the table cannot be read: {' '.join(why.split())[:300]}")
