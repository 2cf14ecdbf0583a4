"""Judgements and diagnostics → text for people and machines. Computes no outcome."""
