"""Rates, percentages, money and months of fees: the quantities that are exact numbers with one unit."""

from __future__ import annotations

from fractions import Fraction

from termwise.frozen import field, frozen
from termwise.quantities.numerals import count, write_number


@frozen
class Rate:
    """How often something happens, in times a year."""

    per_year: Fraction
    wording: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Return the rate in words, as it was written where it was written."""
        return self.wording or f"{write_number(self.per_year)} per year"


@frozen
class Percent:
    """A share, in hundredths."""

    points: Fraction

    def __str__(self) -> str:
        """Return the share with its sign ("5%")."""
        return f"{write_number(self.points)}%"


@frozen
class Money:
    """An amount of one currency (ISO 4217 code). Different currencies never compare."""

    currency: str
    amount: Fraction

    def __str__(self) -> str:
        """Return the amount with its currency ("USD 1,000,000")."""
        return f"{self.currency} {write_number(self.amount, grouped=True)}"


@frozen
class Fees:
    """An amount counted in months of the fees the contract charges."""

    months: Fraction

    def __str__(self) -> str:
        """Return the amount in words ("12 months of fees")."""
        return f"{count(self.months, 'month')} of fees"


def fees_as_money(fees: Fees, annual: Money) -> Money:
    """Return what months of fees come to, when a year of fees costs `annual`."""
    return Money(annual.currency, fees.months * annual.amount / 12)
