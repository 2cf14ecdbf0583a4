"""Surface tree → canonical text: what `parse` reads back as an equal tree, in the layout that the formatter gives it.

Comments are not in the tree, so this is no formatter. It is what counterexamples are shown in and what the round trip
is tested against. Parentheses stand where the tree needs them and nowhere else, save after `not` and `satisfies`, where
a reader needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from termwise.syntax.columns import Written, declared
from termwise.syntax.layout import plain, unbroken
from termwise.syntax.shape import Shape
from termwise.syntax.tokens import Token
from termwise.syntax.tree import (
    AnnualFees,
    ClauseDecl,
    Comparison,
    Conjunction,
    Declaration,
    Define,
    Disjunction,
    EnumDecl,
    ExpectDecl,
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
    ReasonDecl,
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

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRIMARY = range(6)
"""How tightly each form binds, loosest first."""

_NAME = re.compile(r"[A-Za-z_]\w*")
_FORCE = re.compile(r"force\b")
_KINDS = dict(zip("(){}[],:<-", "LPAR RPAR LBRACE RBRACE LSQB RSQB COMMA COLON LESSTHAN MINUS".split(), strict=True))
"""The kinds of the words that matter to the layout and are not called as they are spelt."""

_CALLED = {
    "annual_fees": ("annual", "fees"),
    "approved_by": ("approved", "by"),
    "in_force": ("in force",),
    "while_": ("while",),
    "wording": ("text",),
}
"""The words that statements start with whose name in the grammar differs."""

Words = list[Token]


def print_file(file: File) -> str:
    """Return the text of a file, declarations apart by a blank line unless they are of one short kind."""
    texts = [] if file.header is None else [_text(_header(file.header))]
    before: Declaration | None = None
    for each in file.declarations:
        is_close = isinstance(each, EnumDecl | RecordDecl | AnnualFees) and type(each) is type(before)
        texts += ["\n"] if texts and not is_close else []
        texts.append(_text(_declaration(each)))
        before = each
    return "".join(texts)


def print_expr(expr: Expr) -> str:
    """Return the text of an expression on one line."""
    shape = Shape()
    shape.condition(_form(expr)[0])
    return unbroken(shape.pieces)


def _text(statements: Iterable[Written]) -> str:
    return "".join(f"{line}\n" for line in plain(list(declared(list(statements)))))


# ------------------------------------------------------------------------------------------------------- words


def _word(text: str) -> Token:
    """Return a word of the language; what can also be a name is one."""
    return _of_kind(_KINDS.get(text) or text.upper(), text)


def _name(text: str) -> Token:
    return _of_kind("NAME", text)


def _quoted(text: str) -> Token:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return _of_kind("STRING", f'"{escaped}"')


def _symbol(text: str) -> Token:
    """Return a symbol bare if it can be a name, and else quoted."""
    return _name(text) if _NAME.fullmatch(text) and text not in RESERVED else _quoted(text)


def _long(text: str) -> Token:
    """Return a text in triple quotes where it has several lines and survives that, and else in quotes."""
    lines = text.split("\n")
    is_layout = any(line.isspace() for line in lines) or text != text.strip()
    if len(lines) == 1 or is_layout or '"""' in text or "\r" in text:
        return _quoted(text)
    return _of_kind("LONG_TEXT", f'"""{text}"""')


def _of_kind(kind: str, text: str) -> Token:
    return Token(kind, text, 0, 0, (), None, False, False)


def _index(key: str | None) -> Words:
    return [] if key is None else [_word("["), _symbol(key), _word("]")]


def _between(items: Iterable[Words], separator: str) -> Words:
    """Return items with a word between them."""
    made: Words = []
    for item in items:
        made += [_word(separator), *item] if made else item
    return made


# ------------------------------------------------------------------------------------------------- expressions


def _within(expr: Expr, binding: int) -> Words:
    """Return the words of an expression where something that binds at least so tightly is needed."""
    words, own = _form(expr)
    return [_word("("), *words, _word(")")] if own < binding else words


