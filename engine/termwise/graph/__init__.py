"""A policy → its rule graph, with equal subexpressions shared. Knows no facts, dates or outcomes."""
