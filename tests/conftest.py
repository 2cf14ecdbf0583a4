"""How hard the laws are tried: TERMWISE_PROFILE chooses, and says so in the name of what fails."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "default", max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW
)
settings.register_profile("nightly", max_examples=3000, deadline=None, print_blob=True, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("TERMWISE_PROFILE", "default"))
