"""What is proved of a policy, beside what is seen in it: the findings of `analyze`, where its solver is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from termwise.core.policy import Policy
from termwise.diagnostics.finding import Finding


def can_prove() -> bool:
    """Whether the solver is installed."""
    return find_spec("z3") is not None


def proved(policies: Iterable[Policy]) -> Iterator[Finding]:
    """Yield what is proved of policies; what one inherits from another is said once."""
    from termwise.analyze.questions import findings

    seen: set[object] = set()
    for policy in policies:
        for found in findings(policy):
            if found.diagnostic not in seen:
                seen.add(found.diagnostic)
                yield found
