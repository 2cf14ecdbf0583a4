"""What a policy means: small, typed, resolved, no sugar."""
