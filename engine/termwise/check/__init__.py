"""Surface trees → one typed, flat policy. Never raises for a user's mistake; never sees a contract."""
