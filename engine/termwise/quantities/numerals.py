"""Exact numbers as text, and text as exact numbers: never through binary floating point."""

from __future__ import annotations

import re
from fractions import Fraction

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z")
LONGEST = 30
"""Digits beyond which a number in a contract is a mistake; it also keeps arithmetic cheap on hostile input."""


def read_number(text: str) -> Fraction | None:
    """Return the decimal number a text states ("1,000.50"), or None. "010" is ten."""
    if len(text) > LONGEST or not text.isascii() or not _NUMBER.match(text):
        return None
    return Fraction(text.replace(",", ""))


def write_number(number: Fraction, *, grouped: bool = False) -> str:
    """Return a number as a decimal where it has one that ends, else as a fraction ("365/12")."""
    if number.denominator == 1:
        return f"{number.numerator:,}" if grouped else str(number.numerator)
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    sign, size = ("-" if number < 0 else ""), abs(number)
    whole, part = divmod(size.numerator, size.denominator)
    digits = ""
    while part:
        digit, part = divmod(part * 10, size.denominator)
        digits += str(digit)
    return f"{sign}{whole:,}.{digits}" if grouped else f"{sign}{whole}.{digits}"


def count(number: Fraction | int, unit: str) -> str:
    """Return a number with its unit, in the plural unless it is one ("1 day", "30 days")."""
    exact = Fraction(number)
    return f"{write_number(exact)} {unit}" + ("" if exact == 1 else "s")
