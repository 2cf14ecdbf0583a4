"""What "30 days", "quarterly" and "USD 1,000,000" mean: exact arithmetic, never binary floating point."""
