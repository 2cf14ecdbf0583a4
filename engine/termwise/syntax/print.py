"""Surface tree → canonical text: what `parse` reads back as an equal tree.

Comments are not in the tree, so this is no formatter. It is what counterexamples are shown in and what the round trip
is tested against. Parentheses stand where the tree needs them and nowhere else, save after `not` and `satisfies`, where
a reader needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from termwise.syntax.tree import (
    AnnualFees,
    ClauseDecl,
    Comparison,
    Conjunction,
    Declaration,
    Define,
    Disjunction,
    EnumDecl,
    Expr,
    File,
    Flag,
    GuaranteeDecl,
    Header,
    IsState,
    Name,
    Negation,
    Quantification,
    Quantity,
    Quoted,
    RecordDecl,
    Row,
    Rows,
    RuleDecl,
    RulePasses,
    SetOf,
    Sum,
    TermDecl,
    TestDecl,
    TypeName,
    WaiverDecl,
    Word,
)
from termwise.syntax.words import RESERVED

_WIDTH = 120
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRIMARY = range(6)
"""How tightly each form binds, loosest first."""

_NAME = re.compile(r"[A-Za-z_]\w*")
_FORCE = re.compile(r"force\b")


def print_file(file: File) -> str:
    """Return the text of a file, declarations apart by a blank line unless they are of one short kind."""
    blocks = [] if file.header is None else [list(_header(file.header))]
    before: Declaration | None = None
    for each in file.declarations:
        lines = list(_declaration(each))
        is_short = isinstance(each, EnumDecl | RecordDecl | AnnualFees) and type(each) is type(before)
        if is_short:
            blocks[-1].extend(lines)
        else:
            blocks.append(lines)
        before = each
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def print_expr(expr: Expr) -> str:
    """Return the text of an expression on one line."""
    return _form(expr)[0]


# ------------------------------------------------------------------------------------------------- expressions


def _within(expr: Expr, binding: int) -> str:
    """Return the text of an expression where something that binds at least so tightly is needed."""
    text, own = _form(expr)
    return f"({text})" if own < binding else text


def _form(expr: Expr) -> tuple[str, int]:
    match expr:
        case Name(path, key):
            return path + _index(key), _PRIMARY
        case Quoted(text):
            return _quoted(text), _PRIMARY
        case Flag(value):
            return "yes" if value else "no", _PRIMARY
        case Quantity(text):
            return text, _PRIMARY
        case SetOf(items):
            return "{" + ", ".join(_within(each, _SUM) for each in items) + "}", _PRIMARY
        case Rows(rows):
            return "[" + ", ".join(_row(each) for each in rows) + "]", _PRIMARY
        case RulePasses(rule, key):
            return f"rule {rule}{_index(key)} passes", _PRIMARY
        case Sum(left, right, negative):
            return f"{_within(left, _SUM)} {'-' if negative else '+'} {_within(right, _PRIMARY)}", _SUM
        case Comparison(operator, left, right):
            return f"{_within(left, _SUM)} {operator} {_right(operator, right)}", _COMPARISON
        case IsState(operand, word):
            return f"{_within(operand, _SUM)} is {word.text}", _COMPARISON
        case Negation(operand):
            return f"not {_within(operand, _PRIMARY)}", _NOT
        case Conjunction(operands):
            return " and ".join(_within(each, _NOT) for each in operands), _AND
        case Disjunction(operands):
            return " or ".join(_within(each, _AND) for each in operands), _OR
        case Quantification(body=body):
            return _quantifier(expr) + _within(body, _PRIMARY), _NOT


def _right(operator: str, right: Expr) -> str:
    """Return the right side of a comparison. After `in`, a name `force` would be read as `in force`."""
    text = _within(right, _SUM)
    return f"({text})" if operator == "in" and _FORCE.match(text) else text


def _quantifier(expr: Quantification) -> str:
    return f"{expr.quantifier} {expr.variable.text} in {expr.records.text} satisfies "


def _row(row: Row) -> str:
    return "{" + ", ".join(f"{name.text}: {_within(value, _SUM)}" for name, value in row.cells) + "}"


def _index(key: str | None) -> str:
    return "" if key is None else f"[{_symbol(key)}]"


def _symbol(text: str) -> str:
    """Return a symbol bare if it can be a name, and else quoted."""
    return text if _NAME.fullmatch(text) and text not in RESERVED else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


# -------------------------------------------------------------------------------------------- over several lines


def _wrapped(expr: Expr, room: int) -> list[str]:
    """Return an expression on as many lines as it takes to fit, if it can be made to."""
    text = print_expr(expr)
    if len(text) <= room:
        return [text]
    match expr:
        case Conjunction(operands):
            return _joined(operands, "and ", _NOT, room)
        case Disjunction(operands):
            return _joined(operands, "or ", _AND, room)
        case Negation(operand):
            return _after("not ", _enclosed(operand, _PRIMARY, room - 4))
        case Quantification(body=body):
            return [_quantifier(expr).rstrip(), *_indented(_enclosed(body, _PRIMARY, room - 2), "  ")]
        case SetOf(items):
            return _filled([_within(each, _SUM) for each in items], "{", "}", room)
        case Rows(rows):
            return _filled([_row(each) for each in rows], "[", "]", 0)
        case Comparison(operator, left, SetOf() | Rows() as right):
            head = f"{_within(left, _SUM)} {operator} "
            return _after(head, _wrapped(right, room - len(head)))
        case Name() | Quoted() | Flag() | Quantity() | RulePasses() | Sum() | Comparison() | IsState():
            return [text]


def _enclosed(expr: Expr, binding: int, room: int) -> list[str]:
    """Wrap an expression, in parentheses where it binds too loosely."""
    if _form(expr)[1] >= binding:
        return _wrapped(expr, room)
    lines = _after("(", _wrapped(expr, room - 2))
    return [*lines[:-1], lines[-1] + ")"]


def _joined(operands: Sequence[Expr], word: str, binding: int, room: int) -> list[str]:
    lines = _enclosed(operands[0], binding, room)
    for each in operands[1:]:
        lines += _after(word, _enclosed(each, binding, room - len(word)))
    return lines


def _filled(items: Sequence[str], opening: str, closing: str, room: int) -> list[str]:
    """Return items between brackets, as many on a line as fit."""
    lines = [opening]
    for index, item in enumerate(items):
        said = item + (closing if index == len(items) - 1 else ",")
        if lines[-1] == opening:
            lines[-1] += said
        elif len(lines[-1]) + 1 + len(said) <= room:
            lines[-1] += f" {said}"
        else:
            lines.append(f" {said}")
    return lines


def _after(head: str, lines: list[str]) -> list[str]:
    """Put the head before the first line, and the others under where that one begins."""
    return [head + lines[0], *_indented(lines[1:], " " * len(head))]


def _indented(lines: Iterable[str], margin: str) -> list[str]:
    return [margin + line if line else line for line in lines]


# ------------------------------------------------------------------------------------------------ declarations


def _header(header: Header) -> Iterator[str]:
    yield f"{header.kind} {header.name.text}" + ("" if header.title is None else f" {_quoted(header.title.text)}")
    for word, said in (
        ("version", header.version and header.version.text),
        ("owner", header.owner and _quoted(header.owner.text)),
        ("uses", header.uses and header.uses.text),
        ("extends", ", ".join(each.text for each in header.extends)),
        ("assurance", header.assurance and header.assurance.text),
        ("holidays", header.holidays and f"{header.holidays.days} per {header.holidays.every} business days"),
    ):
        if said:
            yield f"{word:<11}{said}"


def _declaration(declared: Declaration) -> Iterator[str]:
    match declared:
        case EnumDecl(name, symbols, ordered):
            said = [_symbol(each.text) for each in symbols]
            head = f"{'scale' if ordered else 'enum':<8}{name.text} "
            line = head + "{ " + (" < " if ordered else ", ").join(said) + " }"
            is_short = ordered or len(line) <= _WIDTH
            yield from [line] if is_short else _after(head, _filled(said, "{", "}", _WIDTH - len(head)))
        case RecordDecl(name, fields):
            members = ", ".join(f"{field.text}: {_type(kind)}" for field, kind in fields)
            yield f"{'record':<8}{name.text} {{ {members} }}"
        case TermDecl():
            yield from _term(declared)
        case AnnualFees(term):
            yield f"annual fees {term.text}"
        case Define(name, value):
            head = f"define {name.text} ="
            lines = _wrapped(value, _WIDTH - 2)
            fits = len(lines) == 1 and len(head) + 1 + len(lines[0]) <= _WIDTH
            yield from [f"{head} {lines[0]}"] if fits else [head, *_indented(lines, "  ")]
        case RuleDecl():
            yield from _rule(declared)
        case WaiverDecl():
            yield from _waiver(declared)
        case ClauseDecl(name, title, grants, text):
            yield f"clause {name.text} {_quoted(title.text)}"
            yield from _part("grants", 7, _facts(grants))
            yield from _text("text", 7, text)
        case GuaranteeDecl(title, when, ensure):
            yield f"guarantee {_quoted(title.text)}"
            yield from _conditions((("when", when), ("ensure", ensure)), 7)
        case TestDecl():
            yield from _test(declared)


def _type(kind: TypeName) -> str:
    return f"{kind.shape} of {kind.name.text}" if kind.shape else kind.name.text


def _term(term: TermDecl) -> Iterator[str]:
    key = "" if term.key is None else f"[{term.key.text}]"
    yield f"{'context' if term.is_context else 'term'} {term.name.text}{key}: {_type(term.type)}"
    if term.ask is not None:
        yield f"  {'ask':<8}{_quoted(term.ask.text)}"
    if term.prefer is not None:
        yield f"  {'prefer':<8}{term.prefer.text or _quoted('')}"
    if term.presume is not None:
        yield f"  {'presume':<8}{_within(term.presume, _SUM)}"


def _rule(rule: RuleDecl) -> Iterator[str]:
    how = "rule" if rule.how == "rule" else f"{rule.how} rule"
    each = "" if rule.each is None else f" for each {rule.each[0].text} in {rule.each[1].text}"
    yield f"{how} {rule.name.text}{each}" + ("" if rule.severity is None else f": {rule.severity.text}")
    if rule.in_force is not None:
        until = "" if rule.until is None else f" until {rule.until.text}"
        yield f"  in force from {rule.in_force.text}{until}"
    elif rule.until is not None:
        yield f"  until {rule.until.text}"
    yield from _conditions((("when", rule.when), ("unless", rule.unless)), 10)
    yield from _conditions((("prefer", rule.prefer), ("require", rule.require)), 10)
    for fallback in rule.fallbacks:
        yield from _conditions((("fallback", (fallback.condition,)),), 10)
        if fallback.approved_by is not None:
            yield f"            approved by {_quoted(fallback.approved_by.text)}"
    if rule.because is not None:
        yield from _text("because", 10, rule.because)
    for cite in rule.cites:
        yield f"  {'cite':<10}{_quoted(cite.text)}"
    if rule.clause is not None:
        yield f"  {'clause':<10}{rule.clause.text}"
    for lever in rule.levers:
        yield from _text("lever", 10, lever)


def _waiver(waiver: WaiverDecl) -> Iterator[str]:
    yield f"waive {waiver.rule.text}{_index(waiver.key)} for contract {_quoted(waiver.contract.text)}"
    if waiver.condition is not None:
        yield from _conditions((("while", (waiver.condition,)),), 13)
    yield f"  {'until':<13}{waiver.until.text}"
    yield f"  {'approved by':<13}{_quoted(waiver.approved_by.text)}"
    yield from _text("because", 13, waiver.because)


def _test(test: TestDecl) -> Iterator[str]:
    contract = "" if test.contract is None else f" for contract {_quoted(test.contract.text)}"
    as_of = "" if test.as_of is None else f" as of {test.as_of.text}"
    yield f"test {_quoted(test.title.text)}{contract}{as_of}"
    for given in test.givens:
        at = "" if given.assurance is None else f" at {given.assurance.text}"
        yield from _part("given", 7, _facts(given.facts, at))
    expected = [[f"{each.rule.text}{_index(each.key)} {each.outcome.text}"] for each in test.expectations]
    if expected:
        yield from _part("expect", 7, _listed(expected, _WIDTH - 9))


def _conditions(parts: Iterable[tuple[str, Sequence[Expr]]], column: int) -> Iterator[str]:
    for word, conditions in parts:
        for each in conditions:
            yield from _part(word, column, _wrapped(each, _WIDTH - 2 - column))


def _part(word: str, column: int, lines: list[str]) -> list[str]:
    """Return one part of a declaration, its continuation under where the first line begins."""
    return _after(f"  {word:<{column}}", lines)


def _facts(facts: Sequence[Expr], ending: str = "") -> list[str]:
    """Return conditions with commas between, as many on a line as fit, and then the ending."""
    room = _WIDTH - 9 - len(ending)
    return _listed([_wrapped(each, room) for each in facts], room, ending)


def _listed(items: Sequence[list[str]], room: int, ending: str = "") -> list[str]:
    lines: list[str] = []
    for index, item in enumerate(items):
        said = [*item[:-1], item[-1] + (ending if index == len(items) - 1 else ",")]
        if lines and len(item) == 1 and len(lines[-1]) + 1 + len(said[0]) <= room:
            lines[-1] += f" {said[0]}"
        else:
            lines += said
    return lines


def _text(part: str, column: int, word: Word) -> list[str]:
    """Return a part that is a text: over several lines where it has them and survives that, else in quotes."""
    lines = word.text.split("\n")
    is_layout = any(line.isspace() for line in lines) or word.text != word.text.strip()
    if len(lines) == 1 or is_layout or '"""' in word.text or "\r" in word.text:
        return [f"  {part:<{column}}{_quoted(word.text)}"]
    return [f'  {part} """', *_indented(lines, "    "), '  """']
