"""The lints, one a file: what it looks at, its code, its words, and an edit where one is safe."""
