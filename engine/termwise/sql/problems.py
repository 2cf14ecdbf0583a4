"""What is wrong with a table of contracts, or with how much SQL a policy on it would take: one sentence, one hint."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.frozen import frozen
from termwise.quantities.numerals import count


class TableError(ValueError):
    """A table that cannot be judged by SQL, with what to do about it, and the cells that it is about."""

    def __init__(self, message: str, hint: str | None = None, bad: Sequence[BadCells] = ()) -> None:
        """Keep the sentence, the hint, and the cells."""
        super().__init__(message if hint is None else f"{message}; {hint}")
        self.message = message
        self.hint = hint
        self.bad = tuple(bad)


@frozen
class BadCells:
    """What is wrong with some rows in one column, how many there are, and the contracts of a few of them."""

    column: str
    why: str
    rows: int
    contracts: tuple[str, ...]

    def __str__(self) -> str:
        """Return one sentence."""
        more = ", …" if self.rows > len(self.contracts) else ""
        return f"`{self.column}` {self.why} ({count(self.rows, 'row')}: {', '.join(self.contracts)}{more})"


_EMBEDDED = "use the embedded engine, which has no such limit"


def unreadable(bad: Sequence[BadCells], rows: int) -> TableError:
    """Say that some rows have cells that cannot be understood."""
    shown = "; ".join(str(each) for each in bad[:5]) + (f"; and {len(bad) - 5} more" if len(bad) > 5 else "")
    return TableError(
        f"{count(rows, 'row')} cannot be judged: {shown}",
        "mend them, or have them left out and counted: on error, skip",
        bad,
    )


def too_many_cells(column: str) -> TableError:
    """Say that a column has more distinct cells than a statement can list."""
    return TableError(f"the column `{column}` has too many distinct cells for one statement", _EMBEDDED)


def too_many_combinations(atom: str, most: int) -> TableError:
    """Say that a condition on several columns has more combinations of cells than a statement can list."""
    return TableError(f"the cells of `{atom}` have more than {most:,} combinations, too many for one statement", _EMBEDDED)


def no_contract_column() -> TableError:
    """Say that rows have no identity."""
    return TableError("the table has no column `contract`, so that no row has a name", "add one, with the id of each")


def wrong_type(column: str, found: str, wanted: str) -> TableError:
    """Say that the values of a column are of a type that is not read."""
    return TableError(f"the column `{column}` is {found}, not {wanted}", "cast it where the table is made")


def same_name(column: str, other: str) -> TableError:
    """Say that two columns would have one name."""
    return TableError(f"the columns `{column}` and `{other}` have one name, as engines compare names", "rename one of them")


def missing_columns(terms: Sequence[str]) -> TableError:
    """Say which terms of a policy no column speaks of."""
    named = ", ".join(f"`{each}`" for each in terms[:5]) + (f" and {len(terms) - 5} more" if len(terms) > 5 else "")
    return TableError(f"no column speaks of {named}", "add them, or let what is missing count as silent")


def not_installed(package: str, extra: str) -> TableError:
    """Say which extra brings an engine that is not there."""
    return TableError(f"this needs {package}, which is not installed", f"install `termwise[{extra}]`")


def wrong_setting(setting: str, found: str, wanted: str) -> TableError:
    """Say that a session reads SQL otherwise than it was written."""
    return TableError(f"the session has `{setting}` set to {found}", f"set it to {wanted}")


def unusable(why: str) -> TableError:
    """Say what an engine has to say of a table that it cannot read."""
    return TableError(f"the table cannot be read: {' '.join(why.split())[:300]}")
