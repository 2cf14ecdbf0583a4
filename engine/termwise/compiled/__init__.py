"""The rule graph as a program: one plan of terms, atoms and rules, Python written from it, and tables of truth."""