def _form(expr: Expr) -> tuple[Words, int]:
    match expr:
        case Name(path, key):
            return [_name(path), *_index(key)], _PRIMARY
        case Quoted(text):
            return [_quoted(text)], _PRIMARY
        case Flag(value):
            return [_word("yes" if value else "no")], _PRIMARY
        case Quantity(text):
            return [_of_kind("NUMBER", text)], _PRIMARY
        case SetOf(items):
            return [_word("{"), *_between((_within(each, _SUM) for each in items), ","), _word("}")], _PRIMARY
        case Rows(rows):
            return [_word("["), *_between(map(_row, rows), ","), _word("]")], _PRIMARY
        case RulePasses(rule, key):
            return [_word("rule"), _name(rule), *_index(key), _word("passes")], _PRIMARY
        case Sum(left, right, negative):
            return [*_within(left, _SUM), _word("-" if negative else "+"), *_within(right, _PRIMARY)], _SUM
        case Comparison(operator, left, right):
            return [*_within(left, _SUM), _word(operator), *_right(operator, right)], _COMPARISON
        case IsState(operand, word):
            return [*_within(operand, _SUM), _word("is"), _name(word.text)], _COMPARISON
        case Negation(operand):
            return [_word("not"), *_within(operand, _PRIMARY)], _NOT
        case Conjunction(operands):
            return _between((_within(each, _NOT) for each in operands), "and"), _AND
        case Disjunction(operands):
            return _between((_within(each, _AND) for each in operands), "or"), _OR
        case Quantification(quantifier, variable, records, body):
            head = [_word(quantifier), _name(variable.text), _word("in"), _name(records.text), _word("satisfies")]
            return head + _within(body, _PRIMARY), _NOT


def _right(operator: str, right: Expr) -> Words:
    """Return the right side of a comparison. After `in`, a name `force` would be read as `in force`."""
    words = _within(right, _SUM)
    return [_word("("), *words, _word(")")] if operator == "in" and _FORCE.match(words[0].text) else words


def _row(row: Row) -> Words:
    cells = ([_name(name.text), _word(":"), *_within(value, _SUM)] for name, value in row.cells)
    return [_word("{"), *_between(cells, ","), _word("}")]


# ------------------------------------------------------------------------------------------------ declarations


def _said(kind: str, *words: Token | Words) -> Written:
    """Return a statement; it starts with the word it is called by."""
    rest = (each for word in words for each in (word if isinstance(word, list) else [word]))
    return Written(kind, (*map(_word, _CALLED.get(kind, (kind,))), *rest))


def _header(header: Header) -> Iterator[Written]:
    yield _said(header.kind, _name(header.name.text), [_quoted(header.title.text)] if header.title else [])
    if header.version is not None:
        yield _said("version", _name(header.version.text))
    if header.owner is not None:
        yield _said("owner", _quoted(header.owner.text))
    if header.uses is not None:
        yield _said("uses", _name(header.uses.text))
    if header.extends:
        yield _said("extends", _between(([_name(each.text)] for each in header.extends), ","))
    if header.assurance is not None:
        yield _said("assurance", _name(header.assurance.text))
    if header.holidays is not None:
        allowance = f"{header.holidays.days} per {header.holidays.every} business days"
        yield _said("holidays", [_name(each) for each in allowance.split()])


def _declaration(declared: Declaration) -> Iterator[Written]:
    match declared:
        case EnumDecl(name, symbols, ordered):
            items = _between(([_symbol(each.text)] for each in symbols), "<" if ordered else ",")
            yield _said("scale" if ordered else "enum", _name(name.text), _word("{"), items, _word("}"))
        case RecordDecl(name, fields):
            members = _between(([_name(field.text), _word(":"), *_type(kind)] for field, kind in fields), ",")
            yield _said("record", _name(name.text), _word("{"), members, _word("}"))
        case TermDecl():
            yield from _term(declared)
        case AnnualFees(term):
            yield _said("annual_fees", _name(term.text))
        case Define(name, value):
            yield _said("define", _name(name.text), _word("="), _form(value)[0])
        case RuleDecl():
            yield from _rule(declared)
        case WaiverDecl():
            yield from _waiver(declared)
        case ClauseDecl(name, title, grants, text):
            yield _said("clause", _name(name.text), _quoted(title.text))
            yield _said("grants", _between((_form(each)[0] for each in grants), ","))
            yield _said("wording", _long(text.text))
        case GuaranteeDecl(title, when, ensure):
            yield _said("guarantee", _quoted(title.text))
            yield from _conditions("when", when)
            yield from _conditions("ensure", ensure)
        case TestDecl():
            yield from _test(declared)


