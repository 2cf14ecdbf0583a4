"""Statements → declarations: each part handed to the declaration before it.

What may stand where is a table, so that the grammar can stay flat and every misplaced part gets a plain sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from termwise.diagnostics import Problems
from termwise.source import start_of
from termwise.syntax import problems as words
from termwise.syntax.assemble import BROKEN, assemble, assemble_header
from termwise.syntax.statements import Statement
from termwise.syntax.tree import Declaration, File, Header, Lost, Word

_RULE_PARTS = frozenset(
    "when unless prefer require fallback approved_by because cite clause lever in_force until".split()
)

_PARTS: dict[str, frozenset[str]] = {
    "policy": frozenset("version owner uses extends assurance holidays".split()),
    "vocabulary": frozenset("version owner".split()),
    "define": frozenset(),
    "rule": _RULE_PARTS,
    "tighten": _RULE_PARTS,
    "relax": _RULE_PARTS,
    "waive": frozenset("while_ until approved_by because".split()),
    "clause": frozenset("grants wording".split()),
    "guarantee": frozenset("when ensure".split()),
    "test": frozenset("given expect".split()),
    "enum": frozenset(),
    "scale": frozenset(),
    "record": frozenset(),
    "term": frozenset("ask prefer presume".split()),
    "context": frozenset("ask prefer presume".split()),
    "annual_fees": frozenset(),
}
"""The parts each declaration takes, by the names of the grammar."""

_RULES = ("rule", "tighten", "relax")

_KINDS = {"tighten": "rule", "relax": "rule", "enum": "type", "scale": "type", "record": "type", "context": "term"}
"""What declarations declare, where that is not called like their first word."""

_HOMES = {
    "version": "the header",
    "owner": "the header",
    "uses": "the header of a policy",
    "extends": "the header of a policy",
    "assurance": "the header of a policy",
    "holidays": "the header of a policy",
    "when": "a rule or a guarantee",
    "prefer": "a rule or a term",
    "approved_by": "a fallback or a waiver",
    "because": "a rule or a waiver",
    "until": "a rule or a waiver",
    "while_": "a waiver",
    "ensure": "a guarantee",
    "given": "a test",
    "expect": "a test",
    "grants": "a clause",
    "wording": "a clause",
    "ask": "a term",
    "presume": "a term",
}

SPELLING = {
    "approved_by": "approved by",
    "in_force": "in force",
    "while_": "while",
    "wording": "text",
    "annual_fees": "annual fees",
}
"""How statements are written whose name in the grammar differs."""


class Block:
    """A declaration's first statement, and the parts that belong to it."""

    def __init__(self, head: Statement) -> None:
        """Start without parts."""
        self.head = head
        self.parts: list[Statement] = []


def group(path: str, statements: list[Statement], problems: Problems) -> File:
    """Return the file the statements make. Always returns one; what it lacks is among the problems."""
    header: Header | None = None
    declarations: list[Declaration] = []
    lost: set[Lost] = set()
    for index, block in enumerate(blocks(statements, problems)):
        lost.update(_lost_in(block))
        if block.head.kind in ("policy", "vocabulary"):
            if header is not None:
                problems.add(words.second_header(block.head.span, header.span))
                continue
            if index > 0:
                problems.add(words.late_header(block.head.span))
            header = assemble_header(block.head, block.parts, problems)
        else:
            made = assemble(block.head, block.parts, problems)
            if made is not None:
                declarations.append(made)
            elif block.head.kind == "clause":
                lost.add(("clause", _name_of(block.head)))
    if header is None and not problems.has_errors:
        problems.add(words.no_header(start_of(path)))
    return File(path, header, tuple(declarations), frozenset(lost))


def _lost_in(block: Block) -> Iterator[Lost]:
    """Yield what is lost with the unreadable statements of a declaration."""
    head, broken = block.head, [each for each in block.parts if each.kind == BROKEN]
    if head.kind in _RULES and broken:
        yield "rungs", _name_of(head)
    for each in (head, *broken) if head.kind == BROKEN else broken:
        started, *declared = each.pieces
        assert isinstance(started, Word)
        for name in declared:
            assert isinstance(name, Word)
            yield _KINDS.get(started.text, started.text), name.text


def _name_of(head: Statement) -> str:
    name = head.pieces[0]
    assert isinstance(name, Word)
    return name.text


def blocks(statements: list[Statement], problems: Problems) -> list[Block]:
    """Return the declarations of a file with their parts. What belongs to none is among the problems."""
    made: list[Block] = []
    for statement in statements:
        here = made[-1].head.kind if made else None
        if statement.kind == BROKEN:
            _place_broken(statement, made)
        elif here == BROKEN and (statement.kind not in _PARTS or _is_in_broken_rule(statement, made[-1].head)):
            continue  # whatever it belonged to has been reported
        elif statement.kind in _PARTS and not _names_a_clause(statement, here):
            made.append(Block(statement))
        elif here is not None and statement.kind in _PARTS[here]:
            made[-1].parts.append(statement)
        else:
            home = _HOMES.get(statement.kind, "a rule")
            problems.add(words.misplaced(_spelt(statement.kind), statement.span, home, _spelt(here) if here else None))
    return made


def _place_broken(statement: Statement, before: list[Block]) -> None:
    """Let an unreadable statement stand for the declaration it started, or excuse the one it was part of."""
    word = statement.pieces[0]
    assert isinstance(word, Word)
    starts = word.text in _PARTS or word.text in ("waive", "annual") or not before
    if starts and not (word.text == "clause" and before and before[-1].head.kind in _RULES):
        before.append(Block(statement))
    else:
        before[-1].parts.append(statement)


def _names_a_clause(statement: Statement, here: str | None) -> bool:
    """Whether `clause NAME` names a rule's clause: it does inside a rule, when no title follows."""
    return statement.kind == "clause" and statement.pieces[1] is None and here in _RULES


def _is_in_broken_rule(statement: Statement, head: Statement) -> bool:
    """Whether `clause NAME` names a clause of a rule whose first statement could not be read."""
    started = head.pieces[0]
    is_rule = isinstance(started, Word) and started.text in _RULES
    return is_rule and statement.kind == "clause" and statement.pieces[1] is None


def _spelt(kind: str) -> str:
    return SPELLING.get(kind, kind)
