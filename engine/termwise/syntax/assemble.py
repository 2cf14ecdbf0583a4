"""A declaration's statements → one node, with whatever is missing, repeated or out of order reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from termwise.diagnostics import Problems
from termwise.syntax import problems as words
from termwise.syntax.statements import Piece, Statement
from termwise.syntax.tree import (
    AnnualFees,
    ClauseDecl,
    Declaration,
    Define,
    EnumDecl,
    ExpectDecl,
    Expr,
    FallbackDecl,
    GivenDecl,
    GuaranteeDecl,
    Header,
    HolidaysDecl,
    Name,
    ReasonDecl,
    RecordDecl,
    RuleDecl,
    TermDecl,
    TestDecl,
    TypeName,
    WaiverDecl,
    Word,
)

BROKEN = "broken"
"""The kind of a statement that could not be read: it excuses whatever its declaration lacks."""


class _Parts:
    """The parts of one declaration, taken by kind."""

    def __init__(self, head: Statement, parts: Sequence[Statement], problems: Problems) -> None:
        self.head = head
        self.all = parts
        self.problems = problems
        self.is_broken = any(part.kind == BROKEN for part in parts)

    def one(self, kind: str, spelt: str) -> Statement | None:
        """Return the part of a kind that can stand once, the first if there are more."""
        found = [part for part in self.all if part.kind == kind]
        for again in found[1:]:
            self.problems.add(words.repeated_part(spelt, again.span, found[0].span))
        return found[0] if found else None

    def word(self, kind: str, spelt: str | None = None) -> Word | None:
        found = self.one(kind, spelt or kind)
        return _word(found.pieces[0]) if found is not None else None

    def words(self, kind: str) -> tuple[Word, ...]:
        return tuple(_word(part.pieces[0]) for part in self.all if part.kind == kind)

    def expr(self, kind: str, spelt: str | None = None) -> Expr | None:
        found = self.one(kind, spelt or kind)
        return _expr(found.pieces[0]) if found is not None else None

    def exprs(self, kind: str) -> tuple[Expr, ...]:
        return tuple(_expr(piece) for part in self.all if part.kind == kind for piece in part.pieces)

    def date(self, kind: str, spelt: str) -> Word | None:
        found = self.word(kind, spelt)
        return found if found is None or _is_date(found, self.problems) else None

    def needed(self, what: str, part: str, value: object) -> bool:
        """Whether a needed part is there; if not, say so, unless something unreadable may have been it."""
        if value or self.is_broken:
            return bool(value)
        self.problems.add(words.missing_part(what, part, self.head.span))
        return False


def assemble_header(head: Statement, parts: Sequence[Statement], problems: Problems) -> Header:
    """Return the header a `policy` or `vocabulary` statement and its parts make."""
    taken = _Parts(head, parts, problems)
    extends = taken.one("extends", "extends")
    holidays = taken.one("holidays", "holidays")
    allowance = holidays.pieces[0] if holidays is not None else None
    assert allowance is None or isinstance(allowance, HolidaysDecl)
    return Header(
        kind=head.kind,
        name=_word(head.pieces[0]),
        title=_maybe_word(head.pieces[1]),
        version=taken.word("version"),
        owner=taken.word("owner"),
        uses=taken.word("uses"),
        extends=tuple(_word(piece) for piece in extends.pieces) if extends is not None else (),
        assurance=taken.word("assurance"),
        holidays=allowance,
        span=head.span,
    )


def assemble(head: Statement, parts: Sequence[Statement], problems: Problems) -> Declaration | None:
    """Return the declaration, or None where a part it cannot do without is missing."""
    taken = _Parts(head, parts, problems)
    pieces = head.pieces
    match head.kind:
        case "define":
            return Define(_word(pieces[0]), _expr(pieces[1]), head.span)
        case "enum" | "scale":
            symbols = tuple(_word(piece) for piece in pieces[1:])
            return EnumDecl(_word(pieces[0]), symbols, head.kind == "scale", head.span)
        case "record":
            return RecordDecl(_word(pieces[0]), tuple(_member(piece) for piece in pieces[1:]), head.span)
        case "annual_fees":
            return AnnualFees(_word(pieces[0]), head.span)
        case "term" | "context":
            return _term(taken)
        case "rule" | "tighten" | "relax":
            return _rule(taken)
        case "waive":
            return _waiver(taken)
        case "clause":
            return _clause(taken)
        case "guarantee":
            ensure = taken.exprs("ensure")
            taken.needed("a guarantee", "ensure", ensure)
            return GuaranteeDecl(_word(pieces[0]), taken.exprs("when"), ensure, head.span)
        case "test":
            return _test(taken)
        case _:  # a statement that could not be read
            return None


def _term(taken: _Parts) -> TermDecl:
    name, key, kind = taken.head.pieces
    assert isinstance(kind, TypeName)
    prefer = taken.expr("prefer")
    return TermDecl(
        name=_word(name),
        key=_maybe_word(key),
        type=kind,
        is_context=taken.head.kind == "context",
        ask=taken.word("ask"),
        prefer=Word(getattr(prefer, "path", ""), prefer.span) if prefer is not None else None,
        presume=taken.expr("presume"),
        span=taken.head.span,
    )


def _rule(taken: _Parts) -> RuleDecl:
    name, each, severity = taken.head.pieces
    require = taken.exprs("require")
    taken.needed("a rule", "require", require)
    because = taken.word("because")
    if taken.head.kind == "relax":
        taken.needed("`relax`", "because", because)
    in_force = taken.date("in_force", "in force")
    until = taken.date("until", "until")
    if until is not None and in_force is None and not taken.is_broken:
        taken.problems.add(words.until_without_start(until.span))
    return RuleDecl(
        how=taken.head.kind,
        name=_word(name),
        each=(_word(each[0]), _word(each[1])) if isinstance(each, tuple) else None,
        severity=_maybe_word(severity),
        when=taken.exprs("when"),
        unless=taken.exprs("unless"),
        prefer=taken.exprs("prefer"),
        require=require,
        fallbacks=_fallbacks(taken),
        because=because,
        cites=taken.words("cite"),
        clause=taken.word("clause"),
        levers=taken.words("lever"),
        in_force=in_force,
        until=until,
        span=taken.head.span,
    )


def _fallbacks(taken: _Parts) -> tuple[FallbackDecl, ...]:
    """Pair each `approved by` with the `fallback` before it."""
    made: list[FallbackDecl] = []
    for part in taken.all:
        if part.kind == "fallback":
            made.append(FallbackDecl(_expr(part.pieces[0]), None, part.span))
        elif part.kind == "approved_by":
            who = _word(part.pieces[0])
            if not made:
                if not taken.is_broken:
                    taken.problems.add(words.approval_without_fallback(part.span))
            elif made[-1].approved_by is not None:
                taken.problems.add(words.repeated_part("approved by", part.span, made[-1].approved_by.span))
            else:
                made[-1] = FallbackDecl(made[-1].condition, who, made[-1].span)
    return tuple(made)


def _waiver(taken: _Parts) -> WaiverDecl | None:
    rule, key, contract = taken.head.pieces
    until = taken.one("until", "until")
    taken.needed("a waiver", "until", until is not None)
    day = taken.date("until", "until")
    who, why = taken.word("approved_by", "approved by"), taken.word("because")
    taken.needed("a waiver", "approved by", who)
    taken.needed("a waiver", "because", why)
    if day is None or who is None or why is None:
        return None
    condition = taken.expr("while_", "while")
    return WaiverDecl(
        rule=_word(rule),
        key=_text(key),
        contract=_word(contract),
        condition=condition,
        until=day,
        approved_by=who,
        because=why,
        span=taken.head.span,
    )


def _clause(taken: _Parts) -> ClauseDecl | None:
    name, title = _word(taken.head.pieces[0]), _maybe_word(taken.head.pieces[1])
    grants, text = taken.exprs("grants"), taken.word("wording", "text")
    taken.needed("a clause", "grants", grants)
    taken.needed("a clause", "text", text)
    taken.needed("a clause", '"title"', title)
    if title is None or text is None:
        return None
    return ClauseDecl(name, title, grants, text, taken.head.span)


def _test(taken: _Parts) -> TestDecl:
    title, contract, as_of = (_maybe_word(piece) for piece in taken.head.pieces)
    assert title is not None
    expected = [piece for part in taken.all if part.kind == "expect" for piece in part.pieces]
    taken.needed("a test", "expect", expected)
    return TestDecl(
        title=title,
        contract=contract,
        as_of=as_of if as_of is None or _is_date(as_of, taken.problems) else None,
        givens=tuple(_given(part) for part in taken.all if part.kind == "given"),
        expectations=tuple(_expectation(piece) for piece in expected),
        span=taken.head.span,
    )


def _given(part: Statement) -> GivenDecl:
    *facts, assurance = part.pieces
    return GivenDecl(tuple(_expr(fact) for fact in facts), _maybe_word(assurance))


def _expectation(piece: Piece) -> ExpectDecl:
    assert isinstance(piece, tuple)
    rule, key, outcome, would_be, rung, said = piece
    reasons = tuple(_reason(each) for each in said) if isinstance(said, tuple) else ()
    name, word = _word(rule), _word(outcome)
    end = reasons[-1].state if reasons else _maybe_word(rung) or _maybe_word(would_be) or word
    return ExpectDecl(
        rule=name,
        key=_text(key),
        outcome=word,
        would_be=_maybe_word(would_be),
        rung=_maybe_word(rung),
        reasons=reasons,
        span=name.span.to(end.span),
    )


def _reason(piece: Piece) -> ReasonDecl:
    assert isinstance(piece, tuple)
    path, key, part, state = piece
    term = Name(_word(path).text, _text(key), _word(path).span)
    return ReasonDecl(term, _maybe_word(part), _word(state))


def _member(piece: Piece) -> tuple[Word, TypeName]:
    assert isinstance(piece, tuple)
    name, kind = piece
    assert isinstance(kind, TypeName)
    return _word(name), kind


def _is_date(word: Word, problems: Problems) -> bool:
    try:
        date.fromisoformat(word.text)
    except ValueError:
        problems.add(words.impossible_date(word.text, word.span))
        return False
    return True


def _word(piece: Piece) -> Word:
    assert isinstance(piece, Word)
    return piece


def _text(piece: Piece) -> str | None:
    return None if piece is None else _word(piece).text


def _maybe_word(piece: Piece) -> Word | None:
    assert piece is None or isinstance(piece, Word)
    return piece


def _expr(piece: Piece) -> Expr:
    assert isinstance(piece, Expr)
    return piece
