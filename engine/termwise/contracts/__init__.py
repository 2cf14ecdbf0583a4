"""Contract files and mappings, and the facts they state. Knows nothing of rules, nor what would be good news."""
