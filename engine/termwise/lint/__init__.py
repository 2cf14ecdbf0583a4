"""Advice on policies that are sound: one rule a file, what a project makes of it, and edits that keep the meaning."""
