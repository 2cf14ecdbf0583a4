"""A finding: a diagnostic of a policy that is sound, with what proves it and what would mend it.

A diagnostic says that a text cannot be used. A finding says that it can, and that its author would want to know
something: so it names the rules that take part, may carry a contract that shows the point, and edits that are safe.
"""

from __future__ import annotations

from termwise.diagnostics.model import Diagnostic
from termwise.frozen import frozen
from termwise.source import Span


@frozen
class Edit:
    """One change to a text: the span is replaced by the text."""

    span: Span
    text: str


@frozen
class Finding:
    """What lint or a proof found in a policy.

    `rules` are the instance names of every rule that takes part. `witness` is a contract as YAML, which
    `termwise check` replays, and `claim` is what it shows, in one sentence. `fixes` are edits that keep the meaning.
    """

    diagnostic: Diagnostic
    rules: tuple[str, ...] = ()
    witness: str | None = None
    claim: str | None = None
    fixes: tuple[Edit, ...] = ()
