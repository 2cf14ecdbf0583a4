"""The names of units, and what one of each is. The only list of them."""

from __future__ import annotations

from fractions import Fraction

DAYS = {
    "second": Fraction(1, 86_400),
    "minute": Fraction(1, 1_440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "calendar day": Fraction(1),
    "week": Fraction(7),
    "calendar week": Fraction(7),
}
"""Units that are an exact number of days."""

MONTHS = {"month": 1, "calendar month": 1, "quarter": 3, "calendar quarter": 3, "year": 12, "calendar year": 12}
"""Units that are a whole number of calendar months."""

BUSINESS_DAYS = ("business day", "working day")

TIMES_A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}
"""How many of a unit a year counts, where something happens once in each."""

RATE_WORDS = {
    "daily": 365,
    "weekly": 52,
    "monthly": 12,
    "quarterly": 4,
    "semiannually": 2,
    "annually": 1,
    "yearly": 1,
}

COUNT_WORDS = {"once": 1, "twice": 2, "thrice": 3}

DURATION_UNITS = (*DAYS, *MONTHS, *BUSINESS_DAYS)


def singular(unit: str) -> str:
    """Return a unit without its plural s, in lower case, white space folded."""
    folded = " ".join(unit.split()).lower()
    return folded.removesuffix("s") if folded != "fees" else folded
