"""Many contracts at once: one row each, one column a term, and the plan of a policy run on whole columns."""
