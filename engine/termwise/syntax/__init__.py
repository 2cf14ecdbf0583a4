"""What was written: text to tree, and tree to text. Knows no type, no vocabulary, and not that rules are ever run."""
