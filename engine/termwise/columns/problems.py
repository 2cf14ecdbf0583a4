"""The words for tables of contracts that cannot be used, or of which a row cannot."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.columns.batch import Fault
from termwise.diagnostics import Diagnostic, problem
from termwise.diagnostics.quoting import quoted
from termwise.quantities.numerals import count
from termwise.source import Span, start_of

_FEW = 5
_LONGEST = 300


def unreadable_table(path: str, error: Exception) -> Diagnostic:
    """Say that a file is no table, or breaks off."""
    match error:
        case FileNotFoundError():
            why = "there is no such file"
        case PermissionError():
            why = "it may not be read"
        case IsADirectoryError():
            why = "it is a folder"
        case UnicodeDecodeError():
            why = f"the byte 0x{error.object[error.start]:02x} is not UTF-8 text"
        case _:
            why = " ".join(str(error).split())[:_LONGEST]
    hint = "was it written whole? a table is .parquet, .arrow or .feather, and lines of JSON are .jsonl"
    return problem("TW521", start_of(path), f"`{path}` cannot be read: {why}", hint=hint)


def unknown_kind(path: str, endings: Sequence[str]) -> Diagnostic:
    """Say that nothing tells what kind of file something is."""
    hint = f"its name may end in {', '.join(endings)}"
    return problem("TW521", start_of(path), f"nothing tells how `{path}` is to be read", hint=hint)


def unknown_column(path: str, name: str, meant: str | None) -> Diagnostic:
    """Say that a column is for nothing that the vocabulary has."""
    hint = f"did you mean `{meant}`?" if meant is not None else "`--ignore` passes over a column that is no term"
    return problem("TW522", start_of(path), f"the column {quoted(name)} is no term of the vocabulary", hint=hint)


def doubled_column(path: str, name: str) -> Diagnostic:
    """Say that two columns have one name."""
    return problem("TW522", start_of(path), f"two columns are called {quoted(name)}")


def same_column(path: str, name: str, other: str) -> Diagnostic:
    """Say that two columns say the same of a row, whatever they are called."""
    return problem("TW522", start_of(path), f"the columns {quoted(other)} and {quoted(name)} are for the same")


def not_text(path: str, name: str, kind: str) -> Diagnostic:
    """Say that a column that names something holds what names nothing."""
    return problem("TW521", start_of(path), f"the column {quoted(name)} holds `{kind}`; text is expected")


def mixed_folder(path: str, rows: str, contract: str) -> Diagnostic:
    """Say that a folder has files of rows and contracts as well."""
    message = f"`{path}` has files of rows, such as {quoted(rows)}, and contracts, such as {quoted(contract)}"
    return problem("TW521", start_of(path), message, hint="name the files, or a folder of each")


def no_rows_in(folder: str, names: Sequence[str]) -> Diagnostic:
    """Say which files of a folder are not read, since their names do not say that they have rows."""
    few = ", ".join(quoted(each) for each in names[:_FEW]) + (", …" if len(names) > _FEW else "")
    are = "file is" if len(names) == 1 else "files are"
    message = f"in `{folder}`, {len(names)} {are} neither a table nor lines of JSON, and left out: {few}"
    return problem("TW520", start_of(folder), message)


def unwritable_rows(path: str, error: Exception) -> Diagnostic:
    """Say that the outcomes of rows cannot be written."""
    match error:
        case FileNotFoundError():
            why = "there is no such folder"
        case IsADirectoryError():
            why = "it is a folder"
        case PermissionError():
            why = "it may not be written"
        case OSError(strerror=str(said)):
            why = said.lower()
        case _:
            why = " ".join(str(error).split())[:_LONGEST]
    return problem("TW008", start_of(path), f"`{path}` cannot be written: {why}")


def rows_over_source(path: str) -> Diagnostic:
    """Say that outcomes would be written over what they come of."""
    return problem(
        "TW008", start_of(path), f"`{path}` is one of the sources, and would be lost", hint="name another file"
    )


def no_contract_column(path: str, known: Sequence[str]) -> Diagnostic:
    """Say that rows do not tell which contract they are."""
    hint = f"a table has the columns {', '.join(f'`{each}`' for each in known)}, of which only the first is needed"
    return problem("TW523", start_of(path), "no column is called `contract`, so no row tells which it is", hint=hint)


def missing_columns(path: str, names: Sequence[str]) -> Diagnostic:
    """Say that the policy reads terms that have no column."""
    few = ", ".join(f"`{each}`" for each in names[:_FEW]) + (", …" if len(names) > _FEW else "")
    hint = "add the columns, or say `--missing silent` if no contract of the table speaks of them"
    return problem(
        "TW523", start_of(path), f"the policy reads {count(len(names), 'term')} without a column: {few}", hint=hint
    )


def unusable_row(fault: Fault) -> Diagnostic:
    """Say that a row cannot be judged."""
    who = f"row {fault.row:,}" if not fault.contract else f"row {fault.row:,}, {quoted(fault.contract)}"
    hint = "mend it, or say `--on-error skip` to judge the others and list it"
    span = Span(fault.file, fault.line, fault.column, fault.line, fault.column)
    return problem("TW524", span, f"{who}, at `{fault.place}`: {fault.why}", hint=hint)


def repeated_contract(path: str, name: str, times: int) -> Diagnostic:
    """Say that several rows have the id of a contract that a waiver names."""
    message = f"{times} rows are called {quoted(name)}, and a waiver names that contract: which of them does it mean?"
    return problem("TW516", start_of(path), message, hint="give each contract an id of its own")
