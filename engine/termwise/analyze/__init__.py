"""Questions about all contracts at once, answered by a solver. Knows no files; every witness is judged like a contract."""
