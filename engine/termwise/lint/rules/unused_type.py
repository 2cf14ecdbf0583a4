"""An enum, scale or record of a vocabulary that no term has, as its type, its key, or within a record."""

from __future__ import annotations

from termwise.diagnostics import problem
from termwise.diagnostics.finding import Finding
from termwise.lint.kinds import Findings, OfVocabulary
from termwise.lint.subject import Subject, VocabularyText
from termwise.syntax.tree import EnumDecl, RecordDecl, TermDecl, Word

CODE = "TW704"


def check(text: VocabularyText, _subject: Subject) -> Findings:
    """Find the types that no declaration names."""
    named = {each.type.name.text for each in text.declared(TermDecl)}
    named |= {each.key.text for each in text.declared(TermDecl) if each.key is not None}
    named |= {kind.name.text for each in text.declared(RecordDecl) for _, kind in each.fields}
    for enum in text.declared(EnumDecl):
        yield from _unused(enum.name, "scale" if enum.ordered else "enum", named)
    for record in text.declared(RecordDecl):
        yield from _unused(record.name, "record", named)


def _unused(name: Word, kind: str, named: set[str]) -> Findings:
    if name.text not in named:
        message = f"no term has the {kind} `{name.text}` as its type or key"
        yield Finding(problem(CODE, name.span, message, hint="use it, or remove it"))


LINT = OfVocabulary(CODE, check)
