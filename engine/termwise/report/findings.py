"""One result as a block of lines: what came of the rule, why, and where the documents say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.report.basis import Basis
from termwise.report.colour import Paint, Tone
from termwise.report.evidence import Evidence, facts_of, terms_stated
from termwise.report.printable import on_one_line, quoted, width_of, wrapped
from termwise.report.reason import reason
from termwise.report.symbols import OUTCOMES, WIDEST

_LONGEST_QUOTE = 300
_LONGEST_VALUE = 120


def finding(result: RuleResult, basis: Basis, width: int, paint: Paint, *, remark: str = "") -> list[str]:
    """Return the lines that tell a result with its sources."""
    sentence = reason(result, basis)
    lines = _head(result, remark, width, paint)
    lines += wrapped(sentence, width, " " * 6)
    sources = (
        tuple(source_lines(each, width, " " * 8, paint)) for each in spoken_of(sentence, result, basis.judgement)
    )
    for each in dict.fromkeys(sources):  # a bare value speaks for every key of a term, and stands in one place
        lines += each
    return lines


def _head(result: RuleResult, remark: str, width: int, paint: Paint) -> list[str]:
    indent = " " * (WIDEST + 4)
    name = wrapped(result.rule.name, width, indent)
    first, *rest = [indent + paint(each.strip(), Tone.STRONG) for each in name]
    lines = [f"  {OUTCOMES[result.outcome].painted(paint, WIDEST)}  {first[len(indent) :]}", *rest]
    if remark and width_of(name[-1]) + 2 + width_of(remark) <= width:
        lines[-1] += f"  {paint(remark, Tone.FAINT)}"
    elif remark:
        lines.append(indent + paint(remark, Tone.FAINT))
    return lines


def spoken_of(sentence: str, result: RuleResult, judgement: Judgement) -> list[Evidence]:
    """Return the evidence for the terms that a sentence speaks of; the rest of what a rule reads decided nothing."""
    if not any(_speaks_of(sentence, term) for term in terms_stated(judgement)):
        return []  # as of most sentences, which speak of what is silent
    return [each for each in facts_of(result, judgement) if _speaks_of(sentence, each.term)]


def _speaks_of(sentence: str, term: str) -> bool:
    """Whether a term stands in a sentence by itself, and not as a part of a longer name."""
    at = sentence.find(term)
    while at >= 0:
        before, after = sentence[:at][-1:], sentence[at + len(term) :][:1]
        if before != "." and not _is_in_names(before) and not _is_in_names(after):
            return True
        at = sentence.find(term, at + 1)
    return False


def _is_in_names(character: str) -> bool:
    return character.isalnum() or character == "_"


def source_lines(
    evidence: Evidence, width: int, indent: str, paint: Paint, *, is_titled: bool = False
) -> Iterator[str]:
    """Yield where something is said: document, section, assurance, the line in the contract file, and the quote.

    With `is_titled` the document is given by its title too, where no list of documents stands above.
    """
    yield from _painted(wrapped(_source(evidence, is_titled), width, indent, indent + "  "), paint)
    for each in evidence.displaced:
        text = f"displaces {on_one_line(each.value, _LONGEST_VALUE)} in {_source(each, is_titled)}"
        yield from _painted(wrapped(text, width, indent + "  ", indent + "    "), paint)


def _source(evidence: Evidence, is_titled: bool) -> str:
    title = f" {quoted(evidence.title)}" if is_titled and evidence.title != evidence.document else ""
    place = "" if evidence.at is None else f", {on_one_line(evidence.at)}"
    worth = "your own" if evidence.is_context else evidence.assurance.value
    line = "" if evidence.line is None else f", line {evidence.line}"
    said = f"{on_one_line(evidence.document)}{title}{place} ({worth}{line})"
    return said if evidence.quote is None else f"{said}: {quoted(evidence.quote, _LONGEST_QUOTE)}"


def _painted(lines: Iterable[str], paint: Paint) -> Iterator[str]:
    for line in lines:
        text = line.lstrip()
        yield line[: len(line) - len(text)] + paint(text, Tone.FAINT)