def _type(kind: TypeName) -> Words:
    return [_name(each) for each in (kind.shape, "of" if kind.shape else "", kind.name.text) if each]


def _term(term: TermDecl) -> Iterator[Written]:
    key = [] if term.key is None else [_word("["), _name(term.key.text), _word("]")]
    yield _said("context" if term.is_context else "term", _name(term.name.text), key, _word(":"), _type(term.type))
    if term.ask is not None:
        yield _said("ask", _quoted(term.ask.text))
    if term.prefer is not None:
        yield _said("prefer", _name(term.prefer.text) if term.prefer.text else _quoted(""))
    if term.presume is not None:
        yield _said("presume", _within(term.presume, _SUM))


def _rule(rule: RuleDecl) -> Iterator[Written]:
    each = "" if rule.each is None else f"for each {rule.each[0].text} in {rule.each[1].text}"
    severity = [] if rule.severity is None else [_word(":"), _name(rule.severity.text)]
    how = [] if rule.how == "rule" else [_word("rule")]
    yield _said(rule.how, how, _name(rule.name.text), [_name(word) for word in each.split()], severity)
    if rule.in_force is not None:
        yield _said("in_force", _word("from"), _name(rule.in_force.text))
    if rule.until is not None:
        yield _said("until", _name(rule.until.text))
    yield from _conditions("when", rule.when)
    yield from _conditions("unless", rule.unless)
    yield from _conditions("prefer", rule.prefer)
    yield from _conditions("require", rule.require)
    for fallback in rule.fallbacks:
        yield from _conditions("fallback", (fallback.condition,))
        if fallback.approved_by is not None:
            yield _said("approved_by", _quoted(fallback.approved_by.text))
    if rule.because is not None:
        yield _said("because", _long(rule.because.text))
    for cite in rule.cites:
        yield _said("cite", _quoted(cite.text))
    if rule.clause is not None:
        yield _said("clause", _name(rule.clause.text))
    for lever in rule.levers:
        yield _said("lever", _long(lever.text))


def _waiver(waiver: WaiverDecl) -> Iterator[Written]:
    yield _said("waive", _name(waiver.rule.text), _index(waiver.key), _for_contract(waiver.contract))
    if waiver.condition is not None:
        yield from _conditions("while_", (waiver.condition,))
    yield _said("until", _name(waiver.until.text))
    yield _said("approved_by", _quoted(waiver.approved_by.text))
    yield _said("because", _long(waiver.because.text))


def _test(test: TestDecl) -> Iterator[Written]:
    as_of = [] if test.as_of is None else [_word("as"), _word("of"), _name(test.as_of.text)]
    yield _said("test", _quoted(test.title.text), _for_contract(test.contract), as_of)
    for given in test.givens:
        at = [] if given.assurance is None else [_word("at"), _name(given.assurance.text)]
        yield _said("given", _between((_form(each)[0] for each in given.facts), ","), at)
    yield _said("expect", _between(map(_expectation, test.expectations), ","))


def _expectation(each: ExpectDecl) -> Words:
    words = [_name(each.rule.text), *_index(each.key), _name(each.outcome.text)]
    if each.would_be is not None:
        words += [_word("as"), _name(each.would_be.text)]
    if each.rung is not None:
        words += [_word("at"), *map(_word, each.rung.text.split())]
    if each.reasons:
        words += [_of_kind("BECAUSE_OF", "because"), *_between(map(_reason, each.reasons), "and")]
    return words


def _reason(reason: ReasonDecl) -> Words:
    part = [] if reason.part is None else [_of_kind("FIELD", reason.part.text)]
    return [_name(reason.term.path), *_index(reason.term.key), *part, _word("is"), _name(reason.state.text)]


def _for_contract(contract: Word | None) -> Words:
    return [] if contract is None else [_word("for"), _word("contract"), _quoted(contract.text)]


def _conditions(kind: str, conditions: Iterable[Expr]) -> Iterator[Written]:
    for each in conditions:
        yield _said(kind, _form(each)[0])
