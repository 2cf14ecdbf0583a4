"""Frozen values behave as the standard's frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from dataclasses import field as standard_field

import pytest

from termwise.frozen import FrozenError, field, frozen, replace


@frozen
class Point:
    """A place."""

    x: int
    y: int = 0
    note: str | None = field(default=None, compare=False)
    secret: str = field(default="", repr=False)

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Standard:
    """The same, by the standard library."""

    x: int
    y: int = 0
    note: str | None = standard_field(default=None, compare=False)
    secret: str = standard_field(default="", repr=False)


@frozen
class Nothing:
    """No field at all."""


@frozen
class Named:
    """Says itself how it is shown, and how it is hashed."""

    name: str
    extra: list[int]

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __hash__(self) -> int:
        return hash(self.name)


CALLS = [((1,), {}), ((1, 2), {}), ((), {"x": 1, "secret": "s"}), ((1,), {"note": "n"}), ((1, 2, "n", "s"), {})]


@pytest.mark.parametrize(("arguments", "named"), CALLS)
def test_is_made_and_shown_as_the_standard_does(arguments: tuple[int, ...], named: dict[str, str]) -> None:
    mine, standard = Point(*arguments, **named), Standard(*arguments, **named)
    assert [getattr(mine, name) for name in Point.__match_args__] == [
        getattr(standard, name) for name in Standard.__match_args__
    ]
    assert repr(mine).removeprefix("Point") == repr(standard).removeprefix("Standard")


@pytest.mark.parametrize(
    ("arguments", "named"), [((), {}), ((1, 2, "n", "s", 5), {}), ((1,), {"x": 1}), ((1,), {"z": 1})]
)
def test_refuses_the_calls_that_the_standard_refuses(arguments: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError) as standard:
        Standard(*arguments, **named)
    with pytest.raises(TypeError) as mine:
        Point(*arguments, **named)
    assert str(mine.value).removeprefix("Point.") == str(standard.value).removeprefix("Standard.")


def test_is_made_alike_however_often() -> None:
    """A class makes values in another way once it has made many; nobody may notice."""

    @frozen
    class Often:
        x: int
        y: int = 5

    for number in range(100):
        one = Often(number) if number % 2 else Often(y=5, x=number)
        assert (one.x, one.y) == (number, 5)


def test_equality_looks_at_the_class_and_at_what_is_compared() -> None:
    assert Point(1, 2) == Point(1, 2, "another note")
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2, secret="a") != Point(1, 2, secret="b")
    assert Point(1, 2) != Standard(1, 2)
    assert Nothing() == Nothing()
    assert hash(Point(1, 2)) == hash(Point(1, 2, "another note"))
    assert len({Point(1), Point(1, 0), Point(2)}) == 2


def test_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(FrozenError, match="`x` of a Point"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenError):
        del point.x
    with pytest.raises(FrozenError):
        point.other = 2  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_methods_of_its_own_are_kept() -> None:
    assert Point(1, 2).sum == 3
    assert repr(Named("a", [])) == "<a>"
    assert hash(Named("a", [])) == hash("a")
    assert Point.__doc__ == "A place."


def test_can_be_replaced_copied_and_sent_elsewhere() -> None:
    point = Point(1, 2, "n", "s")
    changed = replace(point, y=5, note="m")
    assert (changed.x, changed.y, changed.note, changed.secret) == (1, 5, "m", "s")
    with pytest.raises(TypeError):
        replace(point, z=1)
    for twin in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):
        assert twin == point
        assert twin.note == "n"


def test_is_matched_by_position() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
        case _:
            pytest.fail("a frozen class is matched by its fields, in order")
