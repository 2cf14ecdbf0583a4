"""A proof → the text of `termwise explain CONTRACT RULE`: the ladder with every truth and quote, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from termwise.report.changes import Change, Changes
from termwise.report.colour import Paint, Tone
from termwise.report.evidence import Evidence
from termwise.report.findings import source_lines
from termwise.report.printable import WIDEST_TEXT, on_one_line, quoted, wrapped
from termwise.report.proof import Mark, Proof, Rung, Step, Way
from termwise.report.reason import outcome_in_words
from termwise.report.symbols import OUTCOMES, Sign

_STEP = "  "

MARKS = {
    Mark.HOLDS: Sign("✓", "holds", Tone.GOOD),
    Mark.UNASSURED: Sign("◒", "holds, not assured", Tone.WARN),
    Mark.FAILS: Sign("✗", "fails", Tone.BAD),
    Mark.OPEN: Sign("?", "open", Tone.OPEN),
}


def explanation(proof: Proof, *, width: int = 80, colour: bool = False) -> str:
    """Return a proof as text."""
    return _Writer(proof, min(width, WIDEST_TEXT), Paint(colour)).text()


@dataclass(slots=True)
class _Writer:
    """Writes one proof. `told` is the evidence that has been shown, so that each piece is shown once."""

    proof: Proof
    width: int
    paint: Paint
    told: set[Evidence] = field(default_factory=set)

    def text(self) -> str:
        parts = (self._head(), self._guards(), self._ladder(), self._ways(), self._background())
        blocks = (list(each) for each in parts)
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"

    def _head(self) -> Iterator[str]:
        proof, paint = self.proof, self.paint
        vendor = "" if proof.vendor is None else f" ({on_one_line(proof.vendor)})"
        version = "" if proof.version is None else f" {proof.version}"
        named = f"{on_one_line(proof.contract)}{vendor}, {on_one_line(proof.file)}"
        judged = f"{named}, judged by {proof.policy}{version} as of {proof.as_of}"
        sign = OUTCOMES[proof.outcome]
        first, *rest = wrapped(f"{sign.text} {proof.rule} ({proof.severity.value})", self.width, "", _STEP)
        yield sign.painted(paint) + paint(first.removeprefix(sign.text), Tone.STRONG)
        yield from (paint(each, Tone.STRONG) for each in rest)
        yield from (paint(each, Tone.FAINT) for each in wrapped(judged, self.width))
        yield ""
        yield from wrapped(proof.sentence, self.width, _STEP)

    def _guards(self) -> Iterator[str]:
        if self.proof.guards:
            yield self.paint("Whether it applies", Tone.STRONG)
        for each in self.proof.guards:
            yield from self._step(each.step, _STEP, f"{each.word} ")

    def _ladder(self) -> Iterator[str]:
        yield self.paint("The ladder", Tone.STRONG)
        for rung in self.proof.rungs:
            yield from self._rung(rung)
            for each in rung.steps:
                yield from self._step(each, _STEP * 3)

    def _rung(self, rung: Rung) -> Iterator[str]:
        sign = MARKS[rung.mark]
        note = " with all that is required" if rung.name == "prefer" else ""
        note += "" if rung.approved_by is None else f", for {quoted(rung.approved_by)} to approve"
        here = "" if rung.name != self.proof.rung else "  ← here" if self._is_passing() else "  ← it would be here"
        first, *rest = wrapped(f"{sign.symbol} {rung.name}{note}: {sign.word}{here}", self.width, _STEP, _STEP * 3)
        yield first.replace(sign.symbol, self.paint(sign.symbol, sign.tone), 1)
        yield from rest

    def _step(self, step: Step, indent: str, word: str = "") -> Iterator[str]:
        """Yield a condition with what is there, and where that stands."""
        sign = MARKS[step.mark]
        first, *rest = wrapped(f"{sign.symbol} {word}{step.text}", self.width, indent, indent + _STEP)
        yield first.replace(sign.symbol, self.paint(sign.symbol, sign.tone), 1)
        yield from rest
        if step.there:
            yield from wrapped(step.there, self.width, indent + _STEP * 2, indent + _STEP * 3)
        for each in step.evidence:
            if each not in self.told:
                self.told.add(each)
                yield from source_lines(each, self.width, indent + _STEP * 3, self.paint, is_titled=True)
        for part in step.parts:
            yield from self._step(part, indent + _STEP)

    def _ways(self) -> Iterator[str]:
        """Yield what would have to change, the nearest rung first."""
        ways = [each for each in self.proof.ways if each.changes]
        if ways:
            title = "What would be better" if self._is_passing() else "What would have to change"
            first, *rest = wrapped(f"{title}, in {_document(self.proof.assurance)}", self.width, "", _STEP)
            yield self.paint(title, Tone.STRONG) + first.removeprefix(title)
            yield from rest
        for way in ways:
            yield from wrapped(_goal(way), self.width, _STEP)
            yield from self._changes(way.changes, _STEP * 2)

    def _changes(self, changes: Changes, indent: str) -> Iterator[str]:
        for each in changes:
            if isinstance(each, Change):
                yield from wrapped(f"- {each.text}", self.width, indent, indent + _STEP)
                continue
            for number, way in enumerate(each.ways):
                yield f"{indent}- {'one of these' if number == 0 else 'or'}:"
                yield from self._changes(way, indent + _STEP)

    def _background(self) -> Iterator[str]:
        """Yield what the policy says of the rule, whatever the contract says."""
        proof = self.proof
        title = "" if proof.clause_title is None else f", {quoted(proof.clause_title)}"
        yield from self._entry("Why", () if proof.reason is None else (proof.reason,))
        yield from self._entry("Rests on", proof.cites)
        yield from self._entry("Clause", () if proof.clause is None else (f"{proof.clause}{title}",))
        yield from self._entry("Lever", proof.levers)
        yield from self._entry("From", () if proof.origin == proof.policy else (proof.origin,))

    def _entry(self, name: str, said: Iterable[str]) -> Iterator[str]:
        for number, each in enumerate(said):
            first, *rest = wrapped(on_one_line(each), self.width, " " * 10)
            yield self.paint(f"{name if number == 0 else '':<10}", Tone.STRONG) + first[10:]
            yield from rest

    def _is_passing(self) -> bool:
        """Whether the rule passes on its own, and not by leave."""
        return self.proof.outcome.passes and self.proof.waiver is None


def _document(assurance: str) -> str:
    return "a signed document" if assurance == "signed" else f"a document that is {assurance} or better"


def _goal(way: Way) -> str:
    beside = ", beside what is required" if way.rung == "prefer" else ""
    approval = "" if way.approved_by is None else f", with the approval of {quoted(way.approved_by)}"
    return f"to be {outcome_in_words(way.outcome)} ({way.rung}){beside}{approval}:"
