"""The report of `check` as typed values for Python callers, and the JSON Schema that ships with the package.

They are made from the object that `json.py` builds, so what a program reads and what a file says cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

OutcomeName: TypeAlias = Literal[
    "not_applicable", "preferred", "met", "conceded", "waived", "unsecured", "undecided", "breached"
]
DecisionName: TypeAlias = Literal["pass", "fail", "undecided"]
SeverityName: TypeAlias = Literal["dealbreaker", "major", "minor", "advice"]

_WORST_FIRST = ("breached", "unsecured", "undecided", "waived", "conceded", "met", "preferred", "not_applicable")


class _Part(BaseModel):
    """A part of a report. Later versions may add keys, so one that is not known is no mistake."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FactReport(_Part):
    """What one document says of one term, and where it says so."""

    term: str = Field(description="The term, with its key where it has one")
    value: str = Field(description="What is said, as the language writes it")
    document: str = Field(description="The id of the document; `context` for the customer's own facts")
    at: str | None = Field(description="The section")
    quote: str | None = Field(description="The words of the document")
    assurance: Literal["claimed", "documented", "agreed", "signed"]
    line: int | None = Field(description="Where the contract file says so, counted from 1")
    column: int | None
    title: str = Field(description="The title of the document")
    wording: str | None = Field(description="Vaguer words around a value that can be enforced")
    note: str | None
    disputed: bool = Field(description="Whether another document of equal rank says otherwise")
    displaced: tuple[FactReport, ...] = Field(description="What lower documents say of the same term, highest first")


class CauseReport(_Part):
    """A term that leaves a rule undecided."""

    term: str
    state: Literal["silent", "vague", "referred", "disputed", "bounded", "unassured"]
    part: str | None = Field(default=None, description="The record and field meant, within a list of records")


class WaiverReport(_Part):
    """Leave to fail a rule for a time."""

    until: date = Field(description="The last day of the waiver")
    approved_by: str
    because: str


class NoticeReport(_Part):
    """Something worth knowing, or wrong, with its place in a file."""

    code: str = Field(pattern=r"^TW\d{3}$")
    level: Literal["error", "warning", "note"]
    message: str
    file: str
    line: int
    column: int
    hint: str | None


class RuleReport(_Part):
    """What came of one rule; a rule made `for each` key is reported once a key."""

    policy: str
    rule: str = Field(description="The rule, with its key where it has one")
    severity: SeverityName
    outcome: OutcomeName
    rung: str | None = Field(description="`prefer`, `require` or `fallback N`, where the ladder was landed on")
    because: str = Field(description="Why it came out so, in one sentence")
    facts: tuple[FactReport, ...] = Field(description="What documents say of every term the rule reads")
    unknown: tuple[CauseReport, ...] = Field(description="What leaves the rule undecided")
    approved_by: str | None = Field(description="Who has to approve what is conceded, or approved the waiver")
    clause: str | None = Field(description="The clause that would meet the rule")
    would_be: OutcomeName | None = Field(description="What an unsecured or waived rule would be otherwise")
    waiver: WaiverReport | None
    reason: str | None = Field(description="Why the policy asks for this")
    cites: tuple[str, ...]
    levers: tuple[str, ...]
    origin: str = Field(description="The policy that wrote the rule")


class PolicyReport(_Part):
    """A policy that contracts were judged by."""

    policy: str
    title: str
    version: str | None


class ContractReport(_Part):
    """One contract with every rule it was judged by, in source order."""

    contract: str
    vendor: str | None
    file: str
    decision: DecisionName
    rules: tuple[RuleReport, ...]
    notices: tuple[NoticeReport, ...]
    as_of: date = Field(description="The day the contract was judged for")

    def __getitem__(self, name: str) -> RuleReport:
        """Return a rule by its name; by the name of a rule made `for each` key, the worst of its instances."""
        found = [each for each in self.rules if each.rule == name]
        found = found or [each for each in self.rules if each.rule.partition("[")[0] == name]
        if not found:
            raise KeyError(f"no rule of the report is called `{name}`")
        return min(found, key=lambda each: _WORST_FIRST.index(each.outcome))

    def __contains__(self, name: object) -> bool:
        """Whether the report has a rule, or a rule made `for each` key, of this name."""
        return any(name in (each.rule, each.rule.partition("[")[0]) for each in self.rules)


class CheckReport(_Part):
    """The report of a run of `check`, over all its contracts."""

    model_config = ConfigDict(title="Termwise check report")

    termwise: str = Field(description="The version of Termwise")
    as_of: date = Field(description="The day the contracts were judged for")
    decision: DecisionName
    contracts: tuple[ContractReport, ...]
    fail_on: SeverityName = Field(description="The least severity that counts towards a decision")
    policies: tuple[PolicyReport, ...]
    errors: tuple[NoticeReport, ...] = Field(description="What was wrong with contracts that could not be judged")
    known: int = Field(description="How many results are left out, and do not count, because a baseline knows them")


def models_of(report: Mapping[str, object]) -> CheckReport:
    """Return the report that `json.check_report` built, as typed values."""
    return CheckReport.model_validate(report)


def schema() -> str:
    """Return the JSON Schema of the report, as the text of the file that ships."""
    made = CheckReport.model_json_schema(mode="serialization")
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
