"""Sets as integers, a bit for each member: what every set-based comparison by hand is fastest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from benchmarks.workload.facts import FACTS

if TYPE_CHECKING:
    import numpy as np

    from benchmarks.workload.contracts import Column

_GROUPS = (("regulatory.regimes", "customer.regimes"), ("residency.regions", "residency.permitted"))
"""Terms that are compared with each other, and so must agree on their bits."""


def _members(term: str) -> tuple[str, ...]:
    together = next((group for group in _GROUPS if term in group), (term,))
    values = [value for spec in FACTS if spec.term in together for value in spec.values]
    return tuple(sorted(frozenset().union(*(value for value in values if isinstance(value, frozenset)))))


_BITS = {
    spec.term: {name: 1 << place for place, name in enumerate(_members(spec.term))}
    for spec in FACTS
    if spec.kind == "set"
}


def mask(term: str, members: Iterable[str]) -> int:
    """Return the bits of some members of a set term; what no contract names has none."""
    return sum(_BITS[term].get(name, 0) for name in members)


def masks(term: str, column: Column) -> np.ndarray:
    """Return a column of sets as a column of bits."""
    import numpy as np

    known = [mask(term, names) for names in column.names]
    return np.array(known, "uint8")[column.values]
