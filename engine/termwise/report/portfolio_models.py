"""The report of a portfolio as typed values for Python callers; `portfolio.py` makes the object they are read from."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from termwise.report.models import DecisionName, OutcomeName, SeverityName


class _Part(BaseModel):
    """A part of a report. Later versions may add keys, so one that is not known is no mistake."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class RuleTally(_Part):
    """How many contracts came to each outcome of a rule."""

    rule: str
    severity: SeverityName
    outcomes: dict[OutcomeName, int]


class SeverityTally(_Part):
    """How many contracts fail a rule of a severity."""

    severity: SeverityName
    failing_contracts: int


class VendorTally(_Part):
    """What the contracts of a vendor came to; None are those that name none."""

    vendor: str | None
    passes: int = Field(alias="pass")
    undecided: int
    fails: int = Field(alias="fail")


class Offender(_Part):
    """One of the contracts that fail most, with how many rules it fails of each severity."""

    contract: str
    vendor: str | None
    failing: dict[SeverityName, int]


class RowFault(_Part):
    """A row that could not be judged: its file, its number there, counted from 1, and what is wrong where."""

    file: str
    row: int | None
    contract: str | None
    place: str = Field(description="The column, or the line of the file")
    why: str


class PortfolioReport(_Part):
    """What many contracts come to under one policy."""

    termwise: str = Field(description="The version that judged")
    as_of: date
    policy: str
    decision: DecisionName = Field(description="The worst of any contract; rows that were skipped are never a pass")
    contracts: int = Field(description="How many were judged")
    passes: int = Field(alias="pass")
    undecided: int
    fails: int = Field(alias="fail")
    skipped: int = Field(description="How many rows could not be judged")
    rules: tuple[RuleTally, ...] = Field(description="In source order")
    severities: tuple[SeverityTally, ...]
    vendors: tuple[VendorTally, ...] = Field(description="The one with most failing contracts first")
    worst: tuple[Offender, ...]
    faults: tuple[RowFault, ...] = Field(description="The first of the rows that were skipped")
