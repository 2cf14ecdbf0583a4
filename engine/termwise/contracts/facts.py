"""What the documents of a contract say: facts with their provenance, and what precedence makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum, unique

from termwise.core.policy import Assurance
from termwise.core.values import Content
from termwise.frozen import field, frozen
from termwise.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@frozen
class Fact:
    """What one document says of one term (by instance name), and where it says so.

    `span` is the place in the contract file; for a contract that never was a file it is in a source called
    `<mapping>`.
    """

    term: str
    content: Content
    assurance: Assurance
    document: str
    at: str | None = None
    quote: str | None = None
    note: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Document:
    """One document of a contract, with what it says by instance name. Dates are inclusive at both ends."""

    id: str
    title: str
    assurance: Assurance
    facts: Mapping[str, Fact]
    version: str | None = None
    effective: date | None = None
    expires: date | None = None
    url: str | None = None
    sha256: str | None = None
    retrieved: date | None = None
    span: Span | None = field(default=None, compare=False, repr=False)

    def in_force(self, as_of: date) -> bool:
        """Whether the document speaks on a date."""
        begun = self.effective is None or self.effective <= as_of
        return begun and (self.expires is None or as_of <= self.expires)


@unique
class Ranking(Enum):
    """The ways to settle a disagreement other than by an order of documents."""

    STRICTEST = "strictest"
    NONE = "none"


Order: TypeAlias = tuple[tuple[str, ...], ...] | Ranking
"""Document ids, highest first, each group of equal rank; or one of the other ways."""


@frozen
class Precedence:
    """Who prevails: by default the order in which documents are listed, and per topic whatever was agreed.

    A topic is a term (`t` or `t[key]`), a group of terms (`training.*`), or `*`. The most specific topic decides.
    """

    default: Order
    topics: Mapping[str, Order]


@frozen
class Contract:
    """A contract against one vocabulary: the customer's own context, and documents, highest first."""

    id: str
    vendor: str | None
    path: str
    context: Mapping[str, Fact]
    documents: tuple[Document, ...]
    precedence: Precedence
    retrieved: date | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@frozen
class Spoken:
    """A term of which one document speaks with authority; `displaced` are what the others said, highest first."""

    fact: Fact
    displaced: tuple[Fact, ...] = ()


@frozen
class Disputed:
    """A term that documents of equal rank state differently."""

    facts: tuple[Fact, ...]


Standing: TypeAlias = Spoken | Disputed
"""What precedence makes of a term. A term without a standing is silent."""
