"""Questions about all contracts at once, answered by a solver; every witness is judged like any contract."""
