"""What the tests of the command share: a folder to stand in, a cache that nobody else uses, and a way to call it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sessions import Command, Ended

from termwise.cli.app import main


@pytest.fixture(autouse=True, scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled policies in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMWISE_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """The command, run within the tests' own process, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Ended:
        capfdbinary.readouterr()
        code = main(words)
        out, err = capfdbinary.readouterr()
        return Ended(code, out.decode("utf-8"), err.decode("utf-8"))

    return run
