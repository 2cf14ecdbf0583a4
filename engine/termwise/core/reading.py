"""The text of a value, read as a type: one reader for policies and contracts, so that "30 days" is the same in both.

Nothing is guessed and nothing converted: a number without its unit, a unit of another dimension and a word without a
number are each told apart, so that the diagnostic can say what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from termwise.core.values import Symbol, Value
from termwise.diagnostics.nearest import did_you_mean
from termwise.diagnostics.quoting import quoted
from termwise.frozen import frozen
from termwise.quantities import units
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.quantities.numerals import LONGEST, read_number, write_number
from termwise.types import EnumType, Scalar


@frozen
class Misread:
    """Why a text is no value of the type: a code of the catalogue, one sentence, at most one hint."""

    code: str
    message: str
    hint: str | None = None


def read_scalar(text: str, kind: Scalar | EnumType) -> Value | Misread:
    """Return the value a text states, or why it states none."""
    said = " ".join(text.split())
    if isinstance(kind, EnumType):
        return read_symbol(said, kind)
    if kind is Scalar.TEXT:
        return text
    if said == "none":
        return _read_none(kind)
    found = _READERS[kind](said)
    return found if found is not None else _explain(said, kind)


def read_symbol(text: str, kind: EnumType) -> Symbol | Misread:
    """Return the symbol of an enum that a text names, exactly."""
    if text in kind.symbols:
        return Symbol(kind.name, text, kind.symbols.index(text))
    known = ", ".join(f"`{each}`" for each in kind.symbols)
    return Misread(
        "TW110", f"{quoted(text)} is no symbol of `{kind.name}`", did_you_mean(text, kind.symbols) or f"one of {known}"
    )


def recognise(text: str) -> tuple[Scalar, Value] | Misread:
    """Return the one dimension and value that a text can only have, for text whose type nothing else tells."""
    said = " ".join(text.split())
    for kind in _RECOGNISED:
        found = _READERS[kind](said)
        if isinstance(found, Misread):
            return found
        if found is not None:
            return kind, found
    return _unknown_unit(said) or Misread("TW211", f"{quoted(said)} is no quantity", None)


def _read_none(kind: Scalar) -> Value | Misread:
    if kind is Scalar.RATE:
        return Rate(Fraction(0), "none")
    if kind in (Scalar.DURATION, Scalar.MONEY, Scalar.FEES):
        zero = {Scalar.DURATION: "0 days", Scalar.MONEY: "USD 0", Scalar.FEES: "0 months of fees"}[kind]
        return Misread(
            "TW209",
            f"`none` does not say whether there is no {kind.value}, or one of nothing",
            f"write `{zero}` if nothing is meant; leave the term out if the contract is silent",
        )
    return Misread("TW209", f"`none` is no {kind.value}", "leave the term out if the contract is silent")


def _explain(text: str, kind: Scalar) -> Misread:
    """Say why a text is no value of a kind, by what else it could be."""
    number = read_number(text)
    if number is not None and kind in _UNIT_EXAMPLES:
        written = f"`{_UNIT_EXAMPLES[kind].format(text.lstrip('+-'))}`"
        if kind is Scalar.PERCENT and 0 < abs(number) < 1:  # most likely a fraction, as spreadsheets have it
            written = f"`{write_number(abs(number) * 100)}%`, or {written} if so little is meant"
        return Misread("TW202", f"{quoted(text)} has no unit; {_a(kind)} needs one", f"write {written}")
    is_boolean = kind is Scalar.BOOLEAN
    example = "a boolean is `yes` or `no`" if is_boolean else f"{_a(kind)} is written like `{_EXAMPLES[kind]}`"
    other = recognise(text)
    if isinstance(other, Misread):
        return other if other.code != "TW211" else Misread("TW211", f"{quoted(text)} is no {_noun(kind)}", example)
    if other[0] is kind or (kind is Scalar.INTEGER and other[0] is Scalar.NUMBER):
        return Misread("TW211", f"{quoted(text)} is no {_noun(kind)}", example)
    return Misread("TW203", f"{quoted(text)} is {_a(other[0])}; {_a(kind)} is expected", example)


def _noun(kind: Scalar) -> str:
    return {Scalar.PERCENT: "percentage", Scalar.MONEY: "amount of money", Scalar.FEES: "number of months of fees"}.get(
        kind, kind.value
    )


def _a(kind: Scalar) -> str:
    noun = _noun(kind)
    return f"{'an' if noun[0] in 'ai' else 'a'} {noun}"


def _boolean(text: str) -> bool | None:
    return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())


def _integer(text: str) -> Fraction | None:
    number = read_number(text)
    return number if number is not None and number.denominator == 1 and "." not in text else None


def _percent(text: str) -> Percent | Misread | None:
    for ending in ("%", "percent", "per cent"):
        if text.endswith(ending):
            points = read_number(text.removesuffix(ending).strip())
            if points is None:
                return None
            return Percent(points) if points >= 0 else _negative(text)
    return None


def _duration(text: str) -> Duration | Misread | None:
    total: Duration | None = None
    for part in text.split("+"):
        read = _duration_part(part.strip())
        if not isinstance(read, Duration):
            return read
        total = read if total is None else total + read
    if total is None:
        return None
    return Duration(total.days, total.months, total.business_days, text)


def _duration_part(text: str) -> Duration | Misread | None:
    size, unit = _split_number(text)
    if size is None:
        return None
    name = units.singular(unit)
    if name not in units.DURATION_UNITS:
        return None
    if size < 0:
        return _negative(text)
    if name in units.DAYS:
        return Duration(days=size * units.DAYS[name])
    if size.denominator != 1:
        return Misread("TW212", f"{quoted(text)} is no whole number of {name}s", "count it in the next smaller unit")
    if name in units.MONTHS:
        return Duration(months=size.numerator * units.MONTHS[name])
    return Duration(business_days=size.numerator)


def _split_number(text: str) -> tuple[Fraction | None, str]:
    """Return the number a text begins with, or None, and the rest."""
    end = 0
    while end < len(text) and (text[end].isdigit() or text[end] in "+-.,"):
        end += 1
    return read_number(text[:end]), text[end:].strip()


def _rate(text: str) -> Rate | Misread | None:
    said = text.lower()
    if said in units.RATE_WORDS:
        return Rate(Fraction(units.RATE_WORDS[said]), text)
    head, joint, period = _split_rate(said)
    times = Fraction(units.COUNT_WORDS[head]) if head in units.COUNT_WORDS else read_number(head)
    if not joint or times is None:
        return None
    length, unit = _split_number(period)
    name = units.singular(unit or period)
    if name not in units.TIMES_A_YEAR or (length is None and unit != period) or length == 0:
        return None
    if times < 0 or (length is not None and length < 0):
        return _negative(text)
    return Rate(times * units.TIMES_A_YEAR[name] / (length or 1), text)


def _split_rate(said: str) -> tuple[str, str, str]:
    """Split "twice a year" or "2 times per 6 months" into how often and how long."""
    if said.startswith("every "):
        return "once", "every", said.removeprefix("every ")
    for joint in (" per ", " every ", " a ", " an ", " each "):
        head, found, period = said.partition(joint)
        if found:
            return head.removesuffix("times").removesuffix("time").strip(), joint, period
    return said, "", ""


def _money(text: str) -> Money | Misread | None:
    words = text.split(" ")
    if len(words) != 2:
        return None
    code, amount = words if words[0].isalpha() else reversed(words)
    size = read_number(amount)
    if size is None or len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
        return None
    return Money(code, size) if size >= 0 else _negative(text)


def _fees(text: str) -> Fees | Misread | None:
    head, joint, rest = text.lower().partition(" of ")
    size, unit = _split_number(head)
    if rest != "fees" or not joint or size is None or units.singular(unit) not in units.MONTHS:
        return None
    return Fees(size * units.MONTHS[units.singular(unit)]) if size >= 0 else _negative(text)


def _date(text: str) -> date | Misread | None:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if [len(year), len(month), len(day)] != [4, 2, 2] or not (text.isascii() and (year + month + day).isdigit()):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Misread("TW207", f"the calendar has no {quoted(text)}", None)


def _negative(text: str) -> Misread:
    return Misread("TW208", f"{quoted(text)} is negative; a quantity of a contract cannot be", None)


def _unknown_unit(text: str) -> Misread | None:
    """Return the problem of a number with a word behind it that is no unit, or None where the text is not like that."""
    size, unit = _split_number(text)
    if size is None or not unit or len(unit) > LONGEST or not unit.replace(" ", "").isalpha():
        return None
    plural = [f"{name}s" for name in units.DURATION_UNITS]
    meant = _SHORT.get(unit.lower())
    hint = f"write `{meant}`" if meant else did_you_mean(unit, [*plural, "months of fees", "percent"])
    return Misread("TW204", f"{quoted(unit)} is no unit", hint)


_SHORT = {
    **dict.fromkeys(("h", "hr", "hrs"), "hours"), **dict.fromkeys(("d", "dy", "dys"), "days"),
    **dict.fromkeys(("w", "wk", "wks"), "weeks"), **dict.fromkeys(("mo", "mos", "mth", "mths"), "months"),
    **dict.fromkeys(("q", "qtr", "qtrs"), "quarters"), **dict.fromkeys(("y", "yr", "yrs"), "years"),
    **dict.fromkeys(("bd", "bds"), "business days"),
}  # fmt: skip
"""What an abbreviation is written as. `m` is left out: it can be minutes as well as months."""


_READERS: dict[Scalar, Callable[[str], Value | Misread | None]] = {
    Scalar.BOOLEAN: _boolean,
    Scalar.INTEGER: _integer,
    Scalar.NUMBER: read_number,
    Scalar.PERCENT: _percent,
    Scalar.MONEY: _money,
    Scalar.FEES: _fees,
    Scalar.DURATION: _duration,
    Scalar.RATE: _rate,
    Scalar.DATE: _date,
}

_RECOGNISED = (Scalar.NUMBER, Scalar.PERCENT, Scalar.FEES, Scalar.DURATION, Scalar.RATE, Scalar.MONEY, Scalar.DATE)

_UNIT_EXAMPLES = {
    Scalar.DURATION: "{} days",
    Scalar.RATE: "{} per year",
    Scalar.MONEY: "USD {}",
    Scalar.FEES: "{} months of fees",
    Scalar.PERCENT: "{}%",
}

_EXAMPLES = {
    Scalar.INTEGER: "3",
    Scalar.NUMBER: "0.5",
    Scalar.PERCENT: "5%",
    Scalar.MONEY: "USD 1,000,000",
    Scalar.FEES: "12 months of fees",
    Scalar.DURATION: "30 days",
    Scalar.RATE: "2 per year",
    Scalar.DATE: "2026-11-24",
}
