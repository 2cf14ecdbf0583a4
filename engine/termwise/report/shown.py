"""What is said of a term, in the few words a sentence or a line of a report has room for.

Quotes and values are other people's text: whatever is returned here is one line and safe to print.
"""

from __future__ import annotations

from termwise.core.values import Bounded, Content, Exact, Referred, Vague, Value, write_content, write_value
from termwise.evaluate.judgement import State
from termwise.quantities.numerals import count
from termwise.report.printable import on_one_line, quoted

_LONGEST = 100
"""Characters of somebody's words that a sentence can carry."""


def value_text(content: Content) -> str:
    """Return what is said as the language writes it, without remarks: the text of a value in data."""
    match content:
        case Exact(value):
            return write_value(value)
        case Bounded() | Vague() | Referred():
            return write_content(content)


def wording_of(content: Content) -> str | None:
    """Return the vaguer words around a value or around bounds, if there are any."""
    match content:
        case Exact(wording=wording) | Bounded(wording=wording):
            return wording
        case Vague() | Referred():
            return None


def shown(said: Content | State) -> str:
    """Return what is said, to stand after "is": `120 days`, `at least {us}`, `vague ("promptly")`, `silent`."""
    match said:
        case Exact(value, wording):
            return _value(value) + _around(wording)
        case Bounded(wording=wording):
            return on_one_line(write_content(said), _LONGEST) + _around(wording)
        case Vague(text):
            return f"vague ({quoted(text, _LONGEST)})"
        case Referred(to):
            return f"left to {quoted(to, _LONGEST)}, which was not supplied"
        case State.UNASSURED:
            return "not assured"
        case State():
            return str(said.value)


def _value(value: Value) -> str:
    match value:
        case str(text):
            return quoted(text, _LONGEST)
        case frozenset() | tuple() if not value:
            return "none"
        case tuple():
            return f"a list of {count(len(value), 'record')}"
        case _:
            return on_one_line(write_value(value), _LONGEST)


def _around(wording: str | None) -> str:
    return "" if wording is None else f" ({quoted(wording, _LONGEST)})"
