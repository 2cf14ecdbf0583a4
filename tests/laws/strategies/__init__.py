"""Random vocabularies, policies and contracts that fit each other, with domains so small that limits are hit."""
