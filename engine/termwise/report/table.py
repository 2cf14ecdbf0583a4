"""Vendors × rules: the outcome of every rule in every contract, in as many tables side by side columns as fit.

Where not all contracts fit the width, they are dealt out evenly over several tables; what cannot be made to fit is
cut, and nothing ever reaches beyond the width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from termwise.core.policy import Severity
from termwise.evaluate.judgement import Outcome
from termwise.frozen import frozen
from termwise.report.colour import Paint, Tone
from termwise.report.printable import on_one_line, padded, width_of, wrapped
from termwise.report.symbols import OUTCOMES, WIDEST, Sign

_GAP = "  "
_NARROWEST_NAME = 16


@frozen
class Column:
    """One contract: its name, what came of each rule, and its decision."""

    name: str
    outcomes: dict[str, Outcome]
    decision: Sign


@frozen
class Row:
    """One rule."""

    rule: str
    severity: Severity


def table(columns: Sequence[Column], rows: Sequence[Row], width: int, paint: Paint) -> list[str]:
    """Return the lines of one or several tables, heaviest rules first, in source order among equals."""
    names = max([width_of(each.rule) + 2 for each in rows] + [_NARROWEST_NAME])
    names = max(min(names, width - WIDEST - len(_GAP)), _NARROWEST_NAME)
    fitting = max((width - names) // (WIDEST + len(_GAP)), 1)
    lines: list[str] = []
    for group in _dealt(columns, fitting):
        if lines:
            lines.append("")
        lines += _one_table(group, rows, names, paint)
    return lines


def _dealt(columns: Sequence[Column], fitting: int) -> Iterable[Sequence[Column]]:
    """Deal columns out over as few tables as will do, each about as wide as the others."""
    tables = -(-len(columns) // fitting)
    start = 0
    for left in range(tables, 0, -1):
        end = start + -(-(len(columns) - start) // left)
        yield columns[start:end]
        start = end


def _one_table(columns: Sequence[Column], rows: Sequence[Row], names: int, paint: Paint) -> list[str]:
    headings = [_heading(each.name) for each in columns]
    height = max(len(each) for each in headings)
    headings = [[""] * (height - len(each)) + each for each in headings]
    lines = []
    for line in range(height):
        cells = (_GAP + paint(each[line], Tone.STRONG) + " " * (WIDEST - width_of(each[line])) for each in headings)
        lines.append((" " * names + "".join(cells)).rstrip())
    lines.append(paint("─" * (names + (len(_GAP) + WIDEST) * len(columns)), Tone.FAINT))
    for severity in Severity:
        found = [each for each in rows if each.severity is severity]
        if found:
            lines.append(paint(severity.value, Tone.STRONG))
            lines += [_row(each, columns, names, paint) for each in found]
    decisions = "".join(_GAP + each.decision.painted(paint, WIDEST) for each in columns)
    return [*lines, (paint(padded("decision", names), Tone.STRONG) + decisions).rstrip()]


def _row(row: Row, columns: Sequence[Column], names: int, paint: Paint) -> str:
    name = padded(f"  {on_one_line(row.rule, names - 2)}", names)
    outcomes = (each.outcomes.get(row.rule) for each in columns)
    cells = (" " * WIDEST if each is None else OUTCOMES[each].painted(paint, WIDEST) for each in outcomes)
    return (name + "".join(_GAP + each for each in cells)).rstrip()


def _heading(name: str) -> list[str]:
    """Return the name of a contract over the width of a column, broken where names have their joints."""
    lines = [""]
    for part in re.findall(r"[^-_ ./]+[-_ ./]*|[-_ ./]+", on_one_line(name)):
        if width_of(lines[-1]) + width_of(part.rstrip()) <= WIDEST:
            lines[-1] += part
        else:
            lines += wrapped(part, WIDEST)
    return [each.rstrip() for each in lines if each.strip()] or [""]
