"""The values next to one that a policy states, each as it would have been written in its place.

A figure is moved by one of its own units ("30 days" to 29 and 31 days, "72 hours" to 71 and 73), a symbol of a scale to
its neighbours, any other symbol to the others of its enum, and a set loses or gains one member.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from termwise.core.reading import Misread, recognise
from termwise.core.values import Symbol, Value
from termwise.core.vocabulary import Vocabulary
from termwise.core.wording import quoted
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.quantities.numerals import read_number, write_number
from termwise.syntax.words import RESERVED
from termwise.types import EnumType

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?")
_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\w+')
_NAME = re.compile(r"[A-Za-z_]\w*")


def neighbours(value: Value, written: str, vocabulary: Vocabulary) -> Iterator[tuple[Value, str]]:
    """Yield the values next to one that is written like this, each with how it is written."""
    match value:
        case bool():
            yield not value, "no" if value else "yes"
        case Symbol():
            yield from ((each, _symbol(each)) for each in _others(value, vocabulary))
        case frozenset():
            yield from _sets(value, written, vocabulary)
        case date():
            for step in (-1, 1):
                if date.min < value < date.max:
                    day = value + timedelta(days=step)
                    yield day, day.isoformat()
        case Duration() | Rate() | Percent() | Money() | Fees() | Fraction():
            yield from _figures(value, written)
        case str():
            other = "another text" if value != "another text" else "a text"
            yield other, quoted(other)
        case tuple():
            return


def _figures(value: Value, written: str) -> Iterator[tuple[Value, str]]:
    said = written
    if isinstance(value, Rate) and not written[:1].isdigit():  # "monthly"
        said = f"{write_number(value.per_year)} per year"
    number = _NUMBER.search(said)
    size = None if number is None else read_number(number[0])
    if number is None or size is None:
        return
    step = Fraction(1, 10 ** len(number["decimals"] or ""))
    for moved in (size - step, size + step):
        text = said[: number.start()] + write_number(moved, grouped="," in number[0]) + said[number.end() :]
        read = recognise(text)
        if not isinstance(read, Misread) and type(read[1]) is type(value):
            yield read[1], text


def _sets(value: frozenset[Value], written: str, vocabulary: Vocabulary) -> Iterator[tuple[Value, str]]:
    if not written.startswith("{"):  # a symbol, which means the set of it alone
        yield from ((frozenset((each,)), _symbol(each)) for each in _rest(value, vocabulary))
        return
    members = {text: each for each in value if (text := _member(each)) is not None}
    order = [
        text for word in _WORD.findall(written) if (text := word if word in members else word.strip('"')) in members
    ]
    if len(members) < len(value) or len(order) < len(members):
        return
    for each in order:
        yield value - {members[each]}, _set(one for one in order if one != each)
    for other in _rest(value, vocabulary):
        yield value | {other}, _set((*order, _symbol(other)))


def _symbols(value: frozenset[Value]) -> list[Symbol]:
    return sorted((each for each in value if isinstance(each, Symbol)), key=lambda each: each.rank)


def _rest(value: frozenset[Value], vocabulary: Vocabulary) -> Iterator[Symbol]:
    """Yield the symbols that a set does not have."""
    first = next(iter(_symbols(value)), None)
    if first is not None:
        yield from (each for each in _all(vocabulary.enums[first.enum]) if each not in value)


def _others(value: Symbol, vocabulary: Vocabulary) -> Iterator[Symbol]:
    kind = vocabulary.enums[value.enum]
    yield from (each for each in _all(kind) if each != value and (not kind.ordered or abs(each.rank - value.rank) == 1))


def _all(kind: EnumType) -> Iterator[Symbol]:
    return (Symbol(kind.name, symbol, rank) for rank, symbol in enumerate(kind.symbols))


def _set(members: Iterable[str]) -> str:
    return "{" + ", ".join(members) + "}"


def _member(value: Value) -> str | None:
    """Return a member of a set as it is written, or None for figures, which have units of their own."""
    match value:
        case Symbol():
            return _symbol(value)
        case str():
            return quoted(value)
        case _:
            return None


def _symbol(value: Symbol) -> str:
    return symbol_text(value.name)


def symbol_text(name: str) -> str:
    """Return a symbol as policies write it: bare if it can be a name, and else quoted."""
    return name if _NAME.fullmatch(name) and name not in RESERVED else quoted(name)
