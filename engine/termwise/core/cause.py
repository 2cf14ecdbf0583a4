"""Why a condition is unknown: which terms are not enough, and for what each is not."""

from __future__ import annotations

from enum import Enum, unique

from termwise.frozen import frozen


@unique
class State(Enum):
    """Why a term leaves a condition unknown.

    `UNASSURED` is silence of its own kind: something is said, but by nobody who can be held to it. It only ever
    reaches a report through a rule that asks about another rule.
    """

    SILENT = "silent"
    VAGUE = "vague"
    REFERRED = "referred"
    DISPUTED = "disputed"
    BOUNDED = "bounded"
    UNASSURED = "unassured"

    __hash__ = object.__hash__  # there is one of each, and Python's own would hash its name, for every cause anew


@frozen
class Cause:
    """A term (by instance name) and why it is not enough.

    `part` is the record and field meant, within a list of records ("[2].notice", counted from 1).
    """

    term: str
    state: State
    part: str | None = None

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """The order in which causes are reported: by term, then state, then part."""
        return (self.term, self.state.value, self.part or "")

    def __str__(self) -> str:
        """Return the cause as a test writes it: `deletion.deadline[request] is silent`."""
        return f"{self.term}{self.part or ''} is {self.state.value}"
