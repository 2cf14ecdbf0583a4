"""What callers say of a day, a severity or a path, read alike by every function of the API."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Literal, TypeAlias

from termwise.core import policy as core
from termwise.core.reading import Misread, read_scalar
from termwise.diagnostics import Diagnostic, PolicyError, Problems, problem
from termwise.source import start_of
from termwise.types import Scalar

Path: TypeAlias = "str | os.PathLike[str]"
Severity: TypeAlias = Literal["dealbreaker", "major", "minor", "advice"]
OnError: TypeAlias = Literal["stop", "skip"]
Missing: TypeAlias = Literal["error", "silent"]
Day: TypeAlias = "date | str | None"
"""The day asked about: a date, its text as in `2026-11-24`, or None for today; of a `datetime`, the day it shows."""

_ARGUMENTS = "<arguments>"
"""What the source of the arguments of a call is called."""


def day_of(given: Day) -> date:
    """Return the day asked about, without a time of day; a text that names none is a `PolicyError`."""
    match given:
        case None:
            return date.today()
        case datetime():
            return given.date()
        case date():
            return given
        case str():
            read = read_scalar(given, Scalar.DATE)
            if isinstance(read, Misread):
                raise refused(problem(read.code, start_of(_ARGUMENTS), f"as_of: {read.message}", hint=read.hint))
            assert isinstance(read, date)
            return read
        case _:
            raise TypeError(f"as_of is a date or its text, as in 2026-11-24, and not a {type(given).__name__}")


def weight_of(given: Severity) -> core.Severity:
    """Return a severity by its name; another name is a `PolicyError`."""
    known = tuple(each.value for each in core.Severity)
    if given not in known:
        from termwise.check.problems import unknown_word

        raise refused(unknown_word(start_of(_ARGUMENTS), given, "severity", known))
    return core.Severity(given)


def refused(found: Diagnostic) -> PolicyError:
    """Return the error of one problem."""
    problems = Problems()
    problems.add(found)
    return PolicyError(problems)
