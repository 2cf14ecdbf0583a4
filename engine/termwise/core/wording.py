"""Core expressions as the language writes them, for reports, proofs and pictures."""

from __future__ import annotations

from termwise.core.expr import (
    Add,
    All,
    AnyOf,
    Compare,
    Constant,
    Defined,
    Expr,
    FieldRef,
    Not,
    Passes,
    Quantified,
    Stated,
    TermRef,
)
from termwise.core.values import Value, write_value

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRIMARY = range(6)
"""How tightly each form binds, loosest first."""


def write_expr(expr: Expr) -> str:
    """Return the canonical text of an expression; definitions by their name."""
    return _write(expr, _OR)


def _write(expr: Expr, within: int) -> str:
    text, binding = _form(expr)
    return f"({text})" if binding < within else text


def _form(expr: Expr) -> tuple[str, int]:
    match expr:
        case Constant(value):
            return _constant(value), _PRIMARY
        case TermRef(name):
            return name, _PRIMARY
        case FieldRef(variable, name):
            return f"{variable}.{name}", _PRIMARY
        case Add(left, right, negative):
            return f"{_write(left, _SUM)} {'-' if negative else '+'} {_write(right, _PRIMARY)}", _SUM
        case Compare(op, left, right):
            return f"{_write(left, _SUM)} {op.value} {_write(right, _SUM)}", _COMPARISON
        case Stated(term):
            return f"{_write(term, _PRIMARY)} is stated", _COMPARISON
        case Passes(rule):
            return f"rule {rule} passes", _PRIMARY
        case Not(Stated(term)):
            return f"{_write(term, _PRIMARY)} is silent", _COMPARISON
        case Not(operand):
            return f"not {_write(operand, _NOT)}", _NOT
        case All(operands):
            return " and ".join(_write(each, _NOT) for each in operands) or "yes", _AND
        case AnyOf(operands):
            return " or ".join(_write(each, _AND) for each in operands) or "no", _OR
        case Quantified(quantifier, variable, records, body):
            return f"{quantifier.value} {variable} in {records.name} satisfies ({_write(body, _OR)})", _NOT
        case Defined(name):
            return name, _PRIMARY


def quoted(text: str) -> str:
    """Return a text in quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _constant(value: Value) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, frozenset) and any(isinstance(each, str) for each in value):
        return "{" + ", ".join(sorted(_constant(each) for each in value)) + "}"
    return write_value(value)
