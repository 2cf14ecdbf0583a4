"""What is said of a number without its unit, or with an abbreviation of it."""

from __future__ import annotations

import pytest

from termwise.core.reading import Misread, read_scalar
from termwise.types import Scalar


@pytest.mark.parametrize(
    ("text", "kind", "hint"),
    [
        ("30", Scalar.DURATION, "write `30 days`"),
        ("5", Scalar.PERCENT, "write `5%`"),
        ("0.05", Scalar.PERCENT, "write `5%`, or `0.05%` if so little is meant"),
        ("0", Scalar.PERCENT, "write `0%`"),
        ("12", Scalar.RATE, "write `12 per year`"),
    ],
)
def test_the_hint_is_what_was_most_likely_meant(text: str, kind: Scalar, hint: str) -> None:
    found = read_scalar(text, kind)
    assert isinstance(found, Misread)
    assert (found.code, found.hint) == ("TW202", hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("30d", "write `days`"),
        ("1 yr", "write `years`"),
        ("72 Hrs", "write `hours`"),
        ("10 bd", "write `business days`"),
        ("3 dayz", "did you mean `days`?"),
        ("3 m", None),
    ],
)
def test_what_an_abbreviation_is_short_for(text: str, hint: str | None) -> None:
    found = read_scalar(text, Scalar.DURATION)
    assert isinstance(found, Misread)
    assert (found.code, found.hint) == ("TW204", hint)
