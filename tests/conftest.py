"""How hard the laws are tried (TERMWISE_PROFILE), and whether expected output is to be rewritten (`--bless`)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "default", max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW
)
settings.register_profile("nightly", max_examples=3000, deadline=None, print_blob=True, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("TERMWISE_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that accepts what is printed now as what should be printed."""
    parser.addoption("--bless", action="store_true", help="rewrite expected output with what is printed now")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests compile out of the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMWISE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield
